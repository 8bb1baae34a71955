"""The pages of live sessions: joining, and the projector. What they show comes over their sockets."""

from __future__ import annotations

import gzip
import re
from functools import lru_cache
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from choreo.bank.course import CourseFile
from choreo.hub.guard import policy
from choreo.hub.live.links import Links
from choreo.hub.live.qr import qr_code
from choreo.hub.live.tokens import code_in
from choreo.hub.web import Web

STYLES = (  # the style attributes that Plotly sets: of a heatmap's picture, and an empty one
    "'unsafe-hashes' 'sha256-AR/cKIZjWPcPmBUPDA6oti9XBiTbJvz0Cro2J1VzzS8='"
    " 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
)
HOST = re.compile(r"[A-Za-z0-9.-]+(:[0-9]{1,5})?|\[[0-9a-fA-F:]+\](:[0-9]{1,5})?")


class LivePages:
    """The pages, each the same for everybody who comes by the same path, and packed once."""

    def __init__(self, web: Web, links: Links, lessons: Path) -> None:
        """Keep the collaborators; `lessons` holds the course."""
        self._web, self._links = web, links
        self._folder, self._course = lessons, CourseFile(lessons)
        self._packed = lru_cache(maxsize=256)(self._pack)

    def routes(self) -> list[Route]:
        """The addresses."""
        return [
            Route("/join", self.join, methods=["GET"]),
            Route("/join/{code}", self.join, methods=["GET"]),
            Route("/live/lessons", self.lessons, methods=["GET"]),
            Route("/live/screen", self.screen, methods=["GET"]),
            Route("/live/qr/{code}.svg", self.qr, methods=["GET"]),
        ]

    async def join(self, request: Request) -> Response:
        """Where a phone joins; with a code in the address it is filled in."""
        return self._page(
            request,
            "join",
            code_in(request.path_params.get("code")) or "",
            connect_src=_sockets(request),
            style_src=f"'self' {STYLES}",
            img_src="'self' data:",
        )

    async def lessons(self, _request: Request) -> Response:
        """The lessons that can be opened, by their number: an activity says to which one it belongs."""
        course = await run_in_threadpool(self._course.read)
        found = {
            lesson.name[:2]: {"name": lesson.name, "title": lesson.title, "minutes": lesson.minutes}
            for lesson in course.written(self._folder)
        }
        return JSONResponse(found, headers={"Cache-Control": "max-age=60"})

    async def screen(self, request: Request) -> Response:
        """The projector's page; the coach's console shows it in a frame."""
        return self._page(
            request,
            "screen",
            "",
            connect_src=_sockets(request),
            frame_ancestors="'self'",
            style_src=f"'self' {STYLES}",
            img_src="'self' data:",
        )

    async def qr(self, request: Request) -> Response:
        """The address of the join page with this code, to be read by a camera."""
        code = code_in(request.path_params["code"])
        if code is None:
            raise HTTPException(404)
        return Response(qr_code(f"{self._links.join(request)}/{code}"), media_type="image/svg+xml")

    def _page(self, request: Request, name: str, code: str, **rules: str) -> Response:
        headers = {"Content-Security-Policy": policy(**rules), "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
        packed = self._packed(name, code, self._web.wardrobe.dress().mark, self._web.public.front)
        if "gzip" in request.headers.get("accept-encoding", ""):
            return Response(packed, media_type="text/html", headers=headers | {"Content-Encoding": "gzip"})
        return Response(gzip.decompress(packed), media_type="text/html", headers=headers)

    def _pack(self, name: str, code: str, _dress: str, _front: str) -> bytes:
        return gzip.compress(self._web.text(name, code=code), 9, mtime=0)


def _sockets(request: Request) -> str:
    host = request.headers.get("host", "")  # older Safaris do not take 'self' for sockets
    return f"'self' ws://{host} wss://{host}" if HOST.fullmatch(host) else "'self'"
