"""Files that browsers keep for good: served from memory, compressed once, at addresses that carry their hash."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tornado.web import HTTPError, RequestHandler

from choreo.hub.public import ANYWHERE, Public
from choreo.serve.guard import GuardedHandler

# Chromium compiles a script that begins like this as a whole, in another thread while the page does its own work, instead of
# function by function once they are called; to other browsers it is a comment.
COMPILE_ALL = b"//# allFunctionsCalledOnLoad\n"
FOR_GOOD = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class StaticFile:
    """One file's bytes, plain and compressed."""

    content: bytes
    compressed: bytes  # equal to content where it is compressed already
    media_type: str


@dataclass(frozen=True)
class StaticFiles:
    """Named files. All share one hash, so that modules find each other by relative names."""

    paths: dict[str, Path]  # the name under which a file is served -> where it lies
    public: Public = ANYWHERE  # where the course is for everybody

    @cached_property
    def files(self) -> dict[str, StaticFile]:
        """All files, read once; a `.gz` file is served as what it holds, any other script with the hint to compile it all."""
        return {name: _read(path) for name, path in self.paths.items()}

    @cached_property
    def version(self) -> str:
        """A hash over all names and contents."""
        digest = hashlib.sha256()
        for name, file in sorted(self.files.items()):
            digest.update(name.encode() + b"\0" + file.content)
        return digest.hexdigest()[:16]

    def url(self, name: str) -> str:
        """Where `name` is served; KeyError if there is no such file."""
        self.files[name]
        return self.public.at(f"/static/{self.version}/{name}")


def _read(path: Path) -> StaticFile:
    raw = path.read_bytes()
    content, name = (gzip.decompress(raw), path.stem) if path.suffix == ".gz" else (raw, path.name)
    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    media_type = {".js": "text/javascript", ".mjs": "text/javascript", ".woff2": "font/woff2"}.get(
        Path(name).suffix, media_type
    )
    if media_type == "text/javascript" and content is raw:
        content = COMPILE_ALL + content
    small = media_type.startswith(("font/", "image/png"))
    return StaticFile(content, content if small else gzip.compress(content, 9, mtime=0), media_type)


def send_file(handler: RequestHandler, file: StaticFile, caching: str) -> None:
    """Answer with the file, compressed where the browser takes it."""
    zipped = "gzip" in handler.request.headers.get("Accept-Encoding", "") and file.compressed is not file.content
    if zipped:
        handler.set_header("Content-Encoding", "gzip")
    handler.set_header("Vary", "Accept-Encoding")
    handler.set_header("Content-Type", file.media_type)
    handler.set_header("Cache-Control", caching)
    handler.set_header("X-Content-Type-Options", "nosniff")
    handler.finish(file.compressed if zipped else file.content)


class StaticHandler(GuardedHandler):
    """Serves StaticFiles at /static/<version>/<name>."""

    def initialize(self, static: StaticFiles) -> None:
        """Take the files to serve."""
        self._static = static

    def get(self, version: str, name: str) -> None:
        """Send the file; its address carries its hash, so it is kept for good."""
        file = self._static.files.get(name)
        if file is None or version != self._static.version:
            raise HTTPError(404)
        send_file(self, file, FOR_GOOD)
