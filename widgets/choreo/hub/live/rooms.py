"""The rooms of this hub: opened, found again after a restart or taken over from another hub, and closed."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
import time
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from starlette.concurrency import run_in_threadpool

from choreo import typed
from choreo.hub.database_errors import DatabaseError
from choreo.hub.limits import EMPTY_EACH, MOST_SESSIONS, SESSIONS_EACH
from choreo.hub.live.broadcaster import Broadcaster
from choreo.hub.live.clock import Clock, row_time
from choreo.hub.live.custody import LASTS
from choreo.hub.live.holding import ElsewhereError, Holding
from choreo.hub.live.presence import Presence
from choreo.hub.live.room import Room
from choreo.hub.live.store import Record, Store
from choreo.hub.live.tokens import hashed, new_code, new_session, new_token, screen_token
from choreo.hub.live.writer import GONE, MOVED, Writer
from choreo.hub.live.writes import Delete, Found
from choreo.live.event import Event
from choreo.live.plan import Plan

IDLE = 15 * 60  # seconds without anybody until a room is put away; its log stays
LOOK = 5.0  # seconds between two looks whether a session was deleted or is over its time
FORGOTTEN = 24 * 3600  # seconds since its opening after which a session gives way to a new one, if there are too many
STOPPING = "The server stops. Your phone will come back by itself."
ASLEEP = "This session was asleep. Try again."

log = logging.getLogger("choreo.hub")


class EndedError(Exception):
    """The session has ended, and nobody can join it any more."""


class NotOpenedError(Exception):
    """No session could be opened; the message says why."""


class Rooms:
    """Finds rooms by id and by join code, and loads them when they are asked for."""

    def __init__(self, store: Store, writer: Writer, holding: Holding, address: Callable[[str], str]) -> None:
        """Keep the collaborators; `address` says where a file is, without what stands in front of the course."""
        self._store, self._writer, self._holding, self._address = store, writer, holding, address
        self._rooms: dict[str, Room] = {}
        self._broadcasters: dict[str, Broadcaster] = {}
        self._loading: dict[str, asyncio.Task[Room | None]] = {}
        self._idle: dict[str, float] = {}
        self._task: asyncio.Task[None] | None = None
        self._clock = Clock()

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

    def total(self, count: Callable[[Presence], int] = lambda _: 1) -> int:
        """How many rooms are in memory, or how many of something are in all of them together."""
        return sum(count(room.presence) for room in self._rooms.values())

    async def get(self, session: str) -> Room | None:
        """The room of a session; None if there is none. Raise ElsewhereError if another hub holds it, and lives."""
        if session in self._rooms:
            return self._rooms[session]
        if session not in self._loading:
            task = asyncio.create_task(self._load(session))
            self._loading[session] = task
            task.add_done_callback(lambda _: self._loading.pop(session, None))
        return await asyncio.shield(self._loading[session])

    async def current(self, room: Room) -> Record | None:
        """A room's row as it is now: whoever runs the server may have given its coach another pass."""
        return await run_in_threadpool(self._store.find, room.id)

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

    async def open(self, plan: Plan, opener: str = "") -> tuple[Room, str]:
        """A new room and its host token; `opener` stands for the address of who asks. Raise NotOpenedError."""
        await self._make_way(opener)
        session = new_session()
        host = new_token("h", session)
        at = Clock()()
        row = {
            "id": session,
            "host_hash": hashed(host),
            "screen_hash": hashed(screen_token(host)),
            "process": self._holding.process,
            "title": plain(plan.title),
            "created_at": row_time(at),
        }
        opened: Mapping[str, Any] = {"plan": plan.model_dump(mode="json"), "seed": secrets.randbelow(2**31)}
        done: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        codes = [new_code() for _ in range(8)]
        self._writer.add(Found(row, codes, opener, Event(1, at, "open", data=opened), done.set_result))
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
        self._writer.add(Delete(room.id, room.epoch, done.set_result))
        if why := await done:
            room.closing = ""
            return why
        asyncio.get_running_loop().call_later(0.3, room.close, GONE, 4404)  # after the answer to the coach
        await self._put_away(room, GONE, 0)
        return ""

    async def _load(self, session: str) -> Room | None:
        await run_in_threadpool(self._holding.take, session)
        kept = await run_in_threadpool(self._store.load, session)  # after that: its log grows no more without us
        if kept is None:
            return None
        if kept.record.process != self._holding.process:
            raise ElsewhereError(kept.record.process)
        room = await run_in_threadpool(Room, kept, self._writer)
        self._rooms[session] = room
        broadcaster = self._broadcasters[session] = Broadcaster(room, self._address)
        broadcaster.start()
        return room

    async def _make_way(self, opener: str) -> None:
        """Have a forgotten session give way, if there are too many; raise NotOpenedError if none does."""
        records = await run_in_threadpool(self._store.open_sessions, self._holding.process)
        openers = await run_in_threadpool(self._store.openers)
        if opener and Counter(openers.values())[opener] >= SESSIONS_EACH:
            raise NotOpenedError("Many sessions are open from this address. End one of them, then try again.")
        if len(records) < MOST_SESSIONS:
            return
        empty = [record for record in records if await self._empty(record)]
        each = Counter(openers.get(record.id, "") for record in empty)
        del each[""]
        forgotten = row_time(Clock()() - FORGOTTEN)
        for record in empty:
            many = each[openers.get(record.id, "")] > EMPTY_EACH
            if (many or record.created_at <= forgotten) and await self._end(record):
                return
        raise NotOpenedError("There are too many open sessions on this server. End one of them, then try again.")

    async def _empty(self, record: Record) -> bool:
        """Whether nobody is in the session just now."""
        with contextlib.suppress(ElsewhereError):
            room = await self.get(record.id)
            return room is None or not room.presence.connections()
        return False

    async def _end(self, record: Record) -> bool:
        room = await self.get(record.id)
        return room is None or not await room.noted(("end", "", {}), closes=True)

    async def _look(self) -> None:
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._writer.strayed.wait(), LOOK)
            self._writer.strayed.clear()
            try:
                await self._leave_what_is_gone()
                await self._end_what_lasted()
            except DatabaseError as error:
                log.error("%s", error)
            now = time.monotonic()
            for room in list(self._rooms.values()):
                if room.presence.connections():
                    self._idle.pop(room.id, None)
                elif now - self._idle.setdefault(room.id, now) > IDLE:
                    await self._put_away(room, "", 0)

    async def _end_what_lasted(self) -> None:
        """End the sessions that were opened so long ago."""
        before = row_time(self._clock() - LASTS.total_seconds())
        for session in await run_in_threadpool(self._holding.lasted, before):
            with contextlib.suppress(ElsewhereError):
                if (room := await self.get(session)) is not None:
                    async with room.lock:
                        await room.noted(("end", "", {}), closes=True)

    async def _leave_what_is_gone(self) -> None:
        """Say goodbye in rooms whose session was deleted past this hub, or taken over by another."""
        rooms = list(self._rooms.values())
        epochs = await run_in_threadpool(self._holding.epochs, [room.id for room in rooms]) if rooms else {}
        for room in rooms:
            if room.id not in epochs and not room.closing:
                await self._put_away(room, GONE, 4404)
            elif epochs.get(room.id, room.epoch) != room.epoch and not room.closing:
                await self._put_away(room, MOVED, 1012)

    async def _put_away(self, room: Room, why: str, code: int) -> None:
        room.closing = room.closing or why or ASLEEP
        if code:
            room.close(room.closing, code)
        broadcaster = self._broadcasters.pop(room.id, None)
        if broadcaster is not None:
            await broadcaster.stop()
        await self._writer.written()  # before that, whoever loads it would miss the end of its log
        self._rooms.pop(room.id, None)
        self._idle.pop(room.id, None)


def plain(title: str) -> str:
    """A title as every database can keep it."""
    return typed.line(title, 80)
