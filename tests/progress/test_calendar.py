"""Commitments as a calendar file: what RFC 5545 asks for."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from choreo.progress.calendar import calendar, escape, fold, plan_events, review_events
from choreo.progress.plan import Commitment


def promise(**changes):
    fields = {
        "id": "a" * 32,
        "lesson": "A flash mob, not a ballet",
        "item": "my-next-move",
        "what": "Ask the depots",
        "whom": "Mara; and José",
        "by": date(2026, 12, 31),
        "at": "2026-11-20T09:30:00.000Z",
        "changes": 0,
        "done": False,
    }
    return Commitment(**{**fields, **changes})


def planned(plans, today=date(2026, 11, 20)):
    return calendar(plan_events(plans, today))


def unfolded(text):
    return text.replace("\r\n ", "").split("\r\n")


def test_an_event_lasts_one_whole_day():
    lines = unfolded(planned([promise()]))
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert "DTSTART;VALUE=DATE:20261231" in lines
    assert "DTEND;VALUE=DATE:20270101" in lines
    assert "DTSTAMP:20261120T093000Z" in lines
    assert r"DESCRIPTION:Ask the depots\nWith: Mara\; and José\nFrom the lesson: A flash mob\, not a ballet" in lines


def test_a_changed_commitment_changes_its_event():
    before, after = (unfolded(planned([promise(changes=n, what=f"Ask {n}")])) for n in (0, 2))
    uid = next(line for line in before if line.startswith("UID:"))
    assert uid in after
    assert "SEQUENCE:2" in after


def test_without_a_day_there_is_no_event_and_without_events_no_file():
    assert planned([promise(by=None)]) == ""
    assert planned([promise(by=None), promise()]).count("BEGIN:VEVENT") == 1


def test_only_plans_that_are_open_have_an_event():
    plans = [promise(), promise(by=date(2026, 11, 19)), promise(done=True)]
    assert planned(plans).count("BEGIN:VEVENT") == 1
    assert planned(plans, date(2027, 1, 1)) == ""


def test_a_plan_speaks_up_in_the_morning_of_its_day_wherever_one_is():
    lines = unfolded(planned([promise(what="When the call begins, I will ask.")]))
    assert r"SUMMARY:When the call begins\, I will ask." in lines
    alarm = lines[lines.index("BEGIN:VALARM") : lines.index("END:VALARM")]
    assert alarm[1:] == ["ACTION:DISPLAY", r"DESCRIPTION:When the call begins\, I will ask.", "TRIGGER:PT9H"]
    assert not any(line.startswith(("DTSTART:", "DTSTART;TZID", "BEGIN:VTIMEZONE")) for line in lines)


def test_a_day_of_review_says_how_many_questions_it_has_and_where():
    days = [(date(2026, 11, 21), 1), (date(2026, 11, 23), 12)]
    now = datetime(2026, 11, 20, 9, tzinfo=UTC)
    lines = unfolded(calendar(review_events(days, "a" * 32, 7, now, "http://127.0.0.1:8000/review")))
    assert [line for line in lines if line.startswith("SUMMARY")] == [
        "SUMMARY:Review: 1 question",
        "SUMMARY:Review: 12 questions",
    ]
    assert len({line for line in lines if line.startswith("UID:")}) == 2
    assert sum(r"\nhttp://127.0.0.1:8000/review" in line for line in lines) == 2


def test_the_last_day_of_all_has_no_day_after():
    assert "DTEND" not in planned([promise(by=date.max)])


def test_nobody_can_write_a_line_of_their_own_into_the_file():
    text = planned([promise(what="x\r\nEND:VEVENT\r\nBEGIN:VALARM", whom="y\x85ATTACH:z")])
    names = [re.split("[:;]", line)[0] for line in unfolded(text)]
    assert names.count("END") == 3
    assert "ATTACH" not in names


@given(st.text())
def test_lines_are_folded_at_75_octets_and_no_character_is_cut(text):
    text = text.encode("utf-8", "replace").decode().replace("\r", "").replace("\n", "")
    folded = fold(text)
    assert all(len(line.encode()) <= 75 for line in folded.split("\r\n"))
    assert folded.replace("\r\n ", "") == text


@given(st.text())
def test_an_escaped_text_can_be_read_back(text):
    text = "".join(char for char in text if char.isprintable())
    back = re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], escape(text))
    assert back == text
    assert not re.search(r"[\r\n\x00-\x08]", escape(text))
