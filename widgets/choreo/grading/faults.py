"""What does not fit together in an author's file: several faults at once, and the name that was perhaps meant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches

Place = tuple[str | int, ...]


class FaultsError(ValueError):
    """Each fault with its place in the record; for validators that can find more than one."""

    def __init__(self, found: Sequence[tuple[Place, str]]) -> None:
        """Keep place and fault of each; the message has them all."""
        super().__init__("; ".join(f"{'.'.join(map(str, place))}: {fault}" for place, fault in found))
        self.found = tuple(found)


def nearest(name: str, known: Sequence[str]) -> str:
    """The remedy for an unknown name: the nearest known one, or all there are."""
    close = get_close_matches(name, known, n=1)
    if close:
        return f'did you mean "{close[0]}"?'
    return f"known are: {', '.join(known)}." if known else "remove it."


def as_name(text: str) -> str:
    """A text as a name of lower-case letters, digits and hyphens; empty where nothing of it can stay.

    >>> as_name("My first Exercise")
    'my-first-exercise'
    """
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:80]
