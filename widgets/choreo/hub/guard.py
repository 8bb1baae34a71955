"""What protects every page: accepted host names, same-origin posts, and headers."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class Guard:
    """Refuses unknown host names (DNS rebinding) and puts the protecting headers on every answer.

    Personal pages are kept by no cache: what does not say how long it may be kept may not be kept.
    """

    def __init__(self, app: ASGIApp, hosts: Sequence[str]) -> None:
        """Protect `app`; `hosts` are the accepted names, none of them meaning any."""
        self._app = app
        self._hosts = frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request through, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        name = host_name(Headers(scope=scope).get("host", ""))
        if name is None or (self._hosts and name not in self._hosts):
            refusal = PlainTextResponse(
                f"This server does not go by the name {name or '?'}. Use one of: {', '.join(sorted(self._hosts))}.", 400
            )
            await refusal(scope, receive, send)
            return

        async def send_protected(message: Message) -> None:
            if message["type"] == "http.response.start":
                protect(MutableHeaders(scope=message))
            await send(message)

        await self._app(scope, receive, send_protected)


def protect(headers: MutableHeaders) -> None:
    """Add the protecting headers."""
    for name, value in HEADERS.items():
        headers.setdefault(name, value)
    headers.setdefault("Cache-Control", "no-store")


def host_name(host: str) -> str | None:
    """The name in a Host header, without its port; None if it is none."""
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None


def from_own_page(request: Request) -> bool:
    """Whether a post comes from one of our own pages, as far as the browser says (defence against forged posts)."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("origin")
    return origin is None or origin == f"{request.url.scheme}://{request.headers.get('host', '')}"
