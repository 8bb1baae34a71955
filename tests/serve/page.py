"""A lesson's page without a browser, which comes back and moves as client/src/wire.js and moving.js do."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.websocket import WebSocketClientConnection, WebSocketClosedError, websocket_connect

from choreo.serve.forking.wire import Message, pack, unpack

WAITS = (0.0, 0.2, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3, 0.7, 1.0)  # seconds before each attempt, as in wire.js
SPREAD = 0.25
REST, AGAIN = 0.8, 3.0  # seconds, as in resting.js and moving.js
ENDED = 4000
NONE = (OSError, HTTPClientError, WebSocketClosedError)


@dataclass(frozen=True)
class Lesson:
    """What a page knows of its lesson."""

    path: str
    link: str  # the widget by which the learner's work comes
    version: str = ""


@dataclass
class Waiting:
    """Where a page waits besides its own server."""

    lines: list[WebSocketClientConnection] = field(default_factory=list)
    tasks: list[asyncio.Task[None]] = field(default_factory=list)
    over: asyncio.Event = field(default_factory=asyncio.Event)


class Page:
    """One page; `doors` are the addresses at which it asks, one after another, as a door in front of them would."""

    def __init__(self, doors: Sequence[str], cookie: str, lesson: Lesson) -> None:
        self.doors, self.cookie, self.lesson = list(doors), cookie, lesson
        self.name = f"{random.getrandbits(128):032x}"
        self.line: WebSocketClientConnection | None = None
        self.states: dict[str, dict[str, Any]] = {}  # of widgets, since the last kernel came
        self.kernels: list[float] = []  # when each came, and had what the learner did
        self.moves = 0  # of these, how many without a moment in which there was none
        self.closed: list[int | None] = []  # with which codes lines were closed
        self.ready = asyncio.Event()
        self.count, self.asked_at = 0, 0.0
        self._done: dict[str, asyncio.Future[None]] = {}
        self._task: asyncio.Task[None] | None = None
        self._moving: asyncio.Task[None] | None = None
        self.place, self.ticket = 0, ""  # in the queue
        self.told: list[int] = []  # all places
        self._waiting = Waiting()
        self._left: list[asyncio.Task[None]] = []  # of those who waited

    async def open(self) -> Page:
        """Come, and stay until `leave`."""
        self.come()
        await self.ready.wait()
        return self

    def come(self) -> Page:
        """Come, and wait for a kernel if there is none."""
        self._task = asyncio.create_task(self._stay())
        return self

    async def leave(self) -> None:
        self._wait_no_more()
        for task in filter(None, (self._moving, self._task)):
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        if self.line:
            await end(self.line)
        await asyncio.gather(*self._left)

    async def ask(self, widget: str, content: dict[str, Any]) -> dict[str, Any]:
        """Say something to a widget of the kernel that is there, again if that one is lost; the widget's state then."""
        while True:
            await self.ready.wait()
            self.count, self.asked_at = self.count + 1, time.monotonic()
            name = str(self.count)
            self._done[name] = asyncio.get_running_loop().create_future()
            with suppress(*NONE, asyncio.CancelledError):
                await self.line.write_message(_said(widget, content, name), binary=True)
                await self._done[name]
                return self.states.get(widget, {})

    async def _stay(self) -> None:
        attempts, alive = 0, False
        while True:
            if line := await self._come(alive):
                self.line, attempts = line, 0
                await self._hear()
                self.closed.append(self.line.close_code)
                alive = self.line.close_code != ENDED
                self._lost()
            wait = WAITS[min(attempts, len(WAITS) - 1)]
            attempts += 1
            await asyncio.sleep(wait / 2 + random.random() * max(wait, SPREAD))

    def _lost(self) -> None:
        """Nothing is answered any more."""
        self.ready.clear()
        self.line.close()
        self._wait_no_more()
        if self._moving:
            self._moving.cancel()
        for asked in self._done.values():
            asked.cancel()
        self._done.clear()

    async def _come(self, alive: bool) -> WebSocketClientConnection | None:
        return (await self.asked(self.name, "same") if alive else None) or await self.asked(self.name)

    async def asked(self, name: str, only: str = "") -> WebSocketClientConnection | None:
        query = f"page={name}&version={self.lesson.version}&link={self.lesson.link}" + (f"&only={only}" if only else "")
        query += f"&ticket={self.ticket}" if self.ticket else ""
        for door in self.doors:
            url = f"{door.replace('http', 'ws', 1)}{self.lesson.path}/kernel?{query}"
            with suppress(*NONE):
                return await websocket_connect(HTTPRequest(url, headers={"Cookie": self.cookie}, connect_timeout=10))
        return None

    async def _hear(self) -> None:
        """Until the line ends, and was not left for another one."""
        while True:
            line = self.line
            said = await line.read_message()
            if said is None:
                if line is self.line:
                    return
            elif not isinstance(said, str):
                self._take(self.states, said)
            elif "move" in said:
                self._moving = asyncio.create_task(self._move())
            elif "place" in said:
                self.place, self.ticket = json.loads(said)["place"], json.loads(said)["ticket"]
                self.told.append(self.place)
                if not self._waiting.tasks:
                    self._wait_on_one_more()
            else:
                self._wait_no_more()
                self.place, self.ticket = 0, ""
                if json.loads(said).get("kernel") == "new":
                    self.states = {}
                elif "kernel" in said:
                    self.ready.set()

    async def _move(self) -> None:
        """Leave a server that leaves, once nothing is on its way and another kernel is there."""
        while True:
            while self._done or time.monotonic() - self.asked_at < REST:
                await asyncio.sleep(0.05)
            count, found = self.count, await self.elsewhere()
            if found and count == self.count:
                break
            if found:
                await end(found[1])
            await asyncio.sleep(AGAIN)
        self.moves += 1
        await self._take_over(*found)

    async def _take_over(self, name: str, line: WebSocketClientConnection, states: dict[str, dict[str, Any]]) -> None:
        """Go on with a kernel that has the learner's work."""
        before = self.line
        self.name, self.line, self.states = name, line, states
        self.place, self.ticket = 0, ""
        self.kernels.append(time.monotonic())
        self.ready.set()
        await end(before)

    def _wait_on_one_more(self) -> None:
        self._waiting.tasks.append(asyncio.create_task(self._wait(self._waiting)))

    async def _wait(self, waiting: Waiting) -> None:
        """Wait on one more server, and from there on the next, as around.js does; go on with the first kernel that comes."""
        name, states = f"{random.getrandbits(128):032x}", {}
        while (line := await self.asked(name, "queue")) is None and not waiting.over.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(waiting.over.wait(), AGAIN * (0.5 + random.random()))
        while line and (said := await line.read_message()) is not None and not waiting.over.is_set():
            if not isinstance(said, str):
                self._take(states, said)
            elif "place" in said:
                waiting.lines.append(line)
                self._wait_on_one_more()
            if states.get(self.lesson.link, {}).get("opened"):
                waiting.lines = [one for one in waiting.lines if one is not line]
                self._wait_no_more()
                await self._take_over(name, line, states)
                return
        if line:
            await end(line)

    def _wait_no_more(self) -> None:
        """There is a kernel, or no line any more."""
        self._left += self._waiting.tasks
        self._waiting.over.set()
        for line in self._waiting.lines:
            line.stream.close()
        self._waiting = Waiting()

    async def elsewhere(self) -> tuple[str, WebSocketClientConnection, dict[str, dict[str, Any]]] | None:
        """A new name, a line to a kernel that has the learner's work, and what that has said; None where no server has room."""
        name = f"{random.getrandbits(128):032x}"
        line = await self.asked(name, "room")
        states: dict[str, dict[str, Any]] = {}
        while line and (said := await line.read_message()) is not None:
            if not isinstance(said, str):
                self._take(states, said)
            if states.get(self.lesson.link, {}).get("opened"):
                return name, line, states
        return None

    def _take(self, states: dict[str, dict[str, Any]], frame: bytes) -> None:
        content = unpack(frame).content
        if content["type"] == "idle":
            if asked := self._done.pop(content["parent"], None):
                asked.set_result(None)
        elif content["data"].get("method") == "update":
            state = states.setdefault(content["comm"], {})
            state.update(content["data"]["state"])
            if content["comm"] == self.lesson.link and state.get("opened") and states is self.states:
                self.kernels.append(time.monotonic())
                self.ready.set()


async def end(line: WebSocketClientConnection) -> None:
    with suppress(*NONE):
        await line.write_message("bye")
        line.stream.close()  # with no handshake, for which the loop might not live long enough
    line.close()


def _said(widget: str, content: dict[str, Any], name: str) -> bytes:
    data = {"method": "custom", "content": content}
    return pack(Message({"type": "comm_msg", "comm": widget, "id": name, "data": data, "metadata": {}}))
