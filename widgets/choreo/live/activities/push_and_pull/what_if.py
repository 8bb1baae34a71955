"""The same gifts, had people played among those who give as much as they do."""

from __future__ import annotations

import numpy as np

from choreo.live.activities.push_and_pull.game import ENDOWMENT, Pots
from choreo.live.scene import Figure, Scene
from choreo.models.public_good import payoffs


def scenes(game: Pots) -> tuple[Scene, ...]:
    """The same gifts, had people played among those who give as much as they do."""
    rounds = [played for played in game.rounds if len(played.gifts) >= 8]
    if not rounds:
        return ()
    worth, earned = game.settings.worth, np.zeros((2, 2))  # mixed, alike; who gave less, who gave more
    for played in rounds:
        gifts = np.array(played.gifts, dtype=float)
        others = (gifts.sum() - gifts) / (len(gifts) - 1)
        mixed = ENDOWMENT - gifts + worth * (gifts + 3 * others)
        blocks = np.array_split(gifts, round(len(gifts) / 4))
        alike = np.concatenate([payoffs(block, ENDOWMENT, worth * 4 / len(block)) for block in blocks])
        half = len(gifts) // 2
        for place, paid in enumerate((mixed, alike)):
            earned[place] += paid[:half].mean() / len(rounds), paid[-half:].mean() / len(rounds)
    names = ["who gave less", "who gave more"]
    data = tuple(
        {"type": "bar", "x": names, "y": values, "text": [f"{value:.1f}" for value in values],
         "name": name, "meta": {"role": role}}
        for name, role, values in (
            ("in mixed groups", "you", earned[0].round(2).tolist()),
            ("among their like", "goal", earned[1].round(2).tolist()),
        )
    )  # fmt: skip
    says = (
        f"In mixed groups of four, who gave more would have {earned[0, 1]:.1f} points a round and who gave less "
        f"{earned[0, 0]:.1f}; among their like {earned[1, 1]:.1f} and {earned[1, 0]:.1f}."
    )
    figure = Figure(data, {"yaxis": {"title": {"text": "points per round, without fines"}}}, says)
    title = f"Had givers played among givers: {earned[1, 1]:.1f} points a round, not {earned[0, 1]:.1f}"
    ask = "Whom would you choose to share a pot with, and how would you know?"
    return (Scene(title, figures=(figure,), ask=ask, small=(says,)),)
