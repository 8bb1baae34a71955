"""Only requests that call this server by a name of its own are answered."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from tornado.web import HTTPError, RequestHandler


class OwnName(RequestHandler):
    """Refuses other host names (DNS rebinding) where the server listens on this machine only."""

    def prepare(self) -> None:
        """Let the request through, or answer 403."""
        if not self.settings.get("allow_remote_access") and not is_loopback(self.request.host):
            raise HTTPError(403, "%s is not a name of this server", self.request.host)


def is_loopback(host: str) -> bool:
    """Whether a Host header, with or without a port, names this machine only.

    >>> [is_loopback(host) for host in ("localhost:8001", "127.0.0.2", "[::1]:8001", "evil.example", "127.0.0.1.evil.example")]
    [True, True, True, False, False]
    """
    try:
        name = urlsplit(f"//{host}").hostname or ""
        return name == "localhost" or ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
