"""Where Choreo listens and where its files lie: one public port, and private ones on loopback for what is behind the door."""

from __future__ import annotations

import errno
import random
import socket
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from choreo.hub.names import bracketed
from choreo.hub.public import ANYWHERE, Public
from choreo.hub.settings import own_address

TRIES = 200  # ports looked at
BACKLOG = 2048  # connections that may wait to be taken: a room comes all at once
PRIVATE = range(20_000, 32_000)  # below those that systems give to connections by themselves
LOOPBACK = "127.0.0.1"


class StartError(Exception):
    """Choreo cannot start; the message names the fault and the remedy."""


@dataclass(frozen=True)
class Places:
    """Where Choreo listens and where its files lie."""

    host: str
    port: int  # of everything that a browser asks for
    lessons: Path
    exercises: Path
    data: Path
    public: Public = ANYWHERE  # where the course is for everybody
    lesson_servers: int = 1
    jupyterhub: bool = False  # whether learners are who is signed in at the JupyterHub of the environment

    @property
    def here(self) -> str:
        """Where the door is on this machine."""
        return f"http://{bracketed(own_address(self.host))}:{self.port}"

    @property
    def home(self) -> str:
        """The home page's address on this machine, without the slash at its end."""
        return self.here + self.public.path


def listening(host: str, wanted: int) -> socket.socket:
    """A socket that listens at the first free port from `wanted` on, and outlives whoever serves it; raise StartError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for port in range(wanted, min(wanted + TRIES, 65536)):
        try:
            return socket.create_server((host, port), family=family, backlog=BACKLOG)
        except OSError as error:
            if error.errno in (errno.EADDRINUSE, errno.EACCES):
                continue
            raise StartError(
                f"{host}: is no address of this machine ({error.strerror}); name another with --host, or leave it out."
            ) from error
    raise StartError(f"{host}: no free port from {wanted} to {wanted + TRIES}; name another with --port.")


def private_ports(count: int) -> list[int]:
    """Free ports of loopback; raise StartError. Whoever listens there later must bear that one is taken meanwhile."""
    found: list[int] = []
    for port in random.sample(PRIVATE, TRIES):
        if len(found) == count:
            break
        with suppress(OSError), socket.create_server((LOOPBACK, port)):
            found.append(port)
    if len(found) < count:
        raise StartError(f"{LOOPBACK}: too few free ports from {PRIVATE.start} to {PRIVATE.stop}.")
    return found
