"""The model with this room's number, changed in one thing at a time."""

from __future__ import annotations

from typing import Any

from choreo.live.activities.safe_to_say.game import Views
from choreo.live.activities.safe_to_say.model import followers
from choreo.live.scene import Figure, Scene


def scenes(game: Views) -> tuple[Scene, ...]:
    """The model with this room's number, changed in one thing at a time."""
    if not game.own:
        return ()
    agree, held, _ = game.norm()
    share = round(held, 2)
    cases = {
        "people see only their neighbours": followers(share),
        "everybody sees everybody": followers(share, network="everyone"),
        "correcting others costs more": followers(share, cost=0.3),
        "half as many hold the view": followers(round(share / 2, 2)),
    }
    values = [round(100 * value, 1) for value in cases.values()]
    bars = {"type": "bar", "y": list(cases), "x": values, "orientation": "h", "text": [f"{v:.0f}%" for v in values]}
    layout: dict[str, Any] = {"xaxis": {"title": {"text": "% who follow the view in public"}, "range": [0, 108]}}
    layout |= {"yaxis": {"type": "category", "autorange": "reversed", "automargin": True}, "showlegend": False}
    says = "; ".join(f"{name}: {value:.0f}%" for name, value in zip(cases, values, strict=True)) + "."
    title = f"If {share:.0%} {'agree' if agree else 'disagree'}, how many act as if they did?"
    lines = ("The model of lesson 04 with this room's number, changed in one thing at a time.",)
    ask = "Which of these could we change first?"
    figure = Figure((bars | {"meta": {"role": "apart"}},), layout, says)
    return (Scene(title, figures=(figure,), ask=ask, small=lines),)
