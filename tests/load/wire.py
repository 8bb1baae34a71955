"""A phone in as little memory and time as possible: a websocket client of our own, a thousand of which fit one process."""

from __future__ import annotations

import asyncio
import json
import ssl
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Any, cast

from tests.hub.live.visiting import Server

SHAKE = (
    "Upgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\nOrigin: {origin}\r\n"
)
TEXT, CLOSE, PING, PONG = 1, 8, 9, 10
HOLDER = b"\r\nx-choreo-process: "  # before the name of the hub that holds a session


@dataclass(frozen=True)
class Place:
    """Where a hub on this machine is asked, itself or through a proxy."""

    port: int
    host: str = "127.0.0.1"  # as a browser names it
    front: str = ""  # the path in front of everything
    tls: ssl.SSLContext | None = None
    process: str = ""  # the hub that holds the session, once that is known

    def head(self, method: str, path: str, more: str) -> bytes:
        """What begins a request."""
        cookie = f"Cookie: choreo_process={self.process}\r\n" if self.process else ""
        return f"{method} {self.front}{path} HTTP/1.1\r\nHost: {self.host}:{self.port}\r\n{cookie}{more}\r\n".encode()

    @property
    def origin(self) -> str:
        """As a browser says it."""
        return f"{'https' if self.tls else 'http'}://{self.host}:{self.port}"

    @property
    def named(self) -> str | None:
        """The name that a certificate must have."""
        return self.host if self.tls else None


@dataclass(frozen=True)
class Hubs:
    """Where phones go, and the process of each hub behind that, by its name."""

    place: Place
    processes: dict[str, int]

    @classmethod
    def alone(cls, server: Server) -> Hubs:
        """One hub by itself."""
        assert server.process is not None
        return cls(Place(server.port), {"": server.process.pid})


class Wire(asyncio.Protocol):
    """One websocket; `hear` gets the texts, `gone` that it has ended."""

    def __init__(
        self, path: str, place: Place, first: Any, hear: Callable[[str], None], gone: Callable[[], None]
    ) -> None:
        self._path, self._place, self._first = path, place, first
        self._hear, self._gone = hear, gone
        self._data = bytearray()
        self._shaken = False
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        self.transport.write(self._place.head("GET", self._path, SHAKE.format(origin=self._place.origin)))

    def data_received(self, data: bytes) -> None:
        self._data += data
        if not self._shaken:
            end = self._data.find(b"\r\n\r\n")
            if end < 0:
                return
            assert self._data.startswith(b"HTTP/1.1 101"), bytes(self._data[:80])
            del self._data[: end + 4]
            self._shaken = True
            self.send(self._first)
        while (frame := self._frame()) is not None:
            kind, body = frame
            if kind == TEXT:
                self._hear(body.decode())
            elif kind == PING:
                self._write(PONG, body)
            elif kind == CLOSE and self.transport is not None:
                self.transport.close()

    def _frame(self) -> tuple[int, bytes] | None:
        data = self._data
        if len(data) < 2:
            return None
        length, start = data[1], 2
        if length == 126:
            length, start = int.from_bytes(data[2:4], "big"), 4
        elif length == 127:
            length, start = int.from_bytes(data[2:10], "big"), 10
        if len(data) < start + length:
            return None
        body = bytes(data[start : start + length])
        kind = data[0] & 15
        del data[: start + length]
        return kind, body

    def connection_lost(self, exc: Exception | None) -> None:
        self.transport = None
        self._gone()

    def send(self, message: Any) -> None:
        self._write(TEXT, json.dumps(message).encode())

    def _write(self, kind: int, body: bytes) -> None:
        if self.transport is None:
            return
        size = len(body)
        head = bytes((128 | kind, 128 | size)) if size < 126 else bytes((128 | kind, 254)) + size.to_bytes(2, "big")
        self.transport.write(head + b"\0\0\0\0" + body)  # a mask of zeros changes nothing


async def opened(
    place: Place, path: str, first: Any, hear: Callable[[str], None], gone: Callable[[], None] = lambda: None
) -> Wire:
    """A wire to the hub on this machine."""
    loop = asyncio.get_running_loop()
    _, wire = await loop.create_connection(
        lambda: Wire(path, place, first, hear, gone),
        "127.0.0.1",
        place.port,
        ssl=place.tls,
        server_hostname=place.named,
    )
    return wire


async def asked(place: Place, method: str, path: str, message: Any = None) -> tuple[int, Any, str]:
    """Ask something on a connection of its own; the status, the answer, and the hub that holds the session, if it is named."""
    reader, writer = await asyncio.open_connection("127.0.0.1", place.port, ssl=place.tls, server_hostname=place.named)
    body = b"" if message is None else json.dumps(message).encode()
    with closing(writer):  # also where the server is killed meanwhile
        writer.write(place.head(method, path, f"Content-Length: {len(body)}\r\nConnection: close\r\n") + body)
        start, _, content = (await reader.read()).partition(b"\r\n\r\n")
    holder = (start + b"\r\n").lower().partition(HOLDER)[2].partition(b"\r\n")[0]
    return int(start.split()[1]), json.loads(content), holder.decode()


class Phone:
    """Somebody who has joined: says things, counts acknowledgements, and says again what was not acknowledged."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.who = self.secret = ""
        self.n = 0
        self.out: dict[int, dict[str, Any]] = {}  # said, and not acknowledged yet
        self.said: dict[int, dict[str, Any]] = {}
        self.sent: dict[int, float] = {}
        self.took: dict[int, float] = {}  # seconds until the acknowledgement
        self.acked: dict[int, float] = {}  # when it came
        self.refused: dict[int, str] = {}
        self.view: dict[str, Any] = {}
        self.views = 0
        self.wire: Wire | None = None
        self._welcomed: asyncio.Future[float] | None = None

    async def join(self, code: str) -> float:
        """Join; the seconds that it took."""
        began = time.monotonic()
        status, answer, holder = await asked(self.place, "POST", "/live/join", {"code": code})
        assert status == 200, answer
        self.place = replace(self.place, process=holder)
        self.who, self.secret = answer["who"], answer["secret"]
        return time.monotonic() - began

    async def connect(self) -> float:
        """Open the line, and say again what is in the outbox; the seconds until the first view."""
        began = time.monotonic()
        self._welcomed = asyncio.get_running_loop().create_future()
        self.wire = await opened(self.place, "/live/phone", {"secret": self.secret}, self._hear)
        await self._welcomed
        took = time.monotonic() - began
        for message in self.out.values():
            self.wire.send(message)
        return took

    def drop(self) -> None:
        """Lose the line, as when the network goes."""
        if self.wire is not None and self.wire.transport is not None:
            self.wire.transport.abort()
        self.wire = None

    def say(self, say: dict[str, Any], **more: Any) -> int:
        self.n += 1
        message = self.out[self.n] = {"n": self.n, "say": say, **more}
        self.said[self.n] = say
        self.sent[self.n] = time.monotonic()
        if self.wire is not None:
            self.wire.send(message)
        return self.n

    def _hear(self, text: str) -> None:
        message = json.loads(text)
        if "view" in message:
            self.view = message["view"]
            self.views += 1
            if self._welcomed is not None and not self._welcomed.done():
                self._welcomed.set_result(time.monotonic())
        elif (n := message.get("ack", message.get("refused"))) in self.out:
            del self.out[n]
            self.acked[n] = time.monotonic()
            self.took[n] = self.acked[n] - self.sent[n]
            if "refused" in message:
                self.refused[n] = message["why"]
