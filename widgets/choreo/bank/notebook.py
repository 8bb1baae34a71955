"""What a lesson's notebook calls: which exercises it shows, and by which of the lesson's methods."""

from __future__ import annotations

import json
import re
from pathlib import Path

CALL = re.compile(r"""\b(?:lesson|coach)\.(?P<method>\w+)\((?:["'](?P<name>[^"']*)["'])?""")
ASIDE = ("extra", "compare", "later")  # methods whose exercise nobody has to do


def calls(path: Path) -> dict[str, str] | None:
    """The exercises that a notebook's cells name, each with the method that shows it; None for a file that is no notebook."""
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None
    found: dict[str, str] = {}
    for source in sources:
        for call in CALL.finditer(source):
            if call["name"] and found.get(call["name"], ASIDE[0]) in ASIDE:
                found[call["name"]] = call["method"]
    return found


def needed(path: Path) -> frozenset[str] | None:
    """The exercises that finish the lesson: all that its notebook shows, but those that are there for who likes."""
    found = calls(path)
    return None if found is None else frozenset(name for name, method in found.items() if method not in ASIDE)
