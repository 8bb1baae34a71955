"""What protects every page: accepted host names, same-origin posts, and headers."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from choreo.hub.names import Names, host_name
from choreo.hub.public import Public

RULES = {
    "default-src": "'none'",
    "style-src": "'self'",
    "script-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
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
CHANGING = frozenset({"POST", "PUT", "PATCH", "DELETE"})


class Guard:
    """Refuses unknown host names (DNS rebinding) and other sites' sockets; puts the protecting headers on every answer.

    Personal pages are kept by no cache: what does not say how long it may be kept may not be kept.
    """

    def __init__(self, app: ASGIApp, names: Names, public: Public) -> None:
        """Protect `app`; `names` are those that it goes by, `public` is where it is for everybody."""
        self._app = app
        self._names = names
        self._public = public

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request through, or refuse it."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        known = self._names.takes(headers.get("host", ""))
        if scope["type"] == "websocket":
            if known and own_origin(headers):
                await self._app(scope, receive, send)
            else:
                await send({"type": "websocket.close", "code": 4403})  # before it is accepted: 403
            return
        if not known:
            name = (host_name(headers.get("host", "")) or "?")[:80]
            ways = f"Use one of: {', '.join(sorted(self._names.known))}"
            why = f"This server does not go by the name {name}. {ways}; or have it listed in CHOREO_HOSTS."
            refusal = PlainTextResponse(why, 400)
            protect(refusal.headers)
            await refusal(scope, receive, send)
            return
        lessons = self._public.at("/lessons/"), self._public.at("/preview/")  # a preview shows a lesson in a frame
        if scope["method"] in CHANGING and from_lesson(headers, lessons):
            refusal = PlainTextResponse("A lesson's page changes nothing here.", 403)
            protect(refusal.headers)
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


def from_lesson(headers: Headers, lessons: tuple[str, ...]) -> bool:
    """Whether a lesson's page asks, whose components are programs of its author: its address begins with one of these."""
    try:
        return urlsplit(headers.get("referer", "")).path.startswith(lessons)
    except ValueError:
        return True


def own_origin(headers: Headers) -> bool:
    """Whether a socket is opened by a page of ours.

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
        return same and (page.port or usual) == (ours.port or usual)
    except (ValueError, KeyError):
        return False


def from_own_page(request: Request) -> bool:
    """Whether a post comes from one of our own pages, as far as the browser says (defence against forged posts).

    Lessons' pages are none: the guard has refused what names one (from_lesson), and from_own_form what hides it.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("origin")
    return origin is None or origin == f"{request.url.scheme}://{request.headers.get('host', '')}"


def from_own_form(request: Request) -> bool:
    """Whether somebody sent a form of one of our own pages: no script did, which lessons' pages have, and forms they have not."""
    return from_own_page(request) and request.headers.get("sec-fetch-mode", "navigate") == "navigate"
