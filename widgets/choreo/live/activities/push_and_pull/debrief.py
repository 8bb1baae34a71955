"""Push and pull beside the model of people who give when others give."""

from __future__ import annotations

from choreo.live.activities.push_and_pull.game import ENDOWMENT, Pots
from choreo.live.activities.push_and_pull.model import gifts
from choreo.live.activities.push_and_pull.room import bars, mean, parts, virtual
from choreo.live.result import Result
from choreo.live.scene import Figure, Scene
from choreo.models.public_good import DAY_CARE, PublicGood, deterring_fine


def scene(game: Pots) -> Scene:
    """The mean gift of each round, and of each part."""
    if not game.rounds:
        return Scene("No round was played to its end.", ask="What kept us from playing?")
    given = [f"{mean(game.rounds[place].mean for place in inside):.1f} {called}" for called, _, inside in parts(game)]
    title = f"Of {ENDOWMENT} points you gave {', '.join(given)}"
    small = (f"Everybody had {mean(played.got for played in game.rounds):.1f} points a round on average.",)
    return Scene(title, (), tuple(virtual(game)), (bars(game, game.rounds),), ask="What made you give?", small=small)


def further(game: Pots) -> tuple[Scene, ...]:
    """What the fine cost, beside the day-care centres; and the model in the same rounds."""
    if not game.rounds:
        return ()
    fined = any(played.regime == "fine" for played in game.rounds)
    return (*((_fines(game),) if fined else ()), _model(game))


def _fines(game: Pots) -> Scene:
    before, _, during, after = DAY_CARE
    weeks = {"before": before.fined, "with a fine": during.fined, "after it": after.fined}
    bars = tuple(
        {"type": "bar", "x": [when], "y": [late], "text": [f"{late:.1f}"], "name": when}
        | {"meta": {"role": "apart" if late == during.fined else "others"}}
        for when, late in weeks.items()
    )
    layout = {
        "xaxis": {"type": "category"},
        "yaxis": {"title": {"text": "late pick-ups a week"}, "rangemode": "tozero"},
        "showlegend": False,
    }
    says = "Late pick-ups a week in day-care centres. " + "; ".join(
        f"{when}: {late:.1f}" for when, late in weeks.items()
    )
    return Scene(
        "A fine can become a price: in day-care centres more parents came late, and stayed so",
        (_price(game),),
        (),
        (Figure(bars, layout, says + "."),),
        ask="Which fines do we have, and what did they replace?",
        small=("The day-care centres: Gneezy and Rustichini 2000.",),
    )


def _model(game: Pots) -> Scene:
    model = gifts(game)
    ours = game.rounds[len(model) - 1].mean
    title = f"In the last round you gave {ours:.1f}, people in the model {model[-1]:.1f}"
    small = ("The model begins where you began, and knows no goals; they give when others give.",)
    ask = "Where you are above the model, what was at work?"
    return Scene(title, (), (), (bars(game, game.rounds, model),), ask=ask, small=small)


def result_of(game: Pots, who: str) -> Result:
    """Somebody's points, and what they gave last beside the others in their pot."""
    if who not in game.points:
        return Result()
    lines = [f"You have {game.points[who]:g} points."]
    last = game.last.get(who, {})
    if last.get("gave") is not None and last["people"] > 1:
        others = (last["pot"] - last["gave"]) / (last["people"] - 1)
        lines.append(f"In your last round you gave {last['gave']}, the others in your pot {others:.1f} on average.")
    return Result(tuple(lines))


def _price(game: Pots) -> str:
    settings = game.settings
    saved = settings.enough * deterring_fine(PublicGood(marginal_return=settings.worth))
    cheaper = "paying the fine was cheaper" if settings.fine < saved else "giving was no dearer than the fine"
    return f"Giving {settings.enough} instead of nothing cost {saved:g} points, the fine {settings.fine}: {cheaper}."
