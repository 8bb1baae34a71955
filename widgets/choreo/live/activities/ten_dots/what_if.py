"""The same people with one vote each, for what they gave most dots."""

from __future__ import annotations

from typing import Any

from choreo.live.activities.ten_dots.given import DOTS, Given, leaders, ranked
from choreo.live.scene import Figure, Scene
from choreo.roles import in_role
from choreo.words import _


def scenes(given: Given) -> tuple[Scene, ...]:
    """Ten dots beside one vote, in percent of each."""
    people = len(given.rows)
    order = ranked(given.dots)
    dots = [round(100 * given.dots[place] / (DOTS * people), 1) for place in order]
    votes = [round(100 * given.votes[place] / people, 1) for place in order]
    names = [given.proposals[place] for place in order]
    bar: dict[str, Any] = {"type": "bar", "orientation": "h", "y": names}
    ten = bar | {"x": dots, "name": _("ten dots")} | in_role("you")
    one = bar | {"x": votes, "name": _("one vote")} | in_role("others")
    layout: dict[str, Any] = {
        "barmode": "group",
        "xaxis": {"title": {"text": "%"}, "rangemode": "tozero"},
        "yaxis": {"type": "category", "autorange": "reversed", "automargin": True},
    }
    says = "; ".join(f"{name}: {dot:g}% / {vote:g}%" for name, dot, vote in zip(names, dots, votes, strict=True)) + "."
    how = _("Everybody’s vote goes to what they gave most dots; whoever gave several equally many divides it.")
    ask = _("What do we want enough to give it most dots, and what only because nothing else was asked?")
    figure = Figure((ten, one), layout, says)
    return (Scene(_("If everybody had one vote"), (_told(given),), (), (figure,), ask=ask, small=(how,)),)


def _told(given: Given) -> str:
    if leaders(given.dots) == leaders(given.votes):
        return _("The same proposal comes first. What changes is how much of the rest can be seen.")
    return _("Another proposal comes first: dots tell how much people want something, votes only what they want most.")
