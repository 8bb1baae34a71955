"""Where the course is for everybody: the one address that links, QR codes, cookies, frames and policies are made of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from choreo.hub.names import bracketed

PATH = re.compile(r"(/[A-Za-z0-9._~-]+)*")


class PublicError(ValueError):
    """A public address that cannot be one; the message says why, and what helps."""


@dataclass(frozen=True)
class Public:
    """An origin, and a path in front of everything that the course has there."""

    origin: str = ""  # https://course.example.org; "": by whatever address a browser came
    path: str = ""  # /choreo; "" where nothing stands in front

    def at(self, address: str) -> str:
        """An address of the course ("/review") as a browser asks for it at this origin.

        >>> Public("https://example.org", "/choreo").at("/review")
        '/choreo/review'
        """
        return self.path + address

    @property
    def home(self) -> str:
        """The path of everything, with a slash at its end: of cookies."""
        return f"{self.path}/"

    def scheme_at(self, host: str) -> str:
        """By which scheme a browser came that names this host, where no proxy says."""
        return urlsplit(self.origin).scheme if self.origin and urlsplit(self.origin).netloc == host.lower() else "http"

    @property
    def written(self) -> str:
        """As it is said on a command line; "" where nothing is known."""
        return self.origin + self.path


ANYWHERE = Public()


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
    if odd or said.query or said.fragment or said.username or not PATH.fullmatch(path) or "/." in path:
        raise PublicError(
            f"{text}: is no address that the course can have; write one such as https://course.example.org/choreo."
        )
    return Public(origin, path)
