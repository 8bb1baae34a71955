"""Style sheets, scripts and pictures under names that change with their content: browsers keep them for good."""

from __future__ import annotations

import hashlib
import mimetypes
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

STATIC = Path(__file__).parent / "static"
THEME = Path(__file__).parents[1] / "views" / "theme.css"
FOREVER = "public, max-age=31536000, immutable"


class Assets:
    """The files of static/, read once; theme.css comes before hub.css in one sheet."""

    def __init__(self) -> None:
        """Read all files."""
        self._addresses: dict[str, str] = {}
        self._content: dict[str, bytes] = {}
        for path in sorted(STATIC.iterdir()):
            content = path.read_bytes()
            if path.name == "hub.css":
                content = THEME.read_bytes() + b"\n" + content
            hashed = f"{path.stem}.{hashlib.sha256(content).hexdigest()[:12]}{path.suffix}"
            self._addresses[path.name] = f"/static/{hashed}"
            self._content[hashed] = content

    def address(self, name: str) -> str:
        """Where a browser finds the file."""
        return self._addresses[name]

    def text(self, name: str) -> str:
        """The file's text."""
        return self._content[self._addresses[name].removeprefix("/static/")].decode()

    def route(self) -> Route:
        """The address that serves them all."""
        return Route("/static/{name}", self._serve, methods=["GET"])

    async def _serve(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name not in self._content:
            raise HTTPException(404)
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return Response(self._content[name], media_type=kind, headers={"Cache-Control": FOREVER})
