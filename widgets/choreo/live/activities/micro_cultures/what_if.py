"""The same start in the model for longer, as it stands and with two bridges across the territory."""

from __future__ import annotations

import math
import random

from choreo.live.activities.micro_cultures.debrief import REGIONS, line, told
from choreo.live.activities.micro_cultures.game import Territory, cell
from choreo.live.activities.micro_cultures.model import course
from choreo.live.scene import Figure, Scene


def scenes(game: Territory) -> tuple[Scene, ...]:
    """The same start in the model for longer, as it stands and with two bridges across the territory."""
    if len(game.start) < 9:
        return ()
    chance = random.Random(game.seed + 3)
    bridged = [list(near) for near in game.around]
    bridges = 0
    while bridges < 2:
        one, other = chance.sample(range(len(bridged)), 2)
        (row, column), (there, beside) = cell(one), cell(other)
        if abs(row - there) + abs(column - beside) >= math.isqrt(len(bridged)) and other not in bridged[one]:
            bridged[one].append(other)
            bridged[other].append(one)
            bridges += 1
    without, runs = course(game, game.around, 4)
    with_two, _ = course(game, bridged, 4)
    per = len(game.sites)
    data = (line("as it stands", "others", without, per), line("with two bridges", "goal", with_two, per))
    axes = {"xaxis": {"title": {"text": "habits taken over per phone"}}, "yaxis": REGIONS}
    says = (
        f"From the same start the model has {without[-1][1]:g} regions after {without[-1][0] / per:.0f} habits taken over "
        f"per phone; with two bridges between far sites {with_two[-1][1]:g} after {with_two[-1][0] / per:.0f}"
        f"{told(runs)}."
    )
    title = f"With two bridges across the room: {with_two[-1][1]:g} cultures in the end, in place of {without[-1][1]:g}"
    ask = "Which two of us, far apart, should have lunch together?"
    return (Scene(title, (), (), (Figure(data, axes, says),), ask=ask, small=(says,)),)
