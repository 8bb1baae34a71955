"""A rehearsal runs a plan against the real hub over real sockets, and finds what was lost and what came twice."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from choreo.authoring.phones import Said
from choreo.authoring.rehearse import RehearsalError, Report, Result, compare, own_hub, read, rehearse, rehearse_here
from choreo.live.plan import PlanError, read_plan

ROOT = Path(__file__).parents[2]
FOLDERS = ROOT / "lessons", ROOT / "exercises"
PLAN = {
    "title": "A rehearsal",
    "items": [{"activity": "pulse", "minutes": 1}, {"activity": "trust-over-time", "minutes": 1}],
}


def events(*said, ballots=None):
    found = [
        {"number": 1, "kind": "open", "who": "", "data": {}},
        {"number": 2, "kind": "begin", "who": "", "data": {}},
    ]
    found += [{"number": 3, "kind": "say", "who": who, "data": say} for who, say in said]
    if ballots is not None:
        found.append({"number": 4, "kind": "tally", "who": "", "data": {"ballots": ballots}})
    return found


def result(*said):
    return Result("Pulse", 1.0, [Said(who, 2, say, 0.01) for who, say in said])


def test_what_was_acknowledged_and_is_not_in_the_log_is_lost():
    one = result(("p1", {"answer": 1}), ("p2", {"answer": 1}))
    compare([one], events(("p1", {"answer": 1})))
    assert (one.lost, one.doubled) == (1, 0)


def test_what_is_in_the_log_twice_is_doubled():
    one = result(("p1", {"answer": 1}))
    compare([one], events(("p1", {"answer": 1}), ("p1", {"answer": 1})))
    assert (one.lost, one.doubled) == (0, 1)


def test_of_ballots_the_newest_of_each_phone_counts():
    said = [(f"p{number}", {"answer": number}) for number in range(5)]
    one = result(*said, ("p0", {"answer": 9}))
    compare([one], events(ballots=[{"answer": value} for value in (1, 2, 3, 4, 9)]))
    assert (one.lost, one.doubled) == (0, 0)
    compare([one], events(ballots=[{"answer": value} for value in (0, 1, 2, 3, 4)]))
    assert one.lost == 1


def test_a_lost_answer_makes_a_bad_report():
    good, bad = Result("Pulse", 1.0), Result("Pulse", 1.0, lost=1)
    assert Report(1, [0.1], [good], 0).well
    assert not Report(1, [0.1], [good, bad], 0).well
    assert not Report(1, [0.1], [Result("Pulse", 1.0, [Said("p1", 2, {})])], 0).well
    assert "Not all is well." in Report(1, [0.1], [bad], 0).text()


def test_a_plan_is_found_by_name_or_in_a_file(tmp_path):
    assert read("twenty").items
    path = tmp_path / "mine.yaml"
    path.write_text("title: Mine\nitems:\n  - {activity: pulse, minutes: 5}\n", encoding="utf-8")
    assert read(str(path)).title == "Mine"
    with pytest.raises(PlanError, match="twenty"):
        read(str(tmp_path / "none.yaml"))
    path.write_text("title: [", encoding="utf-8")
    with pytest.raises(PlanError, match="YAML"):
        read(str(path))


def test_a_rehearsal_loses_nothing_and_leaves_nothing():
    with own_hub(*FOLDERS) as hub:
        report = asyncio.run(rehearse(hub, read_plan(PLAN), people=12, speed=60, quiet=1.5))
    assert report.well, report.text()
    assert len(report.joins) == 12
    pulse, trust = report.results
    assert len(pulse.said) == 12
    assert len(trust.said) >= 12
    assert "12 of 12 phones joined" in report.text()


def test_a_hub_that_is_not_there_is_named():
    with pytest.raises(RehearsalError):
        rehearse_here("twenty", 1, 10, "http://127.0.0.1:9", *FOLDERS, print)


def test_the_command_says_what_is_wrong_with_a_plan():
    command = [sys.executable, "-m", "choreo.authoring", "rehearse", "nowhere.yaml", "--course", str(ROOT)]
    done = subprocess.run(
        command, capture_output=True, text=True, env={"PYTHONPATH": str(ROOT / "widgets"), "PATH": ""}
    )
    assert done.returncode == 1
    assert (
        "nowhere.yaml: is no ready-made plan (twenty, forty-five, sixty, ninety, two-hours) and no file" in done.stderr
    )
