"""An explorable of a few lines: people who push, and a seed that is luck."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from choreo.explorables.control import Control, Option
from choreo.explorables.explorable import Explorable, Figure, Scene
from choreo.explorables.measure import Measure
from choreo.models.parameter import Parameters, choice, number, whole
from choreo.models.run import Clock, Run

WAYS = ("alone", "together")


@dataclass(frozen=True)
class Pushing(Parameters):
    """How hard, and how."""

    push: float = number(1.0, 0, 10, "how hard they push")
    hands: int = whole(2, 0, 20, "how many hands")
    way: str = choice("alone", WAYS, "how they push")


class Fake(Explorable):
    """The end is push / 10, and up to .09 of luck: with 9, nine of any ten crowds in a row come to .90 or more."""

    model, stage, crowd = Pushing, "plaza", "team"
    controls = (
        Control("push", "How hard", 0, 10, 0.5, digits=1),
        Control("hands", "How many hands", 0, 20, unit="hands"),
        Control("way", "How", options=(Option("alone", "Alone"), Option("together", "Together"))),
    )
    start = {"push": 1.0, "hands": 2, "way": "alone"}  # noqa: RUF012  # as in choreo.explorables
    measures = (Measure("moved", "Moved", series="moved"),)

    def run(self, params: Pushing, seed: int) -> Run:
        """Five moments on the way to the end."""
        end = params.push / 10 + seed % 10 / 100
        moved = np.linspace(0, end, 5)
        return Run(
            summary={"moved": end, "unknown": float("nan")},
            trace=("They push.", f"Moved {end:.0%}."),
            clock=Clock("time", "s", np.arange(5.0)),
            series={"moved": moved},
            frames={"phase": np.full((5, 3), seed % 256, dtype=np.uint8)},
        )

    def scene(self, params: Pushing, found: Run, seed: int) -> Scene:
        """Three people in a row."""
        return {"phase": found.frames["phase"], "columns": 3, "beat": 0.4}

    def figure(self, params: Any, found: Run) -> Figure:
        """A line."""
        data = [{"type": "scatter", "y": found.series["moved"].tolist()}]
        numbers = {"columns": ["moved"], "rows": [["1"]]}
        figure = {"data": data, "layout": {}}
        return {
            "figure": figure,
            "alt": "A line.",
            "numbers": numbers,
            "title": "Moved",
            "measure": "moved",
            "scale": 100,
        }

    def words(self, settings: Any) -> str:
        """The settings."""
        return f"push {settings['push']:g} with {settings['hands']} hands, {settings['way']}"

    def advice(self, settings: Any, found: Any) -> str:
        """How far it got."""
        return f"Moved {found['moved']:.0%}."
