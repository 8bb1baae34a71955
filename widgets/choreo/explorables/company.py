"""One who deals with partners of several kinds, and what each of four ways of dealing would get among them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import numpy as np

from choreo.explorables.bands import all_at_once, bands
from choreo.explorables.control import Control, Option, Settings
from choreo.explorables.explorable import Explorable, Scene
from choreo.explorables.measure import Measure
from choreo.models import company
from choreo.models.company import LETS_PASS, WAYS
from choreo.models.run import Run
from choreo.words import _, n_

CALM, GAME = "calm", "game"
LINES: dict[str, dict[str, Any]] = {CALM: {"noise": 0.01, "rounds": 100}, GAME: {"noise": 0.1, "rounds": 10}}
NAMES = {  # of WAYS
    "strict": _("strict"),
    "forgiving": _("forgiving"),
    "giver": _("always giving"),
    "taker": _("always taking"),
}
ROLES = {"strict": "others", "forgiving": "goal", "giver": "you", "taker": "apart"}


class Company(Explorable):
    """Axelrod's tournament with mistakes, and partners that one chooses: which way of answering gets most."""

    model, stage, crowd = company.Company, "ledger", "company"
    controls = (
        Control("strict", _("Strict partners"), 1, 12),
        Control("forgiving", _("Forgiving partners"), 0, 12),
        Control("givers", _("Partners who always give"), 0, 12),
        Control("takers", _("Partners who always take"), 0, 12),
        Control(
            "line",
            _("The line"),
            options=(
                Option(CALM, _("100 months"), _("One move in a hundred goes wrong")),
                Option(GAME, _("Ten months"), _("One move in ten goes wrong, as in your game")),
            ),
        ),
    )
    start: ClassVar[Settings] = {"strict": 6, "forgiving": 0, "givers": 0, "takers": 0, "line": CALM}
    measures = (
        Measure("score", _("What one who forgives gets, of 3"), "{:.2f}", 5),
        *(
            Measure(f"earned_{way}", _("On average, {way}").format(way=name), "{:.2f}", 5)
            for way, name in NAMES.items()
        ),
        Measure("lead", _("Lead of the forgiving over the strict"), "{:+.2f}", 1),
    )

    def params(self, settings: Settings) -> company.Company:
        """One who lets a fifth of slights pass, and their partners."""
        partners = {name: settings[name] for name in ("strict", "forgiving", "givers", "takers")}
        return company.Company("GTFT", LETS_PASS, alike=0, **partners, **LINES[settings["line"]])

    def run(self, params: company.Company, seed: int) -> Run:
        """The same seed is the same luck, whoever comes or goes."""
        found = all_at_once(company.run(params, np.random.default_rng(seed)))
        found.summary["lead"] = found.summary["earned_forgiving"] - found.summary["earned_strict"]  # type: ignore[index]
        return found

    def end(self, found: Run) -> Run:
        """All of it: the ledger shows every month at once."""
        return found

    def scene(self, params: company.Company, found: Run, seed: int) -> Scene:
        """A row for each partner, kind by kind, and beside them what each way gets on average."""
        groups = [
            (NAMES["strict"], params.strict),
            (NAMES["forgiving"], params.forgiving),
            (NAMES["giver"], params.givers),
            (NAMES["taker"], params.takers),
        ]
        return {
            **bands(found),
            "label": _("of pairs both give"),
            "rows": [
                _("Partner {number}, {kind}").format(number=at + 1, kind=kind)
                for at, kind in enumerate(kind for kind, many in groups for _row in range(many))
            ],
            "groups": [{"name": name, "rows": many} for name, many in groups if many],
            "earned": [
                {"label": name, "value": round(found.summary[f"earned_{way}"], 2), "role": ROLES[way]}
                for way, name in NAMES.items()
            ],
        }

    def words(self, settings: Settings) -> str:
        """Who is there, and what the line is like."""
        number = sum(settings[name] for name in ("strict", "forgiving", "givers", "takers"))
        line = {
            CALM: n_("{number} partner, 100 months", "{number} partners, 100 months", number),
            GAME: n_("{number} partner, ten months", "{number} partners, ten months", number),
        }[settings["line"]]
        kinds = _("{strict} strict, {forgiving} forgiving, {givers} giving, {takers} taking").format(**settings)
        return f"{line.format(number=number)}, {kinds}"

    def advice(self, settings: Settings, found: Mapping[str, float]) -> str:
        """Which way the company favours."""
        best = max(WAYS, key=lambda way: found[f"earned_{way}"])
        return _("In this company, {way} gets most.").format(way=NAMES[best])
