"""Pins: settings that a learner keeps beside the stage, newest first. Pure.

A pin is {settings, seed, words, result}: what was set, in which crowd, both in words, and what came of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from choreo.explorables.control import Settings, sound
from choreo.explorables.explorable import Explorable
from choreo.models.run import Run
from choreo.progress.legible import plain

PINS = 8
Pin = dict[str, Any]


def pin(explorable: Explorable, settings: Settings, seed: int, found: Run) -> Pin:
    """A setting and what its run came to, by the explorable's first measure."""
    measure = explorable.measures[0]
    return {
        "settings": dict(settings),
        "seed": seed,
        "words": explorable.words(settings),
        "result": f"{measure.label}: {measure.words(found.summary[measure.name])}",
    }


def with_pin(pins: Sequence[Pin], new: Pin) -> list[Pin]:
    """The pins with a new one in front; what was kept before of the same setting and crowd goes, and the oldest of too many."""
    others = [one for one in pins if (one["settings"], one["seed"]) != (new["settings"], new["seed"])]
    return [new, *others][:PINS]


def sound_pins(explorable: Explorable, given: object, begin: Settings, seed: int) -> list[Pin]:
    """Pins as they come back from an entry or a browser: what is none is left out.

    `begin` stands in for settings that are missing, `seed` for a crowd.
    """
    pins = [one for one in given if _is_pin(one)] if isinstance(given, list) else []
    return [
        {
            "settings": sound(explorable.controls, one["settings"], begin),
            "seed": one.get("seed", one["settings"].get("seed", seed)),  # older pins have it among the settings
            "words": plain(one["words"]),
            "result": plain(one["result"]),
        }
        for one in pins[:PINS]
    ]


def _is_pin(pin: object) -> bool:
    return (
        isinstance(pin, dict)
        and isinstance(pin.get("settings"), dict)
        and all(isinstance(pin.get(name), str) and len(pin[name]) < 300 for name in ("result", "words"))
        and all(
            type(seed) is int and 0 <= seed < 10**6 for seed in (pin.get("seed", 0), pin["settings"].get("seed", 0))
        )
    )
