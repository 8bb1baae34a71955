"""`choreo report`: counts for authors, while the hub runs, and nobody in them."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from tests.hub.learned import ROOT, START, whole
from tests.hub.live.visiting import serving
from typer.testing import CliRunner

from choreo.authoring.main import app
from choreo.hub.engine import open_database
from choreo.hub.settings import Settings
from choreo.progress.entry import stamp

LESSON = "02-silos"


def report(data: Path, *words: object) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["report", *map(str, words), "--course", str(ROOT), "--data", str(data)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def come(data: Path, people: int, entries: int = 1000) -> list[str]:
    """So many people who do as much of a lesson; their ids."""
    database = open_database(Settings(data, data, data).database_url)
    found = []
    for number in range(people):
        learner = database.add_learner(START)
        work = list(whole(LESSON, START + timedelta(hours=number)))[:entries]
        database.add_all(learner, work, START)
        found.append(learner)
    database.close()
    return found


def test_five_people_are_told_in_counts_while_the_hub_runs(tmp_path: Path) -> None:
    ids = come(tmp_path, 6)
    with serving(tmp_path):
        code, told = report(tmp_path, LESSON)
    assert code == 0
    assert "5 people began; finished: 5." in told
    block = told.split("talk-now-or-later (classify)")[1].split("\n\n")[0]
    assert "right at once: 5; right later: fewer than 5" in block
    assert re.search(r"^ +5  \+ ", block, re.MULTILINE)
    for secret in (*ids, stamp(START)[:10]):
        assert secret not in told
    texts = [
        text
        for entry in whole(LESSON, START)
        for text in (entry.answer.get("fields") or entry.answer).values()
        if entry.kind in ("reflection", "commitment") and isinstance(text, str) and len(text) > 3
    ]
    assert texts
    assert not any(text in told for text in texts)


def test_under_five_people_it_says_so_and_no_more(tmp_path: Path) -> None:
    come(tmp_path, 4)
    code, told = report(tmp_path, LESSON)
    assert code == 0
    body = told.split("=\n", 1)[1]
    assert body.strip() == "Fewer than five people so far; nothing is shown."


def test_where_people_stop_is_told_from_five_on(tmp_path: Path) -> None:
    come(tmp_path, 5, entries=4)
    come(tmp_path, 5)
    told = report(tmp_path, LESSON)[1]
    assert "10 people began; finished: 5." in told
    assert re.search(r"^ +5  stand after \S+$", told, re.MULTILINE)


def test_what_is_not_there_is_named(tmp_path: Path) -> None:
    assert "There is no report. " in report(tmp_path, LESSON)[1]
    come(tmp_path, 1)
    code, told = report(tmp_path, "99-nowhere")
    assert (code, "no lesson of that name is written" in told) == (1, True)
    code, told = report(tmp_path)
    assert (code, told.count("Fewer than five people so far; nothing is shown.")) == (0, 11)


@pytest.mark.parametrize("tries", [1, 2])
def test_hints_that_were_read_are_kept_beside_the_answer(tries: int) -> None:
    from tests.views.conftest import Kept
    from tests.views.test_card import card, say

    kept = Kept()
    one = card("one", kept, hints=["First", "Second"])
    say(one, type="answer", answer={"chosen": ["frame"]}, key="a")
    assert "hints" not in kept.entries[-1].answer
    say(one, type="hint", count=tries)
    say(one, type="answer", answer={"chosen": ["frame"]}, key="b")
    assert kept.entries[-1].answer["hints"] == tries
