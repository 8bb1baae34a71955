"""Phones: joining, the socket, and streamed answers where there are no sockets."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket

from choreo.hub.api import answer, refusal
from choreo.hub.body import NotJsonError, TooLargeError, read_body, read_json
from choreo.hub.guard import from_own_page
from choreo.hub.limits import JOINS, MOST_JOINS, MOST_PEOPLE, PHONE, WRONG_CODES, Bucket, Buckets
from choreo.hub.live.admission import AGAIN, CROWDED, Admission, RefusedError, address_of, room_for, text_of
from choreo.hub.live.connection import Connection
from choreo.hub.live.holding import ElsewhereError
from choreo.hub.live.messages import MessageError, clock_answer, number, read_message, written
from choreo.hub.live.room import Room
from choreo.hub.live.rooms import EndedError, Rooms
from choreo.hub.live.socket import LONGEST
from choreo.hub.live.tokens import code_in, hashed, new_token
from choreo.hub.live.writer import PASSING, Writer
from choreo.hub.live.writes import Enter, Note
from choreo.hub.rates import Rates

NO_CODE = "A join code has six letters and digits. Look at the screen in front."
WRONG = "No session goes by this code. Compare it letter by letter with the screen in front."
ENDED = "This session is over."
WAIT = "Too many codes did not fit. Wait a few seconds, then try again."
MANY = "Very many people are joining. Wait a few seconds, then try again."
FULL = f"This session is full: {MOST_PEOPLE} people are in it."
BEAT = 15.0  # seconds between two signs of life on a stream
MOST_POSTS = 32  # of one phone at the same time

Tell = Callable[[str], None]


class Phones:
    """What phones ask for."""

    def __init__(self, rooms: Rooms, writer: Writer, admission: Admission, rates: Rates) -> None:
        """Keep the collaborators."""
        self._rooms, self._writer, self._admission = rooms, writer, admission
        self._wrong = rates.buckets("wrong join codes", WRONG_CODES)
        self._joins = Buckets(JOINS, time.monotonic)
        self._posts: dict[str, _Posts] = {}

    def routes(self) -> list[BaseRoute]:
        """The addresses."""
        return [
            Route("/live/join", self.join, methods=["POST"]),
            WebSocketRoute("/live/phone", self.socket),
            Route("/live/phone/stream", self.stream, methods=["GET"]),
            Route("/live/phone/say", self.say, methods=["POST"]),
        ]

    # -- joining -------------------------------------------------------------------------------------------------------

    async def join(self, request: Request) -> Response:
        """Let somebody into the session with this code; they get a secret that is theirs alone."""
        if not from_own_page(request):
            return refusal(403, "Open the join page of this server, and join there.")
        try:
            asked = read_json(await read_body(request, LONGEST))
        except (TooLargeError, NotJsonError):
            asked = None
        code = code_in(asked.get("code")) if isinstance(asked, dict) else None
        if code is None:
            return refusal(400, NO_CODE)
        address = address_of(request)
        # A room joins at once: nobody waits for the database whose address was not refused here lately.
        if self._wrong.may_be_empty(address) and await run_in_threadpool(self._wrong.empty, address):
            return later(WAIT)
        if not self._joins.take(address):
            return later(MANY)
        try:
            room = await self._rooms.by_code(code)
        except EndedError:
            return refusal(410, ENDED)
        except ElsewhereError as error:
            return elsewhere(error.process)
        if room is None:
            return refusal(404, WRONG) if await run_in_threadpool(self._wrong.take, address) else later(WAIT)
        return await self._enter(room)

    async def _enter(self, room: Room) -> Response:
        if room.session.ended:
            return refusal(410, ENDED)
        if room.presence.people() >= MOST_PEOPLE or len(room.session.people) >= MOST_JOINS:
            return refusal(403, FULL)
        who, secret = room.participants.new_name("p"), new_token("p", room.id)
        done: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        note = Note(room, room.clock(), [("join", who, {})], done.set_result)
        self._writer.add(Enter(note, hashed(secret), room.participants))
        if why := await done:
            return refusal(503, why)
        room.presence.expect(who)
        joined = {"session": room.id, "who": who, "secret": secret, "title": room.session.plan.title}
        reply = answer(joined)
        reply.headers.update(self._admission.pin)
        return reply

    # -- the line ------------------------------------------------------------------------------------------------------

    async def _admit(self, secret: object) -> tuple[Room, Connection]:
        room = await room_for(self._rooms, secret, "p")
        who = room.participants.known(str(secret))
        if who is None:
            raise RefusedError(4401, "This pass is not known here. Join the session anew.")
        return room, Connection(who, str(secret))

    def _welcome(self, room: Room, connection: Connection) -> None:
        welcome = {"who": connection.who, "title": room.session.plan.title, "n": room.messages.newest(connection.who)}
        connection.tell(written({"welcome": welcome} | self._admission.named))
        room.presence.enter(connection)

    async def socket(self, websocket: WebSocket) -> None:
        """A phone's socket."""
        room: Room | None = None

        async def admit(first: dict[str, Any]) -> Connection:
            nonlocal room
            room, connection = await self._admit(first.get("secret"))
            self._welcome(room, connection)
            return connection

        async def read(connection: Connection) -> None:
            assert room is not None
            bucket = Bucket(PHONE, time.monotonic())
            while (message := await websocket.receive())["type"] == "websocket.receive":
                came = room.clock()
                if wait := bucket.take(time.monotonic()):
                    await asyncio.sleep(wait)  # nothing is read meanwhile: who floods waits, nobody else
                hear(room, connection.who, connection.secret, text_of(message), came, connection.tell)

        await self._admission.serve(
            websocket, LONGEST, admit, read, lambda connection: room.presence.leave(connection) if room else None
        )

    async def stream(self, request: Request) -> Response:
        """The same messages as a stream of server-sent events."""
        try:
            room, connection = await self._admit(bearer(request))
        except RefusedError as refused:
            return refused_over_http(refused)
        if not self._admission.count(request):
            return later(CROWDED)
        self._welcome(room, connection)

        def left() -> None:
            self._admission.uncount(request)
            room.presence.leave(connection)

        return Stream(connection, left)

    async def say(self, request: Request) -> Response:
        """One message of a phone that has a stream; the answer is what the hub says to it."""
        try:
            room, connection = await self._admit(bearer(request))
            body = await read_body(request, LONGEST)
        except RefusedError as refused:
            return refused_over_http(refused)
        except TooLargeError:
            return refusal(413, f"A message has at most {LONGEST} bytes.")
        came = room.clock()
        key = f"{room.id}.{connection.who}"
        posts = self._posts.setdefault(key, _Posts())
        if posts.count >= MOST_POSTS:
            return later(AGAIN)
        posts.count += 1
        try:
            if wait := posts.bucket.take(time.monotonic()):
                await asyncio.sleep(wait)
            done: asyncio.Future[str] = asyncio.get_running_loop().create_future()
            hear(
                room,
                connection.who,
                connection.secret,
                body,
                came,
                lambda text: None if done.done() else done.set_result(text),
            )
            return Response(await done, media_type="application/json")
        finally:
            posts.count -= 1
            if posts.count == 0 and (posts.bucket.full(time.monotonic()) or len(self._posts) > 4 * MOST_PEOPLE):
                self._posts.pop(key, None)


