"""A plaza full of people who clap, each at a tempo of their own, and tune in to those they hear (Kuramoto, 1975)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from choreo.explorables.control import Control, Option, Settings
from choreo.explorables.explorable import Explorable, Figure, Scene
from choreo.explorables.measure import Measure
from choreo.models import kuramoto
from choreo.models.kuramoto import Kuramoto
from choreo.models.run import Run
from choreo.roles import Role, in_role
from choreo.words import _

FRAMES = 300  # of one run: 60 kB with 200 people, 90 kB with 300
GLIMPSED = 100  # of one whose control is being dragged
BEAT = 0.4  # turns a second that all tempos have in common; the model's frame turns with them, the stage does not
NEIGHBOURS, FAR = "neighbours", "far listeners"


class Choreography(Explorable):
    """People on a plaza, who hears whom, and how strongly they listen."""

    model, stage, crowd = Kuramoto, "plaza", "crowd"
    controls = (
        Control(
            "coupling", _("How strongly people listen"), 0, 6, 0.1, ends=(_("not at all"), _("very strongly")), digits=1
        ),
        Control(
            "diversity",
            _("How different their tempos are"),
            0,
            1.5,
            0.1,
            ends=(_("the same"), _("very different")),
            digits=1,
        ),
        Control(
            "network",
            _("Who hears whom"),
            options=(
                Option("conductor", _("A conductor"), _("All follow one beat")),
                Option("everyone", _("Everyone"), _("All hear all")),
                Option(NEIGHBOURS, _("Neighbours"), _("The four beside, before, behind")),
                Option(FAR, _("Neighbours, and some listen far"), _("Some also hear one person far away")),
            ),
        ),
        Control("far", _("How many listen far"), 0, 100, 1, unit=_("people"), inside=("network", FAR)),
        Control("reach", _("How far away they hear somebody"), 1, 24, 1, unit=_("places"), inside=("network", FAR)),
        Control("people", _("How many people"), 20, 300, 10, unit=_("people"), ends=(_("a team"), _("a crowd"))),
    )
    start = {"coupling": 2.0, "diversity": 0.5, "network": NEIGHBOURS, "far": 0, "reach": 2, "people": 200}
    measures = (
        Measure("order", _("Together at the end"), series="order"),
        Measure("neighbour_order", _("Neighbours agree"), series="neighbour_order"),
    )

    def run(self, params: Kuramoto, seed: int) -> Run:
        """One crowd on the plaza, for a minute."""
        return kuramoto.run(params, np.random.default_rng(seed), frames=FRAMES)

    def glimpse(self, params: Kuramoto, seed: int) -> Run:
        """The same minute, looked at less often."""
        return kuramoto.run(params, np.random.default_rng(seed), frames=GLIMPSED)

    def ends(self, params: Kuramoto, seeds: Sequence[int]) -> Mapping[str, np.ndarray]:
        """How together each crowd ends; all are worked out side by side."""
        return kuramoto.ends(params, seeds)

    def scene(self, params: Kuramoto, found: Run, seed: int) -> Scene:
        """Phases, and who listens far."""
        listeners, heard = found.still["far"].T if "far" in found.still else ((), ())
        return {
            "phase": found.frames["phase"],
            "columns": kuramoto.plaza_columns(params.people),
            "beat": BEAT,
            "ties": np.stack([listeners, heard], axis=1).astype(np.uint16) if len(listeners) else [],
            "hears": NEIGHBOURS if params.network == FAR else params.network,
            "conductor": params.network == "conductor",
        }

    def figure(self, params: Kuramoto, found: Run) -> Figure:
        """How together they are, second by second; and how well neighbours agree, where people hear neighbours."""
        tied = params.network in (NEIGHBOURS, FAR)
        lines: dict[str, tuple[np.ndarray, dict[str, Any], Role]] = {
            _("the whole plaza"): (found.series["order"], {"width": 3}, "others")
        }
        if tied:
            look = {"width": 1.5, "dash": "dot"}
            lines = {_("neighbours agree"): (found.series["neighbour_order"], look, "quiet"), **lines}
        time = found.clock.times
        data = [_line(name, time, series, look) | in_role(role) for name, (series, look, role) in lines.items()]
        alt = _("Line chart. The plaza ends {order:.0%} together.").format(order=found.summary["order"])
        return {
            "title": _("How together they are, second by second"),
            "figure": {"data": data, "layout": _layout(float(time[-1]))},
            "alt": alt,
            "numbers": _table(time, {name: series for name, (series, _look, _role) in lines.items()}),
            "measure": "order",
            "scale": 100,
        }

    def words(self, settings: Settings) -> str:
        """The settings in one line."""
        who = {
            "conductor": _("all hear one conductor"),
            "everyone": _("everyone hears everyone"),
            NEIGHBOURS: _("each hears the neighbours"),
            FAR: _("each hears the neighbours, and {far} hear somebody {reach} places away"),
        }[settings["network"]].format(**settings)
        words = _("{people} people, {who}; listening {coupling:.1f}, difference {diversity:.1f}")
        return words.format(**{**settings, "who": who})

    def advice(self, settings: Settings, found: Mapping[str, float]) -> str:
        """What a plaza that is not together shows."""
        order, near = found["order"], found["neighbour_order"]
        if near > 0.8 and order < 0.7 and settings["network"] in (NEIGHBOURS, FAR):
            return _(
                "Neighbours agree ({near:.0%}), the plaza does not ({order:.0%}): "
                "patches and waves that look like order, each with a beat of its own."
            ).format(near=near, order=order)
        return _("{order:.0%} together at the end.").format(order=order)


def _line(name: str, time: np.ndarray, series: np.ndarray, look: Mapping[str, Any]) -> dict[str, Any]:
    spacing = float(time[1] - time[0]) if len(time) > 1 else 1.0
    percent = np.round(np.clip(series, 0, 1) * 100, 1).tolist()
    places = {"x0": 0, "dx": round(spacing, 6), "y": percent, "hovertemplate": "%{y:.0f}%"}
    return {"type": "scatter", "mode": "lines", "name": name, "line": dict(look)} | places


def _layout(seconds: float) -> dict[str, Any]:
    fits = {"automargin": False, "tickangle": 0, "ticklabeloverflow": "allow"}  # Plotly need not measure
    places = {"tickvals": [0, 25, 50, 75, 100], "ticktext": ["0", "25%", "50%", "75%", "100%"]}
    ticks = {"dtick": 10, "ticksuffix": " s", "showticksuffix": "last"}
    return {
        "margin": {"l": 60, "r": 24, "t": 14, "b": 34},
        "xaxis": {"range": [0, seconds], "showgrid": False, **ticks, **fits},
        "yaxis": {"range": [0, 102], **places, **fits},
    }


def _table(time: np.ndarray, columns: Mapping[str, np.ndarray]) -> dict[str, Any]:
    moments = [round(part / 6 * (len(time) - 1)) for part in range(7)]
    rows = [[f"{time[at]:.0f} s", *(f"{max(0.0, float(one[at])):.0%}" for one in columns.values())] for at in moments]
    return {"columns": [_("after"), *columns], "rows": rows}
