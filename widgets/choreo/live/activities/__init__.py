"""The eight activities: each a reducer with its bot (.py), its part of the phone (.js), and notes for the coach (.md)."""

from importlib import import_module

from choreo.live.activity import Activity

NAMES = (
    "pulse",
    "silo-search",
    "micro-cultures",
    "safe-to-say",
    "push-and-pull",
    "trust-over-time",
    "wisdom-of-the-room",
    "flash-mob",
)


def activities() -> dict[str, type[Activity]]:
    """All activities by name, in the course's order."""
    found: dict[str, type[Activity]] = {}
    for name in NAMES:
        try:
            module = import_module(f"choreo.live.activities.{name.replace('-', '_')}")
        except ModuleNotFoundError:  # while the eight are being written; goes before we are done
            continue
        found[name] = getattr(module, name.title().replace("-", ""))
    return found