class _Posts:
    """What one phone has posted lately."""

    def __init__(self) -> None:
        self.bucket = Bucket(PHONE, time.monotonic())
        self.count = 0


class Stream(Response):
    """Server-sent events from a connection, until the client goes."""

    def __init__(self, connection: Connection, left: Callable[[], None]) -> None:
        """Send what the connection has; call `left` at the end."""
        super().__init__(media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})
        del self.headers["content-length"]
        self._connection, self._left = connection, left

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve."""
        try:
            await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})

            async def read() -> None:
                while True:
                    try:
                        message = await asyncio.wait_for(receive(), BEAT)
                    except TimeoutError:
                        self._connection.tell("")
                        continue
                    if message["type"] == "http.disconnect":
                        return

            async def put(text: str) -> None:
                body = f"data: {text}\n\n" if text else ":\n\n"
                await send({"type": "http.response.body", "body": body.encode(), "more_body": True})

            code = await self._connection.serve(read, put)
            if code and not self._connection.unread:
                await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            self._left()


def hear(room: Room, who: str, secret: str, text: str | bytes | None, came: float, tell: Tell) -> None:
    """Take one message of a phone, and have its answer told."""
    try:
        message = read_message(text, LONGEST)
        if (time_told := clock_answer(message, came, room.clock())) is not None:
            tell(time_told)
            return
        if message.get("leave") is True:
            tell(written({"left": True}))
            room.presence.go(who)
            return
        n = number(message)
    except MessageError as error:
        tell(written({"refused": None, "why": str(error)}))
        return
    acknowledged = f'{{"ack":{n}}}'

    def settle(why: str) -> None:
        again = {"again": True} if why in PASSING else {}  # nothing is wrong with it: the phone keeps it
        tell(written({"refused": n, "why": why} | again) if why else acknowledged)

    say = message.get("say")
    if isinstance(say, dict):
        room.say(who, secret, n, say, (message.get("run"), message.get("turn")), settle)
    else:
        settle('A message says something: {"n": 1, "say": {...}}.')


def bearer(request: Request) -> str:
    """The token in a request's header."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def later(why: str) -> Response:
    """An answer to who asks too often."""
    reply = refusal(429, why)
    reply.headers["Retry-After"] = "3"
    return reply


def elsewhere(process: str) -> Response:
    """An answer for a session that another process holds: nginx asks there."""
    reply = refusal(421, f"This session is held by process {process} of this server.")
    reply.headers["X-Choreo-Process"] = process
    return reply


def refused_over_http(refused: RefusedError) -> Response:
    """A refusal as HTTP says it."""
    if refused.process:
        return elsewhere(refused.process)
    return refusal({4401: 401, 4404: 404}.get(refused.code, 503), refused.why)
