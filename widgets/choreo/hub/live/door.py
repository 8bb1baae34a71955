"""Who may come in: a client's first message, and what it is told if it may not."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import HTTPConnection
from starlette.websockets import WebSocket, WebSocketDisconnect

from choreo.hub.database import DatabaseError
from choreo.hub.live.limits import Sockets
from choreo.hub.live.messages import MessageError, read_message, written
from choreo.hub.live.outlet import Outlet
from choreo.hub.live.room import Room
from choreo.hub.live.rooms import ElsewhereError, Rooms
from choreo.hub.live.tokens import session_of

PATIENCE = 10.0  # seconds for the first message
UNKNOWN = "This pass is not known here. Join the session anew."
DELETED = "This session is not there any more."
AGAIN = "The server cannot do this just now. Try again in a moment."
CROWDED = "Too many phones come from this address."
COOKIE = "choreo_process"


class RefusedError(Exception):
    """A client may not come in."""

    def __init__(self, code: int, why: str, process: str = "") -> None:
        """Close with this code; `process` is where the session is, if it is elsewhere. Under 4000: for now."""
        super().__init__(why)
        self.code, self.why, self.process = code, why, process


async def room_for(rooms: Rooms, token: object, kind: str) -> Room:
    """The room that a token claims to be for; raise RefusedError."""
    session = session_of(token, kind)
    if session is None:
        raise RefusedError(4401, UNKNOWN)
    try:
        room = await rooms.get(session)
    except ElsewhereError as error:
        raise RefusedError(4421, str(error), error.process) from None
    except DatabaseError:
        raise RefusedError(1013, AGAIN) from None
    if room is None:
        raise RefusedError(4404, DELETED)
    if room.closing:
        raise RefusedError(1012, room.closing)
    return room


class Door:
    """Lets sockets in, counts them, and says goodbye."""

    def __init__(self, sockets: Sockets, process: str) -> None:
        """Count here; `process` is the name of this one, if there are several: empty if not."""
        self._sockets = sockets
        self.pin = {"Set-Cookie": f"{COOKIE}={process}; Path=/; SameSite=Lax"} if process else {}

    def count(self, connection: HTTPConnection) -> bool:
        """Count a line; False if there are too many from its address."""
        return self._sockets.enter(address_of(connection))

    def uncount(self, connection: HTTPConnection) -> None:
        """It has ended."""
        self._sockets.leave(address_of(connection))

    async def serve(
        self,
        websocket: WebSocket,
        longest: int,
        admit: Callable[[dict[str, Any]], Awaitable[Outlet]],
        read: Callable[[Outlet], Awaitable[None]],
        leave: Callable[[Outlet], None],
        pinned: bool = False,
    ) -> None:
        """Serve a socket: its first message is admitted (or RefusedError), then it is read until it ends.

        One that is pinned tells the browser which process it is: nginx leads it there again.
        """
        if not self.count(websocket):
            await websocket.close(1013)
            return
        outlet: Outlet | None = None
        try:
            pin = self.pin if pinned else {}
            await websocket.accept(headers=[(name.lower().encode(), value.encode()) for name, value in pin.items()])
            outlet = await admit(await _first(websocket, longest))
            code = await outlet.serve(lambda: read(outlet), websocket.send_text)
            if code and not outlet.unread:
                with contextlib.suppress(WebSocketDisconnect, RuntimeError):
                    await websocket.close(code)
        except RefusedError as refused:
            with contextlib.suppress(WebSocketDisconnect, RuntimeError):  # it may have gone already
                if refused.code >= 4000:
                    more = {"process": refused.process} if refused.process else {}
                    await websocket.send_text(written({"refused": 0, "why": refused.why} | more))
                await websocket.close(refused.code, refused.why[:110])
        finally:
            self.uncount(websocket)
            if outlet is not None:
                leave(outlet)


async def _first(websocket: WebSocket, longest: int) -> dict[str, Any]:
    try:
        message = await asyncio.wait_for(websocket.receive(), PATIENCE)
    except TimeoutError:
        raise RefusedError(1008, "The first message did not come.") from None
    if message["type"] != "websocket.receive":
        raise RefusedError(1000, "")
    try:
        return read_message(text_of(message), longest)
    except MessageError as error:
        raise RefusedError(4400, str(error)) from None


def text_of(message: Any) -> str | bytes | None:
    """What a websocket's message says."""
    text: str | bytes | None = message.get("text")
    return message.get("bytes") if text is None else text


def address_of(connection: HTTPConnection) -> str:
    """Where a client is."""
    return connection.client.host if connection.client else ""
