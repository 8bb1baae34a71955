"""The door as a whole: where it listens, and who is on a visit."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Container
from contextlib import suppress
from pathlib import Path

from choreo.door.backends import Backends
from choreo.door.errands import Errands
from choreo.door.line import Line
from choreo.door.visit import Around, Visit
from choreo.hub.listener import FILES, Listener, places
from choreo.hub.public import Public

BACKLOG = 2048  # connections that may wait to be taken: a room comes all at once
EACH = 2  # files that a visitor takes: their line, and one to a server


class Door:
    """Takes connections until it is closed."""

    def __init__(
        self, backends: Backends, public: Public, proxies: Container[str], word: str = "", also: Path | None = None
    ) -> None:
        """`proxies` are believed about clients; whoever knows the `word` may have it listen at more hosts.

        The file `also` keeps those, for a door that takes the place of this one.
        """
        self._also, self._hosts = also, set[str]()
        self._proxies, self._most = proxies, places(2 * EACH * FILES) // EACH
        self._around = Around(backends, public, proxies, Errands(word, self._listen_also))
        self._visits: dict[Line, asyncio.Task[None]] = {}
        self._servers: list[asyncio.Server] = []
        self.port = 0

    async def begin(self, bound: socket.socket) -> None:
        """Take the connections of a listening socket, and those at the hosts where a door before this one listened."""
        self.port = bound.getsockname()[1]
        await self._listen(bound)
        if self._also and self._also.exists():
            for host in self._also.read_text("utf-8").split():
                with suppress(OSError):  # it has left that network
                    await self._listen_also(host)

    async def _listen(self, bound: socket.socket) -> None:
        listener = Listener(bound, self._most, self._proxies)
        loop = asyncio.get_running_loop()
        self._servers.append(await loop.create_server(lambda: Line(self._visit), sock=listener, backlog=BACKLOG))

    async def _listen_also(self, host: str) -> None:
        if host not in self._hosts:
            await self._listen(bound(host, self.port))
            self._hosts.add(host)
            if self._also:
                self._also.write_text("\n".join(sorted(self._hosts)), "utf-8")

    def _visit(self, client: Line) -> None:
        visit = self._visits[client] = asyncio.get_running_loop().create_task(Visit(client, self._around).serve())

        def gone() -> None:
            visit.cancel()
            del self._visits[client]

        client.gone = gone

    async def close(self) -> None:
        """Take no more, and hang up."""
        for server in self._servers:
            server.close()
        visits = dict(self._visits)
        for visit in visits.values():
            visit.cancel()
        await asyncio.gather(*visits.values(), return_exceptions=True)
        for client in visits:
            client.end()
        await asyncio.sleep(0)


def bound(host: str, port: int) -> socket.socket:
    """A listening socket; raise OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=BACKLOG)
