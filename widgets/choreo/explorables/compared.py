"""A prediction beside what happened: what is drawn and said of it, and how it was played."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np

from choreo.explorables.explorable import Explorable
from choreo.explorables.measure import Measure
from choreo.grading.predict import Predict
from choreo.models.parameter import Parameters
from choreo.words import n_

SEAMS = r"[,;] "  # between the parts of settings in words


@dataclass(frozen=True)
class Compared:
    """One prediction beside what happened, as far as it is known."""

    figure: Mapping[str, Any]  # a Plotly figure; empty while nothing can be drawn
    sentence: str  # in the learner's own numbers, plain text; empty while it is not known
    alt: str = ""
    note: str = ""  # what was run: settings, crowds
    numbers: Mapping[str, Any] = field(default_factory=dict)  # columns, rows
    working: str = ""  # what is still being tried; empty when all is known


def setting(prediction: Predict, found: Explorable, value: float | None = None) -> dict[str, Any]:
    """The settings in which a prediction is played, with `value` for the control that it varies."""
    own = {prediction.vary: value} if prediction.vary and value is not None else {}
    return {**found.start, **prediction.play, **own}


@lru_cache(maxsize=512)
def ends(found: Explorable, params: Parameters, crowds: int) -> Mapping[str, np.ndarray]:
    """What every measure comes to in so many crowds, shape (crowds,): worked out once for all who predicted the same."""
    return found.ends(params, range(crowds))


def measured(found: Explorable, name: str | None) -> Measure:
    """The explorable's measure of that name."""
    return next(measure for measure in found.measures if measure.name == name)


def note(prediction: Predict, found: Explorable, crowds: int) -> str:
    """What was run, in words, without what the prediction varies."""
    words = stays(prediction, found)
    if not found.crowd:
        return words
    return n_("{settings}; one try.", "{settings}; the mean of {crowds} tries.", crowds).format(
        settings=words, crowds=crowds
    )


def stays(prediction: Predict, found: Explorable) -> str:
    """The settings in words, but for what is said of the control that the prediction varies."""
    words = found.words(setting(prediction, found))
    control = next((one for one in found.controls if one.name == prediction.vary), None)
    if control is None:
        return words
    low, high = (re.split(SEAMS, found.words(setting(prediction, found, end))) for end in (control.low, control.high))
    return (
        ", ".join(one for one, other in zip(low, high, strict=True) if one == other) if len(low) == len(high) else words
    )
