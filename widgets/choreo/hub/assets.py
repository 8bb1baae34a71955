"""Style sheets, scripts and pictures under names that change with their content: browsers keep them for good."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from choreo.bank.files import files
from choreo.views.source import script
from choreo.views.typeface import FILES as TYPE_FILES
from choreo.views.typeface import faces

STATIC = Path(__file__).parent / "static"
PACKAGE = Path(__file__).parents[1]
THEME = PACKAGE / "views" / "theme.css"
PLOTLY = PACKAGE / "views" / "plotly" / "plotly-cartesian.min.js.gz"
START = PACKAGE / "serve" / "static" / "start.js"  # knows what browsers keep for a learner
KINDS = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml"}
KEY = PACKAGE / "views" / "shared" / "key.css"
BEFORE = {
    "phone/phone.css": THEME,
    "room/screen.css": THEME,
    "room/room.css": KEY,
}  # what stands in front of live's sheets
FOREVER = "public, max-age=31536000, immutable"


class Assets:
    """The files of static/, read once; theme.css comes before hub.css in one sheet."""

    def __init__(self) -> None:
        """Read all files."""
        self._addresses: dict[str, str] = {}
        self._content: dict[str, bytes] = {}
        for path in files(STATIC, "*"):
            content = path.read_bytes()
            if path.name == "hub.css":
                content = THEME.read_bytes() + b"\n" + content
            self._keep(path.name, content)
        self._keep(START.name, START.read_bytes())
        for name, path in TYPE_FILES.items():
            self._keep(name, path.read_bytes())
        self._keep("prose.css", faces(self._addresses.__getitem__).encode())  # beside the sheet
        self.live = LiveAssets()

    def _keep(self, name: str, content: bytes) -> None:
        stem, ending = name.rsplit(".", 1)
        hashed = f"{stem}.{hashlib.sha256(content).hexdigest()[:12]}.{ending}"
        self._addresses[name] = hashed
        self._content[hashed] = content

    def address(self, name: str) -> str:
        """The file's address, without what stands in front of the course."""
        return f"/static/{self._addresses[name]}"

    def text(self, name: str) -> str:
        """The file's text."""
        return self._content[self._addresses[name]].decode()

    def routes(self) -> list[Route]:
        """The addresses that serve them all."""
        return [Route("/static/{name}", self._serve, methods=["GET"]), self.live.route()]

    async def _serve(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name not in self._content:
            raise HTTPException(404)
        kind = "font/woff2" if name.endswith(".woff2") else mimetypes.guess_type(name)[0] or "application/octet-stream"
        return Response(self._content[name], media_type=kind, headers={"Cache-Control": FOREVER})


@dataclass(frozen=True)
class _File:
    kind: str
    packed: bytes  # gzip, done once: a room of a thousand asks for the same files within seconds
    mark: bytes  # a hash of what is packed: the same on every machine, however it packs


class LiveAssets:
    """The phone's and the projector's files, in folders as in the source, all under one hash.

    A module comes with all that it imports in one text: a room of phones asks once, and a phone that asks again after a bad
    moment asks for all of it.
    """

    def __init__(self) -> None:
        """Read and pack all files."""
        live = PACKAGE / "live"
        found = {THEME.name: THEME, PLOTLY.name.removesuffix(".gz"): PLOTLY}
        for folder in ("phone/*", "room/*", "activities/*/*"):
            for path in files(live, folder):
                if path.suffix in KINDS:
                    found[path.relative_to(live).as_posix()] = path
        self._files = {name: _packed(path, BEFORE.get(name)) for name, path in found.items()}
        every = hashlib.sha256()
        for name in sorted(self._files):
            every.update(name.encode() + b"\0" + self._files[name].mark)
        self._hash = every.hexdigest()[:12]

    def address(self, name: str) -> str:
        """The file's address ("phone/phone.js"), without what stands in front of the course: a room's phones share it."""
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


@cache  # also where a process has several hubs, as in tests
def _packed(path: Path, before: Path | None) -> _File:
    if path.suffix == ".gz":
        packed = path.read_bytes()
        return _File(KINDS[path.with_suffix("").suffix], packed, hashlib.sha256(packed).digest())
    content = (before.read_bytes() + b"\n" if before else b"") + path.read_bytes()
    if path.suffix == ".js":
        content = script(path).encode()
    return _File(KINDS[path.suffix], gzip.compress(content, 9, mtime=0), hashlib.sha256(content).digest())
