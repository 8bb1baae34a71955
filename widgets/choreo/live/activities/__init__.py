"""The activities, each a folder: the reducer with its bot (activity.py), its part of the phone (phone.js), the coach's notes.

In larger ones game.py holds the rules and the state, room.py what the room sees meanwhile, debrief.py and what_if.py what it
sees afterwards, and model.py the lesson's model from this room's numbers.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path

from choreo.bank.files import files
from choreo.live.activity import Activity
from choreo.live.guide import questions_in

HERE = Path(__file__).parent


@cache
def activities() -> dict[str, type[Activity]]:
    """All activities by name, in the course's order; imported when first asked for, as their models are."""
    kinds = [_activity(path.parent.name) for path in files(HERE, "*/activity.py")]
    return {kind.name: kind for kind in sorted(kinds, key=lambda kind: (kind.lesson, kind.name))}


def _activity(folder: str) -> type[Activity]:
    """The class that is named as its folder: FlashMob in flash_mob/activity.py."""
    module = import_module(f"{__name__}.{folder}.activity")
    found: type[Activity] = getattr(module, folder.title().replace("_", ""))
    return found


def phone_part(name: str) -> str:
    """The file of an activity's part of the phone, from live/ on."""
    return f"activities/{_folder(name)}/phone.js"


@cache
def notes_on(name: str) -> str:
    """The coach's notes on an activity, as Markdown."""
    return (HERE / _folder(name) / "notes.md").read_text(encoding="utf-8")


@cache
def guide_to(name: str) -> tuple[str, ...]:
    """The questions of an activity's ten minutes that a room leads itself, from its notes; none where they ask none."""
    return questions_in(notes_on(name))


def _folder(name: str) -> str:
    return name.replace("-", "_")
