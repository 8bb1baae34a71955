"""Pairs who deal with each other month by month, over a line that sometimes garbles what somebody did."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import numpy as np

from choreo.explorables.bands import all_at_once, bands
from choreo.explorables.control import Control, Option, Settings
from choreo.explorables.explorable import Explorable, Scene
from choreo.explorables.measure import Measure
from choreo.models.company import Company, run
from choreo.models.run import Run
from choreo.words import _

ALIKE, TAKER, BOTH = "GTFT", "ALLD", "both"
PARTNERS = {ALIKE: {"alike": 24}, TAKER: {"alike": 0, "takers": 24}, BOTH: {"alike": 16, "takers": 8}}


class TwoPartners(Explorable):
    """The repeated prisoner's dilemma with noise: a slip echoes until somebody lets it pass."""

    model, stage, crowd = Company, "ledger", "town"
    controls = (
        Control(
            "way",
            _("How the first answers"),
            options=(
                Option("GTFT", _("Like for like"), _("Does what the other did, and lets some slights pass")),
                Option("WSLS", _("Stay or switch"), _("Stays with what went well, and else switches")),
                Option("GRIM", _("Hold a grudge"), _("Gives only after a month in which both gave")),
            ),
        ),
        Control(
            "forgiveness",
            _("Slights let pass"),
            0,
            100,
            5,
            unit=_("of 100"),
            inside=("way", "GTFT"),
        ),
        Control("noise", _("Slips"), 0, 5, 0.5, unit=_("of 100"), digits=1),
        Control(
            "other",
            _("The partners"),
            options=(
                Option(ALIKE, _("Answer as the first does")),
                Option(TAKER, _("Always take")),
                Option(BOTH, _("Some of each"), _("Sixteen answer as the first does, eight always take")),
            ),
        ),
        Control("rounds", _("How long"), 12, 100, unit=_("months")),
    )
    start: ClassVar[Settings] = {"way": "GTFT", "forgiveness": 0, "noise": 1, "other": ALIKE, "rounds": 100}
    measures = (
        Measure("trust", _("Months both give"), series="trust"),
        Measure("taken", _("Takers take")),
        Measure("score", _("What the first gets, of 3"), "{:.2f}", 5),
    )

    def params(self, settings: Settings) -> Company:
        """Twenty-four pairs."""
        return Company(
            strategy=settings["way"],
            forgiveness=settings["forgiveness"] / 100,
            noise=settings["noise"] / 100,
            rounds=settings["rounds"],
            **PARTNERS[settings["other"]],
        )

    def run(self, params: Company, seed: int) -> Run:
        """The same seed is the same luck."""
        return all_at_once(run(params, np.random.default_rng(seed)))

    def end(self, found: Run) -> Run:
        """All of it: the ledger shows every month at once."""
        return found

    def scene(self, params: Company, found: Run, seed: int) -> Scene:
        """A row for each pair; those with a taker stand below the others."""
        apart = [(_("with their like"), params.alike), (_("with a taker"), params.takers)]
        number = iter(range(1, params.alike + params.takers + 1))
        return {
            **bands(found),
            "label": _("of pairs both give"),
            "rows": [
                _("Pair {number}, {partner}").format(number=next(number), partner=name)
                for name, many in apart
                for _row in range(many)
            ],
            "groups": [{"name": name, "rows": many} for name, many in apart]
            if all(many for _name, many in apart)
            else [],
        }

    def words(self, settings: Settings) -> str:
        """How they deal with each other."""
        lines = {
            ALIKE: _("{way}, {noise:g}% go wrong, {rounds} months, with their like"),
            TAKER: _("{way}, {noise:g}% go wrong, {rounds} months, with a taker"),
            BOTH: _("{way}, {noise:g}% go wrong, {rounds} months, two in three with their like, the rest with a taker"),
        }
        ways = {
            "GTFT": _("{pass_:g}% of slights let pass").format(pass_=settings["forgiveness"]),
            "WSLS": _("stay or switch"),
            "GRIM": _("a grudge is held"),
        }
        return lines[settings["other"]].format(
            way=ways[settings["way"]], noise=settings["noise"], rounds=settings["rounds"]
        )

    def advice(self, settings: Settings, found: Mapping[str, float]) -> str:
        """Where the trust went."""
        if found["taken"] > found["trust"] / 4 and settings["other"] == BOTH:
            return _("Look at the pairs with a taker: whoever lets everything pass gives, and gets nothing.")
        return _(
            "Follow a crack to the right: what was a slip is paid back, and paid back again, until it is let pass."
        )
