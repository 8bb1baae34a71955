"""Twenty people guess the same number, and one voice weighs more than the others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import numpy as np

from choreo.explorables.control import Control, Option, Settings
from choreo.explorables.explorable import Explorable, Scene
from choreo.explorables.measure import Measure
from choreo.models.influence import SPEAKS, Influence, run, shares
from choreo.models.run import Run
from choreo.words import _

ROUNDS = 20
FIRST, LAST = SPEAKS
APART = 3  # days; further apart, people do not act as one
WIDE = 3.5  # how far the line reaches to both sides, in standard deviations


class WeightyVoice(Explorable):
    """DeGroot's influence around a chair; the size of a person is what their first guess counts for."""

    model, stage, crowd = Influence, "scale", "group"
    controls = (
        Control(
            "speaks",
            _("When the chair speaks"),
            options=(
                Option(FIRST, _("First"), _("The chair begins, and the others have heard it")),
                Option(LAST, _("Last"), _("The chair hears each once, and then speaks")),
            ),
        ),
        Control("openness", _("How far the chair listens"), 0, 100, 5, unit="%"),
        Control("susceptibility", _("How far people let go"), 0, 100, 5, unit="%"),
        Control("hub_weight", _("How much the chair's word weighs"), 5, 80, 5, unit="%"),
        Control("people", _("How many people"), 5, 200, 5, unit=_("people")),
    )
    start: ClassVar[Settings] = {
        "speaks": FIRST, "openness": 100, "susceptibility": 100, "hub_weight": 60, "people": 20,
    }  # fmt: skip
    measures = (
        Measure("minds", _("Minds left"), "{:.1f}", 20),
        Measure("spread", _("Days apart"), "{:.1f}", 20, series="spread"),
        Measure("own", _("The chair's guess"), "{:.0%}"),
        Measure("error", _("Days off"), "{:.0f}", 30, series="error"),
    )

    def params(self, settings: Settings) -> Influence:
        """Twenty rounds of listening; people move shares in percent."""
        share = {name: settings[name] / 100 for name in ("openness", "susceptibility", "hub_weight")}
        return Influence(rounds=ROUNDS, people=settings["people"], speaks=settings["speaks"], **share)

    def run(self, params: Influence, seed: int) -> Run:
        """The same seed is the same first guesses."""
        return run(params, np.random.default_rng(seed))

    def scene(self, params: Influence, found: Run, seed: int) -> Scene:
        """Guesses round by round, and what each first guess counts for in the end."""
        return {
            "value": found.frames["opinion"],
            "weight": shares(params).astype(np.float32),
            "truth": params.truth,
            "low": params.truth - WIDE * params.noise,
            "high": params.truth + WIDE * params.noise,
            "unit": _("days"),
            "chair": params.hub_weight,
            "speaks": int(params.speaks == LAST),
            "names": {0: _("The chair")},
        }

    def words(self, settings: Settings) -> str:
        """Who speaks when, how many people there are, and how they listen."""
        begins = {FIRST: _("the chair speaks first"), LAST: _("the chair hears all first")}[settings["speaks"]]
        line = _(
            "{people} people, {begins}, the chair's word weighs {hub_weight}%, the chair listens {openness}%, "
            "people let go {susceptibility}%"
        )
        return line.format(**settings, begins=begins)

    def advice(self, settings: Settings, found: Mapping[str, float]) -> str:
        """What costs minds, or agreement, or the chair's own guess."""
        if found["minds"] < settings["people"] / 2:
            return _("Most guesses count for next to nothing. What do people hear first?")
        if found["spread"] > APART:
            return _("Many minds, in many places: people hold on to their first word.")
        return _("The others have their say. What is the chair's own guess still worth?")
