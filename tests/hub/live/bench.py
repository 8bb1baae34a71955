"""A room and the one writer, without sockets."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from tests.hub.live.visiting import PLAN

from choreo.hub.database import Database
from choreo.hub.engine import open_database
from choreo.hub.live.holding import Holding
from choreo.hub.live.room import Room
from choreo.hub.live.rooms import Rooms
from choreo.hub.live.store import Store
from choreo.hub.live.tokens import hashed
from choreo.hub.live.writer import Writer
from choreo.hub.live.writes import Enter, Note
from choreo.hub.measures import HubMeasures
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
        who = self.room.participants.new_name("b" if virtual else "p")
        note = Note(self.room, self.room.clock(), [("join", who, {"virtual": virtual})], done.set_result)
        self.writer.add(Enter(note, hashed(secret), self.room.participants))
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
async def bench(data: Path) -> AsyncIterator[Bench]:
    database = open_database(f"sqlite:///{data / 'choreo.db'}")
    store, writer = Store(database), Writer(database, HubMeasures())
    rooms = Rooms(store, writer, Holding(database), lambda name: f"/{name}")
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
