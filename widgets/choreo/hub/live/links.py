"""Where phones reach the hub."""

from __future__ import annotations

from starlette.requests import HTTPConnection

from choreo.hub.names import host_name, is_address
from choreo.hub.public import Public


class Links:
    """Addresses as other devices can use them."""

    def __init__(self, public: Public) -> None:
        """`public` is where the course is for everybody; without an origin: by what the asking browser uses."""
        self._public = public
        self._opened = ""  # where phones were let in later

    def base(self, connection: HTTPConnection) -> str:
        """The address of the home page, without the slash at its end."""
        host = connection.headers.get("host", "")
        asked = host_name(host) or ""
        if self._opened and not self._public.origin and (asked == "localhost" or is_address(asked, loopback=True)):
            return self._opened
        scheme = {"ws": "http", "wss": "https"}.get(connection.url.scheme, connection.url.scheme)
        return self._public.seen(scheme, host)

    def lead_to(self, address: str) -> None:
        """From now on phones reach the hub there; whoever asks from another machine is there already."""
        self._opened = address

    def join(self, connection: HTTPConnection) -> str:
        """The address of the join page."""
        return f"{self.base(connection)}/join"
