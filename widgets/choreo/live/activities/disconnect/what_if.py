"""The same room, had each of us heard a few others first."""

from __future__ import annotations

from typing import Any

from choreo.live.activities.disconnect.answers import Answers
from choreo.live.activities.disconnect.model import both_sides
from choreo.live.activity import FEWEST
from choreo.live.scene import Figure, Scene
from choreo.words import _

HEARD = (0, 1, 2, 3, 5, 8, 12, 20, 50)
FEW = 3  # others whom one could ask before lunch


def scenes(answers: Answers) -> tuple[Scene, ...]:
    """What the two sides would expect if each had heard so many others; nothing if all say the same, or few bots rehearse."""
    if answers.people < FEWEST or answers.yes in (0, answers.people):
        return ()
    heard = [many for many in HEARD if many < answers.people]
    both = [both_sides(answers.yes, answers.people, many) for many in heard]
    yes, no = ([round(100 * pair[side], 1) for pair in both] for side in (0, 1))
    lines = [
        {"type": "scatter", "mode": "lines+markers", "x": heard, "y": values, "name": name, "meta": {"role": role}}
        for values, name, role in ((yes, _("who says yes"), "you"), (no, _("who says no"), "apart"))
    ]
    truth = {"type": "scatter", "mode": "lines", "x": [heard[0], heard[-1]], "y": [round(answers.share, 1)] * 2}
    lines.append(truth | {"name": _("it is"), "line": {"dash": "dash"}, "meta": {"role": "goal"}})
    layout: dict[str, Any] = {"xaxis": {"title": {"text": _("others heard first, drawn by lot")}}}
    layout["yaxis"] = {"title": {"text": _("% expected to say yes")}, "range": [0, 100]}
    at = heard.index(FEW)
    told = _("After {few} others the two sides are {gap:.0f} points apart, no longer {first:.0f}.").format(
        few=FEW, gap=yes[at] - no[at], first=yes[0] - no[0]
    )
    alone = _("Who has asked nobody expects {own:.0f}% of the others on their own side, whichever it is.")
    model = _("Dawes (1989), with the numbers of this room: each learns from every answer, their own among them.")
    ask = _("Which few would we ask before the next decision: those who are like us?")
    title, figure = _("If each of us had asked a few others first"), Figure(tuple(lines), layout, told)
    return (Scene(title, (told,), (), (figure,), ask=ask, small=(alone.format(own=yes[0]), model)),)
