"""Where phones reach the hub."""

from __future__ import annotations

from starlette.requests import HTTPConnection


class Links:
    """Addresses as other devices can use them."""

    def __init__(self, address: str) -> None:
        """`address` is known from the start ("http://192.168.1.7:8000"); empty: what the asking browser uses."""
        self._address = address

    def base(self, connection: HTTPConnection) -> str:
        """The address of the home page, without the slash at its end."""
        if self._address:
            return self._address
        scheme = {"ws": "http", "wss": "https"}.get(connection.url.scheme, connection.url.scheme)
        return f"{scheme}://{connection.headers.get('host', '')}"

    def join(self, connection: HTTPConnection) -> str:
        """The address of the join page."""
        return f"{self.base(connection)}/join"
