"""Where the course is for everybody: the one address that links, QR codes, cookies, frames and policies are made of.

A path in front that the course was not started with is what a named proxy says of a request (`believe`), for as long as that one
is answered: whatever outlives a request (caches, rooms, the recording of a lesson) keeps addresses without it, or by it.
"""

from __future__ import annotations

import re
from contextvars import ContextVar
from dataclasses import dataclass
from urllib.parse import urlsplit

from choreo.hub.names import bracketed

PATH = re.compile(r"(/(?!\.)[A-Za-z0-9._~-]+)*")
LONGEST = 200  # letters of a path that a proxy says
PREFIX = "X-Forwarded-Prefix"  # the header in which it does

_said = ContextVar("said", default="")


class PublicError(ValueError):
    """A public address that cannot be one; the message says why, and what helps."""


@dataclass(frozen=True)
class Public:
    """An origin, and a path in front of everything that the course has there."""

    origin: str = ""  # https://course.example.org; "": by whatever address a browser came
    path: str = ""  # /choreo; "" where nothing stands in front, or what a named proxy says

    @property
    def front(self) -> str:
        """The path in front of the course for the request that is answered now: its own, or what a named proxy says."""
        return self.path or _said.get()

    def at(self, address: str) -> str:
        """An address of the course ("/review") as a browser asks for it at this origin.

        >>> Public("https://example.org", "/choreo").at("/review")
        '/choreo/review'
        """
        return self.front + address

    @property
    def home(self) -> str:
        """The path of everything, with a slash at its end: of cookies."""
        return f"{self.front}/"

    def seen(self, scheme: str, host: str) -> str:
        """The address of the home page, without the slash at its end, for who came by this scheme to this host."""
        return (self.origin or f"{scheme}://{host}") + self.front

    def scheme_at(self, host: str) -> str:
        """By which scheme a browser came that names this host, where no proxy says."""
        return urlsplit(self.origin).scheme if self.origin and urlsplit(self.origin).netloc == host.lower() else "http"

    @property
    def written(self) -> str:
        """As it is said on a command line; "" where nothing is known."""
        return self.origin + self.path


ANYWHERE = Public()


def believe(said: str) -> None:
    """Have the path in front be what a named proxy says, until the end of the request (of its asyncio context)."""
    _said.set(path_said(said))


def path_said(said: str) -> str:
    """The path in an X-Forwarded-Prefix, where each proxy on the way may have added a step; "" for what is none.

    >>> path_said("/choreo/"), path_said("/teams, /choreo"), path_said("//evil.example"), path_said("/a/../b")
    ('/choreo', '/teams/choreo', '', '')
    """
    steps = [step.strip().rstrip("/") for step in said.split(",")]
    path = "".join(steps)
    return path if len(path) <= LONGEST and all(map(PATH.fullmatch, steps)) else ""


def read_public(text: str) -> Public:
    """The address in a setting ("https://course.example.org/choreo", or a path alone); raise PublicError.

    >>> read_public("https://Course.example.org/choreo/")
    Public(origin='https://course.example.org', path='/choreo')
    """
    try:
        said = urlsplit(text.strip())
        port = f":{said.port}" if said.port else ""
    except ValueError as error:
        raise PublicError(f"{text}: is no address ({error}); write https://course.example.org/choreo.") from error
    path = said.path.rstrip("/")
    host = said.hostname or ""
    origin = f"{said.scheme}://{bracketed(host)}{port}" if host else ""
    odd = (said.scheme not in ("http", "https")) if host else bool(said.scheme)
    if odd or said.query or said.fragment or said.username or not PATH.fullmatch(path):
        raise PublicError(
            f"{text}: is no address that the course can have; write one such as https://course.example.org/choreo."
        )
    return Public(origin, path)
