"""Twenty cafés and one shelf of clean cups that all can see; and a fine that comes and goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar

import numpy as np

from choreo.explorables.control import Control, Option, Settings
from choreo.explorables.explorable import Explorable, Scene
from choreo.explorables.measure import Measure
from choreo.models.public_good import CONDITIONAL, PublicGood, run
from choreo.models.run import Run
from choreo.words import _, n_

CAFES, TAKERS = 20, 4  # of them, so many only ever compare prices
WEEKS, FINE_FROM, FINE_UNTIL, LAST = 24, 5, 16, 21  # weeks played; with a fine; the first of the last four
OFFICE, OWN = "office", "own"
SPARE = 18  # evenings that Elif has before the summer
COUNCIL, COFFEE, FRIENDS = 3, 2, 2  # evenings to let the twenty make a rule, and to win a café; who needs no winning
TURNED = {OFFICE: 0.5, OWN: 0.05}  # ours: the chance that somebody who gives turns, by who made the rule


class SharedPot(Explorable):
    """The linear public good: a fine crowds out reasons of one's own, and takes them along when it goes."""

    model, stage, crowd = PublicGood, "ledger", "street"
    controls = (
        Control("fine", _("Fine, of what washing costs"), 0, 100, 10, unit="%"),
        Control(
            "rule",
            _("Who makes the rule"),
            options=(
                Option(OFFICE, _("The office"), _("It comes by letter")),
                Option(OWN, _("The twenty themselves"), _("They vote on it")),
            ),
        ),
        Control("givers", _("Always bring all"), 0, 10, unit=_("of 20")),
        Control("until", _("The last week with the fine"), 5, WEEKS, unit=_("of 24")),
    )
    start: ClassVar[Settings] = {"fine": 30, "rule": OFFICE, "givers": 2, "until": FINE_UNTIL}
    measures = (
        Measure("last", _("In weeks 21 to 24"), series="gift"),
        Measure("summer", _("In weeks 5 to 16")),
        Measure("own", _("Give for reasons of their own in the end"), series="own"),
        Measure("evenings", _("Evenings"), "{:.0f}", 2 * SPARE),
    )

    def params(self, settings: Settings) -> PublicGood:
        """One group of twenty: four takers, some who always give, and the rest who give nearly what they expect."""
        return PublicGood(
            people=CAFES,
            groups=1,
            rounds=WEEKS,
            free_riders=TAKERS / CAFES,
            conditional=(CAFES - TAKERS - settings["givers"]) / CAFES,
            match=0.95,
            fine=settings["fine"] / 100,
            fine_from=FINE_FROM,
            fine_until=settings["until"],
            crowding=TURNED[settings["rule"]],
        )

    def run(self, params: PublicGood, seed: int) -> Run:
        """The same seed is the same twenty, and the same of them whom a fine turns."""
        found = run(params, np.random.default_rng(seed))
        gift, own = found.series["gift"], found.frames["own"].mean(axis=1)
        summer = gift[FINE_FROM - 1 : FINE_UNTIL].mean()
        summary = {"last": float(gift[LAST - 1 :].mean()), "summer": float(summer), "own": float(own[-1])}
        summary["evenings"] = _evenings(params)
        clock = replace(found.clock, name="week", unit="weeks")
        summary, series = {**found.summary, **summary}, {**found.series, "own": own}
        return replace(found, summary=summary, trace=_told(params, found), clock=clock, series=series)

    def end(self, found: Run) -> Run:
        """All of it: the ledger shows every week at once."""
        return found

    def scene(self, params: PublicGood, found: Run, seed: int) -> Scene:
        """A row for each café, those who always give on top; whether it gives for reasons of its own, week by week."""
        order = np.argsort(-found.still["kind"].astype(int), kind="stable")
        kind = found.still["kind"][order]
        return {
            "gift": np.ascontiguousarray(found.frames["gift"][:, order]),
            "own": np.ascontiguousarray(found.frames["own"][:, order]),
            "follows": (kind == CONDITIONAL).astype(np.uint8),
            "charged": (found.series["fine"] > 0).astype(np.uint8),
            "label": _("of all crates brought"),
            "rows": [_("café {number}").format(number=number + 1) for number in range(CAFES)],
        }

    def words(self, settings: Settings) -> str:
        """The fine, who made the rule, and how many always give."""
        givers = n_("{givers} always brings all", "{givers} always bring all", settings["givers"])
        if not settings["fine"]:
            return _("no fine; {givers}").format(givers=givers.format(**settings))
        line = (
            _("a fine of {fine}% made by the twenty, until week {until}; {givers}")
            if settings["rule"] == OWN
            else _("a fine of {fine}% made by the office, until week {until}; {givers}")
        )
        return line.format(fine=settings["fine"], until=settings["until"], givers=givers.format(**settings))

    def advice(self, settings: Settings, found: Mapping[str, float]) -> str:
        """Which of the two seasons falls short, and what to look at."""
        if found["summer"] < 0.9:
            return _("The summer falls short: what is cheaper, washing or paying?")
        if found["own"] < 0.6:
            return _("Then the fine goes, and the crates go with it.")
        return _("Hearts hold, but follow each other down. Who goes on, whatever comes?")


def _evenings(params: PublicGood) -> float:
    """What it takes to have it so: an evening of quarrel for each tenth of a fine, council, and coffee."""
    givers = CAFES - TAKERS - round(CAFES * params.conditional)
    council = COUNCIL if params.crowding == TURNED[OWN] else 0
    return round(10 * params.fine) + council + COFFEE * max(0, givers - FRIENDS)


def _told(params: PublicGood, found: Run) -> tuple[str, ...]:
    """The weeks that matter, in crates and hearts: the model itself speaks of rounds and of what people have."""
    remarks = {1: "", WEEKS: ""}
    if params.fine:
        remarks |= {
            FINE_FROM - 1: _("The last week before the fine."),
            FINE_FROM: _("The fine begins."),
            params.fine_until: _("The last week with the fine."),
            params.fine_until + 1: _("The fine is gone."),
        }
    line = _("Week {week}: {gift:.0%} of all crates are brought, {hearts} of {cafes} cafés have a heart. {remark}")
    gift, hearts = found.series["gift"], found.frames["own"].sum(axis=1)
    return tuple(
        line.format(week=week, gift=gift[week - 1], hearts=hearts[week - 1], cafes=CAFES, remark=remark).rstrip()
        for week, remark in sorted(remarks.items())
        if week <= WEEKS
    )
