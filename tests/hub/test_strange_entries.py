"""What an older version, another program or a broken disk left in the database never takes a page."""

from __future__ import annotations

import pytest
from tests.hub.visiting import LESSON, Browser, Hub

from choreo.hub import tables
from choreo.progress.entry import KINDS

PAGES = ("/", "/review", "/portfolio", "/portfolio/file", "/forget", "/resume", "/certificate", f"/found/{LESSON}")


def spoil(hub: Hub, **changes: object) -> Browser:
    """A learner with one good entry, and one of each kind that was changed in the database."""
    learner = hub.learner()
    for kind in KINDS:
        assert learner.send(hub.record("later" if kind == "review" else "gone", kind=kind)).status_code == 201
    database = hub.database()
    with database.writing() as connection:
        connection.execute(tables.entry.update().values(**changes))
    database.close()
    assert learner.send(hub.record("one")).status_code == 201
    return learner


@pytest.mark.parametrize(
    "changes",
    [
        {"at": "9999-12-31T23:59:59.000Z"},
        {"at": "yesterday"},
        {"answer": "{"},
        {"answer": "[1]"},
        {"answer": '{"settings": {"reach": 1e999}, "number": NaN}'},
        {"answer": '{"settings": {"reach": ' + "9" * 4000 + "}}"},
        {"answer": '{"number": ' + "9" * 5000 + "}"},
        {"answer": '{"curve": ' + "[" * 3000 + "]" * 3000 + "}"},
        {"score": 7.0},
        {"kind": "gossip"},
        {"lesson": "../secrets"},
    ],
)
def test_one_bad_entry_takes_no_page(hub: Hub, caplog: pytest.LogCaptureFixture, changes: dict[str, object]) -> None:
    learner = spoil(hub, **changes)
    for _ in range(2):
        for page in PAGES:
            assert learner.get(page).status_code == 200, page
    assert [entry["item"] for entry in learner.entries()] == ["one"]
    assert "1 of 2 done" in learner.get("/").text
    told = [record.message for record in caplog.records]
    assert any("left out" in message for message in told)
    assert len(told) == len(set(told))


def test_a_bad_answer_of_one_person_is_not_shown_to_others(hub: Hub) -> None:
    spoil(hub, answer='{"x": 1e999}')
    database = hub.database()
    found = database.newest(LESSON, "gone", 1)
    database.close()
    assert found == []
