"""Style sheets, scripts and pictures under names that change with their content: browsers keep them for good."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

STATIC = Path(__file__).parent / "static"
PACKAGE = Path(__file__).parents[1]
THEME = PACKAGE / "views" / "theme.css"
PLOTLY = PACKAGE / "views" / "plotly" / "plotly-cartesian.min.js.gz"
KINDS = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml"}
DRESSED = ("phone/phone.css", "room/screen.css")  # live's sheets that have theme.css in front
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
        self.live = LiveAssets()

    def address(self, name: str) -> str:
        """Where a browser finds the file."""
        return self._addresses[name]

    def text(self, name: str) -> str:
        """The file's text."""
        return self._content[self._addresses[name].removeprefix("/static/")].decode()

    def routes(self) -> list[Route]:
        """The addresses that serve them all."""
        return [Route("/static/{name}", self._serve, methods=["GET"]), self.live.route()]

    async def _serve(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name not in self._content:
            raise HTTPException(404)
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return Response(self._content[name], media_type=kind, headers={"Cache-Control": FOREVER})


@dataclass(frozen=True)
class _File:
    kind: str
    packed: bytes  # gzip, done once: a room of a thousand asks for the same files within seconds


class LiveAssets:
    """The phone's and the projector's modules, in folders as in the source, all under one hash: imports stay relative."""

    def __init__(self) -> None:
        """Read and pack all files."""
        live = PACKAGE / "live"
        found = {THEME.name: THEME, PLOTLY.name.removesuffix(".gz"): PLOTLY}
        for folder in ("phone", "room", "activities"):
            for path in sorted((live / folder).glob("*")):
                if path.suffix in KINDS:
                    found[f"{folder}/{path.name}"] = path
        self._files = {name: _packed(path, name in DRESSED) for name, path in found.items()}
        every = hashlib.sha256()
        for name in sorted(self._files):
            every.update(name.encode() + b"\0" + self._files[name].packed)
        self._hash = every.hexdigest()[:12]

    def address(self, name: str) -> str:
        """Where a browser finds the file: "phone/phone.js"."""
        return f"/static/live/{self._hash}/{name}"

    def route(self) -> Route:
        """The address that serves them all."""
        return Route("/static/live/{hash}/{name:path}", self._serve, methods=["GET"])

    async def _serve(self, request: Request) -> Response:
        file = self._files.get(request.path_params["name"])
        if file is None or request.path_params["hash"] != self._hash:
            raise HTTPException(404)
        headers = {"Cache-Control": FOREVER, "Vary": "Accept-Encoding"}
        if "gzip" in request.headers.get("accept-encoding", ""):
            return Response(file.packed, media_type=file.kind, headers=headers | {"Content-Encoding": "gzip"})
        return Response(gzip.decompress(file.packed), media_type=file.kind, headers=headers)


def _packed(path: Path, dressed: bool) -> _File:
    content = (THEME.read_bytes() + b"\n" if dressed else b"") + path.read_bytes()
    if path.suffix == ".gz":
        return _File(KINDS[path.with_suffix("").suffix], content)
    return _File(KINDS[path.suffix], gzip.compress(content, 9, mtime=0))
