"""One value: a choice or a number that was said, beside what the measure comes to in each of several crowds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from choreo.explorables.compared import Compared, ends, measured, note, setting
from choreo.explorables.explorable import Explorable
from choreo.explorables.measure import Measure
from choreo.grading.exercise import Answer
from choreo.grading.predict import Alternatives, Possibility, Predict
from choreo.roles import Role, in_role
from choreo.words import _


def one_value(prediction: Predict, found: Explorable, answer: Answer) -> Iterator[Compared]:
    """What was said (nothing where it was declined) beside the measure in each crowd, and on average."""
    measure = measured(found, prediction.measure)
    crowds = prediction.crowds if found.crowd else 1
    yield Compared({}, "", working=_("Trying it out…"))
    came = [float(value) for value in ends(found, found.params(setting(prediction, found)), crowds)[measure.name]]
    values = [value * (100 if "%" in measure.form else 1) for value in came]
    mean = float(np.mean(values))
    told = [_it_was(measure, came)]
    span: tuple[float | None, float | None] | None = None
    if isinstance(prediction.ask, Alternatives):
        options = {option.id: option for option in prediction.ask.options}
        chosen = options.get(str(answer.get("chosen")))
        if chosen is not None:
            span = (chosen.low, chosen.high)
            right = _within(chosen, mean)
            told.append(
                _("That is what you said.") if right else _("You said: {said}.").format(said=chosen.text.rstrip("."))
            )
    elif isinstance(answer.get("number"), (int, float)):
        said = float(answer["number"])
        span = (said, said)
        told.append(_said(said, values))
    yield Compared(
        figure=_dots(measure, values, mean, span),
        sentence=" ".join(told),
        alt=_("A dot for each try: {what}.").format(what=measure.label),
        note=note(prediction, found, crowds),
        numbers={
            "columns": [_("try"), measure.label],
            "rows": [[str(at + 1), measure.words(value)] for at, value in enumerate(came)],
        },
    )


def _said(said: float, values: Sequence[float]) -> str:
    """How a number that was said lies to what came in each crowd."""
    low, high = min(values), max(values)
    if low == said == high:
        return _("That is what you said.")
    line = _("You said {said:g}, and some were like that.") if low <= said <= high else _("You said {said:g}.")
    return line.format(said=said)


def _within(option: Possibility, value: float) -> bool:
    return (option.low is None or value >= option.low) and (option.high is None or value <= option.high)


def _it_was(measure: Measure, values: Sequence[float]) -> str:
    low, mean, high = (measure.words(value) for value in (min(values), float(np.mean(values)), max(values)))
    if low == high:
        return _("{label}: {value}.").format(label=measure.label, value=mean)
    if set(values) == {0.0, 1.0}:  # it is so, or it is not
        return _("{label}: {count} of {all}.").format(label=measure.label, count=round(sum(values)), all=len(values))
    return _("{label}: {value} on average, from {low} to {high}.").format(
        label=measure.label, value=mean, low=low, high=high
    )


def _dots(
    measure: Measure, values: Sequence[float], mean: float, span: tuple[float | None, float | None] | None
) -> dict[str, Any]:
    """A dot for each crowd, their mean as a line, and what was said as a band (or a line)."""
    edges = [edge for edge in span or () if edge is not None]
    most = max(measure.most * (100 if "%" in measure.form else 1), *values, *edges)
    least = min(0.0, *values, *edges)
    margin = 0.03 * (most - least)
    ends = [0.4, len(values) + 0.6]

    def level(name: str, value: float, role: Role, **look: Any) -> dict[str, Any]:
        line = {"width": 2, **look}
        return {
            "type": "scatter",
            "mode": "lines",
            "name": name,
            "x": ends,
            "y": [value] * 2,
            "line": line,
            "hoverinfo": "skip",
        } | in_role(role)

    data = []
    if span is not None:
        low, high = (most if edge is None and at else least if edge is None else edge for at, edge in enumerate(span))
        data.append(level(_("you"), low, "you", dash="dash"))
        if high != low:
            data.append({**level(_("you"), high, "you", dash="dash"), "fill": "tonexty", "showlegend": False})
    dots = {
        "x": list(range(1, len(values) + 1)),
        "y": [round(value, 2) for value in values],
        "hovertemplate": "%{y:.3g}",
    }
    data.append(level(_("on average"), round(mean, 2), "others"))
    data.append(
        {"type": "scatter", "mode": "markers", "name": _("each try"), "marker": {"size": 10}, **dots}
        | in_role("others")
    )
    unit = {"ticksuffix": "%"} if "%" in measure.form else {}
    return {
        "data": data,
        "layout": {
            "xaxis": {"range": ends, "showgrid": False, "showticklabels": False},
            "yaxis": {"range": [least - margin, most + margin], **unit},
        },
    }
