"""Who comes and goes; and phones that leave when there is nothing left to leave."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from tests.hub.live.bench import Bench, run

from choreo.hub.live.commands import do
from choreo.hub.live.connection import Connection
from choreo.hub.live.phones import hear

TURNS = 30  # of the loop: enough for a note to be written and its settling to be heard, many times over


async def leaves_and_returns(found: Bench, who: str, away: bool) -> None:
    """Once by the button, or by a phone that has been away for long; then back."""
    if away:
        found.room.presence.leave(found.room.presence.phones[who][0])
        found.room.presence.look_round()
    else:
        hear(found.room, who, "secret", '{"leave": true}', 0.0, lambda text: None)
    for _ in range(TURNS):
        await found.writer.written()
        await asyncio.sleep(0)
    found.room.presence.enter(Connection(who, "secret"))
    await found.writer.written()


@pytest.mark.parametrize("away", [False, True])
@pytest.mark.parametrize(("command", "asked"), [("end", {}), ("remove", {"who": "p1"})])
def test_nothing_is_written_of_who_leaves_what_is_over_for_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, asked: dict[str, str], away: bool
) -> None:
    monkeypatch.setattr("choreo.hub.live.presence.AWAY", -1.0 if away else 1e6)

    async def leave(found: Bench) -> None:
        who = await found.join("secret")
        found.room.presence.enter(Connection(who, "secret"))
        await do(found.room, command, asked)
        await leaves_and_returns(found, who, away)
        assert [event.kind for event in found.store.log(found.room.id)] == ["open", "join", command]

    run(tmp_path, leave)


def test_who_is_away_for_long_is_noted_and_welcome_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("choreo.hub.live.presence.AWAY", 0.05)
    monkeypatch.setattr("choreo.hub.live.broadcaster.LOOK_ROUND", 0.05)

    async def leave(found: Bench) -> None:
        who = await found.join("secret")
        line = Connection(who, "secret")
        found.room.presence.enter(line)
        found.room.presence.leave(line)
        while found.room.session.people[who].here:
            await asyncio.sleep(0.01)
        found.room.presence.enter(Connection(who, "secret"))
        while not found.room.session.people[who].here:
            await asyncio.sleep(0.01)
        await found.writer.written()
        assert [event.kind for event in found.store.log(found.room.id)] == ["open", "join", "leave", "back"]

    run(tmp_path, leave)


def test_who_says_that_they_leave_is_gone_at_once_in_all_their_tabs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("choreo.hub.live.presence.AWAY", 1e6)

    async def leave(found: Bench) -> None:
        who = await found.join("secret")
        tabs = [Connection(who, "secret"), Connection(who, "secret")]
        for line in tabs:
            found.room.presence.enter(line)
        told: list[str] = []
        hear(found.room, who, "secret", '{"leave": true}', 0.0, told.append)
        assert told == ['{"left":true}']
        while found.room.presence.people():
            await asyncio.sleep(0.01)
        for line in tabs:
            assert line.dropped
            found.room.presence.leave(line)
        hear(found.room, who, "secret", '{"leave": true}', 0.0, told.append)  # its other tab says so, too
        await found.writer.written()
        assert [event.kind for event in found.store.log(found.room.id)] == ["open", "join", "leave"]

    run(tmp_path, leave)


def test_who_joined_and_was_away_when_the_hub_died_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("choreo.hub.live.broadcaster.LOOK_ROUND", 0.05)

    async def leave(found: Bench) -> None:
        who = await found.join("secret")
        await found.rooms._put_away(found.room, "", 0)
        monkeypatch.setattr("choreo.hub.live.presence.AWAY", 0.05)
        room = await found.rooms.get(found.room.id)
        assert room is not None
        while room.session.people[who].here:
            await asyncio.sleep(0.01)

    run(tmp_path, leave)
