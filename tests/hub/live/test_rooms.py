"""Rooms of a process: opened, put away, found again, and too many of them."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest
from tests.hub.live.bench import Bench, run
from tests.hub.live.visiting import PLAN

from choreo.hub import tables
from choreo.hub.live import rooms as rooms_module
from choreo.hub.live.clock import row_time
from choreo.hub.live.commands import do
from choreo.hub.live.holding import Holding
from choreo.hub.live.lease import Lease
from choreo.live.plan import read_plan


def test_a_session_ends_by_itself_a_week_after_it_was_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rooms_module, "LOOK", 0.01)

    async def wait(found: Bench) -> None:
        who = [await found.join(f"secret {number}") for number in range(5)]
        await do(found.room, "begin", {"item": 0})
        assert await found.say(who[0], "secret 0", 1, {"answer": 1}) == ""
        await asyncio.sleep(0.1)
        assert not found.room.session.ended
        week_ago = row_time(time.time() - 7 * 24 * 3600 - 60)
        with found.database.writing() as connection:
            connection.execute(tables.session.update().values(created_at=week_ago))
        async with asyncio.timeout(20):
            while not found.room.session.ended:
                await asyncio.sleep(0.01)
        (row,) = found.rows(tables.session)
        assert row.ended_at is not None
        assert (row.ballot_key, found.rows(tables.ballot)) == (None, [])
        assert [event.kind for event in found.store.log(found.room.id)][-2:] == ["tally", "end"]

    run(tmp_path, wait)


def test_a_room_that_is_put_away_is_the_same_when_it_is_found_again(tmp_path: Path) -> None:
    async def sleep(found: Bench) -> None:
        who = await found.join("secret")
        await do(found.room, "begin", {"item": 0})
        await do(found.room, "bots", {"count": 12})
        answers = [asyncio.create_task(found.say(who, "secret", n, {"answer": n % 5})) for n in range(1, 20)]
        putting = asyncio.create_task(found.rooms._put_away(found.room, "", 0))
        told = await asyncio.gather(*answers)
        await putting
        room = await found.rooms.get(found.room.id)
        assert room is not None
        assert room.session.last == found.room.session.last
        assert list(room.session.people) == list(found.room.session.people)
        assert room.ballots.answers == found.room.ballots.answers
        assert room.ballots.own("secret") == '{"answer":4}'
        assert told[-1] == ""

    run(tmp_path, sleep)


def test_a_session_that_nobody_ended_gives_way_when_there_are_too_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rooms_module, "MOST_SESSIONS", 2)

    async def open_many(found: Bench) -> None:
        second, _ = await found.rooms.open(read_plan(PLAN))
        with pytest.raises(rooms_module.NotOpenedError, match="too many"):
            await found.rooms.open(read_plan(PLAN))
        monkeypatch.setattr(rooms_module, "FORGOTTEN", -10)
        await found.rooms.open(read_plan(PLAN))
        assert [found.room.session.ended, second.session.ended] == [True, False]

    run(tmp_path, open_many)


def test_one_address_cannot_take_all_sessions_and_empty_ones_of_a_flood_give_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rooms_module, "MOST_SESSIONS", 8)
    monkeypatch.setattr(rooms_module, "SESSIONS_EACH", 4)
    monkeypatch.setattr(rooms_module, "EMPTY_EACH", 2)

    async def flood(found: Bench) -> None:
        mine, _ = await found.rooms.open(read_plan(PLAN), "coach")  # besides the bench's own
        flooded = [(await found.rooms.open(read_plan(PLAN), "flood-1"))[0] for _ in range(4)]
        with pytest.raises(rooms_module.NotOpenedError, match="from this address"):
            await found.rooms.open(read_plan(PLAN), "flood-1")
        for _ in range(2):
            await found.rooms.open(read_plan(PLAN), "flood-2")
        await found.rooms.open(read_plan(PLAN), "another coach")
        assert [room.session.ended for room in (found.room, mine, *flooded)] == [False, False, True, *[False] * 3]

    run(tmp_path, flood)


def test_sessions_of_one_address_count_over_all_hubs_as_long_as_they_are_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rooms_module, "SESSIONS_EACH", 2)

    async def spread(found: Bench) -> None:
        lease = Lease(found.database, "2", tmp_path)
        lease.claim(patience=0)
        other = rooms_module.Rooms(found.store, found.writer, Holding(found.database, lease), str)
        try:
            mine, _ = await found.rooms.open(read_plan(PLAN), "flood")
            await other.open(read_plan(PLAN), "flood")
            for rooms in (found.rooms, other):
                with pytest.raises(rooms_module.NotOpenedError, match="from this address"):
                    await rooms.open(read_plan(PLAN), "flood")
            await other.open(read_plan(PLAN), "another coach")
            await do(mine, "end", {})
            again, _ = await other.open(read_plan(PLAN), "flood")
            assert await other.delete(again) == ""
            assert sorted(row.address_hash for row in found.rows(tables.opener)) == ["another coach", "flood"]
        finally:
            await other.stop()

    run(tmp_path, spread)
