"""An explorable: a published model with controls, a stage and words, as data and a few functions. Pure.

A file of this folder holds one, named after it: `micro_cultures.py` has `class MicroCultures(Explorable)`, and exercise
files say `explorable: micro-cultures`. All else (playing, goals, guides, saving, drawing) is done by the player of
choreo.views, the same for all.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar

import numpy as np

from choreo.explorables.control import Control, Settings
from choreo.explorables.measure import Measure
from choreo.explorables.reading import Reading
from choreo.models.parameter import Parameters
from choreo.models.run import Run

Scene = Mapping[str, Any]  # what a stage draws: JSON, and numpy arrays, which travel as bytes
Figure = Mapping[str, Any]
"""A chart: `figure` (Plotly's data and layout), `alt`, `numbers` (columns, rows), `title`. Where its y axis shows a measure,
it says so (`measure`, and `scale`: 100 for percent): the player draws goal and prediction as lines across."""

STAGES = ("plaza", "people", "network", "territory", "relief", "scale", "ledger")


class Explorable(ABC):
    """A model that people can play with.

    A subclass names its parts and says in words and pictures what a run came to. Nothing here knows who the learner is,
    draws, or keeps anything.
    """

    model: ClassVar[type[Parameters]]
    stage: ClassVar[str]  # one of STAGES
    controls: ClassVar[tuple[Control, ...]]
    start: ClassVar[Settings]  # a setting for every control
    measures: ClassVar[tuple[Measure, ...]]  # the first is what the chart and the meters lead with
    live: ClassVar[bool] = False  # whether its stage can go on while people tap along: its scene has a part `live`
    asks: ClassVar[str] = ""  # the question that `reading` answers, as its heading
    crowd: ClassVar[str] = "crowd"  # what a seed makes: "crowd", "floor", "hall"; "" where luck plays no part

    def params(self, settings: Settings) -> Parameters:
        """The model's record for these settings; what has a hash, since what it comes to is remembered."""
        return self.model(**settings)

    @abstractmethod
    def run(self, params: Any, seed: int) -> Run:
        """One run, the same for the same seed; at most 100 ms."""

    def glimpse(self, params: Any, seed: int) -> Run:
        """The run that is shown while a control is being dragged: with fewer moments, or less beside, where that saves time."""
        return self.run(params, seed)

    def ends(self, params: Any, seeds: Sequence[int]) -> Mapping[str, np.ndarray]:
        """What every measure comes to for each seed, by the measure's name; shape (seeds,)."""
        found = [self.run(params, seed).summary for seed in seeds]
        return {one.name: np.array([summary[one.name] for summary in found]) for one in self.measures}

    def end(self, found: Run) -> Run:
        """What is shown while a control is being dragged: the last two moments; all where a stage lays time out in space."""
        last = slice(-2, None)
        return replace(
            found,
            clock=replace(found.clock, times=found.clock.times[last]),
            frames={name: frames[last] for name, frames in found.frames.items()},
            series={name: series[last] for name, series in found.series.items()},
        )

    @abstractmethod
    def scene(self, params: Any, found: Run, seed: int) -> Scene:
        """What the stage draws. Arrays with a frame for each value of the run's clock come first in time; see the stage.

        Any stage understands `names` ({person: name}) and `tells` (for each person, or whatever can be touched, a sentence:
        what they hear, know or hold back), and `legend` (how to read the picture) where the stage's own does not fit.
        """

    def figure(self, params: Any, found: Run) -> Figure | None:
        """The chart beside the stage; None where the stage says it all. Its traces name roles (choreo/roles.py)."""
        return None

    @abstractmethod
    def words(self, settings: Settings) -> str:
        """The settings in one line, for the portfolio, kept settings and screen readers."""

    def reading(self, params: Any) -> Reading | None:
        """What can be read off these settings at length, when somebody asks; None where there is no such question."""
        return None

    def advice(self, settings: Settings, found: Mapping[str, float]) -> str:
        """What a run that falls short shows, in a sentence or two; `found` is the run's summary."""
        return ""
