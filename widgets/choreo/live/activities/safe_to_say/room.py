"""What the room sees of safe to say?: a count; then what people believe of each other; then that beside what they think."""

from __future__ import annotations

from statistics import median
from typing import Any

from choreo.live.activities.safe_to_say.game import AGREES, TENTHS, VIEWS, Views
from choreo.live.scene import Figure, Scene
from choreo.live.shift import figure

NEAR = 10  # points by which a guess, or a room, may be off and still be called about right


def scene(game: Views) -> Scene:
    """A count while the question is open; then what people believe of each other; then that beside what they think."""
    statement = game.settings.statement
    if game.step.name == "ask" and not game.own:
        ask = (
            "What do you think? And of ten others in this room, how many agree?",
            "Nobody is shown who says what.",
        )
        more, facts = game.so_far()
        return Scene(statement, (*ask, *more), facts)
    if not game.own:
        return Scene(statement, (game.unshown(),))
    answers, guess, share = ("answers", str(len(game.own))), median(game.others), game.share()
    if game.step.name != "gap":
        half = f"Half of us believe that {_of_ten(guess)} of ten others agree, or fewer."
        return Scene(statement, (half,), (answers, ("we believe", f"{guess:.0f}% agree")), (_guesses(game, None),))
    facts = (answers, ("we believed", f"{guess:.0f}% agree"), ("we think", f"{share:.0f}% agree"))
    lines: tuple[str, ...] = (gap(game),)
    views = _views(game)
    if (rounds := game.views_before_and_now()) is not None:
        before, now = rounds
        agreed = sum(before.counts(len(VIEWS))[AGREES:]) / before.answers
        lines, views = (*lines, f"Before, {agreed:.0%} agreed; now {share:.0f}% do."), figure(before, now, VIEWS)
    return Scene(statement, lines, facts, (views, _guesses(game, share)))


def gap(game: Views) -> str:
    """What people believe of each other against what they think, in a sentence."""
    share, guess = game.share(), median(game.others)
    low = sum(guess < share - NEAR for guess in game.others)
    high = sum(guess > share + NEAR for guess in game.others)
    if abs(share - guess) <= NEAR and low + high <= len(game.own) / 2:
        return "This room knows itself: what we believe of each other is about what we think."
    if low >= high:
        return f"{low} of {len(game.own)} guessed too low: more of us think so than we believe."
    return f"{high} of {len(game.own)} guessed too high: fewer of us think so than we believe."


def _views(game: Views) -> Figure:
    counts = [game.own.count(view) for view in range(len(VIEWS))]
    says = "What we think: " + "; ".join(f"{view}: {count}" for view, count in zip(VIEWS, counts, strict=True)) + "."
    bars = {"type": "bar", "x": list(VIEWS), "y": counts, "text": counts, "name": "what we think"}
    layout = {"xaxis": {"type": "category"}, "yaxis": {"title": {"text": "people"}}, "showlegend": False}
    return Figure((bars | {"meta": {"role": "you"}},), layout, says)


def _guesses(game: Views, share: float | None) -> Figure:
    counts = [game.others.count(guess) for guess in TENTHS]
    bars = {"type": "bar", "x": list(TENTHS), "y": counts, "name": "what we believed", "meta": {"role": "others"}}
    says = f"What we believe of each other: half of the guesses are {median(game.others):.0f}% or less."
    layout: dict[str, Any] = {
        "xaxis": {"title": {"text": "% of the others who agree: our guesses"}, "range": [-7, 107]}
    }
    layout |= {"yaxis": {"title": {"text": "people"}}, "showlegend": share is not None}
    if share is None:
        return Figure((bars,), layout, says)
    line = {"type": "scatter", "mode": "lines", "x": [round(share, 1)] * 2, "y": [0, max(counts)]}
    truth = line | {"name": "who do agree", "meta": {"role": "goal"}}
    return Figure((bars, truth), layout, f"{says} In truth {share:.0f}% agree.")


def _of_ten(percent: float) -> str:
    return f"{percent / 10:g}"
