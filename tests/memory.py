"""Where a hub's data lie in tests that do not kill it: in memory, since a disk takes some 20 ms for each answer that is kept."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MEMORY = Path("/dev/shm")
ENOUGH = 2e9  # bytes; some containers have 64 MB


@contextmanager
def in_memory() -> Iterator[Path]:
    """A folder for a while; on the disk where there is no such place, or little of it."""
    there = os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ENOUGH
    with tempfile.TemporaryDirectory(
        prefix="choreo-", dir=MEMORY if there else None, ignore_cleanup_errors=True
    ) as folder:
        yield Path(folder)
