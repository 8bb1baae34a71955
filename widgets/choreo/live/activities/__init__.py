"""The eight activities: each a reducer with its bot (.py), its part of the phone (.js), and notes for the coach (.md)."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from choreo.live.activity import Activity

NAMES = (  # in the course's order; an activity's module is named after it, and so is its class
    "pulse",
    "silo-search",
    "micro-cultures",
    "safe-to-say",
    "push-and-pull",
    "trust-over-time",
    "wisdom-of-the-room",
    "flash-mob",
)


@cache
def activities() -> dict[str, type[Activity]]:
    """All activities by name, in the course's order; imported when first asked for, as their models are."""
    return {name: _activity(name) for name in NAMES}


def _activity(name: str) -> type[Activity]:
    module = import_module(f"choreo.live.activities.{name.replace('-', '_')}")
    found: type[Activity] = getattr(module, name.title().replace("-", ""))
    return found
