"""A curve that was drawn, beside what happens at each of its places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from choreo.explorables.compared import Compared, ends, measured, note, setting
from choreo.explorables.explorable import Explorable
from choreo.explorables.shape import compared
from choreo.grading.predict import Curve, Predict
from choreo.roles import Role, in_role
from choreo.words import _


def drawn_curve(prediction: Predict, ask: Curve, found: Explorable, drawn: object) -> Iterator[Compared]:
    """A drawn curve (None where nothing was drawn) beside the measure's mean at each place."""
    measure = measured(found, prediction.measure)
    scale = 100 if "%" in measure.form else 1
    crowds = prediction.crowds if found.crowd else 1
    mine = [float(value) for value in drawn] if isinstance(drawn, list) else None
    real: list[float] = []
    for at in ask.x.values:
        yield Compared({}, "", working=_("Trying it at {place:g}…").format(place=at))
        came = ends(found, found.params(setting(prediction, found, at)), crowds)
        real.append(scale * float(np.mean(came[measure.name])))
    unit = ask.y.unit

    def say(value: float) -> str:
        return f"{value:.0f}{unit}" if unit == "%" else f"{value:.3g} {unit}".strip()

    own = [[say(value) for value in mine]] if mine else []
    yield Compared(
        figure=_curves(ask, mine, real),
        sentence=compared(ask.x.values, mine, real, ask.y.most, say),
        alt=_("Line chart of {what}, by {across}: what you drew, and what happened.").format(
            what=ask.y.label, across=ask.x.label
        ),
        note=note(prediction, found, crowds),
        numbers={
            "columns": [ask.x.label, *([_("you said")] if mine else []), _("it was")],
            "rows": [list(row) for row in zip([f"{x:g}" for x in ask.x.values], *own, map(say, real), strict=True)],
        },
    )


def _curves(ask: Curve, mine: Sequence[float] | None, real: Sequence[float]) -> dict[str, Any]:
    def line(name: str, values: Sequence[float], role: Role, **look: Any) -> dict[str, Any]:
        return {
            "type": "scatter",
            "mode": "lines+markers",
            "name": name,
            "x": list(ask.x.values),
            "y": [round(value, 2) for value in values],
            "line": {"width": 3, **look},
            "marker": {"size": 9},
            "hovertemplate": "%{y:.0f}" + ask.y.unit,
        } | in_role(role)

    first, last = ask.x.values[0], ask.x.values[-1]
    room = (last - first) * 0.03
    top = max(ask.y.most, *real)
    lines = [line(_("you"), mine, "you", dash="dash")] if mine else []
    return {
        "data": [*lines, line(_("what happened"), real, "others")],
        "layout": {
            "xaxis": {
                "title": {"text": ask.x.label},
                "range": [first - room, last + room],
                "tickvals": list(ask.x.values),
            },
            "yaxis": {"range": [-0.02 * top, 1.04 * top], "ticksuffix": ask.y.unit if ask.y.unit == "%" else ""},
        },
    }
