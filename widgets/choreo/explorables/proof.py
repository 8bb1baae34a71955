"""Plays a goal's explorable many times with the same settings: the proof that a goal can be reached, and is not yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module

from choreo.grading.goal import Goal, Setting

SEEDS = tuple(range(10))


def played(goal: Goal, settings: Mapping[str, Setting]) -> Sequence[float]:
    """What each of ten seeded runs reaches, 0 to 1; raise ValueError if there is no such explorable or setting."""
    name = f"choreo.explorables.{goal.explorable}"
    try:
        module = import_module(name)
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        raise ValueError(f'there is no explorable "{goal.explorable}"') from error
    try:
        ends: Sequence[float] = module.ends(settings, SEEDS)
    except TypeError as error:
        raise ValueError(str(error)) from error
    return ends
