"""How many are needed: a number that was said, beside the fewest with which it holds in nine of ten."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from choreo.explorables.compared import Compared, ends, setting, stays
from choreo.explorables.explorable import Explorable
from choreo.explorables.judge import meets
from choreo.grading.predict import Number, Predict
from choreo.roles import in_role
from choreo.words import _

ENOUGH, JUDGES = 9, 10  # crowds of ten
COARSE, FINE = 10, 4  # trials over the whole range of a control, and between two of them


def fewest(prediction: Predict, ask: Number, found: Explorable, said: object) -> Iterator[Compared]:
    """A number that was said (None where none was) beside the fewest with which nine of ten get there, trial after trial."""
    mine = float(said) if isinstance(said, (int, float)) else None
    tried: dict[float, int] = {}

    def play(value: float) -> str:
        came = ends(found, found.params(setting(prediction, found, value)), JUDGES)
        tried[value] = int(np.sum(meets(prediction.reach, came)))
        return _("Ten tries with {value:g}: {count} got there…").format(value=value, count=tried[value])

    def known(working: str) -> Compared:
        return Compared(
            figure=_trials(ask, tried, mine),
            sentence="" if working else fewest_in_words(mine, tried, ask),
            alt=_("Chart with a mark for each number tried: how many of ten get there, for {what}.").format(
                what=ask.label
            ),
            note=_note_of_ten(prediction, found),
            numbers={
                "columns": [ask.label, _("of ten that get there")],
                "rows": [[f"{value:g}", f"{count}"] for value, count in sorted(tried.items())],
            },
            working=working,
        )

    if mine is not None:
        yield known(play(mine))
    grid = _grid(ask)
    coarse = grid[:: max(1, len(grid) // COARSE)]
    for value in coarse:
        if value not in tried:
            yield known(play(value))
        if sum(tried.get(one, 0) >= ENOUGH for one in coarse) >= 3:  # further on it holds all the more
            break
    edge = needed(tried)
    if edge is not None:
        below = max((value for value in tried if value < edge), default=edge)
        between = [value for value in grid if below < value < edge]
        for value in reversed(between[:: max(1, len(between) // FINE)]):
            yield known(play(value))
    yield known("")


def _grid(ask: Number) -> list[float]:
    count = round((ask.high - ask.low) / ask.step)
    return [round(ask.low + at * ask.step, 6) for at in range(count + 1)]


def needed(tried: Mapping[float, int]) -> float | None:
    """The smallest value from which on every one that was tried got nine of ten there; None if there is none."""
    found = None
    for value in sorted(tried, reverse=True):
        if tried[value] < ENOUGH:
            return found
        found = value
    return found


def fewest_in_words(said: float | None, tried: Mapping[float, int], ask: Number) -> str:
    """What was said, what that many do, and how many it takes; `said` is among what was `tried`."""
    takes = needed(tried)
    about = "" if takes is None else f"{takes:g} {ask.unit}".strip()
    if said is None:
        if takes is None:
            return _("No number that was tried got nine of ten there.")
        return _("Nine of ten get there from about {about} on.").format(about=about)
    own = _("With your {said:g}, {count} of ten got there.").format(said=said, count=tried[said])
    if takes is None:
        return own + " " + _("No number that was tried got nine of ten there.")
    if said >= takes:
        below = [value for value in tried if value < takes]
        if not below or said <= takes:
            return own + " " + _("No smaller number that was tried holds: it takes about what you said.")
        return own + " " + _("Nine of ten need less: about {about}.").format(about=about)
    if tried[said] >= ENOUGH:
        return own + " " + _("But some larger numbers did not. It holds from about {about} on.").format(about=about)
    return own + " " + _("For nine of ten it takes more: about {about}.").format(about=about)


def _trials(ask: Number, tried: Mapping[float, int], mine: float | None) -> dict[str, Any]:
    room = (ask.high - ask.low) * 0.04
    ends = [ask.low - room, ask.high + room]
    values = sorted(value for value in tried if value != mine)
    data: list[dict[str, Any]] = [
        {
            "type": "scatter",
            "mode": "lines",
            "name": _("nine of ten"),
            "x": ends,
            "y": [ENOUGH, ENOUGH],
            "line": {"width": 2, "dash": "dash"},
            "hoverinfo": "skip",
        }
        | in_role("goal"),
        {
            "type": "scatter",
            "mode": "markers",
            "name": _("what was tried"),
            "x": values,
            "y": [tried[value] for value in values],
            "marker": {"size": 11},
            "hovertemplate": "%{x:g}: %{y} of 10",
        }
        | in_role("others"),
    ]
    if mine is not None and mine in tried:
        data.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": _("you: {said:g}").format(said=mine),
                "x": [mine],
                "y": [tried[mine]],
                "marker": {"size": 15, "symbol": "diamond"},
                "hovertemplate": "%{x:g}: %{y} of 10",
            }
            | in_role("you")
        )
    return {
        "data": data,
        "layout": {
            "xaxis": {"title": {"text": ask.label}, "range": ends},
            "yaxis": {"range": [-0.4, 10.6], "tickvals": [0, 3, 6, 9], "title": {"text": _("of ten")}},
        },
    }


def _note_of_ten(prediction: Predict, found: Explorable) -> str:
    return _("{settings}; ten tries for each number.").format(settings=stays(prediction, found))
