"""What the room sees of its estimates: how many there are; then the estimates, as they stand, and then the truth."""

from __future__ import annotations

from choreo.live.activities.wisdom_of_the_room.game import OTHERS, Estimating
from choreo.live.scene import Scene
from choreo.words import n_

SEES = {
    "some": f"what up to {OTHERS} others estimated",
    "middle": "the middle one of all estimates",
    "one": "what one person estimated",
}


def scene(game: Estimating) -> Scene:
    """The question and how many have answered; no estimates before the truth is shown, as they would spread."""
    question = game.settings.question
    if not game.closed:
        if game.step.name == "alone":
            return Scene(
                question,
                ("Estimate alone: no talk yet.",),
                ((n_("estimate", "estimates", len(game.alone)), str(len(game.alone))),),
            )
        lines = (f"You see {SEES[game.settings.sees]}. Estimate again: change yours, or keep it.",)
        return Scene(question, lines, (("alone", str(len(game.alone))), ("again", str(len(game.again)))))
    return truth(game) if game.told else guesses(game)


def guesses(game: Estimating) -> Scene:
    """All estimates, and not yet the truth."""
    if not game.shown:
        return Scene(game.settings.question, (game.unshown(),))
    figure = game.estimates().spread(told=False)
    return Scene(game.settings.question, figures=(figure,), ask="These are our estimates. Where is the truth?")


def truth(game: Estimating) -> Scene:
    """The truth, in the picture of the estimates."""
    settings = game.settings
    true = f"It is {game.scale().amount(settings.truth)}"
    if not game.shown:
        return Scene(true, (settings.question, game.unshown()), small=_source(game))
    ask = "Who comes nearer: all of us together, or the best of us?"
    return Scene(true, (settings.question,), (), (game.estimates().spread(),), ask=ask, small=_source(game))


def _source(game: Estimating) -> tuple[str, ...]:
    return (f"Where the answer is from: {game.settings.source}.",) if game.settings.source else ()
