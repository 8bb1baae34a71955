"""What the door says itself: that a server is away, that a request is refused, that the door is there."""

from __future__ import annotations

from html import escape

from choreo.door.head import Head
from choreo.words import _

AGAIN = 2  # seconds until a browser asks again
REASONS = {
    200: "OK",
    400: "Bad Request",
    403: "Forbidden",
    404: "Not Found",
    408: "Request Timeout",
    411: "Length Required",
    413: "Content Too Large",
    431: "Request Header Fields Too Large",
    502: "Bad Gateway",
    503: "Service Unavailable",
    505: "HTTP Version Not Supported",
}
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
STYLE = "body{max-width:34rem;margin:4rem auto;padding:0 1.25rem;font:1.125rem/1.6 system-ui,sans-serif;color-scheme:light dark}"
PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="{again}"><title>{title}</title><style>{style}</style>
<main><h1>{title}</h1><p role="status">{text}</p><p>{otherwise}</p></main></html>
"""


def reply(status: int, kind: str, body: str, *more: str) -> bytes:
    """A whole answer; the connection ends with it."""
    content = body.encode()
    lines = (
        f"HTTP/1.1 {status} {REASONS[status]}",
        f"Content-Type: {kind}; charset=utf-8",
        f"Content-Length: {len(content)}",
        f"Content-Security-Policy: {POLICY}",
        "X-Content-Type-Options: nosniff",
        "Referrer-Policy: same-origin",
        "Cross-Origin-Opener-Policy: same-origin",
        "Cache-Control: no-store",
        "Connection: close",
        *more,
    )
    return "\r\n".join((*lines, "", "")).encode() + content


def refused(status: int, why: str) -> bytes:
    """That a request is not passed on, and why."""
    return reply(status, "text/plain", f"{why}\n")


def away(head: Head, status: int = 503) -> bytes:
    """That the server for this request does not answer just now: a page for people, a line for programs."""
    text = _("It takes a few seconds after the course was started. This page opens by itself as soon as it is ready.")
    retry = f"Retry-After: {AGAIN}"
    if "text/html" not in head.field(b"accept"):
        return reply(status, "text/plain", f"{text}\n", retry)
    page = PAGE.format(
        again=AGAIN,
        style=STYLE,
        title=escape(_("The course is just starting")),
        text=escape(text),
        otherwise=escape(
            _("Still here after a minute? Then tell whoever runs the course. What you kept is safe, and stays so.")
        ),
    )
    return reply(status, "text/html", page, retry)
