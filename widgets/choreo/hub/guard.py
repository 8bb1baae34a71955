"""What protects every page: accepted host names, same-origin posts, and headers."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

RULES = {
    "default-src": "'none'",
    "style-src": "'self'",
    "script-src": "'self'",
    "img-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}


def policy(**rules: str) -> str:
    """The Content-Security-Policy of all pages, with some of its rules replaced.

    >>> policy(frame_ancestors="'self'").split("; ")[-2:]
    ["frame-ancestors 'self'", "base-uri 'none'"]
    """
    own = RULES | {name.replace("_", "-"): rule for name, rule in rules.items()}
    return "; ".join(f"{name} {rule}" for name, rule in own.items())


HEADERS = {
    "Content-Security-Policy": policy(),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
LESSON_SOCKETS = frozenset({"/live/host"})


class Guard:
    """Refuses unknown host names (DNS rebinding) and other sites' sockets; puts the protecting headers on every answer.

    Personal pages are kept by no cache: what does not say how long it may be kept may not be kept.
    """

    def __init__(self, app: ASGIApp, hosts: Sequence[str], lesson_port: int = 0) -> None:
        """Protect `app`; `hosts` are the accepted names, none of them meaning any.

        Pages from `lesson_port` of the same host may open the sockets under LESSON_SOCKETS: the coach's console is one.
        """
        self._app = app
        self._hosts = frozenset(hosts)
        self._lesson_port = lesson_port

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request through, or refuse it."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        name = host_name(headers.get("host", ""))
        known = name is not None and (not self._hosts or name in self._hosts)
        if scope["type"] == "websocket":
            ports = (self._lesson_port,) if scope["path"] in LESSON_SOCKETS else ()
            if known and own_origin(headers, ports):
                await self._app(scope, receive, send)
            else:
                await send({"type": "websocket.close", "code": 4403})  # before it is accepted: 403
            return
        if not known:
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


def own_origin(headers: Headers, ports: Sequence[int] = ()) -> bool:
    """Whether a socket is opened by a page of ours, or of the same host name and one of `ports`.

    Browsers always name the page's origin; a program that names none carries nobody's cookies.
    """
    origin = headers.get("origin")
    if origin is None:
        return True
    try:
        page = urlsplit(origin)
        usual = {"http": 80, "https": 443}[page.scheme]
        ours = urlsplit(f"//{headers.get('host', '')}")
        same = page.hostname is not None and page.hostname == ours.hostname
        return same and (page.port or usual) in (ours.port or usual, *ports)
    except (ValueError, KeyError):
        return False


def from_own_page(request: Request) -> bool:
    """Whether a post comes from one of our own pages, as far as the browser says (defence against forged posts)."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("origin")
    return origin is None or origin == f"{request.url.scheme}://{request.headers.get('host', '')}"
