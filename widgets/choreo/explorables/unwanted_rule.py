"""A hall that keeps a rule which hardly anybody wants, because neighbours hush each other (Centola, Willer & Macy, 2005)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import numpy as np

from choreo.explorables.control import Control, Option, Settings
from choreo.explorables.explorable import Explorable, Scene
from choreo.explorables.measure import Measure
from choreo.explorables.seats import PEOPLE, ROW, SEATS
from choreo.models.emperor import BELIEVES, COMPLIES, ENFORCES, ENFORCES_DEVIANCE, Emperor, run
from choreo.models.run import Run
from choreo.words import _, n_

PLAIN = 0.125  # what correcting somebody costs to begin with
LATER, ROUNDS = 20, 60  # when a cost that comes late comes; how long there is
EARLY, LATE = "early", "late"


class UnwantedRule(Explorable):
    """A hundred people who keep to a rule, or not, and may hush the eight who sit around them."""

    model, stage, crowd = Emperor, "people", "hall"
    controls = (
        Control("believers", _("Believe in the rule"), 0, 40, unit=_("of 100")),
        Control("cost", _("What it costs to hush a neighbour"), 1, 4, unit="×", ends=(_("as always"), _("four times"))),
        Control(
            "when",
            _("From when on"),
            options=(
                Option(EARLY, _("From the start"), _("Before anybody has hushed anybody")),
                Option(LATE, _("Once the rule stands"), _("After round {round}").format(round=LATER)),
            ),
        ),
    )
    start: ClassVar[Settings] = {"believers": 10, "cost": 1, "when": EARLY}
    measures = (
        Measure("compliance", _("Keep the rule, of those who think it wrong"), series="compliance"),
        Measure("enforcement", _("Hush others, of those who think it wrong"), series="enforcement"),
    )

    def params(self, settings: Settings) -> Emperor:
        """Ten rows of ten; everybody sees eight neighbours."""
        cost, late = PLAIN * settings["cost"], settings["when"] == LATE
        return Emperor(
            believers=settings["believers"] / PEOPLE,
            cost=PLAIN if late else cost,
            cost_later=cost,
            later=LATER if late else 0,
            rows=ROW,
            columns=ROW,
            rounds=ROUNDS,
        )

    def run(self, params: Emperor, seed: int) -> Run:
        """The same seed is the same people in the same seats."""
        return run(params, np.random.default_rng(seed))

    def scene(self, params: Emperor, found: Run, seed: int) -> Scene:
        """Above the head whether somebody wants the rule, in front whether they keep it; rays where they hush others."""
        state = found.frames["state"]
        return {
            "arrangement": "hall",
            **SEATS,
            "thinks": np.where(state & BELIEVES, 1, 2).astype(np.uint8),
            "says": np.where(state & COMPLIES, 1, 2).astype(np.uint8),
            "presses": np.where(state & ENFORCES, 1, np.where(state & ENFORCES_DEVIANCE, 2, 0)).astype(np.uint8),
            "marks": [{"label": _("keep quiet"), "role": "apart"}, {"label": _("ask"), "role": "goal"}],
            "label": _("keep quiet"),
        }

    def words(self, settings: Settings) -> str:
        """Who believes, what hushing costs, and from when on."""
        many = settings["believers"]
        line = n_("{many} believes", "{many} believe", many).format(many=many)
        if settings["cost"] == 1:
            return _("{line}; hushing costs what it always did").format(line=line)
        dear = _("{line}; hushing costs {times} times as much from the start")
        if settings["when"] == LATE:
            dear = _("{line}; hushing costs {times} times as much once the rule stands")
        return dear.format(line=line, times=settings["cost"])

    def advice(self, settings: Settings, found: Mapping[str, float]) -> str:
        """What keeps the rule up."""
        return _("Count the clouds, then the bubbles. Who hushes, and what do they think?")
