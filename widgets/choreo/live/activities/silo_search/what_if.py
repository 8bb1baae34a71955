"""The same room with more bridges: what people tried is their own, what they take over follows the model's rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from choreo.live.activities.silo_search.game import BEST, Search, by_silo, idle, ring
from choreo.live.activities.silo_search.room import KINDS
from choreo.live.rounds import round_axis
from choreo.live.scene import Figure, Scene

MORE_BRIDGES, PLACEMENTS = 2, 20


def scenes(game: Search) -> tuple[Scene, ...]:
    """Each network of silos once more, with two more bridges."""
    played = range(len(game.nets)) if game.round > 1 else ()
    return tuple(_with_bridges(game, index) for index in played if game.nets[index].silos > 1 and _many(game, index))


def _many(game: Search, index: int) -> bool:
    return len({seat.silo for seat in game.seats.values() if seat.net == index}) > 1


def _with_bridges(game: Search, index: int) -> Scene:
    net = game.nets[index]
    rng = np.random.default_rng([game.seed, game.game, index, MORE_BRIDGES])
    members = by_silo(game.seats, game.seats, index, net.silos)
    ties = [(bridge.ends[0], bridge.ends[1]) for bridge in net.bridges if all(bridge.ends)]
    busy = Counter(who for tie in ties for who in tie)
    pairs = ring(net.silos, len(net.bridges) + MORE_BRIDGES)[len(net.bridges) :]
    pairs = [pair for pair in pairs if members[pair[0]] and members[pair[1]]]
    more = []
    for _ in range(PLACEMENTS):
        new = [(idle(members[one], busy, rng), idle(members[other], busy, rng)) for one, other in pairs]
        more.append(_replay(game, index, ties + new))
    curves: dict[str, list[int | None]] = {
        "as it was": [None if found is None else round(found[0]) for found in net.rounds],
        "same bridges, by the rule": [round(value) for value in _replay(game, index, ties)],
        f"{MORE_BRIDGES} more bridges, by the rule": [round(sum(each) / len(each)) for each in zip(*more, strict=True)],
    }
    roles, dashes = ("you", "apart", "goal"), ("solid", "dot", "dash")
    data = tuple(
        {
            "type": "scatter",
            "mode": "lines",
            "name": name,
            "x": list(range(len(values))),
            "y": values,
            "line": {"dash": dash},
            "meta": {"role": role},
        }
        for (name, values), role, dash in zip(curves.items(), roles, dashes, strict=True)
    )
    layout = {
        "xaxis": round_axis(max(map(len, curves.values()))),
        "yaxis": {"title": {"text": "mean points"}, "range": [0, BEST * 1.05]},
    }
    ends = {name: values[-1] for name, values in curves.items()}
    says = "Mean points at the end. " + "; ".join(f"{name}: {value}" for name, value in ends.items()) + "."
    lines = (
        "Assumed: everybody begins where they began, and moves in the rounds in which they moved. Who hears of a "
        "better solution takes over the best one; else who had tried a switch tries the same one, and others stay.",
        f"So compare the two lines by the rule. The new bridges go on around the ring of silos; who stands on them "
        f"is drawn {PLACEMENTS} times, and the mean is shown.",
    )
    same, bridged = list(ends.values())[1:]
    title = f"{KINDS[net.kind]}: with {MORE_BRIDGES} more bridges {bridged} points in place of {same}, by the rule"
    ask = "Who here could be the next bridge, and what would that cost them?"
    return Scene(title, (), (), (Figure(data, layout, says),), ask=ask, small=(*lines, says))


def _replay(game: Search, index: int, ties: Sequence[tuple[str, str]]) -> list[float]:
    """The mean points after each round, with these bridges, under the assumptions that `_with_bridges` tells."""
    net = game.nets[index]
    seats = {who: seat for who, seat in game.seats.items() if seat.net == index}
    points = game.points
    state = {who: seat.start for who, seat in seats.items()}
    tied: dict[str, list[str]] = {}
    for one, other in ties:
        tied.setdefault(one, []).append(other)
        tied.setdefault(other, []).append(one)
    means = [_mean([points[state[who]] for who in net.there[0] if game.ours(who)], 0.0)]
    for round_ in range(1, len(net.there)):
        seen = dict(state)
        best = [-1] * net.silos
        for who in net.there[round_ - 1]:
            silo = seats[who].silo
            if best[silo] < 0 or (-points[seen[who]], seen[who]) < (-points[best[silo]], best[silo]):
                best[silo] = seen[who]
        for who, seat in seats.items():
            move = seat.moves.get(round_)
            if move is None:
                continue
            heard = [best[seat.silo]] if best[seat.silo] >= 0 else []
            heard += [seen[other] for other in tied.get(who, ()) if other in net.there[round_ - 1]]
            top = min(heard, key=lambda one: (-points[one], one), default=seen[who])
            if points[top] > points[seen[who]]:
                state[who] = top
            elif move >= 0 and points[seen[who] ^ 1 << move] > points[seen[who]]:
                state[who] = seen[who] ^ 1 << move
        means.append(_mean([points[state[who]] for who in net.there[round_] if game.ours(who)], means[-1]))
    return means


def _mean(values: Sequence[int], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise
