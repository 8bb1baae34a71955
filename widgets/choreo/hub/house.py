"""What the house wears on every page: its name, logo and colours; and the page with its imprint."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from choreo.bank.course import Course
from choreo.bank.fault import BankError
from choreo.bank.house import NAME, House
from choreo.bank.logo import Logo
from choreo.hub.catalogue import Catalogue

if TYPE_CHECKING:
    from choreo.hub.web import Web

FOREVER = "public, max-age=31536000, immutable"
PICTURE_ONLY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"  # also where it is opened by itself
)


@dataclass(frozen=True)
class Dress:
    """What a page says of the house."""

    name: str
    own_name: bool  # whether it is another than ours
    logo: str  # the address of its logo, or of our mark; as those below without what stands in front of the course
    own_logo: str  # the same where it has one of its own, as text that needs no server; else empty
    style: str  # the address of its colours; empty where it has none
    rules: str  # the colours themselves, for a page that stands alone
    imprint: str  # Markdown; empty where there is none
    mark: str  # changes whenever something of it does


class Wardrobe:
    """The dress as course.yaml has it now; ours while that is broken from the start."""

    def __init__(self, catalogue: Catalogue, mark: str) -> None:
        """`mark` is the address of our own mark."""
        self._catalogue, self._mark = catalogue, mark
        self._worn: tuple[Course | None, Dress] | None = None
        self._files: dict[str, tuple[bytes, str]] = {}  # what is served, and as what, by name

    def dress(self) -> Dress:
        """What pages wear now."""
        course = None
        with suppress(BankError):
            course = self._catalogue.course()  # another one whenever its file or a logo beside it has changed
        if self._worn is None or self._worn[0] is not course:
            self._worn = (
                course,
                self._made(course.house, self._catalogue.logo()) if course else self._made(House(), None),
            )
        return self._worn[1]

    def file(self, name: str) -> tuple[bytes, str] | None:
        """A logo or a style sheet of the house, and its media type."""
        self.dress()
        return self._files.get(name)

    def _made(self, house: House, logo: Logo | None) -> Dress:
        style = house.style.encode()
        sheet = f"house.{hashlib.sha256(style).hexdigest()[:16]}.css" if style else ""
        self._files = ({logo.name: (logo.content, logo.kind)} if logo else {}) | (
            {sheet: (style, "text/css")} if sheet else {}
        )
        mark = hashlib.sha256(repr((house, logo.name if logo else "")).encode()).hexdigest()[:16]
        return Dress(
            house.name,
            house.name != NAME,
            f"/house/{logo.name}" if logo else self._mark,
            logo.data if logo else "",
            f"/house/{sheet}" if sheet else "",
            house.style,
            house.imprint or "",
            mark,
        )


class HousePages:
    """What the house has to show."""

    def __init__(self, web: Web) -> None:
        """Keep the collaborator."""
        self._web = web

    def routes(self) -> list[Route]:
        """The addresses."""
        return [
            Route("/imprint", self.imprint, methods=["GET"]),
            Route("/house/{name}", self.file, methods=["GET"]),
        ]

    def imprint(self, _request: Request) -> Response:
        """Who answers for the course."""
        if not self._web.wardrobe.dress().imprint:
            raise HTTPException(404)
        return self._web.page("imprint")

    def file(self, request: Request) -> Response:
        """The logo as a picture that can do nothing, or the colours."""
        found = self._web.wardrobe.file(request.path_params["name"])
        if found is None:
            raise HTTPException(404)
        content, kind = found
        return Response(
            content, media_type=kind, headers={"Cache-Control": FOREVER, "Content-Security-Policy": PICTURE_ONLY}
        )
