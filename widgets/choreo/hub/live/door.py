"""Letting a room's phones in while the hub runs: then it listens at this machine's addresses in the room, too."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

from choreo.hub.health import START
from choreo.hub.lan import lan_addresses
from choreo.hub.live.links import Links
from choreo.hub.names import Names, host_name, is_address, listed

SERVED = ("CHOREO_ADDRESS", "CHOREO_HOSTS", "CHOREO_PROXIES")  # settings of a server that others reach already
NONE = "This machine is in no network that phones could reach. Join the room’s network first."


class DoorError(Exception):
    """Phones cannot be let in; the message says why, and what helps."""


class Door:
    """Closed until a coach at this machine opens it; then open until Choreo is stopped, also when the hub is killed."""

    def __init__(self, port: int, names: Names, mark: Path, listen: Callable[[str, int], Awaitable[None]]) -> None:
        """`listen` has the hub take connections at an address; `mark` is the file that says which start was opened."""
        self._port, self._names, self._mark, self._listen = port, names, mark, listen
        self._start = os.environ.get(START, "")
        self._open: list[str] = []

    def opens_for(self, connection: HTTPConnection) -> bool:
        """Whether this is a coach who sits at this machine; one who comes through a proxy is not."""
        client = connection.client.host if connection.client else ""
        page = urlsplit(connection.headers.get("origin", "")).hostname or ""
        through = any(name in connection.headers for name in ("forwarded", "via"))
        said = listed(connection.headers.get("x-forwarded-for"))  # our own door says so, too
        asked = host_name(connection.headers.get("host", "")) or ""
        return not through and all(map(_is_here, (client, asked, page, *said)))

    async def open(self, links: Links) -> None:
        """Open it, and have links lead there; raise DoorError."""
        faults = []
        for address in lan_addresses():
            if address in self._open:
                continue
            try:
                await self._listen(address, self._port)
            except OSError as error:
                faults.append(f"{address}:{self._port} ({error.strerror})")
                continue
            self._open.append(address)
            self._names.also.add(address)
        if not self._open:
            raise DoorError(f"Phones cannot be let in at {', '.join(faults)}." if faults else NONE)
        links.lead_to(f"http://{self._open[0]}:{self._port}")
        if self._start:
            self._mark.write_text(self._start, encoding="utf-8")

    async def open_again(self, links: Links) -> None:
        """Open it if it was open when the hub of this start was killed."""
        try:
            opened = self._mark.read_text(encoding="utf-8")
            if self._start and opened == self._start:
                await self.open(links)
        except (OSError, ValueError, DoorError):
            return


def is_alone(host: str, environ: Mapping[str, str]) -> bool:
    """Whether a hub that listens at `host` is reached from its own machine only, and has a door to open."""
    return _is_here(host) and START in environ and not any(environ.get(name) for name in SERVED)


def _is_here(name: str) -> bool:
    return name == "localhost" or is_address(name, loopback=True)
