"""Teams on one floor who talk with those they share something with, and come to share more (Axelrod, 1997)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from choreo.explorables.control import Control, Option, Settings
from choreo.explorables.explorable import Explorable, Figure, Scene
from choreo.explorables.measure import Measure
from choreo.models.culture import Culture, run
from choreo.models.run import Run
from choreo.roles import in_role
from choreo.words import _, n_

SCENE_BYTES = 110_000  # of traits, which are most of a message
GLIMPSED = 15  # moments of a floor whose control is being dragged


class MicroCultures(Explorable):
    """Axelrod's territory as teams on one floor; a culture is an area of teams that agree on everything."""

    model, stage, crowd = Culture, "territory", "floor"
    controls = (
        Control("features", _("Topics they can have in common"), 2, 12, unit=_("topics")),
        Control("traits", _("Ways to see each topic"), 2, 30, unit=_("ways")),
        Control(
            "neighbours",
            _("Who is next door"),
            options=(
                Option("4", _("Four teams"), _("Beside, before and behind")),
                Option("8", _("Eight teams"), _("Those at the corners too")),
                Option("12", _("Twelve teams"), _("And those two doors on")),
            ),
        ),
        Control("size", _("Teams in a row"), 4, 12, unit=_("teams"), ends=(_("a corridor"), _("a house"))),
    )
    start = {"features": 5, "traits": 10, "neighbours": "4", "size": 8}
    measures = (
        Measure("regions", _("Cultures side by side at the end"), "{:.0f}", 64, series="regions"),
        Measure("largest", _("Teams in the biggest one"), series="largest"),
    )

    def params(self, settings: Settings) -> Culture:
        """A square floor without a way around its edges."""
        size = settings["size"]
        return Culture(
            features=settings["features"],
            traits=settings["traits"],
            neighbours=settings["neighbours"],
            rows=size,
            columns=size,
        )

    def run(self, params: Culture, seed: int) -> Run:
        """One floor, until nothing can change any more."""
        frames = SCENE_BYTES // (params.rows * params.columns * params.features)
        return run(params, np.random.default_rng(seed), frames=min(200, frames))

    def glimpse(self, params: Culture, seed: int) -> Run:
        """The same floor: how many cultures there are is counted less often."""
        return run(params, np.random.default_rng(seed), frames=GLIMPSED)

    def scene(self, params: Culture, found: Run, seed: int) -> Scene:
        """What every team holds, and who is next door."""
        return {
            "traits": found.frames["traits"],
            "rows": params.rows,
            "columns": params.columns,
            "ties": found.still["ties"],
        }

    def figure(self, params: Culture, found: Run) -> Figure:
        """How many cultures there are, round by round."""
        rounds, count = found.clock.times, found.series["regions"]
        end = found.summary["regions"]
        alt = n_(
            "Line chart. The floor ends with {end:.0f} culture after {rounds:.0f} rounds.",
            "Line chart. The floor ends with {end:.0f} cultures after {rounds:.0f} rounds.",
            end,
        )
        return {
            "title": _("Cultures side by side, round by round"),
            "figure": {
                "data": [
                    {
                        "type": "scatter",
                        "mode": "lines",
                        "name": _("cultures"),
                        "x": np.round(rounds, 1).tolist(),
                        "y": count.tolist(),
                        "line": {"width": 3},
                        "hovertemplate": "%{y:.0f}",
                    }
                    | in_role("others")
                ],
                "layout": _layout(max(1.0, float(rounds[-1])), params.rows * params.columns),
            },
            "alt": alt.format(end=end, rounds=rounds[-1]),
            "numbers": _table(found),
            "measure": "regions",
            "scale": 1,
        }

    def words(self, settings: Settings) -> str:
        """The settings in one line."""
        return _("{teams} teams, {neighbours} next door; {features} topics, {traits} ways to see each").format(
            teams=settings["size"] ** 2, **settings
        )

    def advice(self, settings: Settings, found: Mapping[str, float]) -> str:
        """What a floor with walls left shows."""
        regions, largest = found["regions"], found["largest"]
        if regions <= 1:
            return _("One culture on this floor.")
        if largest > 0.6:
            return _(
                "{regions:.0f} cultures: one with {largest:.0%} of the teams, and crumbs that share nothing with it."
            ).format(regions=regions, largest=largest)
        return _(
            "{regions:.0f} cultures, walled in: where two of them meet, they share no topic, so they do not talk."
        ).format(regions=regions)


def _layout(rounds: float, teams: int) -> dict[str, Any]:
    fits = {"automargin": False, "tickangle": 0, "ticklabeloverflow": "allow"}
    return {
        "margin": {"l": 60, "r": 24, "t": 14, "b": 34},
        "xaxis": {"range": [0, rounds], "showgrid": False, **fits},
        "yaxis": {"range": [0, 1.03 * teams], **fits},
    }


def _table(found: Run) -> dict[str, Any]:
    last = len(found.clock.times) - 1
    moments = sorted({round(part / 6 * last) for part in range(7)})
    regions, largest = found.series["regions"], found.series["largest"]
    rows = [[f"{found.clock.times[at]:.0f}", f"{regions[at]:.0f}", f"{largest[at]:.0%}"] for at in moments]
    return {"columns": [_("after round"), _("cultures"), _("teams in the biggest")], "rows": rows}
