"""How a server says that it answers, and to whoever started it that it is theirs."""

from __future__ import annotations

import os

START = "CHOREO_START"  # the environment's word of this start; whoever has another one, or none, is another server
TAKEN = 98  # exit code of a server that found its port taken by another program


def health() -> dict[str, object]:
    """What /health answers."""
    start = os.environ.get(START)
    return {"ok": True, "start": start} if start else {"ok": True}


def live() -> dict[str, object]:
    """What /live answers: the process turns."""
    return {"ok": True}


def ready(why_not: str) -> dict[str, object]:
    """What /ready answers, if nobody new should come in for this reason; empty for none."""
    return {"ready": False, "why": why_not} if why_not else {"ready": True}
