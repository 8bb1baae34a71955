"""A season of lots as a ledger: tasters who hear each other in turn, beside the same tongues on paper."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

import numpy as np

from choreo.explorables.control import Control, Settings
from choreo.explorables.explorable import Explorable, Scene
from choreo.explorables.measure import Measure
from choreo.models.meeting import Meeting, run
from choreo.models.run import Clock, Run
from choreo.words import _, n_

LOTS = 100
FEW = 40  # rows up to which there is room for what they taste
KINDS = (  # the upper half is what they say, the lower what they taste; in the order of 2 * wrong said + wrong tasted
    {"label": _("Right, said and tasted"), "role": "goal", "short": _("right")},
    {"label": _("Tasted wrong, put right"), "role": "goal", "second": "apart", "short": _("put right")},
    {"label": _("Tasted right, went along"), "role": "apart", "second": "goal", "short": _("went along")},
    {"label": _("Wrong, said and tasted"), "role": "apart", "short": _("wrong")},
)


class InTurn(Explorable):
    """Informational cascades (Bikhchandani, Hirshleifer & Welch, 1992): each hears all those before."""

    model, stage, crowd = Meeting, "ledger", "season"
    controls = (Control("people", _("How many taste, one after another"), 1, 100, unit=_("tasters")),)
    start: ClassVar[Settings] = {"people": 15}
    measures = (
        Measure("last", _("Lots in which the last one is wrong")),
        Measure("paper", _("Lots wrong, had all written first")),
    )

    def params(self, settings: Settings) -> Meeting:
        """A hundred lots, each taster with a tongue of their own."""
        return Meeting(people=settings["people"], every=1, questions=LOTS)

    def run(self, params: Meeting, seed: int) -> Run:
        """The same seed is the same season, however many taste."""
        found = run(params, np.random.default_rng(seed))
        return replace(found, clock=Clock("lot", "lots", np.arange(1, LOTS + 1)), frames={})

    def end(self, found: Run) -> Run:
        """All of it: the ledger shows every lot at once."""
        return found

    def scene(self, params: Meeting, found: Run, seed: int) -> Scene:
        """A row for each taster, a column for each lot."""
        tastes, says, few = found.still["signal"], found.still["right"], params.people <= FEW
        bars = [(_("Wrong, in turn"), "last", "apart"), (_("Wrong, on paper"), "paper", "others")]
        return {
            "cell": (2 * ~says + ~tastes).astype(np.uint8),
            "kinds": [kind if few else {**kind, "second": kind["role"]} for kind in KINDS],
            "rows": [_("Taster {number}").format(number=at + 1) for at in range(params.people)],
            "label": _("are right about this lot"),
            "single": True,
            "earned": [
                {
                    "label": label,
                    "value": round(found.summary[name], 4),
                    "words": f"{found.summary[name]:.0%}",
                    "role": role,
                }
                for label, name, role in bars
            ],
            "legend": _(
                "A row is a taster, a column a lot; the first to speak is on top. The upper half is what they say, the lower "
                "what they taste. Full and green is right. A column of one colour is a table that only follows."
            )
            if few
            else _(
                "A row is a taster, a column a lot; the first to speak is on top. There is only room for what they say. Green is "
                "right. A column of one colour is a table that only follows."
            ),
            "tells": self._told(tastes, says),
        }

    def _told(self, tastes: np.ndarray, says: np.ndarray) -> list[str]:
        alone, along = (~tastes).sum(axis=1), (tastes & ~says).sum(axis=1)
        line = _(
            "My tongue was wrong in {alone} lots of {lots}, my voice in {voice}. In {along} I knew better and went along."
        )
        return [
            line.format(alone=alone[at], lots=LOTS, voice=int((~says[at]).sum()), along=along[at])
            for at in range(len(tastes))
        ]

    def words(self, settings: Settings) -> str:
        """How many taste."""
        return n_("one taster", "{people} tasters, one after another", settings["people"]).format(**settings)
