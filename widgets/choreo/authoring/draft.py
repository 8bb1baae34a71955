"""Files that are written together or not at all."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path


class NotMadeError(Exception):
    """Nothing was written; the message says why, and what helps."""


@dataclass
class Draft:
    """What is to stand in which files, new ones and changed ones."""

    made: dict[Path, str] = field(default_factory=dict)
    changed: dict[Path, str] = field(default_factory=dict)

    def make(self, path: Path, text: str) -> None:
        """A new file; raise NotMadeError where there is one."""
        if path.exists():
            raise NotMadeError(f"{path} is there already; take another name.")
        self.made[path] = text

    def write(self) -> None:
        """Write all, each file at one go; raise NotMadeError, with all as it was before, if one cannot be written."""
        before = {path: path.read_bytes() for path in self.changed}
        folders: list[Path] = []
        try:
            for path, text in {**self.made, **self.changed}.items():
                for folder in reversed([one for one in path.parents if not one.exists()]):
                    folder.mkdir()
                    folders.append(folder)
                _put(path, text.encode())
        except OSError as error:
            self._undo(before, folders)
            where = error.filename or "the course"
            raise NotMadeError(f"{where}: {error.strerror}; make it writable, or make room, then try again.") from error

    def _undo(self, before: dict[Path, bytes], folders: list[Path]) -> None:
        with suppress(OSError):
            for path in self.made:
                path.unlink(missing_ok=True)
            for path, content in before.items():
                if path.read_bytes() != content:
                    _put(path, content)
            for folder in reversed(folders):
                folder.rmdir()


def _put(path: Path, content: bytes) -> None:
    """Put a file in its place whole."""
    beside = path.with_name(f".{path.name}.new")
    try:
        beside.write_bytes(content)
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)
