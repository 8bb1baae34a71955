"""The rooms of this process: opened, found again after a restart, and closed."""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections.abc import Callable, Mapping
from typing import Any

from starlette.concurrency import run_in_threadpool

from choreo.hub.live.clock import Clock
from choreo.hub.live.limits import MOST_SESSIONS
from choreo.hub.live.painter import Painter
from choreo.hub.live.room import Room
from choreo.hub.live.store import Record, Store
from choreo.hub.live.tokens import hashed, new_code, new_session, new_token, screen_token
from choreo.hub.live.works import GONE, Delete, Found
from choreo.hub.live.writer import Writer
from choreo.live.event import Event
from choreo.live.plan import Plan

IDLE = 15 * 60  # seconds without anybody until a room is put away; its log stays
LOOK = 60.0
FORGOTTEN = 24 * 3600  # seconds since its opening after which a session gives way to a new one, if there are too many
STOPPING = "The server stops. Your phone will come back by itself."
ASLEEP = "This session was asleep. Try again."

log = logging.getLogger("choreo.hub")


class ElsewhereError(Exception):
    """The session is held by another process of this hub, which `process` names."""

    def __init__(self, process: str) -> None:
        """Keep the name."""
        super().__init__(f"This session is held by process {process} of this server.")
        self.process = process


class EndedError(Exception):
    """The session has ended, and nobody can join it any more."""


class NotOpenedError(Exception):
    """No session could be opened; the message says why."""


class Rooms:
    """Finds rooms by id and by join code, and loads them when they are asked for."""

    def __init__(self, store: Store, writer: Writer, process: str, address: Callable[[str], str]) -> None:
        """Keep the collaborators; `process` is the name of this process."""
        self._store, self._writer, self._process, self._address = store, writer, process, address
        self._rooms: dict[str, Room] = {}
        self._painters: dict[str, Painter] = {}
        self._loading: dict[str, asyncio.Task[Room | None]] = {}
        self._idle: dict[str, float] = {}
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin."""
        self._task = asyncio.create_task(self._look())

    def hang_up(self) -> None:
        """Close all lines; everybody comes back by themselves."""
        for room in self._rooms.values():
            room.close(STOPPING, 1012)

    async def stop(self) -> None:
        """Put all rooms away."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        for room in list(self._rooms.values()):
            await self._put_away(room, STOPPING, 1012)

    async def get(self, session: str) -> Room | None:
        """The room of a session; None if there is none. Raise ElsewhereError if another process holds it."""
        if session in self._rooms:
            return self._rooms[session]
        if session not in self._loading:
            task = asyncio.create_task(self._load(session))
            self._loading[session] = task
            task.add_done_callback(lambda _: self._loading.pop(session, None))
        return await asyncio.shield(self._loading[session])

    async def by_code(self, code: str) -> Room | None:
        """The room with this join code; None if there is none. Raise EndedError or ElsewhereError."""
        for room in self._rooms.values():
            if room.code == code and not room.session.ended and not room.closing:
                return room
        record = await run_in_threadpool(self._store.by_code, code)
        if record is None:
            return None
        if record.ended_at is not None:
            raise EndedError
        return await self.get(record.id)

    async def open(self, plan: Plan) -> tuple[Room, str]:
        """A new room and its host token; raise NotOpenedError."""
        await self._make_way()
        session = new_session()
        host = new_token("h", session)
        at = Clock()()
        row = {
            "id": session,
            "host_hash": hashed(host),
            "screen_hash": hashed(screen_token(host)),
            "process": self._process,
            "title": plain(plan.title),
            "created_at": Room.stamp(at),
        }
        opened: Mapping[str, Any] = {"plan": plan.model_dump(mode="json"), "seed": secrets.randbelow(2**31)}
        done: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        codes = [new_code() for _ in range(8)]
        self._writer.add(Found(row, codes, Event(1, at, "open", data=opened), done.set_result))
        if why := await done:
            raise NotOpenedError(why)
        room = await self.get(session)
        if room is None:
            raise NotOpenedError(GONE)
        return room, host

    async def delete(self, room: Room) -> str:
        """Delete everything about a session; why it could not be done, or empty."""
        room.closing = GONE
        done: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._writer.add(Delete(room.id, done.set_result))
        if why := await done:
            room.closing = ""
            return why
        asyncio.get_running_loop().call_later(0.3, room.close, GONE, 4404)  # after the answer to the coach
        await self._put_away(room, GONE, 0)
        return ""

    async def _load(self, session: str) -> Room | None:
        kept = await run_in_threadpool(self._store.load, session)
        if kept is None:
            return None
        if kept.record.process != self._process:
            raise ElsewhereError(kept.record.process)
        room = await run_in_threadpool(Room, kept, self._writer)
        self._rooms[session] = room
        painter = self._painters[session] = Painter(room, self._address)
        painter.start()
        return room

    async def _make_way(self) -> None:
        records = await run_in_threadpool(self._store.open_sessions, self._process)
        if len(records) < MOST_SESSIONS:
            return
        for record in records:
            if await self._end_forgotten(record):
                return
        raise NotOpenedError("There are too many open sessions on this server. End one of them, then try again.")

    async def _end_forgotten(self, record: Record) -> bool:
        room = await self.get(record.id)
        if room is None:
            return True
        opened = Clock()() - FORGOTTEN
        if record.created_at > Room.stamp(opened) or room.outlets():
            return False
        return not await room.noted(("end", "", {}), closes=True)

    async def _look(self) -> None:
        while True:
            await asyncio.sleep(LOOK)
            now = time.monotonic()
            for room in list(self._rooms.values()):
                if room.outlets():
                    self._idle.pop(room.id, None)
                elif now - self._idle.setdefault(room.id, now) > IDLE:
                    await self._put_away(room, "", 0)

    async def _put_away(self, room: Room, why: str, code: int) -> None:
        room.closing = room.closing or why or ASLEEP
        if code:
            room.close(room.closing, code)
        painter = self._painters.pop(room.id, None)
        if painter is not None:
            await painter.stop()
        await self._writer.written()  # before that, whoever loads it would miss the end of its log
        self._rooms.pop(room.id, None)
        self._idle.pop(room.id, None)


def plain(title: str) -> str:
    """A title as every database can keep it."""
    return "".join(letter for letter in title if letter.isprintable()).encode("utf-8", "replace").decode()[:80]
