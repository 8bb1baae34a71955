"""What a named proxy says of a request: who asks, by which scheme, and which path is in front of the course."""

from __future__ import annotations

from typing import Any, cast

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from choreo.hub.networks import Networks
from choreo.hub.public import PREFIX, believe


class Behind:
    """The application as named proxies have it asked; whoever is none of them says nothing that is believed."""

    def __init__(self, app: ASGIApp, proxies: Networks) -> None:
        """`proxies` are the addresses from which their connections come."""
        self._app: Any = ProxyHeadersMiddleware(cast("Any", app), proxies.written)
        self._proxies = proxies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass it on."""
        peer = scope.get("client")
        if peer and peer[0] in self._proxies:
            believe(",".join(Headers(scope=scope).getlist(PREFIX)))
        await self._app(scope, receive, send)
