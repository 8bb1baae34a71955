"""What the networks of a silo search found, and the model beside it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from choreo.live.activities.silo_search.game import BEST, COPY, Search
from choreo.live.activities.silo_search.model import MOST, curves
from choreo.live.activities.silo_search.room import KINDS, chart
from choreo.live.result import Result
from choreo.live.scene import Figure, Scene

DICE = (
    "One room is one throw of the dice: experiments with people disagree about which network wins (Lazer and Friedman "
    "2007; Mason and Watts 2012)."
)


def scene(game: Search) -> Scene:
    """How far each network came on average, and who came furthest."""
    if not game.nets:
        return Scene("There was no search yet.", ask="What kept us from searching?")
    ask = "What slowed your network down, and what helped it?"
    title = _furthest({KINDS[net.kind]: _last(game, index, 0) for index, net in enumerate(game.nets)}, "on average")
    return Scene(title, (), (), (chart(game, "mean", 0),), ask=ask, small=(_moves(game), DICE))


def further(game: Search) -> tuple[Scene, ...]:
    """The best solution of each network, and the model's curves on the same problem."""
    if not game.nets:
        return ()
    best = max((_last(game, index, 1) or 0 for index in range(len(game.nets))), default=0)
    title = f"The best solution that anybody found: {best} of {BEST} points"
    ask = "Who found something that never reached the others?"
    model = [curves(game, index) for index in range(len(game.nets))]
    ends = {KINDS[net.kind]: _end(model[index][0]) for index, net in enumerate(game.nets)}
    return (
        Scene(title, (), (), (chart(game, "best", 1),), ask=ask),
        Scene(
            f"In the model: {_furthest(ends, 'on average')}",
            (),
            (),
            (_beside(game, ends),),
            ask="Where did you do better than the model, and what did you do there?",
            small=(_runs(game), DICE),
        ),
    )


def _beside(game: Search, model: Mapping[str, int | None]) -> Figure:
    """Mean points at the end: each network, and the model of it."""
    names = [KINDS[net.kind] for net in game.nets]
    ours = [_last(game, index, 0) for index in range(len(game.nets))]
    bars = tuple(
        {"type": "bar", "name": name, "x": names, "y": values, "text": values, "meta": {"role": role}}
        for name, role, values in (("this room", "you", ours), ("the model", "others", [model[one] for one in names]))
    )
    layout = {
        "barmode": "group",
        "xaxis": {"type": "category"},
        "yaxis": {"title": {"text": "mean points at the end"}, "range": [0, BEST * 1.05]},
    }
    ends = (f"{name}: {own} here, {model[name]} in the model" for name, own in zip(names, ours, strict=True))
    return Figure(bars, layout, "; ".join(ends) + ".")


def _last(game: Search, index: int, part: int) -> int | None:
    found = next((found for found in reversed(game.nets[index].rounds) if found is not None), None)
    return None if found is None else round(found[part])


def _end(curve: np.ndarray) -> int | None:
    return round(float(curve[-1])) if len(curve) else None


def _furthest(ends: dict[str, int | None], how: str) -> str:
    """Who came furthest, in a sentence; two that are as far are both named."""
    known = {name: end for name, end in ends.items() if end is not None}
    if not known:
        return "Nobody was here to search"
    best = max(known.values())
    first = [name for name, end in known.items() if end == best]
    if len(first) == len(known) > 1:
        return f"All networks came as far: {best} points {how}"
    return f"{' and '.join(first)} came furthest: {best} points {how}"


def _moves(game: Search) -> str:
    tries = [move for who, seat in game.seats.items() if game.ours(who) for move in seat.moves.values()]
    own = sum(move >= 0 for move in tries)
    return f"You made {len(tries)} moves: {tries.count(COPY)} took over a solution, {own} tried a switch of their own."


def _runs(game: Search) -> str:
    few = max(sum(seat.net == net for seat in game.seats.values()) for net in range(len(game.nets)))
    capped = f" It takes at most {MOST} people in a network." if few > MOST else ""
    runs = "The model of Lazer and Friedman on your problem, with your ties, averaged over several runs."
    return runs + capped


def result_of(game: Search, who: str) -> Result:
    """Somebody's network, whether they were a bridge in it, and how far they came."""
    seat = game.seats.get(who)
    if seat is None:
        return Result()
    net = game.nets[seat.net]
    copies = list(seat.moves.values()).count(COPY)
    own = sum(move >= 0 for move in seat.moves.values())
    lines = [f"Your network: {KINDS[net.kind].lower()}."]
    if any(who in bridge.ends for bridge in net.bridges):
        lines.append("You were a bridge: you heard somebody of another silo.")
    lines.append(f"You began with {game.points[seat.start]} points and have {game.points[seat.state]}.")
    over = f"took something over {_times(copies)}" if copies else "took nothing over"
    lines.append(f"You tried a switch {_times(own)}, and {over}.")
    return Result(tuple(lines))


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"
