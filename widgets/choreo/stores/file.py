"""Entries kept in a file of one's own, where there is no hub: JupyterLab, stock Voilà."""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

from platformdirs import user_data_path

from choreo.progress.entry import Entry, from_json, in_order, to_json
from choreo.progress.store import StoreError
from choreo.stores import private

log = logging.getLogger(__name__)


def data_folder() -> Path:
    """Where Choreo keeps what people made: CHOREO_DATA, or the user's data folder."""
    chosen = os.environ.get("CHOREO_DATA")
    return Path(chosen) if chosen else user_data_path("choreo", appauthor=False)


class FileStore:
    """Entries as JSON lines, one file per lesson, in `folder`/entries."""

    def __init__(self, folder: Path) -> None:
        """Keep the folder's path; it is made when something is stored."""
        self._folder = folder / "entries"

    @property
    def whose(self) -> str:
        """Everybody who uses this folder."""
        return "file"

    def add(self, entry: Entry) -> None:
        """Append the entry and wait until it is on the disk, or raise StoreError."""
        path = self._path(entry.lesson)
        try:
            self._folder.parent.mkdir(mode=private.FOLDER, parents=True, exist_ok=True)
            self._folder.mkdir(mode=private.FOLDER, exist_ok=True)
            private.make_file(path)
            private.close_to_others(self._folder.parent)
            with path.open("a+b") as file, _alone(file):
                if any(known.id == entry.id for known in self.entries(entry.lesson)):
                    return
                _cut_unfinished_line(file)
                file.write(json.dumps(to_json(entry), ensure_ascii=False).encode() + b"\n")
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise StoreError(
                f"{path}: not stored ({error.strerror}); make room or make the folder writable, then try again."
            ) from error

    def entries(self, lesson: str, *beside: str) -> list[Entry]:
        """All entries of a lesson, and with them those of the exercises in `beside`, oldest first.

        A last line without an end (a crash, a full disk) is left out, and so is one that is no entry, which is logged.
        """
        others = {address.partition("/")[0] for address in beside} - {lesson}
        more = [entry for other in sorted(others) for entry in self._read(other) if entry.address in beside]
        return in_order([*self._read(lesson), *more]) if more else self._read(lesson)

    def _read(self, lesson: str) -> list[Entry]:
        path = self._path(lesson)
        try:
            lines = path.read_text(encoding="utf-8").split("\n")
        except FileNotFoundError:
            return []
        except (OSError, UnicodeDecodeError) as error:
            raise StoreError(f"{path}: cannot be read ({error}); make it readable, or move it away.") from error
        found = []
        for number, line in enumerate(lines[:-1], start=1):
            try:
                found.append(from_json(json.loads(line)))
            except (ValueError, RecursionError) as error:  # an EntryError is a ValueError
                log.warning("%s:%d: not an entry (%s); mend or remove this line.", path, number, error)
        return found

    def cohort(self, lesson: str, item: str) -> list[dict[str, Any]] | None:
        """Nobody else is here."""
        return None

    def _path(self, lesson: str) -> Path:
        return self._folder / f"{lesson}.jsonl"


@contextmanager
def _alone(file: BinaryIO) -> Iterator[None]:
    """While no other kernel adds to the file: the same lesson may be open twice. On a disk that has no locks, all the same."""
    with suppress(OSError):
        _lock(file, True)
    try:
        yield
    finally:
        with suppress(OSError):
            _lock(file, False)


def _lock(file: BinaryIO, locked: bool) -> None:
    if sys.platform == "win32":
        import msvcrt

        file.seek(2**30)  # a place that no entry reaches: what is locked cannot be read
        msvcrt.locking(file.fileno(), msvcrt.LK_LOCK if locked else msvcrt.LK_UNLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX if locked else fcntl.LOCK_UN)


def _cut_unfinished_line(file: BinaryIO) -> None:
    """Drop what follows the last line end: a write that a crash or a full disk cut off, and that nobody was told is kept."""
    file.seek(0)
    file.truncate(file.read().rfind(b"\n") + 1)
