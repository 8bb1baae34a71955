"""A phone in as little memory and time as possible: a websocket client of our own, a thousand of which fit one process."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from contextlib import closing
from typing import Any, cast

SHAKE = (
    "GET {path} HTTP/1.1\r\nHost: {place}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\nOrigin: http://{place}\r\n\r\n"
)
TEXT, CLOSE, PING, PONG = 1, 8, 9, 10


class Wire(asyncio.Protocol):
    """One websocket; `hear` gets the texts, `gone` that it has ended."""

    def __init__(
        self, path: str, place: str, first: Any, hear: Callable[[str], None], gone: Callable[[], None]
    ) -> None:
        self._path, self._place, self._first = path, place, first
        self._hear, self._gone = hear, gone
        self._data = bytearray()
        self._shaken = False
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        self.transport.write(SHAKE.format(path=self._path, place=self._place).encode())

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
    port: int, path: str, first: Any, hear: Callable[[str], None], gone: Callable[[], None] = lambda: None
) -> Wire:
    """A wire to the hub on this machine."""
    place = f"127.0.0.1:{port}"
    loop = asyncio.get_running_loop()
    _, wire = await loop.create_connection(lambda: Wire(path, place, first, hear, gone), "127.0.0.1", port)
    return wire


async def posted(port: int, path: str, message: Any) -> tuple[int, Any]:
    """POST a JSON message on a connection of its own; status and answer."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    body = json.dumps(message).encode()
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    with closing(writer):  # also where the server is killed meanwhile
        writer.write(head.encode() + body)
        start, _, content = (await reader.read()).partition(b"\r\n\r\n")
    return int(start.split()[1]), json.loads(content)


class Phone:
    """Somebody who has joined: says things, counts acknowledgements, and says again what was not acknowledged."""

    def __init__(self, port: int) -> None:
        self.port = port
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
        status, answer = await posted(self.port, "/live/join", {"code": code})
        assert status == 200, answer
        self.who, self.secret = answer["who"], answer["secret"]
        return time.monotonic() - began

    async def connect(self) -> float:
        """Open the line, and say again what is in the outbox; the seconds until the first view."""
        began = time.monotonic()
        self._welcomed = asyncio.get_running_loop().create_future()
        self.wire = await opened(self.port, "/live/phone", {"secret": self.secret}, self._hear)
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
