"""Files beside the notebooks that exercises show and review shows, too: the hub's pages lie elsewhere than the lessons."""

from __future__ import annotations

from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from choreo.bank.beside import ALONE, SHOWN, TAKEN, beside

FOLDER = "/beside/"  # where pages of the hub find what an author writes as `plaza.png`


class Beside:
    """Hands out what the lesson server hands out."""

    def __init__(self, lessons: Path) -> None:
        """Keep the folder of notebooks."""
        self._lessons = lessons

    def routes(self) -> list[Route]:
        """The address."""
        return [Route(FOLDER + "{name:path}", self.file, methods=["GET"])]

    def file(self, request: Request) -> Response:
        """Send the file; nothing in it runs, also where it is opened by itself."""
        try:
            found = beside(self._lessons, request.path_params["name"])
        except FileNotFoundError as error:
            raise HTTPException(404) from error
        ending = found.suffix.lower()
        headers = {"Content-Security-Policy": ALONE, "Cache-Control": "no-cache"}
        if ending in TAKEN:
            headers["Content-Disposition"] = "attachment"
        return FileResponse(found, media_type=SHOWN.get(ending, "application/octet-stream"), headers=headers)
