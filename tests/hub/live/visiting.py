"""A real hub in a process of its own, and real sockets to it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from tests.hub.test_running import wait_until_up
from websockets.asyncio.client import ClientConnection, connect

PATIENCE = 20.0  # seconds for what must come
PULSE = {"activity": "pulse", "minutes": 5, "settings": {"question": "How are we?"}}
WORDS = {"activity": "pulse", "minutes": 5, "settings": {"question": "One word?", "form": "words"}}
TAPS = {"activity": "flash-mob", "minutes": 15}
PLAN = {"title": "A test", "items": [PULSE, WORDS, TAPS]}


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@dataclass
class Server:
    """A hub that can be killed and started again at the same port with the same data."""

    data: Path
    port: int = field(default_factory=free_port)
    environ: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    @property
    def complaints(self) -> Path:
        """What the hub wrote to its standard error."""
        return self.data.parent / f"{self.data.name}-{self.port}.txt"

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        return f"http://{self.place}"

    def start(self) -> None:
        command = [sys.executable, "-m", "choreo.hub", "--port", str(self.port), "--data", str(self.data), "--lifeline"]
        environ = os.environ | {"OPENBLAS_NUM_THREADS": "1"} | self.environ
        with self.complaints.open("ab") as complaints:  # it ends with this process, which holds its standard input
            self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stderr=complaints, env=environ)
        wait_until_up(self.port)

    def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.communicate()
        self.process = None

    def stop(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        self.process.communicate(timeout=15)
        self.process = None

    def files(self) -> bytes:
        """Everything that the database's files hold."""
        return b"".join(path.read_bytes() for path in sorted(self.data.glob("choreo.db*")))


@contextmanager
def serving(data: Path, **environ: str) -> Iterator[Server]:
    server = Server(data, environ=environ)
    server.start()
    try:
        yield server
        assert server.complaints.read_text() == ""
    finally:
        if server.process is not None:
            server.kill()


class Line:
    """A socket, and all that came over it."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection
        self.heard: list[dict[str, Any]] = []
        self._n = 0

    async def send(self, message: Any) -> None:
        await self.connection.send(message if isinstance(message, (str, bytes)) else json.dumps(message))

    async def next(self) -> dict[str, Any]:
        message: dict[str, Any] = json.loads(await asyncio.wait_for(self.connection.recv(), PATIENCE))
        self.heard.append(message)
        return message

    async def until(self, good: Callable[[dict[str, Any]], Any]) -> dict[str, Any]:
        """The next message of which this is true."""
        while True:
            message = await self.next()
            if good(message):
                return message

    async def view(self, good: Callable[[dict[str, Any]], Any] = bool) -> dict[str, Any]:
        """The next view of which this is true."""
        view: dict[str, Any] = (await self.until(lambda message: "view" in message and good(message["view"])))["view"]
        return view

    async def said(self, say: dict[str, Any], n: int | None = None, **more: Any) -> dict[str, Any]:
        """Say something; what the hub answers."""
        self._n = n if n is not None else self._n + 1
        number = self._n
        await self.send({"n": number, "say": say, **more})
        return await self.until(lambda message: number in (message.get("ack"), message.get("refused")))

    async def do(self, what: str, **more: Any) -> dict[str, Any]:
        """Have a command done; the answer."""
        self._n += 1
        number = self._n
        await self.send({"n": number, "do": what, **more})
        answer = await self.until(lambda message: number in (message.get("done"), message.get("refused")))
        assert "done" in answer, answer
        return answer

    async def closed(self) -> int:
        """The code with which the hub closes."""
        with contextlib.suppress(Exception):
            while True:
                await self.next()
        await asyncio.wait_for(self.connection.wait_closed(), PATIENCE)
        return self.connection.close_code or 0


@asynccontextmanager
async def line(server: Server, path: str, first: Any, **options: Any) -> AsyncIterator[Line]:
    options = {"compression": None, "max_size": 2**24, "proxy": None, "close_timeout": 1} | options
    async with connect(f"ws://{server.place}{path}", **options) as connection:
        opened = Line(connection)
        await opened.send(first)
        yield opened


@dataclass
class Coach:
    """A coach's line, and what opening the session gave."""

    line: Line
    session: str
    code: str
    host: str
    screen: str
    join: str
    ends: str
    role: str
    door: bool

    async def do(self, what: str, **more: Any) -> dict[str, Any]:
        return await self.line.do(what, **more)

    async def desk(self, good: Callable[[dict[str, Any]], Any] = bool) -> dict[str, Any]:
        """The next desk of which this is true."""
        found: dict[str, Any] = (await self.line.until(lambda message: "desk" in message and good(message["desk"])))[
            "desk"
        ]
        return found


@asynccontextmanager
async def coach(server: Server, first: Any = None, **options: Any) -> AsyncIterator[Coach]:
    async with line(server, "/live/host", first or {"new": PLAN}, **options) as opened:
        answer = await opened.next()
        assert "opened" in answer, answer
        yield Coach(opened, **answer["opened"])


async def post(server: Server, path: str, message: Any, **headers: str) -> httpx.Response:
    async with httpx.AsyncClient(base_url=server.url, trust_env=False) as client:
        content = message if isinstance(message, bytes) else json.dumps(message)
        return await client.post(path, content=content, headers=headers, timeout=PATIENCE)


async def get(server: Server, path: str, **headers: str) -> httpx.Response:
    async with httpx.AsyncClient(base_url=server.url, trust_env=False) as client:
        return await client.get(path, headers=headers, timeout=PATIENCE)


async def joined(server: Server, code: str) -> dict[str, Any]:
    reply = await post(server, "/live/join", {"code": code})
    assert reply.status_code == 200, reply.text
    answer: dict[str, Any] = reply.json()
    return answer


@asynccontextmanager
async def phone(server: Server, pass_: dict[str, Any] | str, **options: Any) -> AsyncIterator[Line]:
    secret = pass_ if isinstance(pass_, str) else pass_["secret"]
    async with line(server, "/live/phone", {"secret": secret}, **options) as opened:
        assert "welcome" in await opened.next()
        yield opened


@asynccontextmanager
async def phones(server: Server, code: str, count: int) -> AsyncIterator[list[Line]]:
    """So many people who have joined."""
    async with contextlib.AsyncExitStack() as stack:
        passes = await asyncio.gather(*(joined(server, code) for _ in range(count)))
        yield [await stack.enter_async_context(phone(server, one)) for one in passes]
