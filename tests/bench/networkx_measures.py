"""Path length, clustering and constraint of a small world by networkx, on the very networks that ours measures."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import networkx as nx
import numpy as np

from choreo.models import small_world

PEOPLE, NEIGHBOURS, REWIRING = 1000, 10, 0.1


@cache
def network(seed: int) -> small_world.Network:
    """A small world as Watts and Strogatz build it."""
    params = small_world.SmallWorld(people=PEOPLE, neighbours=NEIGHBOURS, rewiring=REWIRING)
    return small_world.small_world(params, np.random.default_rng(seed))


@cache
def graph(seed: int) -> nx.Graph:
    """The same for networkx."""
    result = nx.Graph()
    result.add_nodes_from(range(PEOPLE))
    result.add_edges_from(network(seed).ties.tolist())
    return result


def mean_constraint(seed: int) -> float:
    """The mean of Burt's constraint."""
    return float(np.mean(small_world.constraint(network(seed))))


def _theirs(measure: Callable[[nx.Graph], float]) -> Callable[[int], float]:
    return lambda seed: measure(graph(seed))


COMPARISONS = (
    ("path length", lambda seed: small_world.path_length(network(seed)), _theirs(nx.average_shortest_path_length)),
    ("clustering", lambda seed: small_world.clustering(network(seed)), _theirs(nx.average_clustering)),
    ("constraint", mean_constraint, _theirs(lambda graph_: float(np.mean(list(nx.constraint(graph_).values()))))),
)
