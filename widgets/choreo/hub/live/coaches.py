"""The coach's socket: opening a session, finding it again, and commands."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from typing import Any

from starlette.routing import BaseRoute, WebSocketRoute
from starlette.websockets import WebSocket

from choreo.hub.database import DatabaseError
from choreo.hub.live.commands import CommandError, do, plan_in
from choreo.hub.live.door import AGAIN, UNKNOWN, Door, RefusedError, address_of, room_for, text_of
from choreo.hub.live.limits import HOST, NEW_SESSIONS, Bucket, Buckets
from choreo.hub.live.links import Links
from choreo.hub.live.messages import MessageError, number, read_message, written
from choreo.hub.live.outlet import Outlet
from choreo.hub.live.room import Room
from choreo.hub.live.rooms import ElsewhereError, NotOpenedError, Rooms
from choreo.hub.live.socket import LONGEST_OF_COACH
from choreo.hub.live.tickets import Tickets
from choreo.hub.live.tokens import fits, screen_token

MANY = "Many sessions were opened from this address. Wait a minute, then try again."


class Coaches:
    """What coaches ask for."""

    def __init__(self, rooms: Rooms, door: Door, tickets: Tickets, links: Links) -> None:
        """Keep the collaborators."""
        self._rooms, self._door, self._tickets, self._links = rooms, door, tickets, links
        self._opened = Buckets(NEW_SESSIONS, time.monotonic)

    def routes(self) -> list[BaseRoute]:
        """The addresses."""
        return [WebSocketRoute("/live/host", self.socket)]

    async def socket(self, websocket: WebSocket) -> None:
        """A coach's socket."""
        room: Room | None = None
        doing: set[asyncio.Task[None]] = set()

        async def admit(first: dict[str, Any]) -> Outlet:
            nonlocal room
            room, token = await self._found(first, address_of(websocket))
            outlet = Outlet()
            links = self._links.join(websocket)
            opened = {
                "session": room.id,
                "code": room.code,
                "host": token,
                "screen": screen_token(token),
                "join": links,
            }
            outlet.tell(written({"opened": opened}))
            room.hosts.add(outlet)
            room.urgent = True
            room.changed.set()
            return outlet

        async def read(outlet: Outlet) -> None:
            assert room is not None
            bucket = Bucket(HOST, time.monotonic())
            while (message := await websocket.receive())["type"] == "websocket.receive":
                if wait := bucket.take(time.monotonic()):
                    await asyncio.sleep(wait)
                task = asyncio.create_task(self._hear(room, outlet, text_of(message)))
                doing.add(task)  # a command that was heard is done, even if the coach has gone
                task.add_done_callback(doing.discard)

        await self._door.serve(
            websocket,
            LONGEST_OF_COACH,
            admit,
            read,
            lambda outlet: room.hosts.discard(outlet) if room else None,
            pinned=True,
        )

    async def _found(self, first: Mapping[str, Any], address: str) -> tuple[Room, str]:
        if "new" not in first:
            token = first.get("host")
            room = await room_for(self._rooms, token, "h")
            if not isinstance(token, str) or not fits(token, room.record.host_hash):
                raise RefusedError(4401, UNKNOWN)
            return room, token
        try:
            plan = plan_in(first["new"])
        except CommandError as error:
            raise RefusedError(4400, str(error)) from None
        if not self._opened.take(address):
            raise RefusedError(4429, MANY)
        try:
            return await self._rooms.open(plan)
        except NotOpenedError as error:
            raise RefusedError(4503, str(error)) from None
        except (DatabaseError, ElsewhereError):
            raise RefusedError(1013, AGAIN) from None

    async def _hear(self, room: Room, outlet: Outlet, text: str | bytes | None) -> None:
        n: int | None = None
        try:
            asked = read_message(text, LONGEST_OF_COACH)
            n = number(asked)
            more = await self._do(room, asked)
            outlet.tell(written({"done": n} | more))
        except (MessageError, CommandError) as error:
            outlet.tell(written({"refused": n, "why": str(error)}))

    async def _do(self, room: Room, asked: Mapping[str, Any]) -> dict[str, Any]:
        match asked.get("do"):
            case "ticket":
                return {"ticket": self._tickets.make(room.id)}
            case "delete":
                async with room.lock:
                    why = room.closing or await self._rooms.delete(room)
                if why:
                    raise CommandError(why)
            case name:
                await do(room, str(name), asked)
        return {}
