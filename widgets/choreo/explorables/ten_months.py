"""Ten months with one partner, played by the learner move by move, over a line that garbles two of the moves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar

import numpy as np

from choreo.explorables.bands import KINDS, NOT_YET
from choreo.explorables.control import Control, Option, Settings
from choreo.explorables.explorable import Explorable, Scene
from choreo.explorables.measure import Measure
from choreo.models.own_moves import OwnMoves, run
from choreo.models.run import Clock, Run
from choreo.words import _, n_

GIVE, KEEP, MONTHS = "give", "keep", 10


class TenMonths(Explorable):
    """A partner who repays strictly. Each side has one slip; which of the partner's moves was one is told in the end."""

    model, stage, crowd = OwnMoves, "ledger", "partner"
    controls = (
        Control(
            "moves",
            _("What you do"),
            options=(Option(GIVE, _("Give")), Option(KEEP, _("Keep back"))),
            turns=MONTHS,
            unit=_("month"),
        ),
    )
    start: ClassVar[Settings] = {"moves": [GIVE] * MONTHS}
    measures = (
        Measure("both", _("Months in which both gave"), "{:.0f}", MONTHS),
        Measure("played", _("Months played"), "{:.0f}", MONTHS),
    )

    def params(self, settings: Settings) -> OwnMoves:
        """A strict partner, and one slip on each side."""
        return OwnMoves(rounds=MONTHS, moves=tuple(move == GIVE for move in settings["moves"]))

    def run(self, params: OwnMoves, seed: int) -> Run:
        """The same seed has the same slips, whatever one does. Before the first move the first month stands open."""
        found = run(params, np.random.default_rng(seed))
        months = np.arange(1, max(1, len(params.moves)) + 1)
        return replace(found, still=found.frames, frames={}, clock=Clock("month", "months", months))

    def end(self, found: Run) -> Run:
        """All of it."""
        return found

    def scene(self, params: OwnMoves, found: Run, seed: int) -> Scene:
        """One band, which goes on from where it is. Which of the partner's moves was a slip is seen in the end."""
        played, months = int(found.summary["played"]), len(found.clock.times)
        cell, slips = np.full((1, months), NOT_YET, np.uint8), np.zeros((1, months), np.uint8)
        cell[0, :played] = found.still["outcome"]
        slips[0, :played] = (found.still["slips"] & [True, played == MONTHS]).any(axis=1)
        return {
            "cell": cell,
            "kinds": list(KINDS),
            "slips": slips,
            "rows": [_("You and your partner")],
            "of": MONTHS,
            "from": months - 1,
            "label": _("months in which both gave"),
        }

    def words(self, settings: Settings) -> str:
        """How far it has gone."""
        number = len(settings["moves"])
        return n_("{number} month of ten", "{number} months of ten", number).format(number=number)

    def advice(self, settings: Settings, found: Mapping[str, float]) -> str:
        """What to look at."""
        return _("Two moves went wrong. Look what each of them was answered with.")
