"""Twelve who look for one recipe, and show each other what they have every so many days."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

import numpy as np

from choreo.explorables.control import Control, Settings
from choreo.explorables.departments import Departments
from choreo.explorables.explorable import Explorable, Scene
from choreo.explorables.measure import Measure
from choreo.models.network_search import NetworkSearch, run
from choreo.models.run import Run
from choreo.words import _, n_

ROASTERS = Departments(size=12, count=1)
ROUNDS = 60


class MeetingRhythm(Explorable):
    """Lazer and Friedman's search, with breaks between the meetings (after Bernstein, Shore & Lazer, 2018)."""

    model, stage, crowd = NetworkSearch, "network", "recipe"
    controls = (
        Control("every", _("Days from meeting to meeting"), 1, ROUNDS, ends=(_("every day"), _("only on the last"))),
    )
    start: ClassVar[Settings] = {"every": 1}
    measures = (
        Measure("score", _("How good the recipes are in the end"), series="score"),
        Measure("early", _("How good they are after five days")),
    )

    def params(self, settings: Settings) -> NetworkSearch:
        """Twelve people, a recipe of twelve parts, sixty days."""
        search = NetworkSearch("full", components=12, interactions=5, rounds=ROUNDS)
        return replace(search, people=ROASTERS.people, silos=1, every=settings["every"])

    def run(self, params: NetworkSearch, seed: int) -> Run:
        """The same seed is the same problem, with the same first tries."""
        found = run(params, np.random.default_rng(seed))
        return replace(found, clock=replace(found.clock, name="day", unit="days"))

    def scene(self, params: NetworkSearch, found: Run, seed: int) -> Scene:
        """A ring of people; equal signs are equal recipes."""
        answer = found.frames["solution"]
        first = {number: rank for rank, number in enumerate(dict.fromkeys(answer.ravel().tolist()))}
        return {
            "group": ROASTERS.of.astype(np.uint8),
            "at": ROASTERS.places(rows=1),
            "ties": ROASTERS.within.astype(np.uint8),
            "drawn": np.zeros((0, 2), dtype=np.uint8),
            "fill": found.frames["score"],
            "hue": np.vectorize(first.__getitem__, otypes=[np.uint16])(answer),
            "groups": [_("Roasters")],
            "editable": False,
            "label": _("of the best recipe, on average"),
            "legend": _(
                "A coat fills as its wearer’s recipe gets better. The sign above a head is the recipe: the same sign, the "
                "same recipe."
            ),
            "tells": [_("I try one change a day. When we meet, I take over the best recipe if it beats mine.")]
            * ROASTERS.people,
        }

    def words(self, settings: Settings) -> str:
        """How often they meet."""
        return n_("they meet every day", "they meet after every {every} days", settings["every"]).format(**settings)
