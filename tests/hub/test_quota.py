"""How much one learner, one address and one file may take of the hub."""

from __future__ import annotations

import sqlite3
import time
from datetime import timedelta

import pytest
from tests.hub.visiting import LESSON, Hub, learners

from choreo.hub import home as home_module
from choreo.hub import quota
from choreo.hub.limits import Rate
from choreo.progress.entry import MAX_ANSWER, stamp


def test_an_answer_that_is_too_long_is_refused(hub: Hub) -> None:
    learner = hub.learner()
    reply = learner.send(hub.record(answer={"text": "x" * (MAX_ANSWER + 1)}))
    assert reply.status_code == 400
    assert "longer than 40,000 characters" in reply.json()["error"]
    assert learner.send(hub.record(answer={"text": "x" * (MAX_ANSWER - 20)})).status_code == 201


def test_a_learner_keeps_so_much_and_no_more_and_what_is_there_stays(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quota, "MOST_ENTRIES", 3)
    learner = hub.learner()
    first = hub.record("one")
    for record in (first, hub.record("two"), hub.record("three")):
        assert learner.send(record).status_code == 201
    reply = learner.send(hub.record("four"))
    assert reply.status_code == 413
    assert "Take your portfolio home" in reply.json()["error"]
    assert learner.send(first).status_code == 201  # it is kept already
    assert len(learner.entries()) == 3
    assert hub.learner().send(hub.record("four")).status_code == 201
    monkeypatch.setattr(quota, "MOST_ENTRIES", 5000)
    monkeypatch.setattr(quota, "MOST_LETTERS", 200)
    assert learner.send(hub.record("four", answer={"text": "x" * 200})).status_code == 413


def test_work_that_is_brought_along_obeys_the_same_bound(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = hub.learner(), hub.learner()
    for learner in (first, second):
        for item in ("one", "two"):
            learner.send(hub.record(item))
    database = hub.database()
    monkeypatch.setattr(quota, "MOST_ENTRIES", 3)
    ids = [hub.identity().learner(learner.token) for learner in (first, second)]
    with pytest.raises(quota.QuotaError):
        database.merge(*ids)
    with pytest.raises(quota.QuotaError):
        database.add_all(ids[0], [hub.entry("three"), hub.entry("four")], hub.clock())
    database.close()
    assert [len(learner.entries()) for learner in (first, second)] == [2, 2]


def test_the_home_page_reads_no_answers_that_it_does_not_show(hub: Hub) -> None:
    learner = hub.learner()
    who = hub.identity().learner(learner.token)
    assert who
    database = hub.database()
    database.add_all(
        who, [hub.entry(f"item-{number}", answer={"text": "x" * 300}) for number in range(4999)], hub.clock()
    )
    database.close()
    with sqlite3.connect(hub.settings.data / "choreo.db") as raw:
        raw.execute("UPDATE entry SET answer = 'what is read fails'")
    raw.close()
    began = time.process_time()
    assert learner.get("/").status_code == 200
    assert "4999 answers in 1 lesson" in learner.get("/forget").text
    assert time.process_time() - began < 5


def test_the_review_page_reads_as_much_as_is_kept_of_years_of_review(hub: Hub) -> None:
    learner = hub.learner()
    who = hub.identity().learner(learner.token)
    assert who
    now = hub.clock()
    works = [hub.entry("one", at=stamp(now - timedelta(days=500, seconds=n))) for n in range(4990)]
    rests = [
        hub.entry(item, "review", at=stamp(now - timedelta(days=days)))  # remembered until they come no more
        for item in ("later", "much-later")
        for days in (498, 494, 486, 464, 399)
    ]
    database = hub.database()
    database.add_all(who, works + rests, now)
    database.close()
    began = time.process_time()
    assert learner.get("/review").status_code == 200
    assert learner.get(f"/review?answered={rests[0].id}").status_code == 200
    assert time.process_time() - began < 2


def test_a_room_of_new_browsers_gets_in_and_a_flood_is_slowed_down(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(home_module, "NEW_LEARNERS", Rate(3, 0.01))
    hub.restart()
    known = hub.learner()
    for _ in range(2):
        hub.learner()
    reply = hub.browser().get(f"/lessons/{LESSON}")
    assert reply.status_code == 429
    assert "Very many people are coming" in reply.text
    assert known.get(f"/lessons/{LESSON}").status_code == 303
    assert learners(hub) == 3
    hub.clock.pass_(minutes=2)
    assert hub.browser().get(f"/lessons/{LESSON}").status_code == 303


def test_who_kept_nothing_and_was_not_here_for_long_is_swept(hub: Hub) -> None:
    idle, active, coded = hub.learner(), hub.learner(), hub.learner()
    active.send(hub.record())
    coded.post("/resume/code")
    hub.clock.pass_(days=10)
    seen = hub.learner()
    hub.clock.pass_(days=1)
    database = hub.database()
    assert database.sweep_learners(hub.clock.time) == 2  # one more was here just now, but before this moment
    database.close()
    assert idle.get("/api/entries?lesson=x", headers={"Authorization": f"Bearer {idle.token}"}).status_code == 401
    assert len(active.entries()) == 1
    assert "Make a resume code" in coded.get("/resume").text
    assert seen.get("/").status_code == 200


def test_opening_a_lesson_counts_as_being_here(hub: Hub) -> None:
    learner = hub.learner()
    hub.clock.pass_(days=10)
    assert learner.entries() == []
    database = hub.database()
    with database.reading() as connection:
        seen = connection.exec_driver_sql("SELECT seen_at FROM learner").scalar_one()
    database.close()
    assert seen[:10] == stamp(hub.clock.time)[:10]
