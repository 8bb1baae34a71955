"""Files for the eyes of whoever runs the course alone: people write about their bosses here."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

FOLDER, FILE = 0o700, 0o600
SECRET_FILE = "CHOREO_SECRET_FILE"  # in the environment: a file with the secret, where machines share no folder


def secret_place(data: Path) -> Path:
    """Where the secret is that signs cookies and hashes resume codes: in the data folder, if no other file is named."""
    return Path(os.environ.get(SECRET_FILE) or data / "secret")


def close_to_others(folder: Path) -> None:
    """Take from others what they may do with a data folder and the files of Choreo's in it, as far as they are ours to close.

    A folder that is no place of Choreo's own (a home, /srv, one that all may write to) is left open, its files are not.
    """
    folder = folder.absolute()
    if folder != Path.home() and len(folder.parts) > 2:
        _close(folder)
    for pattern in ("choreo.*", "hub*.lock", "secret*", "entries", "entries/*.jsonl"):
        for path in folder.glob(pattern):
            _close(path)


def make_file(path: Path) -> None:
    """Make a file that is not there yet, closed to others before there is anything in it; raise OSError."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, FILE))


def _close(path: Path) -> None:
    with suppress(OSError):
        found = path.stat()
        own = hasattr(os, "geteuid") and found.st_uid == os.geteuid()
        if own and found.st_mode & 0o077 and not found.st_mode & stat.S_ISVTX:
            path.chmod(stat.S_IMODE(found.st_mode) & FOLDER)
