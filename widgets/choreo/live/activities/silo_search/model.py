"""Lazer and Friedman's model on a room's own problem and with its ties."""

from __future__ import annotations

import numpy as np

from choreo.live.activities.silo_search.game import Search
from choreo.models.network_search import NetworkSearch, search
from choreo.models.small_world import Network

RUNS, WORK = 40, 2000  # runs of a small network, and how many people all runs have together
MOST = 400  # people that it takes


def curves(game: Search, index: int) -> tuple[np.ndarray, np.ndarray]:
    """The model's mean and best points after each round, shape (rounds + 1,) each."""
    net, rounds = game.nets[index], game.settings.rounds
    members = [who for who, seat in game.seats.items() if seat.net == index][:MOST]
    if not members:
        return np.zeros(0), np.zeros(0)
    place = {who: number for number, who in enumerate(members)}
    silo = np.array([game.seats[who].silo for who in members])
    one, other = np.triu_indices(len(members), 1)
    within = silo[one] == silo[other]
    ties = {(int(a), int(b)) for a, b in zip(one[within], other[within], strict=True)}
    for bridge in net.bridges:
        if bridge.ends[0] in place and bridge.ends[1] in place:
            a, b = sorted(place[who] for who in bridge.ends)
            ties.add((a, b))
    network = Network(len(members), np.array(sorted(ties), dtype=np.intp).reshape(-1, 2))
    params = NetworkSearch(
        people=len(members), rounds=rounds, components=game.settings.switches, interactions=game.settings.tangle
    )
    rng = np.random.default_rng([game.seed, game.game, index])
    runs = max(3, min(RUNS, WORK // len(members)))
    points = np.array(game.points)
    found = np.stack([points[search(params, points, network, rng)] for _ in range(runs)])
    return found.mean(axis=(0, 2)), found.max(axis=2).mean(axis=0)
