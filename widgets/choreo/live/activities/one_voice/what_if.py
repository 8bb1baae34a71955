"""The same room with another voice, and with the voice at another place in the order."""

from __future__ import annotations

from typing import Any

import numpy as np

from choreo.live.activities.one_voice.game import Voices
from choreo.live.activities.one_voice.judgements import Judgements, tidy
from choreo.live.activity import FEWEST
from choreo.live.scene import Figure, Scene
from choreo.words import _

ROUNDS = 8


def scenes(game: Voices) -> tuple[Scene, ...]:
    """Whoever the lot had fallen on; and the voice first or last. Nothing where nobody moved towards it."""
    found = game.judgements()
    if found is None or not found.weight or len(found.alone) < FEWEST:
        return ()
    return _another(found, found.weight), _order(found)


def _another(found: Judgements, weight: float) -> Scene:
    """Where the room's mean would end, whoever had spoken, if the voice weighed the same."""
    alone = np.array(found.alone)
    others = (alone.sum() - alone) / (len(alone) - 1)
    ends = {
        _("our first judgements"): alone,
        _("our mean, whoever had spoken"): ((1 - weight) * others * (len(alone) - 1) + weight * alone * len(alone)
        + (1 - weight) * alone) / len(alone),
    }  # fmt: skip
    rows = {name: np.quantile(values, (0.1, 0.9)) for name, values in ends.items()}
    traces: list[dict[str, Any]] = []
    for (name, (low, high)), role in zip(rows.items(), ("others", "apart"), strict=True):
        line = {"type": "scatter", "mode": "lines+markers", "x": [tidy(low), tidy(high)], "y": [name] * 2}
        traces.append(line | {"line": {"width": 14}, "marker": {"size": 22}, "meta": {"role": role}})
    layout: dict[str, Any] = {"xaxis": {"title": {"text": found.unit}}, "showlegend": False}
    layout["yaxis"] = {"type": "category", "range": [1.5, -0.5], "automargin": True}
    (low, high) = rows[_("our mean, whoever had spoken")]
    says = _("In eight of ten cases our mean would have ended between {low} and {high}, by who was drawn.").format(
        low=found.amount(low), high=found.amount(high)
    )
    small = (_("Assumed: whoever speaks weighs as much as the voice did here, {weight:.0%}.").format(weight=weight),)
    title, figure = _("If the lot had fallen on somebody else"), Figure(tuple(traces), layout, says)
    ask = _("Who else of us could have spoken first?")
    return Scene(title, (says,), (), (figure,), ask=ask, small=small)


def _order(found: Judgements) -> Scene:
    rounds = list(range(ROUNDS + 1))
    first = [found.minds(many, listens=True) for many in rounds]
    last = [found.minds(many, last=True) for many in rounds]
    deaf = [found.minds(many) for many in rounds]
    cases = (
        (_("hears all, then speaks"), last, "goal", "solid"),
        (_("speaks first, then listens"), first, "you", "solid"),
        (_("speaks first, never listens"), deaf, "apart", "dash"),
    )
    traces = tuple(
        {"type": "scatter", "mode": "lines+markers", "x": rounds, "y": [round(one, 2) for one in values], "name": name,
         "line": {"dash": dash}, "meta": {"role": role}}
        for name, values, role, dash in cases
    )  # fmt: skip
    layout: dict[str, Any] = {"xaxis": {"title": {"text": _("times that we listen to each other")}, "dtick": 1}}
    layout["yaxis"] = {"title": {"text": _("minds")}, "rangemode": "tozero"}
    said = _("{name}, {minds:.1f}")
    ends = "; ".join(said.format(name=name, minds=values[-1]) for name, values, _role, _dash in cases)
    says = _("Minds left after {rounds} times: {ends}.").format(rounds=ROUNDS, ends=ends)
    small = (_("The model of lesson 5 with this room's people, and with the weight that the voice had here."),)
    title, figure = _("If the same voice had its place in another order"), Figure(traces, layout, says)
    ask = _("In which of our meetings could that voice speak last?")
    return Scene(title, (says,), (), (figure,), ask=ask, small=small)
