"""The room and the one writer, without sockets: what is committed, what is not, and what then is known."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from tests.hub.live.visiting import PLAN

from choreo.hub.database import Database, open_database
from choreo.hub.live import rooms as rooms_module
from choreo.hub.live import writer as writer_module
from choreo.hub.live.commands import CommandError, do
from choreo.hub.live.outlet import Outlet
from choreo.hub.live.room import Room
from choreo.hub.live.rooms import Rooms
from choreo.hub.live.store import Store
from choreo.hub.live.tokens import hashed
from choreo.hub.live.works import Enter, Note
from choreo.hub.live.writer import FULL, TROUBLE, Group, Writer
from choreo.live.plan import read_plan


@dataclass
class Bench:
    """A database, a writer and rooms."""

    database: Database
    store: Store
    writer: Writer
    rooms: Rooms
    room: Room

    async def join(self, secret: str, virtual: bool = False) -> str:
        done: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        who = self.room.new_name("b" if virtual else "p")
        note = Note(self.room, self.room.clock(), [("join", who, {"virtual": virtual})], done.set_result)
        self.writer.add(Enter(note, hashed(secret)))
        assert await done == ""
        return who

    async def say(self, who: str, secret: str, n: int, say: dict[str, Any]) -> str:
        done: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self.room.say(who, secret, n, say, (None, None), done.set_result)
        return await done

    def rows(self, table: sa.Table) -> list[Any]:
        with self.database.reading() as connection:
            return list(connection.execute(sa.select(table)))


@asynccontextmanager
async def bench(data: Path, process: str = "1") -> AsyncIterator[Bench]:
    database = open_database(f"sqlite:///{data / 'choreo.db'}")
    store, writer = Store(database), Writer(database)
    rooms = Rooms(store, writer, process, lambda name: f"/{name}")
    writer.start()
    rooms.start()
    room, _ = await rooms.open(read_plan(PLAN))
    try:
        yield Bench(database, store, writer, rooms, room)
    finally:
        await rooms.stop()
        await writer.stop()
        database.close()


def run(data: Path, story: Callable[[Bench], Awaitable[None]]) -> None:
    async def told() -> None:
        async with bench(data) as found:
            await story(found)

    asyncio.run(told())


def test_a_full_disk_refuses_and_leaves_no_hole(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async def fill(found: Bench) -> None:
        who = await found.join("secret")
        await do(found.room, "begin", {"item": 2})
        before = found.room.session.last
        full = True

        @sa.event.listens_for(found.database.engine, "begin")
        def _(connection: sa.Connection) -> None:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar() if full else 1_000_000
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

        said = [found.say(who, "secret", n, {"taps": [n] * 60}) for n in range(1, 200)]
        outcomes = await asyncio.gather(*said)
        assert FULL in outcomes
        full = False
        again = [await found.say(who, "secret", n, {"taps": [n] * 60}) for n in range(1, 200)]
        assert set(again) == {""}
        log = [event for event in found.store.log(found.room.id) if event.kind == "say"]
        assert sorted(event.data["taps"][0] for event in log) == list(range(1, 200))
        numbers = [event.number for event in found.store.log(found.room.id)]
        assert numbers == list(range(1, found.room.session.last + 1))
        assert found.room.session.last >= before + 199

    run(tmp_path, fill)
    assert "the disk is full" in caplog.text


def test_one_bad_piece_of_work_does_not_take_the_others_with_it(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    class Bad:
        why = ""

        def write(self, group: Group) -> None:
            raise RuntimeError("a bug")

        def done(self) -> None:
            raise AssertionError

        def failed(self, why: str) -> None:
            self.why = why

    async def spoil(found: Bench) -> None:
        who = await found.join("secret")
        await do(found.room, "begin", {"item": 2})
        bad = Bad()
        first = asyncio.create_task(found.say(who, "secret", 1, {"taps": [1]}))
        await asyncio.sleep(0)
        found.writer.add(bad)
        assert await asyncio.gather(first, found.say(who, "secret", 2, {"taps": [2]})) == ["", ""]
        assert bad.why == TROUBLE
        numbers = [event.number for event in found.store.log(found.room.id)]
        assert numbers == list(range(1, len(numbers) + 1))

    run(tmp_path, spoil)
    assert "a bug" in caplog.text


def test_commits_are_made_in_groups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    groups: list[int] = []
    whole = Writer._group
    monkeypatch.setattr(
        Writer, "_group", lambda self, works, *more: (groups.append(len(works)), whole(self, works, *more))[1]
    )

    async def speak(found: Bench) -> None:
        who = await found.join("secret")
        await do(found.room, "begin", {"item": 2})
        groups.clear()
        assert set(await asyncio.gather(*(found.say(who, "secret", n, {"taps": [n]}) for n in range(1, 300)))) == {""}
        assert sum(groups) == 299
        assert len(groups) <= 4

    run(tmp_path, speak)


def test_times_in_the_log_never_go_back_even_if_the_computers_clock_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def begin(found: Bench) -> None:
        await do(found.room, "begin", {"item": 2})
        session = found.room.id
        yesterday = time.time() - 86_400
        monkeypatch.setattr(time, "time", lambda: yesterday)
        await found.rooms._put_away(found.room, "", 0)
        room = await found.rooms.get(session)
        assert room is not None
        assert room is not found.room
        started = room.session.last
        while room.session.last < started + 2:  # its timer goes on as well
            await asyncio.sleep(0.05)
        log = found.store.log(session)
        assert [event.kind for event in log[-2:]] == ["tick", "tick"]
        assert all(one.at <= two.at for one, two in pairwise(log))

    run(tmp_path, begin)


def test_who_is_away_for_long_is_noted_and_welcome_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("choreo.hub.live.room.AWAY", 0.05)
    monkeypatch.setattr("choreo.hub.live.painter.LOOK_ROUND", 0.05)

    async def leave(found: Bench) -> None:
        who = await found.join("secret")
        line = Outlet(who, "secret")
        found.room.enter(line)
        found.room.leave(line)
        while found.room.session.people[who].here:
            await asyncio.sleep(0.01)
        found.room.enter(Outlet(who, "secret"))
        while not found.room.session.people[who].here:
            await asyncio.sleep(0.01)
        await found.writer.written()
        assert [event.kind for event in found.store.log(found.room.id)] == ["open", "join", "leave", "back"]

    run(tmp_path, leave)


def test_who_joined_and_was_away_when_the_hub_died_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("choreo.hub.live.painter.LOOK_ROUND", 0.05)

    async def leave(found: Bench) -> None:
        who = await found.join("secret")
        await found.rooms._put_away(found.room, "", 0)
        monkeypatch.setattr("choreo.hub.live.room.AWAY", 0.05)
        room = await found.rooms.get(found.room.id)
        assert room is not None
        while room.session.people[who].here:
            await asyncio.sleep(0.01)

    run(tmp_path, leave)


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
        assert room.ballots == found.room.ballots
        assert room.own_ballot("secret") == '{"answer":4}'
        assert told[-1] == ""

    run(tmp_path, sleep)


def test_bots_answer_once_and_are_marked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("choreo.live.activities.pulse.Pulse.bot", staticmethod(quick_bot))

    async def answer(found: Bench) -> None:
        await do(found.room, "bots", {"count": 30})
        await do(found.room, "begin", {"item": 0})
        while len(found.room.ballots) < 30:
            await asyncio.sleep(0.02)
        await do(found.room, "bots", {"count": 10})
        assert found.room.here() == 10
        await do(found.room, "bots", {"count": 25})
        assert found.room.here() == 25
        assert len(found.room.session.people) == 30
        await do(found.room, "step", {"to": "show"})
        tally = next(event for event in found.store.log(found.room.id) if event.kind == "tally")
        assert tally.data["ballots"] == [{"answer": 2, "virtual": True}] * 30

    run(tmp_path, answer)


def quick_bot(view: dict[str, Any], _chance: Any) -> Any:
    from choreo.live.activity import Move

    return Move(0.05, {"answer": 2}) if view.get("step") == "ask" else None


def test_commands_that_do_not_fit_are_refused_and_change_nothing(tmp_path: Path) -> None:
    async def ask(found: Bench) -> None:
        for what, asked in (
            ("begin", {"item": 7}),
            ("begin", {"item": True}),
            ("begin", {}),
            ("step", {"to": "show"}),
            ("finish", {}),
            ("release", {"text": 1}),
            ("remove", {"who": "p99"}),
            ("remove", {"who": ["p1"]}),
            ("bots", {"count": 1001}),
            ("bots", {"count": -1}),
            ("plan", {"plan": {"title": ""}}),
            ("plan", {"plan": None}),
            ("fly", {}),
        ):
            with pytest.raises(CommandError):
                await do(found.room, what, asked)
        assert found.room.session.last == 1
        await do(found.room, "begin", {"item": 1})
        with pytest.raises(CommandError, match="stay where they are"):
            await do(found.room, "plan", {"plan": {"title": "Other", "items": PLAN["items"][1:]}})
        await do(found.room, "end", {})
        with pytest.raises(CommandError, match="over"):
            await do(found.room, "begin", {"item": 0})

    run(tmp_path, ask)


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


def test_the_writer_answers_when_it_is_overwhelmed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer_module, "MOST_WAITING", 5)

    async def flood(found: Bench) -> None:
        told: list[str] = []
        for _ in range(8):
            found.room.note("show", settle=told.append)
        await found.writer.written()
        assert sorted(told) == [""] * 5 + [writer_module.BUSY] * 3

    run(tmp_path, flood)


def test_who_reads_nothing_is_dropped_and_only_they(monkeypatch: pytest.MonkeyPatch) -> None:
    async def listen() -> None:
        read: list[str] = []
        never: asyncio.Future[None] = asyncio.get_running_loop().create_future()

        async def swallow(text: str) -> None:
            read.append(text)

        async def clog(_text: str) -> None:
            await never

        async def wait() -> None:
            await asyncio.Event().wait()

        good, deaf = Outlet("p1"), Outlet("p2")
        lines = [asyncio.create_task(good.serve(wait, swallow)), asyncio.create_task(deaf.serve(wait, clog))]
        for number in range(5):
            for outlet in (good, deaf):
                outlet.show(f"view {number}")
                outlet.tell(f"ack {number}")
            await asyncio.sleep(0)
        await asyncio.sleep(0.01)
        assert read[0] == "ack 0"
        assert read[-1] == "view 4"
        assert not good.stuck(time.monotonic() + 60)
        assert deaf.stuck(time.monotonic() + 60)
        deaf.drop(4408)
        assert await lines[1] == 4408
        for number in range(1000):
            deaf.tell(f"ack {number}")  # nobody minds
        good.drop(4404)
        assert await lines[0] == 4404

    asyncio.run(listen())
