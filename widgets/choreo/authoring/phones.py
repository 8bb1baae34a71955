"""A room of phones without people: clients that join, see what phones see, and say what an activity's bot would say."""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from choreo.live.activities import activities

LONGEST = 4 * 2**20  # bytes of a message from the hub
AGAIN = 0.5  # seconds before a line that was lost is opened again


class JoinError(Exception):
    """A phone was not let in; the message says why."""


@dataclass
class Said:
    """Something that a phone has said."""

    who: str
    turn: int  # the number of the event that began the step in which it was said
    say: Mapping[str, Any]
    seconds: float | None = None  # until the acknowledgement
    refused: str = ""


@dataclass
class Spoken:
    """What all phones have said, and how long the hub took."""

    said: list[Said] = field(default_factory=list)
    joins: list[float] = field(default_factory=list)
    returns: int = 0  # lines that were lost and came back
    last: float = field(default_factory=time.monotonic)  # when anything happened


class Phone:
    """One of them. Its line comes back by itself, and what was not acknowledged is said again."""

    def __init__(self, hub: str, number: int, speed: float, spoken: Spoken) -> None:
        """`speed` divides the time that it thinks."""
        self._hub, self._speed, self._spoken = hub, speed, spoken
        self._chance = random.Random(number)
        self.who = ""
        self._secret = ""
        self._n = 0
        self._line: ClientConnection | None = None
        self._view: dict[str, Any] = {}
        self._seen = ""
        self._thinking: asyncio.Task[None] | None = None
        self._news = False
        self._waiting: dict[int, tuple[Said, float, str]] = {}

    async def join(self, code: str) -> None:
        """Enter the session; raise JoinError."""
        began = time.monotonic()
        status, answer = await post(self._hub, "/live/join", {"code": code})
        if status not in (200, 201):
            raise JoinError(f"A phone was not let in: the hub answered {status}, {answer}")
        self.who, self._secret = answer["who"], answer["secret"]
        self._spoken.joins.append(time.monotonic() - began)

    async def live(self) -> None:
        """Stay in the session until cancelled."""
        address = f"ws{self._hub.removeprefix('http')}/live/phone"
        while True:
            with contextlib.suppress(OSError, WebSocketException):
                async with connect(address, compression=None, max_size=LONGEST, ping_interval=None) as line:
                    await line.send(json.dumps({"secret": self._secret}))
                    self._line = line
                    for _, _, text in self._waiting.values():
                        await line.send(text)
                    async for heard in line:
                        self._hear(json.loads(heard))
            self._line = None
            self._spoken.returns += 1
            await asyncio.sleep(AGAIN)

    @property
    def busy(self) -> bool:
        """Whether it thinks, or waits for an acknowledgement."""
        return bool(self._waiting) or (self._thinking is not None and not self._thinking.done())

    def _hear(self, message: dict[str, Any]) -> None:
        now = time.monotonic()
        if "view" in message:
            self._view = message["view"]
            phone = {name: part for name, part in self._view.get("phone", {}).items() if name != "ballot"}
            seen = json.dumps([self._view.get("turn"), self._view.get("state"), phone])
            if seen != self._seen:
                self._seen, self._spoken.last = seen, now
                self._think()
        elif (n := message.get("ack", message.get("refused"))) in self._waiting:
            said, sent, _ = self._waiting.pop(n)
            self._spoken.last = now
            said.seconds = now - sent
            said.refused = str(message.get("why", "")) if "refused" in message else ""
            if self._news:
                self._think()

    def _think(self) -> None:
        if self.busy:
            self._news = True  # it finishes its thought first
            return
        self._news = False
        kind = activities().get(self._view.get("activity", ""))
        if kind is None or self._view.get("state") != "activity":
            return
        move = kind.bot(self._view.get("phone", {}), self._chance)
        if move is not None:
            turn = self._view.get("turn", 0)
            self._thinking = asyncio.create_task(self._speak(move.after / self._speed, dict(move.say), turn))

    async def _speak(self, after: float, say: dict[str, Any], turn: int) -> None:
        await asyncio.sleep(after)
        self._thinking = None
        if turn != self._view.get("turn", 0) or self._view.get("state") != "activity":
            self._think()
            return
        self._n += 1
        said = Said(self.who, turn, say)
        text = json.dumps({"n": self._n, "say": say, "turn": turn})
        self._spoken.said.append(said)
        self._spoken.last = time.monotonic()
        self._waiting[self._n] = (said, self._spoken.last, text)
        if self._line is not None:
            with contextlib.suppress(WebSocketException):
                await self._line.send(text)


async def post(hub: str, path: str, message: Mapping[str, Any]) -> tuple[int, Any]:
    """POST a JSON message on a connection of its own; the status and the answer."""
    return await _request(hub, "POST", path, json.dumps(message).encode())


async def get(hub: str, path: str) -> tuple[int, Any]:
    """GET a JSON document."""
    return await _request(hub, "GET", path, b"")


async def _request(hub: str, method: str, path: str, body: bytes) -> tuple[int, Any]:
    place = urlsplit(hub)
    reader, writer = await asyncio.open_connection(place.hostname, place.port or 80)
    head = (
        f"{method} {path} HTTP/1.1\r\nHost: {place.netloc}\r\nConnection: close\r\nContent-Type: application/json\r\n"
    )
    writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
    try:
        answer = await reader.read()
    finally:
        writer.close()
    start, _, content = answer.partition(b"\r\n\r\n")
    fields = start.decode("latin-1").lower()
    if "transfer-encoding: chunked" in fields:
        content = _unchunked(content)
    status = int(start.split(b" ", 2)[1])
    try:
        return status, json.loads(content)
    except ValueError:
        return status, content[:200].decode("utf-8", "replace")


def _unchunked(content: bytes) -> bytes:
    found = b""
    while content:
        size, _, rest = content.partition(b"\r\n")
        length = int(size.split(b";")[0], 16)
        if not length:
            break
        found, content = found + rest[:length], rest[length + 2 :]
    return found
