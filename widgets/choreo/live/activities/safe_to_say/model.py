"""The Emperor's Dilemma with a room's own number."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from choreo.models import emperor

SIDE, ROUNDS = 16, 40  # of the model's map: small and quick; everything else as in the lesson


@lru_cache(maxsize=64)
def followers(believers: float, *, network: str = "neighbours", cost: float = 0.125) -> float:
    """The share that follows a view in public if `believers` of all hold it: the mean of three runs of the model."""
    params = emperor.Emperor(believers=believers, network=network, cost=cost, rows=SIDE, columns=SIDE, rounds=ROUNDS)
    return float(np.mean(emperor.run_many(params, np.random.default_rng(4), 3)["public"]))
