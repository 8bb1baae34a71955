"""A door between a test and servers that the test plays itself; everything runs in the test's own loop."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from choreo.door.backends import Backends
from choreo.door.door import Door, bound
from choreo.hub.public import ANYWHERE, Public
from choreo.hub.servers import Server

PATIENCE = 20  # seconds
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"

Play = Callable[["Heard", asyncio.StreamWriter], Awaitable[bool | None]]


@dataclass
class Heard:
    """A request as it reached a server."""

    by: str  # the server's name
    head: str
    body: bytes
    reader: asyncio.StreamReader

    @property
    def path(self) -> str:
        return self.head.split(" ")[1]

    def fields(self, name: str) -> list[str]:
        """What is said under that name, as often as it is."""
        lines = [line.partition(": ") for line in self.head.split("\r\n")[1:]]
        return [value for said, _, value in lines if said.lower() == name.lower()]


async def answers_ok(_heard: Heard, writer: asyncio.StreamWriter) -> None:
    """What a server does unless the test says otherwise."""
    writer.write(OK)


@dataclass
class Standing:
    """The door and who stands behind it."""

    port: int
    heard: list[Heard] = field(default_factory=list)  # by all servers, in this order
    plays: dict[str, Play] = field(default_factory=dict)  # by path, else by a server's name
    taken: int = 0  # connections that servers have had

    async def connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_connection("127.0.0.1", self.port, limit=2**20)

    async def say(self, raw: bytes) -> bytes:
        """All that comes back on a connection of its own until the door hangs up."""
        reader, writer = await self.connect()
        writer.write(raw)
        answer = await asyncio.wait_for(reader.read(), PATIENCE)
        writer.close()
        return answer

    async def get(self, path: str, *fields: str) -> bytes:
        """The answer to a plain question; the connection ends with it."""
        return await self.say(
            "\r\n".join((f"GET {path} HTTP/1.1", "Host: a", "Connection: close", *fields, "", "")).encode()
        )

    async def serve(self, name: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.taken += 1
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").removesuffix("\r\n\r\n")
                heard = Heard(name, head, b"", reader)
                length = int((heard.fields("content-length") or ["0"])[0])
                if heard.path != "/unread":
                    heard.body = await reader.readexactly(length)
                self.heard.append(heard)
                play = self.plays.get(heard.path.partition("?")[0]) or self.plays.get(name) or answers_ok
                if await play(heard, writer):
                    break
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


@asynccontextmanager
async def standing(
    hubs: int = 1,
    lessons: int = 1,
    public: Public = ANYWHERE,
    proxies: tuple[str, ...] = (),
    away: tuple[str, ...] = (),
    also: Path | None = None,
) -> AsyncIterator[Standing]:
    """A door before so many servers, named hub1, hub2, ..., lessons1, ...; nobody listens at those that are `away`."""
    made = Standing(0)
    async with played(made, hubs, lessons, away) as servers:
        kinds = [[one for one in servers if one.name.startswith(kind)] for kind in ("hub", "lessons")]
        door = Door(Backends(*kinds), public, proxies, "word", also)
        await door.begin(bound("127.0.0.1", 0))
        made.port = door.port
        try:
            yield made
        finally:
            await door.close()


@asynccontextmanager
async def played(made: Standing, hubs: int, lessons: int, away: tuple[str, ...] = ()) -> AsyncIterator[list[Server]]:
    """So many servers of the test's own, which `made` plays; nobody listens at those that are `away`."""
    servers, running = {}, []
    for name in [f"hub{number + 1}" for number in range(hubs)] + [f"lessons{number + 1}" for number in range(lessons)]:
        server = await asyncio.start_server(
            lambda reader, writer, name=name: made.serve(name, reader, writer), "127.0.0.1", 0, limit=2**20
        )
        servers[name] = Server(name, "127.0.0.1", server.sockets[0].getsockname()[1])
        if name in away:
            server.close()
        else:
            running.append(server)
    try:
        yield list(servers.values())
    finally:
        for server in running:
            server.close()
        await asyncio.sleep(0.01)
