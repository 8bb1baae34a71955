"""What code in a lesson may reach: the course and its own scratch files, not what people have done.

    python -m choreo.serve.confined COMMAND ...   runs a command so confined: a kernel of Voilà's

CHOREO_CLOSED in the environment names the places that are closed: the data folder, a secret or a SQLite database elsewhere.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator, Mapping, MutableMapping
from pathlib import Path
from urllib.parse import urlsplit

from choreo.serve import landlock
from choreo.stores.private import SECRET_FILE, secret_place

CLOSED = "CHOREO_CLOSED"
WITHOUT = "this system has no Landlock, which Linux has from 5.13 on where it is switched on"
SCRATCH = ("IPYTHONDIR", "JUPYTER_RUNTIME_DIR")  # in the environment: folders that a kernel writes to
ALL_DEVICES = Path("/dev")  # among them the disk as a whole, which root may read
DEVICES = tuple(f"/dev/{name}" for name in ("null", "zero", "full", "random", "urandom", "tty", "shm"))

# What of the environment lessons get; not among it: passwords and keys of whoever started the course.
PERSONS = ("HOME", "USER", "LOGNAME", "SHELL", "TERM", "LANG", "LANGUAGE", "TZ", "TMPDIR", "TMP", "TEMP")
PROGRAMS = ("PATH", "VIRTUAL_ENV", "CONDA_PREFIX", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "IPYTHONDIR", "MPLCONFIGDIR")
JUPYTERS = tuple(f"JUPYTER_{name}" for name in ("RUNTIME_DIR", "PATH", "CONFIG_DIR", "DATA_DIR", "PLATFORM_DIRS"))
WINDOWS = ("SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "PATHEXT", "APPDATA", "LOCALAPPDATA", "USERPROFILE")
KEPT = frozenset((*PERSONS, *PROGRAMS, *JUPYTERS, *WINDOWS, "PROGRAMDATA"))
KEPT_KINDS = ("LC_", "PYTHON", "PYDEVD_", "OPENBLAS_", "OMP_", "MKL_", "MALLOC_", "CHOREO_")
SECRET = frozenset({"CHOREO_DATABASE", "CHOREO_DOOR"})


def scrubbed(environ: Mapping[str, str]) -> dict[str, str]:
    """What of an environment the lesson server and its kernels get."""
    return {
        name: value
        for name, value in environ.items()
        if (name.upper() in KEPT or name.upper().startswith(KEPT_KINDS)) and name not in SECRET
    }


def lessons_environ(environ: Mapping[str, str], data: Path) -> dict[str, str]:
    """The same, with the places named that are closed to lessons; `data` is the folder of what people have done."""
    closed = closed_places(data, environ.get("CHOREO_DATABASE", ""))
    return scrubbed(environ) | {CLOSED: os.pathsep.join(map(str, closed))}


def closed_places(data: Path, database: str) -> list[Path]:
    """What no lesson may reach: the data folder, the secret, the file of a SQLite database (`database` is its address)."""
    scheme, _, file = database.partition(":///")
    elsewhere = [Path(file)] if scheme.startswith("sqlite") and file else []
    if (secret := secret_place(data)).parent != data:
        elsewhere.append(secret)
    return [place.resolve() for place in (data, *elsewhere)]


def hide_secret(environ: MutableMapping[str, str]) -> None:
    """Have no lesson be told which file has the hub's secret, if one is named, nor read it."""
    if named := environ.pop(SECRET_FILE, ""):
        known = environ.get(CLOSED)
        environ[CLOSED] = os.pathsep.join([*([known] if known else []), str(Path(named).resolve())])


def possible(environ: Mapping[str, str]) -> bool:
    """Whether there is something to close, and a way to do it."""
    return bool(environ.get(CLOSED)) and landlock.version() > 0


def warning(environ: Mapping[str, str]) -> str:
    """What whoever starts a course should know where there is no way to close anything; else empty."""
    if not environ.get(CLOSED) or possible(environ):
        return ""
    return f"Code in lessons could read people’s work: {WITHOUT}. See docs/operating.md."


def confine(environ: Mapping[str, str], tcp: bool = True) -> None:
    """Give up, for this process and its children, all ways to the closed places, where that is possible.

    From then on they write to scratch folders only, and over TCP they reach the hub and nothing else (unless `tcp`).
    Only what is there now can be read beside a closed place, so call this once all folders are made, and before threads.
    Raise LandlockError.
    """
    if not possible(environ):
        return
    closed = [Path(place) for place in environ[CLOSED].split(os.pathsep)]
    port = None if tcp else urlsplit(environ.get("CHOREO_HUB", "")).port
    scratch = [tempfile.gettempdir(), *(environ[name] for name in SCRATCH if name in environ)]
    writable = [Path(place).resolve() for place in (*scratch, *DEVICES) if Path(place).exists()]
    readable = open_places([*closed, ALL_DEVICES])
    landlock.restrict(readable, [one for one in writable if not _covers(one, closed)], port)
    landlock.give_up_capabilities()


def part(environ: Mapping[str, str]) -> None:
    """Let a fresh fork be apart from the other kernels, where that is possible; raise LandlockError."""
    if possible(environ):
        landlock.part()


def open_places(closed: list[Path], folder: Path = Path("/")) -> Iterator[Path]:
    """Places that together hold everything there is beneath `folder`, but for the closed ones.

    What is called as a closed file and goes on with a hyphen is its journal, and closed, too.
    """
    try:
        children = sorted(folder.iterdir())
    except OSError:  # may be passed through, but not listed
        children = [folder / one.relative_to(folder).parts[0] for one in closed if one.is_relative_to(folder)]
    for child in children:
        if child.is_symlink() or any(_is_closed(child, one) for one in closed):
            continue  # what a link leads to is held under its own name
        if _covers(child, closed):
            yield from open_places(closed, child)
        else:
            yield child


def _is_closed(path: Path, closed: Path) -> bool:
    return path.parent == closed.parent and (path.name == closed.name or path.name.startswith(f"{closed.name}-"))


def _covers(path: Path, closed: list[Path]) -> bool:
    return any(one.is_relative_to(path) for one in closed)


def main() -> None:
    """Run the command that follows, confined where that can be."""
    confine(os.environ)
    os.execv(sys.argv[1], sys.argv[1:])


if __name__ == "__main__":
    main()
