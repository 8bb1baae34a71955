"""What a lesson's kernel may rely on."""

from __future__ import annotations

import json
import sqlite3
import time
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from itsdangerous import TimestampSigner
from tests.hub.visiting import LESSON, Hub

from choreo.hub.identity import COOKIE
from choreo.progress.entry import MAX_DEPTH, stamp

TEXT = st.text(st.characters(exclude_categories=()), max_size=20)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda child: st.lists(child, max_size=4) | st.dictionaries(TEXT, child, max_size=4),
    max_leaves=12,
)


def test_an_entry_comes_back_as_it_was_sent(hub: Hub) -> None:
    learner = hub.learner()
    record = hub.record(answer={"chosen": ["frame"], "text": "naïve ☃ 🙂", "deep": {"a": [1, None, 2.5]}})
    assert learner.send(record).status_code == 201
    assert learner.entries() == [record]


def test_entries_come_oldest_first_and_of_one_lesson_only(hub: Hub) -> None:
    learner = hub.learner()
    late = hub.record("two", at=stamp(hub.clock() + timedelta(minutes=5)))
    early = hub.record("one")
    for record in (late, early, hub.record("one", lesson="02-silos")):
        assert learner.send(record).status_code == 201
    assert learner.entries() == [early, late]


def test_what_a_lesson_builds_on_comes_along_from_other_lessons_and_nothing_else(hub: Hub) -> None:
    learner = hub.learner()
    here, there = hub.record("one"), hub.record("named", lesson="00-welcome")
    for record in (here, there, hub.record("other", lesson="00-welcome"), hub.record("named", lesson="02-silos")):
        assert learner.send(record).status_code == 201
    assert hub.learner().entries("00-welcome/named") == []
    assert {record["id"] for record in learner.entries("00-welcome/named", "no-address")} == {here["id"], there["id"]}


def test_too_many_addresses_are_refused(hub: Hub) -> None:
    learner = hub.learner()
    asked = f"/api/entries?lesson={LESSON}" + "&beside=a/b" * 101
    assert learner.get(asked, headers={"Authorization": f"Bearer {learner.token}"}).status_code == 400


def test_sending_twice_keeps_once_and_answers_as_stored(hub: Hub) -> None:
    learner = hub.learner()
    record = hub.record()
    assert [learner.send(record).json() for _ in range(2)] == [{"stored": record["id"]}] * 2
    assert len(learner.entries()) == 1


def test_an_id_of_somebody_else_is_refused_and_theirs_stays(hub: Hub) -> None:
    first, second = hub.learner(), hub.learner()
    record = hub.record()
    first.send(record)
    assert second.send(record | {"score": 0.0}).status_code == 409
    assert first.entries() == [record]
    assert second.entries() == []


def test_two_learners_never_see_each_other(hub: Hub) -> None:
    first, second = hub.learner(), hub.learner()
    first.send(hub.record(answer={"text": "mine alone"}))
    assert second.entries() == []
    assert "of 2 done" not in second.get("/").text


def test_work_survives_a_restart(hub: Hub) -> None:
    learner = hub.learner()
    record = hub.record()
    learner.send(record)
    hub.restart()
    returning = hub.browser()
    returning.client.cookies = learner.client.cookies
    assert returning.entries() == [record]


@pytest.mark.parametrize("scheme", ["", "Basic ", "Bearer "])
def test_no_token_or_a_forged_one_is_told_to_open_the_lesson_again(hub: Hub, scheme: str) -> None:
    learner = hub.learner()
    token = str(learner.token)
    forged = ("0" if token[0] != "0" else "1") + token[1:]
    reply = learner.get(f"/api/entries?lesson={LESSON}", headers={"Authorization": scheme + forged})
    assert reply.status_code == 401
    assert "Open the lesson again from the home page" in reply.json()["error"]
    assert learner.send(hub.record(), token="ÿ".encode().decode("latin-1").encode().hex()).status_code == 401


