"""Memory that was freed goes back to the system: after a rush a process is as small as before it."""

from __future__ import annotations

import ctypes
import sys


def give_back() -> None:
    """Hand back what the C library keeps of freed memory; does nothing where it cannot be asked (all but glibc)."""
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)
