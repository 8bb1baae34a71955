"""What every model returns: frames for a stage, series for charts, a summary, words, and the clock they share.

A model's file has a record of Parameters, and for it

    run(params, rng) -> Run                                    one run
    run_many(params, rng, runs) -> {measure: values}           the summaries of so many, each of shape (runs,)

`run_many` may add arrays with more axes, which its docstring names; the first is always that of the runs. Where many
crowds side by side are much faster than one after another, there is also

    ends(params, seeds) -> {measure: values}                   the summary of run(params, default_rng(seed)) for each seed
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np

from choreo.models.parameter import Parameters

P = TypeVar("P", bound=Parameters)


@dataclass(frozen=True)
class Clock:
    """What a run counts in, and the moment of each frame; the last is the end of the run."""

    name: str  # "time", "round", "turn" or "person"
    unit: str  # "s", "rounds", "turns" or "people"
    times: np.ndarray  # in ascending order, shape (frames,)


@dataclass(frozen=True)
class Run:
    """One simulation, computed once.

    All `frames` and `series` have a value for each of `clock.times` as their first axis; `frames` are in compact dtypes,
    because they travel to a browser. ValueError if one is longer or shorter than the clock.
    """

    summary: Mapping[str, float]
    trace: tuple[str, ...]  # what happened, in sentences, for people who do not see the stage
    clock: Clock
    series: Mapping[str, np.ndarray] = field(default_factory=dict)
    frames: Mapping[str, np.ndarray] = field(default_factory=dict)
    still: Mapping[str, np.ndarray] = field(default_factory=dict)  # what does not change meanwhile: no axis of time

    def __post_init__(self) -> None:
        """Raise ValueError, naming every array that does not keep to the clock."""
        length = len(self.clock.times)
        named = [("series", self.series), ("frames", self.frames)]
        kept = [(f"{part} {name!r}", values.shape) for part, arrays in named for name, values in arrays.items()]
        if off := [f"{name} {shape}" for name, shape in kept if shape[:1] != (length,)]:
            raise ValueError(f"{', '.join(off)}: must have one value for each of the clock's {length} moments")

    @property
    def frame_bytes(self) -> int:
        """Bytes that the frames take on their way to the stage."""
        return sum(frame.nbytes for frame in self.frames.values())


def moments(length: int, most: int) -> np.ndarray:
    """At most `most` (two or more) evenly spaced indices of so many moments, the first and the last among them."""
    return np.unique(np.linspace(0, length - 1, min(length, most)).round().astype(np.intp))


def summaries(
    run: Callable[[P, np.random.Generator], Run], params: P, rng: np.random.Generator, runs: int
) -> dict[str, np.ndarray]:
    """The summaries of `runs` runs one after another: each measure's values, shape (runs,); none without runs."""
    found = [run(params, rng).summary for _run in range(runs)]
    return {name: np.array([summary[name] for summary in found]) for name in (found[0] if found else ())}
