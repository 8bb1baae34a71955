"""Safe to say? in screens: the gap, what either side believes, and how many follow in public in the model."""

from __future__ import annotations

from collections.abc import Mapping
from statistics import median

from choreo.live.activities.safe_to_say.game import AGREES, Views
from choreo.live.activities.safe_to_say.model import followers
from choreo.live.activities.safe_to_say.room import NEAR, gap
from choreo.live.activity import FEWEST
from choreo.live.scene import Figure, Scene


def scene(game: Views) -> Scene:
    """What the room thinks beside what it believed."""
    statement = game.settings.statement
    if not game.own:
        return Scene(statement, (game.unshown(),), ask="What would make it easier to answer?")
    agree, held, believed = game.norm()
    verb = "agree" if agree else "disagree"
    figure = _bars({f"{verb}, sealed": (held, "you"), f"{verb}, as we believed": (believed, "others")})
    facts = (("answers", str(len(game.own))), ("gap", f"{abs(believed - held) * 100:.0f} points"))
    ask = "What would you have said aloud in this room an hour ago?"
    return Scene(gap(game), (f"“{statement}”",), facts, (figure,), ask=ask)


def further(game: Views) -> tuple[Scene, ...]:
    """What either side believes of the others; and how many follow a view in public, in the model."""
    return (*_mirror(game), _model(game)) if game.own else ()


def _mirror(game: Views) -> tuple[Scene, ...]:
    """What either side believes of the others, if both are large enough to hide in."""
    guesses = []
    for agrees in (True, False):
        side = [index for index, view in enumerate(game.own) if (view >= AGREES) is agrees]
        if len(side) < FEWEST:
            return ()
        guesses.append(median(game.others[index] for index in side))
    if abs(guesses[0] - guesses[1]) < NEAR:
        return ()
    title = f"Those who agree believe that {guesses[0]:.0f}% do; those who disagree, {guesses[1]:.0f}%"
    sides = {
        "believed by those who agree": (guesses[0] / 100, "others"),
        "believed by those who disagree": (guesses[1] / 100, "others"),
        "agree in truth": (game.share() / 100, "you"),
    }
    return (Scene(title, (), (), (_bars(sides),), ask="Whom do you ask when you want to know what people think?"),)


def _model(game: Views) -> Scene:
    agree, held, believed = game.norm()
    verb = "agree" if agree else "disagree"
    public = followers(round(held, 2))
    title = f"{held:.0%} of us {verb}; in the model {public:.0%} act as if they did"
    small = (
        "In the model of lesson 04 people see only their neighbours, and are corrected by them. Its people are not you: "
        "what fits is how it comes about.",
    )
    sides = {
        f"{verb}, sealed": (held, "you"),
        f"{verb}, as we believed": (believed, "others"),
        f"{verb}, in public, in the model": (public, "apart"),
    }
    ask = "Who gains here when nobody says it first?"
    return Scene(title, (), (), (_bars(sides),), ask=ask, small=small)


def _bars(sides: Mapping[str, tuple[float, str]]) -> Figure:
    """Shares of people (0 to 1), each in the colour of its role."""
    bars = tuple(
        {"type": "bar", "x": [name], "y": [round(100 * value, 1)], "text": [f"{value:.0%}"], "name": name}
        | {"meta": {"role": role}}
        for name, (value, role) in sides.items()
    )
    layout = {"yaxis": {"title": {"text": "% of people"}, "range": [0, 108]}, "showlegend": False}
    says = "; ".join(f"{name}: {value:.0%}" for name, (value, _) in sides.items()) + "."
    return Figure(bars, layout, says)
