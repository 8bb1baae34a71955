"""What the room sees of its dots: a bar for each proposal, the longest first."""

from __future__ import annotations

from typing import Any

from choreo.live.activities.ten_dots.given import DOTS, Given, leaders, ranked
from choreo.live.scene import Figure, Scene
from choreo.roles import in_role
from choreo.words import _, n_

ROOM = 1.1  # of the longest bar: its number stands behind it


def dots(question: str, given: Given) -> Scene:
    """All dots, and how many people stand behind them."""
    people = len(given.rows)
    facts = ((_("people"), str(people)), (_("dots"), str(DOTS * people)))
    return Scene(question, (_first(given),), facts, (_bars(given),))


def _first(given: Given) -> str:
    first = leaders(given.dots)
    if len(first) > 1:
        names = ", ".join(f"“{given.proposals[place]}”" for place in sorted(first))
        return _("Equally many dots went to {names}.").format(names=names)
    best = first.pop()
    told = _("Most dots went to “{name}”: {dots} of {all}, from {givers} of {people} people.")
    return told.format(
        name=given.proposals[best],
        dots=given.dots[best],
        all=DOTS * len(given.rows),
        givers=given.givers[best],
        people=len(given.rows),
    )


def _bars(given: Given) -> Figure:
    order = ranked(given.dots)
    counts = [given.dots[place] for place in order]
    names = [
        n_("{name} ({people} person)", "{name} ({people} people)", given.givers[place]).format(
            name=given.proposals[place], people=given.givers[place]
        )
        for place in order
    ]
    bars = {"type": "bar", "orientation": "h", "y": names, "x": counts, "text": counts, "name": _("dots")}
    layout: dict[str, Any] = {
        "xaxis": {"title": {"text": _("dots")}, "tickformat": "d", "range": [0, ROOM * max(counts)]},
        "yaxis": {"type": "category", "autorange": "reversed", "automargin": True},
        "showlegend": False,
    }
    says = "; ".join(f"{name}: {count}" for name, count in zip(names, counts, strict=True)) + "."
    return Figure((bars | in_role("you"),), layout, says)
