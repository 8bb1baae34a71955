"""The mean of a room beside the nearest of all; then what seeing others did, beside the lesson's model."""

from __future__ import annotations

from choreo.live.activities.wisdom_of_the_room.estimates import Estimates, spelled
from choreo.live.activities.wisdom_of_the_room.game import Estimating
from choreo.live.activities.wisdom_of_the_room.room import truth
from choreo.live.result import Result
from choreo.live.scene import Scene

CLEAR = 0.05  # by how much some must keep more of their own than others to be told apart
NETWORKS = {"some": "decentralised", "middle": "everyone", "one": "centralised"}  # the model's words for it
MEAN = "The theorem is about the mean. The middle estimate is the one that wild guesses cannot move."


def scene(game: Estimating) -> Scene:
    """How far off the mean of all is, beside the nearest of all, whom nobody knew before."""
    if not game.shown:
        return truth(game)
    estimates = game.estimates()
    now, scale = estimates.before, estimates.scale
    title = (
        f"Alone, our mean is off by {scale.error(now.off)}: nearer than {now.beaten} of {len(estimates.alone)} of us"
    )
    means = f"True: {scale.amount(estimates.truth)}. {_told(estimates)}"
    ask = "Who could have said beforehand whose estimate would be the nearest?"
    return Scene(title, (), (), (estimates.nearest(),), ask=ask, small=(game.settings.question, means, MEAN))


def _told(estimates: Estimates) -> str:
    scale = estimates.scale
    mean = "mean in factors" if scale.factors else "mean"
    given = (("Alone", estimates.before), ("Again", estimates.after))
    return " ".join(
        f"{name}: {mean} {scale.amount(scale.plain(now.mean))}, middle {scale.amount(scale.plain(now.middle))}."
        for name, now in given
        if now is not None
    )


def further(game: Estimating) -> tuple[Scene, ...]:
    """Why the mean is better than most, what seeing others did, and where the model takes the same estimates."""
    if not game.shown:
        return ()
    estimates = game.estimates()
    return (_errors(estimates), *((_model(game, estimates),) if len(estimates.alone) > 1 else ()))


def _errors(estimates: Estimates) -> Scene:
    now, kept = estimates.before, estimates.kept
    share = now.diversity / now.average if now.average > 0 else 0.0
    cancels = f"{share:.0%} of the average squared error cancels out, because we err to different sides."
    lines: tuple[str, ...] = ()
    if kept:
        helps = "That helps: who knows more moves less." if kept[0] > kept[1] + CLEAR else "That does not help."
        lines = (f"Those nearer the truth kept {kept[0]:.0%} of their own, those further off {kept[1]:.0%}. {helps}",)
    ask = "What did you do when the others were far from you?"
    return Scene(estimates.change() or cancels, lines, (), (estimates.parts(),), ask=ask, small=(cancels, MEAN))


def _model(game: Estimating, estimates: Estimates) -> Scene:
    network = NETWORKS[game.settings.sees]
    first, *_, last = estimates.scale.errors(estimates.model(network, game.seed))
    how = "as much of them as you did" if estimates.kept else "half of them"
    title = f"In the model, looking around takes the error from {spelled(first)} to {spelled(last)}"
    if first == last:
        title = f"In the model, looking around changes nothing: the error stays {spelled(last)}"
    small = (f"The model of lesson 08 starts from your own first estimates and keeps {how}, round after round.",)
    ask = "When did you last decide after hearing one voice? What would the others have said alone?"
    return Scene(title, (), (), (estimates.path(network, game.seed),), ask=ask, small=small)


def result_of(game: Estimating, who: str) -> Result:
    """The estimates of this person, and how many of the others were nearer."""
    if who not in game.alone:
        return Result()
    scale = game.scale()
    goal, *offs = (float(value) for value in scale.of([game.settings.truth, *game.alone.values()]))
    mine = abs(float(scale.of([game.alone[who]])[0]) - goal)
    nearer = sum(abs(other - goal) < mine for other in offs)
    alone = f"Alone you said {scale.amount(game.alone[who])}. That is off by {scale.error(mine)}."
    place = f"{nearer} of {len(offs) - 1} others were nearer." if len(offs) > 1 and game.shown else ""
    again = f"Then you said {scale.amount(game.again[who])}." if who in game.again else ""
    return Result(tuple(filter(None, (alone, place, again))))
