"""Files beside the notebooks, handed out by the lesson server: as a lesson's page asks for them."""

from __future__ import annotations

from pathlib import Path

from tornado.web import HTTPError, StaticFileHandler

from choreo.bank.beside import ALONE, SHOWN, TAKEN, beside
from choreo.serve.guard import Guarded


class BesideHandler(Guarded, StaticFileHandler):
    """Serves pictures, films, sounds, captions and data in the lessons' folder."""

    @classmethod
    def get_absolute_path(cls, root: str, path: str) -> str:
        """Where the file lies; raise 404 for what is none of those, or lies elsewhere."""
        try:
            return str(beside(Path(root), path))
        except FileNotFoundError as error:
            raise HTTPError(404) from error

    def validate_absolute_path(self, root: str, absolute_path: str) -> str:
        """The file, which is known to be one."""
        return absolute_path

    def set_extra_headers(self, path: str) -> None:
        """Asked for anew each time, by its date: an author may just have drawn another picture."""
        ending = Path(path).suffix.lower()
        self.set_header("Cache-Control", "no-cache")
        self.set_header("Content-Security-Policy", ALONE)
        if ending in TAKEN:
            self.set_header("Content-Disposition", "attachment")

    def get_content_type(self) -> str:
        """What the ending says."""
        return SHOWN.get(Path(self.path).suffix.lower(), "application/octet-stream")

    def compute_etag(self) -> str:
        """Another one once the file is another; its content is not read for that."""
        found = Path(str(self.absolute_path)).stat()
        return f'"{found.st_mtime_ns:x}-{found.st_size:x}"'
