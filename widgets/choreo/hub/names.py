"""Under which names a server may be asked for. Others are a sign of DNS rebinding: a stranger's name made to lead here."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

LOOPBACK = ("127.0.0.1", "localhost", "::1")
NEAR = ("", ".local", ".lan", ".home.arpa", ".internal")  # endings that machines of a room have, and nobody can buy


@dataclass(frozen=True)
class Names:
    """The names of a server, and this machine's addresses for itself."""

    known: frozenset[str]
    figures: bool = False  # whether it takes any address in figures besides: nobody can make one lead elsewhere
    also: set[str] = field(default_factory=set, compare=False)  # addresses at which it began to listen later

    def takes(self, host: str) -> bool:
        """Whether a Host header, with or without a port, is a name of this server.

        >>> names = Names(frozenset({"localhost"}))
        >>> [names.takes(host) for host in ("localhost:8000", "127.0.0.2", "evil.example", "10.0.0.1", "")]
        [True, True, False, False, False]
        """
        name = host_name(host)
        return name is not None and (name in self.known or name in self.also or is_address(name, not self.figures))


HERE = Names(frozenset(LOOPBACK))  # of a server that only its own machine reaches


def own_names(host: str, address: str = "", more: Iterable[str] = ()) -> Names:
    """The names of a server that listens at `host`, is known to others as `address` (a URL), and by `more` names."""
    public = urlsplit(address).hostname
    known = {*LOOPBACK, host.lower(), *(name.lower() for name in more), *([public] if public else [])}
    if host in LOOPBACK or host.startswith("127."):
        return Names(frozenset(known))
    machine = socket.gethostname().lower().removesuffix(".local")
    return Names(frozenset(known | {machine + ending for ending in NEAR}), figures=True)


def host_name(host: str) -> str | None:
    """The name in a Host header, without its port; None if it is none."""
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None


def bracketed(name: str) -> str:
    """A host's name as it stands in an address: "::1" -> "[::1]"."""
    return f"[{name}]" if ":" in name else name


def is_address(name: str, loopback: bool = False) -> bool:
    """Whether a name is an address in figures; with `loopback`, one that leads to the same machine only."""
    try:
        return ipaddress.ip_address(name).is_loopback or not loopback
    except ValueError:
        return False


def listed(text: str | None) -> tuple[str, ...]:
    """What is listed in a setting, separated by commas.

    >>> listed("127.0.0.1, ::1")
    ('127.0.0.1', '::1')
    """
    return tuple(one for part in (text or "").split(",") if (one := part.strip()))
