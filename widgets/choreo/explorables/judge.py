"""Whether something holds: conditions of a guide, and goals in ten crowds."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zlib import crc32

import numpy as np

from choreo.explorables.control import Settings
from choreo.explorables.explorable import Explorable
from choreo.grading.goal import CROWDS, Goal, Reach
from choreo.grading.play import Condition


def meets(reach: Sequence[Reach], ends: Mapping[str, Any]) -> np.ndarray:
    """For each crowd whether all that is to be reached is; `ends` as `Explorable.ends` gives them, shape (crowds,).

    Of a single run's summary, shape ().
    """
    held = [np.vectorize(one.hold, otypes=[bool])(ends[one.measure]) for one in reach]
    return np.asarray(np.all(held, axis=0))


def holds(condition: Condition, settings: Settings, found: Mapping[str, float], deeds: Collection[str]) -> bool:
    """Whether a condition of a guide or a saying is so; `found` is the run's summary, `deeds` what was done so far."""
    if condition.deed is not None:
        return condition.deed in deeds
    value: Any = settings.get(condition.control) if condition.control else found.get(condition.measure or "")
    if condition.exactly is not None:
        return bool(value == condition.exactly)
    value = len(value) if isinstance(value, list) else value
    return isinstance(value, (int, float)) and condition.hold(value)


SETS = 20  # of ten crowds each, among which learners are divided


def crowds(explorable: Explorable, mark: str, first: int = 0) -> tuple[int, ...]:
    """The seeds of the ten crowds of a learner, always the same; one where luck plays no part.

    `mark` differs from learner to learner; empty before it is known. There are SETS sets of ten, from the crowd `first`
    on: few enough to prove for each that it is not the crowds that keep a learner from a goal.
    """
    if not explorable.crowd:
        return (0,)
    begin = first + crc32(mark.encode()) % SETS * CROWDS if mark else first
    return tuple(range(begin, begin + CROWDS))


@dataclass(frozen=True)
class Tried:
    """What a setting came to in one crowd."""

    seed: int
    values: Mapping[str, float]  # by measure
    held: bool


def tries(goal: Goal, explorable: Explorable, settings: Settings, seeds: Sequence[int]) -> Iterator[Tried]:
    """What a setting comes to, crowd by crowd, as each is worked out."""
    params = explorable.params(settings)
    for seed in seeds:
        ends = explorable.ends(params, (seed,))
        values = {one.name: float(ends[one.name][0]) for one in explorable.measures}  # no more: it goes into an answer
        yield Tried(seed, values, bool(meets(goal.reach, ends)[0]))


def enough(goal: Goal, found: Sequence[Tried], of: int) -> bool:
    """Whether all of `of` crowds are known, and so many of them hold that the goal is reached."""
    return len(found) == of and sum(one.held for one in found) >= (1 if of == 1 else goal.of_ten)


def means(found: Sequence[Tried]) -> dict[str, float]:
    """What the measures came to, on average over the crowds that were tried."""
    return {name: round(float(np.mean([one.values[name] for one in found])), 4) for name in found[0].values}
