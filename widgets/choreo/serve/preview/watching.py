"""What of a course and of the code stands where, and when it was saved."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import choreo

PREVIEW = "CHOREO_PREVIEW"  # in the environment: 1 for servers that an author looks at their work with
PACKAGE = Path(choreo.__file__).parent
LEFT_OUT = ("node_modules", "__pycache__", "licenses")
SERVERS = ("serve/", "authoring/", "door/", "hub/")  # what no lesson imports, beneath the package
LESSON_SERVER = ("serve/", "hub/", "bank/", "stores/", "views/markdown.py", "views/source.py", "views/theme.css")
DOOR = ("door/", "hub/")
HUB = ("hub/", "live/", "progress/", "bank/", "grading/", "stores/", "words.py", "typed.py")

Marks = dict[str, tuple[int, int]]
"""By path: when it was saved, in nanoseconds, and its size."""


def look(folders: Iterable[Path]) -> Marks:
    """All files in the folders, but what programs leave there."""
    return {path: mark for folder in folders for path, mark in _files(str(folder))}


def _files(folder: str) -> Iterator[tuple[str, tuple[int, int]]]:
    try:
        with os.scandir(folder) as found:
            for one in sorted(found, key=lambda one: one.name):
                if one.name in LEFT_OUT or one.name.startswith((".", "#")) or one.name.endswith("~"):
                    continue
                if one.is_dir():
                    yield from _files(one.path)
                else:
                    state = one.stat()
                    yield one.path, (state.st_mtime_ns, state.st_size)
    except FileNotFoundError:
        return  # an editor is just putting another one in its place


def changed(before: Marks, now: Marks) -> list[str]:
    """The paths that are new, gone or saved since, in the order of the alphabet."""
    return sorted(path for path in before.keys() | now.keys() if before.get(path) != now.get(path))


def in_code(path: str) -> str:
    """Where a file stands in the package, as "views/card.js"; "" for one that does not."""
    own = f"{PACKAGE}{os.sep}"
    return path.removeprefix(own).replace(os.sep, "/") if path.startswith(own) else ""


def code_of_lessons() -> Marks:
    """The code that a lesson may have imported."""
    return {path: mark for path, mark in look([PACKAGE]).items() if not in_code(path).startswith(SERVERS)}


def stale_servers(paths: Iterable[str]) -> list[str]:
    """Which servers have run with these files, so that they are to start again."""
    code = [name for path in paths if (name := in_code(path)) and not name.startswith("serve/client/src/")]
    servers = {"hub": HUB, "lesson server": LESSON_SERVER, "door": DOOR}
    return [server for server, its in servers.items() if any(name.startswith(its) for name in code)]
