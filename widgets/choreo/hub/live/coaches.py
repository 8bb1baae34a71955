"""The coach's socket: opening a session, finding it again, and commands."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.routing import BaseRoute, WebSocketRoute
from starlette.websockets import WebSocket

from choreo.hub.database_errors import DatabaseError
from choreo.hub.limits import HOST, NEW_SESSIONS, Bucket
from choreo.hub.live.admission import AGAIN, Admission, RefusedError, address_of, let_in, room_for, text_of
from choreo.hub.live.commands import CommandError, do, plan_in
from choreo.hub.live.connection import Connection
from choreo.hub.live.custody import ends_at
from choreo.hub.live.door import Door, DoorError
from choreo.hub.live.holding import ElsewhereError
from choreo.hub.live.links import Links
from choreo.hub.live.messages import MessageError, clock_answer, number, read_message, written
from choreo.hub.live.qr import LONGEST_TEXT, qr_code
from choreo.hub.live.rights import Role, refusal
from choreo.hub.live.room import Room
from choreo.hub.live.rooms import NotOpenedError, Rooms
from choreo.hub.live.socket import LONGEST_OF_COACH
from choreo.hub.live.tickets import Tickets
from choreo.hub.live.tokens import hashed, new_token, screen_token, session_of
from choreo.hub.rates import Rates

MANY = "Many sessions were opened from this address. Wait a minute, then try again."


class Coaches:
    """What coaches ask for."""

    def __init__(self, rooms: Rooms, admission: Admission, tickets: Tickets, links: Links, rates: Rates) -> None:
        """Keep the collaborators."""
        self._rooms, self._admission, self._tickets, self._links = rooms, admission, tickets, links
        self._rates, self._opened = rates, rates.buckets("new sessions", NEW_SESSIONS)
        self.door: Door | None = None  # that a coach at this machine may open

    def routes(self) -> list[BaseRoute]:
        """The addresses."""
        return [WebSocketRoute("/live/host", self.socket)]

    async def socket(self, websocket: WebSocket) -> None:
        """A coach's socket."""
        room: Room | None = None
        role: Role = "first"
        at_the_door = self.door is not None and self.door.opens_for(websocket)
        doing: set[asyncio.Task[None]] = set()

        async def admit(first: dict[str, Any]) -> Connection:
            nonlocal room, role
            room, token, role = await self._found(first, address_of(websocket))
            connection = Connection()
            links = self._links.join(websocket)
            opened = {
                "session": room.id,
                "code": room.code,
                "host": token,
                "role": role,
                "screen": screen_token(token) if role == "first" else "",
                "join": links,
                "ends": ends_at(room.record.created_at),
                "door": at_the_door and role == "first",
            }
            connection.tell(written({"opened": opened} | self._admission.named))
            room.presence.coaches.add(connection)
            if role == "second":
                room.presence.seconds.add(connection)
            room.updates.urgent = True
            room.updates.due.set()
            return connection

        async def read(connection: Connection) -> None:
            assert room is not None
            bucket = Bucket(HOST, time.monotonic())
            while (message := await websocket.receive())["type"] == "websocket.receive":
                if wait := bucket.take(time.monotonic()):
                    await asyncio.sleep(wait)
                text = text_of(message)
                near = websocket if at_the_door else None
                task = asyncio.create_task(self._hear(room, role, connection, text, near))
                doing.add(task)  # a command that was heard is done, even if the coach has gone
                task.add_done_callback(doing.discard)

        await self._admission.serve(
            websocket,
            LONGEST_OF_COACH,
            admit,
            read,
            lambda connection: room.presence.coach_left(connection) if room else None,
        )

    async def _found(self, first: Mapping[str, Any], address: str) -> tuple[Room, str, Role]:
        if "new" not in first:
            token = first.get("host")
            second = session_of(token, "c") is not None
            room = await room_for(self._rooms, token, "c" if second else "h")
            known = await let_in(self._rooms, room, token, "second_hash" if second else "host_hash")
            return room, known, "second" if second else "first"
        try:
            plan = plan_in(first["new"])
        except CommandError as error:
            raise RefusedError(4400, str(error)) from None
        if not await run_in_threadpool(self._opened.take, address):
            raise RefusedError(4429, MANY)
        try:
            return *await self._rooms.open(plan, self._rates.mark("open sessions", address)), "first"
        except NotOpenedError as error:
            raise RefusedError(4503, str(error)) from None
        except (DatabaseError, ElsewhereError):
            raise RefusedError(1013, AGAIN) from None

    async def _hear(
        self, room: Room, role: Role, connection: Connection, text: str | bytes | None, near: WebSocket | None
    ) -> None:
        n: int | None = None
        try:
            asked = read_message(text, LONGEST_OF_COACH)
            now = room.clock()
            if (time_told := clock_answer(asked, now, now)) is not None:
                connection.tell(time_told)  # a sign of life
                return
            n = number(asked)
            if why := refusal(role, asked.get("do")):
                raise CommandError(why)
            more = await self._do(room, asked, near)
            connection.tell(written({"done": n} | more))
        except (MessageError, CommandError) as error:
            connection.tell(written({"refused": n, "why": str(error)}))

    async def _do(self, room: Room, asked: Mapping[str, Any], near: WebSocket | None) -> dict[str, Any]:
        match asked.get("do"):
            case "picture":
                return {"picture": _picture(asked.get("text"))}
            case "ticket":
                return {"ticket": self._tickets.make(room.id)}
            case "invite":
                return {"second": await _invited(room)}
            case "withdraw":
                await _shared(room, None)
            case "let_in":
                return {"join": await self._let_in(room, near)}
            case "delete":
                async with room.lock:
                    why = room.closing or await self._rooms.delete(room)
                if why:
                    raise CommandError(why)
            case name:
                await do(room, str(name), asked)
        return {}

    async def _let_in(self, room: Room, near: WebSocket | None) -> str:
        """Open the door, and tell the projectors; where phones go from now on."""
        if near is None or self.door is None:
            raise CommandError("Only a coach at the machine that Choreo runs on can let phones in.")
        try:
            await self.door.open(self._links)
        except (DoorError, OSError) as error:
            raise CommandError(str(error)) from None
        join = self._links.join(near)
        for screen in room.presence.screens:
            screen.links = join
        room.updates.due.set()
        return join


async def _invited(room: Room) -> str:
    """A new token for a second coach; the one before is good no more."""
    token = new_token("c", room.id)
    await _shared(room, hashed(token))
    return token


async def _shared(room: Room, second_hash: str | None) -> None:
    async with room.lock:
        if why := room.closing or await room.share(second_hash):
            raise CommandError(why)
    room.updates.urgent = True
    room.updates.due.set()


def _picture(text: object) -> str:
    if not isinstance(text, str) or not 0 < len(text) <= LONGEST_TEXT:
        raise CommandError(f"A picture can hold 1 to {LONGEST_TEXT} characters.")
    return qr_code(text)
