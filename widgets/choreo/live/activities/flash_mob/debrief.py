"""A flash mob beside as many oscillators who listen alike."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from choreo.live.activities.flash_mob.game import Tapping
from choreo.live.activities.flash_mob.model import modelled, oscillators, played_steps
from choreo.live.activities.flash_mob.room import NAMES, TOGETHER, course
from choreo.live.result import Result
from choreo.live.scene import Figure, Scene

WRONG = "Where the model is wrong: people can ignore what they hear, tire, or agree on something. Oscillators cannot."


def scene(game: Tapping) -> Scene:
    """How far the room got with each way of listening."""
    played = played_steps(game)
    if not played:
        return Scene("Too little was tapped to say how far the room got together.", ask="What kept us from tapping?")
    reached = {doing: end for doing, (_, end, _) in played.items()}
    best = max(reached, key=lambda doing: reached[doing])
    title = f"Most together: “{NAMES[best]}”, {reached[best]:.0%}"
    small: tuple[str, ...] = ()
    if len(game.own):
        small = (f"Your tempos differed by {float(np.std(game.own) / np.mean(game.own)):.0%}.",)
    ask = "What did you listen to when it worked? Who adjusted, and who was adjusted to?"
    return Scene(title, (), (), (_bars({"this room": ("you", reached)}),), ask=ask, small=small)


def further(game: Tapping) -> tuple[Scene, ...]:
    """The room second by second, and beside as many oscillators who listen alike."""
    played = played_steps(game)
    if not played:
        return ()
    own, coupling = oscillators(game, played)
    reached = {doing: end for doing, (_, end, _) in played.items()}
    model = {
        doing: modelled(game, doing, own, coupling, seconds, begun) for doing, (begun, _, seconds) in played.items()
    }
    widest = max(reached, key=lambda doing: abs(reached[doing] - model[doing]))
    title = f"“{NAMES[widest]}”: this room {reached[widest]:.0%}, the model {model[widest]:.0%} together"
    begins = f"The model begins each time as scattered as you did, and listens with strength {coupling:.1f}, " + (
        "chosen to match how far you got with everyone." if "everyone" in reached else "as in lesson 09."
    )
    figure = _bars({"this room": ("you", reached), f"{len(own)} oscillators": ("others", model)})
    return (
        Scene(
            "How you found each other, second by second",
            figures=(course(game, len(game.samples)),),
            ask="Where did it come together, and where did it fall apart?",
        ),
        Scene(title, figures=(figure,), ask="What can people do that oscillators cannot?", small=(begins, WRONG)),
    )


def _bars(shares: Mapping[str, tuple[str, Mapping[str, float]]]) -> Figure:
    """How far together in each step: what it is called, its role, and the order by step."""
    bars, says = [], []
    for name, (role, values) in shares.items():
        steps, texts = [NAMES[doing] for doing in values], [f"{value:.0%}" for value in values.values()]
        bar = {"type": "bar", "name": name, "x": steps, "y": [round(value, 3) for value in values.values()]}
        bars.append(bar | {"text": texts, "meta": {"role": role}})
        says += [f"{name}, {step}: {share}" for step, share in zip(steps, texts, strict=True)]
    layout = {
        "barmode": "group",
        "xaxis": {"type": "category", "title": {"text": "who was heard"}},
        "yaxis": TOGETHER | {"range": [0, 1.1]},
    }
    return Figure(tuple(bars), layout, "; ".join(says) + ".")


def result_of(game: Tapping, who: str) -> Result:
    """Somebody's own tempo when everybody was alone, and whether they heard somebody far away."""
    row = game.row.get(who)
    if row is None:
        return Result()
    lines = []
    if row in game.alone:
        mine = f"Alone you tapped {60 * game.alone[row]:.0f} beats a minute"
        lines.append(f"{mine}; the middle one of you {60 * np.median(game.own):.0f}." if len(game.own) else f"{mine}.")
    if any(doing == "far" for doing, _, _ in game.samples) and game.lots[row][0] * 100 < game.settings.far:
        lines.append("In “some far” you were one of those who also hear somebody far away.")
    return Result(tuple(lines))
