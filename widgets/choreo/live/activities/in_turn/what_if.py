"""The same hints in a thousand other orders, and with other ways to hear each other."""

from __future__ import annotations

from typing import Any

import numpy as np

from choreo.live.activities.in_turn.game import Turns
from choreo.live.activities.in_turn.model import wrong
from choreo.live.scene import Figure, Scene
from choreo.words import _

ORDERS, WORK = 1000, 200_000  # orders of a small room, and how many voices all orders have together
FEWEST = 5  # hints


def scenes(game: Turns) -> tuple[Scene, ...]:
    """One table of all who had a hint, who hear each other after every voice, after some, or only at the end."""
    hints = [
        np.array([hint == question.truth for hint in question.hints.values()])
        for question in game.questions
        if len(question.hints) >= FEWEST
    ]
    if not hints:
        return ()
    rng, most = np.random.default_rng([game.seed, 8]), max(map(len, hints))
    orders = max(50, min(ORDERS, WORK // most))
    some = max(2, most // 4)
    cases = {
        _("after every voice"): 1,
        _("after every {some}").format(some=some): some,
        _("all write first"): most,
    }
    found = {
        name: 100 * float(np.mean([wrong(one, every, rng, orders) for one in hints])) for name, every in cases.items()
    }
    values = [round(value, 1) for value in found.values()]
    bar: dict[str, Any] = {"type": "bar", "y": list(found), "x": values, "orientation": "h"}
    bar |= {
        "text": [f"{value:.0f}%" for value in values],
        "meta": {"role": "you", "roles": ["apart", "others", "goal"]},
    }
    layout: dict[str, Any] = {
        "xaxis": {"title": {"text": _("% of orders in which the table is wrong")}, "range": [0, 100]}
    }
    layout["yaxis"] = {"type": "category", "autorange": "reversed", "automargin": True, "showgrid": False}
    says = "; ".join(f"{name}: {value:.0f}%" for name, value in found.items()) + "."
    line, rule = (
        _("One table with exactly your hints, in {orders} other orders. It hears how the voices stand after each, some, or all.")
        .format(orders=orders),
        _("The rule is that of lesson 8: all count the voices they have heard, and their own hint as one. Most voices decide."),
    )  # fmt: skip
    figure = Figure((bar,), layout | {"showlegend": False}, says)
    ask = _("At which table of ours does nobody write before the first one speaks?")
    return (Scene(_("If all of us had sat at one table"), (line,), (), (figure,), ask=ask, small=(rule,)),)
