"""Fewer people asked, and other ways of seeing each other."""

from __future__ import annotations

from choreo.live.activities.wisdom_of_the_room.game import Estimating
from choreo.live.scene import Scene


def scenes(game: Estimating) -> tuple[Scene, ...]:
    """Fewer people asked, by an exact formula; and other ways of seeing each other, by the lesson's model."""
    if len(game.alone) < 2 or not game.shown:
        return ()
    fewer = (
        "Drawn at random from your estimates made alone (root mean square, exact).",
        "More people take away what differs between us. What we all get wrong in the same way stays.",
    )
    otherwise = ("The model of lesson 08, from your own first estimates, the more often people look around.",)
    figure = game.all_alone().fewer()
    return (
        Scene(
            "If fewer of us had been asked: " + figure.says[0].lower() + figure.says[1:].rstrip("."),
            figures=(figure,),
            ask="How many people do you ask before you decide?",
            small=fewer,
        ),
        Scene(
            "If we had seen each other differently",
            figures=(game.estimates().otherwise(game.seed),),
            ask="Which of the three is most like your meetings?",
            small=otherwise,
        ),
    )
