"""The projector's socket: it reads, and says nothing."""

from __future__ import annotations

import asyncio
import contextlib
import time
from typing import Any

from starlette.routing import BaseRoute, WebSocketRoute
from starlette.websockets import WebSocket

from choreo.hub.limits import PHONE, Bucket
from choreo.hub.live.admission import Admission, let_in, room_for
from choreo.hub.live.connection import Connection
from choreo.hub.live.links import Links
from choreo.hub.live.messages import MessageError, clock_answer, read_message, written
from choreo.hub.live.room import Room
from choreo.hub.live.rooms import Rooms
from choreo.hub.live.socket import LONGEST


class Screens:
    """What projectors ask for."""

    def __init__(self, rooms: Rooms, admission: Admission, links: Links) -> None:
        """Keep the collaborators."""
        self._rooms, self._admission, self._links = rooms, admission, links

    def routes(self) -> list[BaseRoute]:
        """The addresses."""
        return [WebSocketRoute("/live/screen/socket", self.socket)]

    async def socket(self, websocket: WebSocket) -> None:
        """A projector's socket."""
        room: Room | None = None

        async def admit(first: dict[str, Any]) -> Connection:
            nonlocal room
            token = first.get("screen")
            room = await room_for(self._rooms, token, "s")
            await let_in(self._rooms, room, token, "screen_hash")
            connection = Connection()
            connection.links = self._links.join(websocket)
            if self._admission.named:
                connection.tell(written(self._admission.named))
            room.presence.screens.add(connection)
            room.updates.due.set()
            return connection

        async def read(connection: Connection) -> None:
            bucket = Bucket(PHONE, time.monotonic())
            while (heard := await websocket.receive())["type"] == "websocket.receive":
                if room is not None:
                    _answer(heard.get("text"), room, connection)
                if wait := bucket.take(time.monotonic()):
                    await asyncio.sleep(wait)

        await self._admission.serve(
            websocket,
            LONGEST,
            admit,
            read,
            lambda connection: room.presence.screens.discard(connection) if room else None,
        )


def _answer(text: str | None, room: Room, connection: Connection) -> None:
    """A sign of life; all else that a screen says is left out."""
    now = room.clock()
    with contextlib.suppress(MessageError):
        if (told := clock_answer(read_message(text, LONGEST), now, now)) is not None:
            connection.tell(told)
