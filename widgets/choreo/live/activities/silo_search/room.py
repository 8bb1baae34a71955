"""What the room sees of a silo search: the rules; then the mean and the best of each network, round by round."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from choreo.live.activities.silo_search.game import BEST, Net, Search
from choreo.live.rounds import round_axis
from choreo.live.scene import Figure, Scene

KINDS = {"silos": "Silos", "bridges": "Silos with bridges", "open": "Everybody hears everybody"}
ROLES = {"silos": "apart", "bridges": "goal", "open": "others"}


def scene(game: Search) -> Scene:
    """The rules; then the mean and the best of each network, round by round."""
    if game.step.name == "explain" or not game.nets:
        return Scene(
            "Find the best solution you can",
            lines=_rules(game),
            facts=(("here", str(sum(map(game.ours, game.here())))),),
        )
    if (on := game.round_on()) is not None:
        facts = [("round", str(on)), ("moves", f"{on.moved} of {on.moved + on.due}")]
    else:
        facts = [(KINDS[net.kind], points(net)) for net in game.nets]
    title = "One problem, different networks" if game.running else "The search is over"
    return Scene(title, facts=tuple(facts), figures=(chart(game, "mean", 0), chart(game, "best", 1)))


def _rules(game: Search) -> tuple[str, ...]:
    return (
        f"{game.settings.switches} switches, and nobody knows how they work together. The best setting is worth "
        f"{BEST} points.",
        "In each round you try one switch, or take over a solution that you hear of. A try that makes it worse is "
        "put back.",
        "Not everybody hears the same people. Please do not talk or show your phone until the end.",
    )


def chart(game: Search, word: str, part: int, model: Sequence[tuple[np.ndarray, np.ndarray]] = ()) -> Figure:
    """Mean or best points of each network (part 0 or 1), round by round; with the model's, dotted."""
    data: list[dict[str, Any]] = []
    says = []
    for index, net in enumerate(game.nets):
        name, role = KINDS[net.kind], {"role": ROLES[net.kind]}
        values = [None if found is None else round(found[part]) for found in net.rounds]
        line = {"type": "scatter", "mode": "lines+markers", "name": name, "meta": role}
        data.append(line | {"x": list(range(len(values))), "y": values})
        if len(model):
            curve = [round(float(value)) for value in model[index][part]]
            line = {"type": "scatter", "mode": "lines", "line": {"dash": "dot"}, "meta": role}
            data.append(line | {"name": f"{name}: model", "x": list(range(len(curve))), "y": curve})
        now = next((value for value in reversed(values) if value is not None), None)
        says.append(f"{name}: {'nobody is here' if now is None else f'{now} points'}")
    layout = {
        "xaxis": round_axis(game.settings.rounds) | {"range": [0, game.settings.rounds]},
        "yaxis": {"title": {"text": f"{word} points"}, "range": [0, BEST * 1.05]},
    }
    return Figure(tuple(data), layout, f"The {word} points after round {game.round - 1}. " + "; ".join(says) + ".")


def points(net: Net) -> str:
    """What a network has found by now, in words."""
    found = next((found for found in reversed(net.rounds) if found is not None), None)
    return "nobody" if found is None else f"{found[0]:.0f} on average, {found[1]} at best"
