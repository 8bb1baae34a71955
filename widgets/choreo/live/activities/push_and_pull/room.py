"""What the room sees of push and pull: the rules, how many have given, and the mean gift of each round that is over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from choreo.live.activities.push_and_pull.game import ENDOWMENT, FEWEST_TOGETHER, Pots, Round
from choreo.live.scene import Figure, Scene
from choreo.words import n_

ROLES = {"free": "you", "fine": "apart", "goal": "goal"}  # the colour of each regime


def scene(game: Pots) -> Scene:
    """The rules, how many have given, and the mean gift of each round that is over."""
    step = game.step.name
    if step == "explain":
        return Scene("How much do you give?", _rules(game), (("here", str(sum(map(game.ours, game.here())))),))
    if step == "write":
        ask = "What do we want to reach together in the next rounds? One short sentence."
        more, written = game.so_far()
        return Scene("Our goal, in your words", (ask, *more), written)
    if step == "choose":
        goals = tuple(f"“{goal}”" for goal in game.options().values())
        lines = goals or ("The goals are being read. They will be here in a moment.",)
        more, chosen = game.so_far()
        return Scene("Which goal shall be ours?", (*lines, *more), chosen)
    facts = [("round", f"{game.turn} of {game.settings.rounds}")]
    if (on := game.round_on()) is not None:
        facts.append(("have given", f"{on.moved} of {on.moved + on.due}"))
    if game.rounds:
        facts.append(("given in the last round", f"{game.rounds[-1].mean:.1f} of {ENDOWMENT}"))
    figures = (bars(game, game.rounds),) if game.rounds else ()
    return Scene(*_heading(game), tuple(facts + virtual(game)), figures)


def _rules(game: Pots) -> tuple[str, ...]:
    settings = game.settings
    all_in = f"{ENDOWMENT * settings.worth * 4:g}"
    return (
        f"In each round you have {ENDOWMENT} points. What you keep is yours; what you give goes into a pot that you share "
        "with two to five others. You do not know who they are.",
        f"Each point in the pot pays {settings.worth:g} to everybody in the group. If all of four give everything, each "
        f"has {all_in}; if nobody gives, each keeps {ENDOWMENT}.",
        n_(
            "{rounds} round of at most {seconds} seconds. The group sees the sum of its pot, and not who gave what.",
            "{rounds} rounds of at most {seconds} seconds. The group sees the sum of its pot, and not who gave what.",
            settings.rounds,
        ).format(rounds=settings.rounds, seconds=settings.seconds),
    )


def _heading(game: Pots) -> tuple[str, tuple[str, ...]]:
    settings = game.settings
    lines: tuple[str, ...] = ()
    title = f"Each point in the pot pays {settings.worth:g} to everybody in the group"
    if game.step.name == "fine":
        title = f"From now on: who gives less than {settings.enough} pays a fine of {settings.fine}"
    if game.step.name == "goal":
        title, votes = game.goal()
        lines = (f"{votes} of you chose this goal.",) if votes else ()
        lines += (game.unshown(),) if game.shifts.held else ()
    if 0 < sum(person.here for person in game.people.values()) < FEWEST_TOGETHER:
        lines += (f"A group needs {FEWEST_TOGETHER}. Until more people come, fill the room up with bots.",)
    return title, lines


def virtual(game: Pots) -> list[tuple[str, str]]:
    """How many virtual participants are here, if any."""
    count = sum(person.virtual and person.here for person in game.people.values())
    return [("virtual participants", str(count))] if count else []


def parts(game: Pots) -> list[tuple[str, str, list[int]]]:
    """The parts that had a round: what it is called, its regime, and the places of its rounds."""
    places: dict[int, list[int]] = {}
    for place, played in enumerate(game.rounds):
        places.setdefault(played.part, []).append(place)
    found, seen = [], set[str]()
    for inside in places.values():
        regime = game.rounds[inside[0]].regime
        called = {"free": "freely", "fine": "with a fine", "goal": "with our goal"}[regime]
        if regime == "free" and "fine" in seen:
            called = "after the fine"
        elif regime in seen:
            called += " again"
        seen.add(regime)
        found.append((called, regime, inside))
    return found


def bars(game: Pots, rounds: Sequence[Round], model: Sequence[float] = ()) -> Figure:
    """The mean gift of each round, a colour for each regime; with the model's as a line."""
    data: list[dict[str, Any]] = []
    for called, regime, inside in parts(game):
        means = [round(rounds[place].mean, 2) for place in inside]
        labels = [f"{mean:.1f}" for mean in means]
        numbers = [place + 1 for place in inside]
        bar = {"type": "bar", "x": numbers, "y": means, "text": labels, "name": called}
        data.append(bar | {"meta": {"role": ROLES[regime]}})
    says = "; ".join(f"{called}: {mean(rounds[place].mean for place in inside):.1f}"
                     for called, _, inside in parts(game))  # fmt: skip
    if model:
        line = {"type": "scatter", "mode": "lines+markers", "x": list(range(1, len(model) + 1)), "y": list(model)}
        data.append(line | {"name": "the model", "line": {"dash": "dot"}, "meta": {"role": "others"}})
        says += f"; the model ends at {model[-1]:.1f}"
    axis = {"title": {"text": "points given on average"}, "range": [0, ENDOWMENT]}
    layout = {"xaxis": {"title": {"text": "round"}, "dtick": 1}, "yaxis": axis, "barmode": "overlay"}
    return Figure(tuple(data), layout, f"Points given on average, {says}.")


def mean(values: Iterable[float]) -> float:
    """The mean of one number or more."""
    found = list(values)
    return sum(found) / len(found)
