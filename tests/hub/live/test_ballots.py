"""Sealed answers: one of each phone, of whom people count."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from tests.hub.live.bench import Bench, run

from choreo.hub.live.ballots import Ballots
from choreo.hub.live.commands import do
from choreo.hub.live.tokens import ballot_hash


def test_bots_answer_once_and_are_marked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("choreo.live.activities.pulse.activity.Pulse.bot", staticmethod(quick_bot))

    async def answer(found: Bench) -> None:
        await do(found.room, "bots", {"count": 30})
        await do(found.room, "begin", {"item": 0})
        while len(found.room.ballots.answers) < 30:
            await asyncio.sleep(0.02)
        await do(found.room, "bots", {"count": 10})
        assert found.room.presence.here() == 10
        await do(found.room, "bots", {"count": 25})
        assert found.room.presence.here() == 25
        assert len(found.room.session.people) == 30
        await do(found.room, "step", {"to": "show"})
        tally = next(event for event in found.store.log(found.room.id) if event.kind == "tally")
        assert tally.data["ballots"] == [{"answer": 2, "virtual": True}] * 30

    run(tmp_path, answer)


def test_where_a_ballot_could_tell_whose_it_is_the_log_holds_less_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = {"activity": "alliance-map", "minutes": 5, "settings": {"parties": ["A", "B", "C", "D"]}}
    monkeypatch.setattr("tests.hub.live.bench.PLAN", {"title": "A test", "items": [item]})

    async def answer(found: Bench) -> None:
        people = [(await found.join(secret), secret) for secret in "abcdef"]
        await do(found.room, "begin", {"item": 0})
        for number, (who, secret) in enumerate(people):
            say = {"party": 3, "talked": [0, 2]} if number == 5 else {"party": 0, "talked": [1]}
            assert await found.say(who, secret, 1, say) == ""
        await do(found.room, "step", {"to": "map"})
        tally = next(event for event in found.store.log(found.room.id) if event.kind == "tally")
        assert tally.data["ballots"] == [{"ties": [[0, 1]]}] * 5 + [{"ties": []}]
        assert dict(found.room.session.scene().facts) == {"ties": "1 of 6"}

    run(tmp_path, answer)


def test_the_first_person_ends_a_rehearsal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("choreo.live.activities.pulse.activity.Pulse.bot", staticmethod(quick_bot))

    async def answer(found: Bench) -> None:
        await do(found.room, "bots", {"count": 5})
        await do(found.room, "begin", {"item": 0})
        while found.room.answered() < 5:
            await asyncio.sleep(0.02)
        await found.join("a")
        assert found.room.answered() == 0
        await do(found.room, "step", {"to": "show"})
        await do(found.room, "step", {"to": "ask"})
        assert found.room.session.scene().facts == (("answers", "0"),)

    run(tmp_path, answer)


def quick_bot(view: dict[str, Any], _chance: Any) -> Any:
    from choreo.live.activity import Move

    return Move(0.05, {"answer": 2}) if view.get("step") == "ask" else None


def test_only_a_phone_knows_its_answer_and_only_while_the_question_is_open() -> None:
    ballots = Ballots()
    ballots.open(7)
    ballots.add(7, ballot_hash(ballots.key, "mine", 7), '{"answer":1}')
    ballots.add(7, ballot_hash(ballots.key, "bot", 7), '{"answer":2,"virtual":true}')
    ballots.add(6, ballot_hash(ballots.key, "late", 6), '{"answer":3}')
    assert (ballots.own("mine"), ballots.own("yours"), ballots.own("")) == ('{"answer":1}', None, None)
    assert (ballots.count(rehearsal=False), ballots.count(rehearsal=True)) == (1, 2)
    again = Ballots()
    again.open(7)
    again.resume(ballots.key, ballots.answers)
    assert (again.own("mine"), again.count(rehearsal=False)) == ('{"answer":1}', 1)
    ballots.close()
    assert (ballots.own("mine"), ballots.count(rehearsal=False)) == (None, 0)


def test_an_older_answer_that_took_a_longer_way_replaces_nothing() -> None:
    ballots = Ballots()
    ballots.open(7)
    assert [ballots.is_newest("mine", n) for n in (2, 1, 2, 3)] == [True, False, True, True]
    assert ballots.is_newest("yours", 1)
