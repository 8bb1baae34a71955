"""One hub on one data folder: a lock that ends with the process that has it, and a note of who that is."""

from __future__ import annotations

import json
import os
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

PATIENCE = 5.0  # seconds for a hub that is just ending
PLACE = 2**30  # of the byte that is locked where only bytes can be: beyond the note, which stays readable


class TakenError(Exception):
    """Another hub works on the folder; the message says which, and what helps."""


def hold(folder: Path, process: str, address: str, patience: float = PATIENCE) -> BinaryIO:
    """Lock `folder` for this process; the lock lasts as long as the file that comes back is open.

    Hubs that share a folder have each a name (`process`). On a disk that knows no locks there is none. Raise TakenError,
    or OSError if the folder cannot be made or written.
    """
    path = folder / (f"hub-{process}.lock" if process else "hub.lock")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600), "r+b")
    except OSError as error:
        raise OSError(
            f"{path}: cannot be made or written ({error.strerror}); make the folder writable, or choose another with --data."
        ) from error
    deadline = time.monotonic() + patience
    while not _locked(file):
        if time.monotonic() > deadline:
            holder = file.read(1000)
            file.close()
            raise TakenError(f"{folder}: {_whose(holder)}; {_remedy(process)}")
        time.sleep(0.1)
    note = {"pid": os.getpid(), "since": datetime.now().astimezone().isoformat(timespec="seconds"), "address": address}
    file.truncate(0)
    file.write(json.dumps(note).encode())
    file.flush()
    return file


def running_on(folder: Path) -> str:
    """The address of the hub that works on a folder by its one name; empty if none does."""
    try:
        with (folder / "hub.lock").open("r+b") as file:
            note = file.read(1000)
            file.seek(0)
            return "" if _locked(file) else str(json.loads(note)["address"])
    except (OSError, ValueError, TypeError, KeyError):
        return ""


def _locked(file: BinaryIO) -> bool:
    """Whether the lock is ours now."""
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(PLACE)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        return True  # no locks on this disk
    finally:
        file.seek(0)
    return True


def _whose(note: bytes) -> str:
    try:
        who = json.loads(note)
        since = datetime.fromisoformat(who["since"])
        return f"Choreo runs on it already, at {who['address']} since {since:%d %B, %H:%M} (process {who['pid']:d})"
    except (ValueError, TypeError, KeyError):
        return "Choreo runs on it already"


def _remedy(process: str) -> str:
    if process:
        return f"stop that one, or give this one another name than CHOREO_PROCESS={process}."
    return "use that one or stop it, or choose another folder with --data."