@pytest.mark.parametrize("ahead", [120, 10**9, -(10**9)])
def test_a_clock_that_was_set_takes_nobodys_work(hub: Hub, monkeypatch: pytest.MonkeyPatch, ahead: int) -> None:
    learner = hub.learner()
    record = hub.record()
    learner.send(record)
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _: int(time.time()) + ahead)
    token = hub.identity().token(str(hub.identity().learner(learner.token)))
    monkeypatch.undo()
    learner.client.cookies.clear()
    learner.client.cookies.set(COOKIE, token, domain="127.0.0.1")
    for page in (f"/lessons/{LESSON}", "/"):
        assert learner.get(page).headers["set-cookie"].startswith(f"{COOKIE}={token.split('.')[0]}.")
    assert learner.entries() == [record]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "not JSON"),
        (b"\xff\xfe", "not JSON"),
        (b"[" * 50_000, "not JSON"),
        (b'{"answer": {"a": NaN}}', "answer: a number in it"),
        (b"[]", "must be a JSON object"),
        (b'{"id": 1}', "id: must be 32 hex digits"),
    ],
)
def test_a_body_that_is_no_entry_is_refused_with_the_reason(hub: Hub, body: bytes, words: str) -> None:
    reply = hub.learner().send(body)
    assert reply.status_code == 400
    assert words in reply.json()["error"]


def test_an_answer_nested_too_deep_is_refused(hub: Hub) -> None:
    answer: dict[str, Any] = {}
    for _ in range(MAX_DEPTH):
        answer = {"in": answer}
    reply = hub.learner().send(hub.record(answer=answer))
    assert reply.status_code == 400
    assert "nested deeper" in reply.json()["error"]


def test_a_body_over_64_kb_is_refused(hub: Hub) -> None:
    learner = hub.learner()
    reply = learner.send(hub.record(answer={"text": "x" * 70_000}))
    assert reply.status_code == 413
    assert "Shorten it" in reply.json()["error"]
    assert learner.send(hub.record(answer={"text": "x" * 39_000})).status_code == 201


def test_half_a_character_is_kept_like_any_other(hub: Hub) -> None:
    learner = hub.learner()
    record = hub.record(answer={"text": "half of \ud83d"})
    assert learner.send(json.dumps(record).encode()).status_code == 201
    assert learner.entries() == [record]
    assert learner.send(b'{"\\ud83d": 1}').status_code == 400


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_no_json_brings_the_server_down(hub: Hub, data: st.DataObject) -> None:
    learner = hub.learner() if not hasattr(hub, "kept") else hub.kept
    hub.kept = learner  # type: ignore[attr-defined]
    record: Any = hub.record()
    if data.draw(st.booleans()):
        record[data.draw(st.sampled_from(sorted(record)))] = data.draw(JSON)
    else:
        record = data.draw(JSON)
    reply = learner.send(json.dumps(record).encode())
    assert reply.status_code in (201, 400)
    assert set(reply.json()) in ({"stored"}, {"error"})


def test_a_full_disk_says_so_loses_nothing_and_the_server_stays_up(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    learner = hub.learner()
    kept = hub.record()
    learner.send(kept)
    real = sa.create_engine

    def small(*arguments: Any, **options: Any) -> sa.Engine:
        engine = real(*arguments, **options)

        @sa.event.listens_for(engine, "connect")
        def _(connection: sqlite3.Connection, _record: object) -> None:
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            connection.execute(f"PRAGMA max_page_count = {pages}")

        return engine

    monkeypatch.setattr(sa, "create_engine", small)
    hub.restart()
    returning = hub.browser()
    returning.client.cookies = learner.client.cookies
    reply = returning.send(hub.record(answer={"text": "x" * 39_000}))
    assert reply.status_code == 507
    assert "disk is full" in reply.json()["error"]
    assert "save again" in reply.json()["error"]
    assert returning.entries() == [kept]
    assert returning.get("/").status_code == 200


def test_a_database_in_trouble_answers_503_and_the_home_page_says_that_nothing_is_lost(hub: Hub) -> None:
    learner = hub.learner()
    database = hub.database()
    with database.writing() as connection:
        connection.exec_driver_sql("ALTER TABLE entry RENAME TO elsewhere")
    reply = learner.send(hub.record())
    assert reply.status_code == 503
    assert "Try again" in reply.json()["error"]
    page = learner.get("/")
    assert page.status_code == 503
    assert "Nothing that was saved is lost" in page.text
    with database.writing() as connection:
        connection.exec_driver_sql("ALTER TABLE elsewhere RENAME TO entry")
    database.close()
    assert learner.send(hub.record()).status_code == 201


def test_an_unknown_request_is_answered_in_json(hub: Hub) -> None:
    reply = hub.browser().get("/api/nothing")
    assert reply.status_code == 404
    assert "there is no such request" in reply.json()["error"]
    assert hub.browser().get("/health").json() == {"ok": True}
