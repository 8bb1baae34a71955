"""What entries hold, as people read it. Whatever it is, nothing here raises."""

from __future__ import annotations

from datetime import date


def in_words(name: object) -> str:
    """A name as people read it.

    >>> in_words("my-next-move")
    'My next move'
    """
    words = plain(name).replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def plain(value: object) -> str:
    """A text that can be written as UTF-8: half characters become question marks; what is no text is empty."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else ""


def day(value: object) -> date | None:
    """The day in "2026-12-01"; None for anything else."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) and len(value) == len("2026-12-01") else None
    except ValueError:
        return None


def in_figures(value: object) -> str:
    """A setting or a number as people read it; empty for anything else."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, (int, float)) else plain(value)
