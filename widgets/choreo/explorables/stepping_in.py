"""Forty crews decide, round by round, whether to step in together or stay safe: the stag hunt at its edge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar

import numpy as np

from choreo.explorables.control import Control, Option, Settings
from choreo.explorables.explorable import Explorable, Scene
from choreo.explorables.measure import Measure
from choreo.models.run import Run
from choreo.models.stag_hunt import StagHunt, run, tipping_belief
from choreo.words import _

ROUNDS, ACROSS, DOWN = 10, 8, 5
TOLD = (1, 2, 3, 5, ROUNDS)  # most yards have fallen or filled by the fifth round
PRIZE, FALL = "prize", "fall"


class SteppingIn(Explorable):
    """Each steps in who expects enough others to; what they saw moves what they expect."""

    model, stage, crowd = StagHunt, "people", "yard"
    controls = (
        Control("belief", _("What they expect, on average"), 30, 100, 5, unit="%"),
        Control("spread", _("How far that differs"), 0, 30, 2, unit="%"),
        Control("points", _("Points that you add"), 0, 2.5, 0.5, digits=1),
        Control(
            "use",
            _("Where the points go"),
            options=(
                Option(PRIZE, _("A bigger prize"), _("For those who step in together")),
                Option(FALL, _("A softer fall"), _("For those who step in and find nobody there")),
            ),
        ),
    )
    start: ClassVar[Settings] = {"belief": 80, "spread": 20, "points": 0.0, "use": PRIZE}
    measures = (
        Measure("stag", _("Step in at the end"), series="stag"),
        Measure("tipping_belief", _("It pays from")),
    )

    def params(self, settings: Settings) -> StagHunt:
        """Forty crews and ten rounds; the points go to one side of the bargain."""
        added = {FALL: "sucker", PRIZE: "reward"}[settings["use"]]
        usual = {"sucker": StagHunt.sucker, "reward": StagHunt.reward}
        return StagHunt(
            belief=settings["belief"] / 100,
            spread=settings["spread"] / 100,
            people=ACROSS * DOWN,
            rounds=ROUNDS,
            **{**usual, added: usual[added] + settings["points"]},
        )

    def run(self, params: StagHunt, seed: int) -> Run:
        """The same seed is the same yard: who expects more than the average, and who less."""
        found = run(params, np.random.default_rng(seed))
        return replace(found, trace=_story(params, found))

    def scene(self, params: StagHunt, found: Run, seed: int) -> Scene:
        """Rows of crews; a cloud says what somebody would rather do, a raised hand that they step in."""
        row, column = np.divmod(np.arange(params.people), ACROSS)
        expects, tipping = found.frames["belief"], tipping_belief(params)
        says = found.frames["choice"]
        return {
            "arrangement": "grid",
            "at": np.stack([(column + 0.5) / ACROSS, (row + 0.5) / DOWN], axis=1).astype(np.float32),
            "thinks": np.zeros_like(says),
            "says": says,
            "marks": [{"label": _("step in"), "role": "goal"}, {"label": _("stay safe"), "role": "apart"}],
            "label": _("step in"),
            "legend": _(
                "The gauge beside somebody is what they expect of the others. Above the line they step in: a raised hand."
            ),
            "level": expects,
            "line": round(100 * tipping),
            "tells": [self._told(int(first), tipping) for first in expects[0]],
        }

    def _told(self, first: int, tipping: float) -> str:
        line = _("At first I expected {first} % of the others to step in. For me it pays from {tipping:.0%} on.")
        return line.format(first=first, tipping=tipping)

    def words(self, settings: Settings) -> str:
        """What they expect, how far that differs, and where the points go."""
        line = _("the crews expect {belief}% of the others, on average, and each up to {spread}% more or less")
        points = {
            PRIZE: _("{points:g} points for a bigger prize"),
            FALL: _("{points:g} points for a softer fall"),
        }[settings["use"]]
        return (
            f"{line.format(**settings)}; {points.format(**settings)}" if settings["points"] else line.format(**settings)
        )

    def advice(self, settings: Settings, found: Mapping[str, float]) -> str:
        """Who pulls the others back."""
        return _("Look at those who expect least. They step back first, and whoever sees it expects less.")


def _story(params: StagHunt, found: Run) -> tuple[str, ...]:
    """What the crews expect, the most careful one too, and how many are in after the rounds that matter."""
    expects, steps = found.frames["belief"][0], found.frames["choice"].sum(axis=1)
    first = _(
        "The crews expect {mean:.0f}% of the others to step in, on average, and the most careful {least}%. "
        "It pays from {tipping:.0%} on."
    ).format(mean=expects.mean(), least=expects.min(), tipping=tipping_belief(params))
    line = _("Round {round}: {steps} of {people} crews step in.")
    return (first, *(line.format(round=turn, steps=steps[turn - 1], people=params.people) for turn in TOLD))
