"""What spreads on a map that is given once people have heard it from enough of those they know.

The complex contagion of D. Centola and M. Macy, American Journal of Sociology 113 (2007) 702-734, as `small_world` has it, with
all who begin named, and a map that somebody drew. Luck plays no part. Left out: people who turn back, and ties of unequal weight.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from choreo.models.parameter import Parameters, whole
from choreo.models.small_world import Network


@dataclass(frozen=True)
class Contagion(Parameters):
    """What spreads among people who know each other, on a map that is given."""

    need: int = whole(2, 1, 12, "how many of those they know must have moved before somebody does", "people")


def together(network: Network, first: Sequence[int], threshold: int) -> np.ndarray:
    """Who has moved after each round, shape (rounds + 1, people), if all of `first` begin at once.

    From the first round on the threshold rules, also for their contacts.
    """
    knows = np.zeros((network.people, network.people), dtype=np.intp)
    one, other = network.ties.T
    knows[one, other] = knows[other, one] = 1
    rounds = [moved := np.isin(np.arange(network.people), first)]
    while not np.array_equal(ahead := moved | (knows @ moved >= threshold), moved):
        rounds.append(moved := ahead)
    return np.array(rounds)
