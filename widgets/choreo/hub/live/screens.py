"""The projector's socket: it reads, and says nothing."""

from __future__ import annotations

import asyncio
import contextlib
import time
from typing import Any

from starlette.routing import BaseRoute, WebSocketRoute
from starlette.websockets import WebSocket

from choreo.hub.live.door import UNKNOWN, Door, RefusedError, room_for
from choreo.hub.live.limits import PHONE, Bucket
from choreo.hub.live.links import Links
from choreo.hub.live.messages import MessageError, clock_answer, read_message
from choreo.hub.live.outlet import Outlet
from choreo.hub.live.room import Room
from choreo.hub.live.rooms import Rooms
from choreo.hub.live.socket import LONGEST
from choreo.hub.live.tokens import fits


class Screens:
    """What projectors ask for."""

    def __init__(self, rooms: Rooms, door: Door, links: Links) -> None:
        """Keep the collaborators."""
        self._rooms, self._door, self._links = rooms, door, links

    def routes(self) -> list[BaseRoute]:
        """The addresses."""
        return [WebSocketRoute("/live/screen/socket", self.socket)]

    async def socket(self, websocket: WebSocket) -> None:
        """A projector's socket."""
        room: Room | None = None

        async def admit(first: dict[str, Any]) -> Outlet:
            nonlocal room
            token = first.get("screen")
            room = await room_for(self._rooms, token, "s")
            if not isinstance(token, str) or not fits(token, room.record.screen_hash):
                raise RefusedError(4401, UNKNOWN)
            outlet = Outlet()
            outlet.links = self._links.join(websocket)
            room.screens.add(outlet)
            room.changed.set()
            return outlet

        async def read(outlet: Outlet) -> None:
            bucket = Bucket(PHONE, time.monotonic())
            while (heard := await websocket.receive())["type"] == "websocket.receive":
                if room is not None:
                    _answer(heard.get("text"), room, outlet)
                if wait := bucket.take(time.monotonic()):
                    await asyncio.sleep(wait)

        await self._door.serve(
            websocket, LONGEST, admit, read, lambda outlet: room.screens.discard(outlet) if room else None
        )


def _answer(text: str | None, room: Room, outlet: Outlet) -> None:
    """A sign of life; all else that a screen says is left out."""
    now = room.clock()
    with contextlib.suppress(MessageError):
        if (told := clock_answer(read_message(text, LONGEST), now, now)) is not None:
            outlet.tell(told)
