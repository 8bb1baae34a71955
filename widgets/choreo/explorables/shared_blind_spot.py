"""Twelve estimates of one thing: how far off they are on average, and how far each is off alone."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import ClassVar

import numpy as np

from choreo.explorables.control import Control, Settings
from choreo.explorables.explorable import Explorable, Scene
from choreo.explorables.measure import Measure
from choreo.models.crowd import Crowd, diversity_prediction, run
from choreo.models.run import Run
from choreo.words import _

PEOPLE, TRUTH, OFF = 12, 84.0, 4.0  # points of a hundred; how far somebody is off alone (root mean square)
WIDE = 12  # points to both sides of the truth


class SharedBlindSpot(Explorable):
    """The diversity prediction theorem (Page, 2007): each stays as far off as before, and the errors grow alike."""

    model, stage, crowd = Crowd, "scale", "table"
    controls = (
        Control(
            "shared",
            _("How much of their errors they share"),
            0,
            100,
            10,
            unit="%",
            ends=(_("each their own"), _("all")),
        ),
    )
    start: ClassVar[Settings] = {"shared": 80}
    measures = (
        Measure("together", _("Points off, on average of all"), "{:.1f}", 8),
        Measure("alone", _("Points off, each alone"), "{:.1f}", 8),
    )

    def params(self, settings: Settings) -> Crowd:
        """A shared error and own ones, whose squares always add to the same; then they hear each other."""
        shared = settings["shared"] / 100
        bias, spread = OFF * math.sqrt(shared) / TRUTH, OFF * math.sqrt(1 - shared) / TRUTH
        table = Crowd(people=PEOPLE, truth=TRUTH, bias=bias, spread=spread)
        return replace(table, network="everyone", self_weight=0.5, calibration=0.0, rounds=5)

    def run(self, params: Crowd, seed: int) -> Run:
        """The same seed is the same own errors."""
        found = run(params, np.random.default_rng(seed))
        crowd, average, _diversity = diversity_prediction(found.frames["estimate"][0], params.truth)
        off = {"together": math.sqrt(float(crowd)), "alone": math.sqrt(float(average))}
        return replace(found, summary={**found.summary, **off})

    def scene(self, params: Crowd, found: Run, seed: int) -> Scene:
        """Scores on a line; all count the same."""
        shared = params.bias**2 / (params.bias**2 + params.spread**2)
        return {
            "value": found.frames["estimate"],
            "weight": np.full(PEOPLE, 1 / PEOPLE, dtype=np.float32),
            "minds": 1 / (shared + (1 - shared) / PEOPLE),
            "truth": params.truth,
            "low": params.truth - WIDE,
            "high": params.truth + WIDE,
            "unit": _("points"),
            "legend": _(
                "Everybody has a lane; the farther to the right, the more points they give. The post stands at the truth. The "
                "discs are the minds that they are worth together."
            ),
            "tells": [
                _("Alone I give {first:.0f} points. Together we come to {last:.0f}.").format(first=first, last=last)
                for first, last in zip(found.frames["estimate"][0], found.frames["estimate"][-1], strict=True)
            ],
        }

    def words(self, settings: Settings) -> str:
        """How alike their errors are."""
        return _("twelve tasters who share {shared}% of their errors").format(**settings)
