"""Who may come in: a client's first message, and what it is told if it may not."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import Any, Literal

from starlette.requests import HTTPConnection
from starlette.websockets import WebSocket, WebSocketDisconnect

from choreo.hub.database_errors import DatabaseError
from choreo.hub.limits import Held
from choreo.hub.live.connection import Connection
from choreo.hub.live.holding import ElsewhereError
from choreo.hub.live.messages import MessageError, read_message, written
from choreo.hub.live.room import Room
from choreo.hub.live.rooms import Rooms
from choreo.hub.live.tokens import fits, session_of
from choreo.hub.measures import Measures
from choreo.hub.public import Public

PATIENCE = 10.0  # seconds for the first message
UNKNOWN = "This pass is not known here. Join the session anew."
WITHDRAWN = "This link is not valid any more. Ask the coach who gave it to you for a new one."
DELETED = "This session is not there any more."
AGAIN = "The server cannot do this just now. Try again in a moment."
CROWDED = "Too many phones come from this address."
COOKIE = "choreo_process"


Which = Literal["host_hash", "screen_hash", "second_hash"]


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


async def let_in(rooms: Rooms, room: Room, token: object, which: Which) -> str:
    """The token, if it is the one whose hash the room's row has now; else raise RefusedError."""
    try:
        record = await rooms.current(room)
    except DatabaseError:
        raise RefusedError(1013, AGAIN) from None
    if record is None:
        raise RefusedError(4404, DELETED)
    known = getattr(record, which)
    if not isinstance(token, str) or known is None or not fits(token, known):
        raise RefusedError(4401, WITHDRAWN if which == "second_hash" else UNKNOWN)
    return token


class Admission:
    """Lets sockets in, counts them, and says goodbye."""

    def __init__(self, sockets: Held, process: str, public: Public, measures: Measures) -> None:
        """Count here; `process` is the name of this one, if there are several: empty if not."""
        self._sockets, self._process, self._public, self._measures = sockets, process, public, measures
        self.named = {"process": process} if process else {}  # what a page is told: it keeps it in the cookie

    @property
    def pin(self) -> dict[str, str]:
        """The header by which a browser keeps that cookie."""
        cookie = f"{COOKIE}={self._process}; Path={self._public.home}; SameSite=Lax"
        return {"Set-Cookie": cookie} if self._process else {}

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
        admit: Callable[[dict[str, Any]], Awaitable[Connection]],
        read: Callable[[Connection], Awaitable[None]],
        leave: Callable[[Connection], None],
    ) -> None:
        """Serve a socket: its first message is admitted (or RefusedError), then it is read until it ends."""
        if not self.count(websocket):
            self._measures.refused("crowded")
            await websocket.close(1013)
            return
        connection: Connection | None = None
        try:
            await websocket.accept()
            connection = await admit(await _first(websocket, longest))
            code = await connection.serve(lambda: read(connection), websocket.send_text)
            if code and not connection.unread:
                with contextlib.suppress(WebSocketDisconnect, RuntimeError):
                    await websocket.close(code)
        except RefusedError as refused:
            self._measures.refused("line")
            with contextlib.suppress(WebSocketDisconnect, RuntimeError):  # it may have gone already
                if refused.code >= 4000:
                    more = {"process": refused.process} if refused.process else {}
                    await websocket.send_text(written({"refused": 0, "why": refused.why} | more))
                await websocket.close(refused.code, refused.why[:110])
        finally:
            self.uncount(websocket)
            if connection is not None:
                leave(connection)


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
