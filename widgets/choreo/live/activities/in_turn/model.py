"""A room's own hints in other orders, by the rule of the lesson's meeting (`models/meeting.py`).

Everybody counts every voice they have heard as one, and their own hint as one; they say what has more, and toss a coin when
it is even. How the voices stand is heard after every `every`-th. The table decides as most voices do; a tie is tossed.
"""

from __future__ import annotations

import numpy as np


def wrong(hints: np.ndarray, every: int, rng: np.random.Generator, orders: int) -> float:
    """In what share of `orders` orders of these hints, true where right, the table decides wrongly."""
    signal = rng.permuted(np.repeat(np.asarray(hints, dtype=bool)[:, None], orders, axis=1), axis=0)
    heard = np.zeros(orders, dtype=int)
    for first in range(0, len(signal), every):
        some = signal[first : first + every]
        evidence = heard + np.where(some, 1, -1)
        said = np.where(evidence == 0, rng.random(some.shape) < 0.5, evidence > 0)
        heard = heard + np.where(said, 1, -1).sum(axis=0)
    return float(np.mean(heard < 0) + np.mean(heard == 0) / 2)
