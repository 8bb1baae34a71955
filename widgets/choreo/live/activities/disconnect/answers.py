"""What a room said of itself, and how many each believed to be like them; what that comes to."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import fmean, variance

from choreo.live.activity import FEWEST


@dataclass(frozen=True)
class Answers:
    """One or more answers, in the order of the ballots."""

    own: tuple[bool, ...]  # whether they say yes
    same: tuple[int, ...]  # of a hundred others, how many they believe to say the same

    @property
    def people(self) -> int:
        """How many have answered."""
        return len(self.own)

    @property
    def yes(self) -> int:
        """How many say yes."""
        return sum(self.own)

    @property
    def share(self) -> float:
        """How many of a hundred say yes. It is also what the others say, seen by everyone in turn, on average."""
        return 100 * self.yes / self.people

    @property
    def large(self) -> int:
        """How many are on the larger side: more cannot be in the majority."""
        return max(self.yes, self.people - self.yes)

    @property
    def sure(self) -> int:
        """How many believe that more than half of the others say the same as they do."""
        return sum(same > 50 for same in self.same)

    @property
    def believed(self) -> list[int]:
        """How many of a hundred each believes to say yes."""
        return [same if own else 100 - same for own, same in zip(self.own, self.same, strict=True)]

    def side(self, says: bool) -> list[int]:
        """What those believe who say yes, or no: of a hundred, how many say yes."""
        return [guess for own, guess in zip(self.own, self.believed, strict=True) if own is says]

    @property
    def sides(self) -> tuple[float, float] | None:
        """What those who say yes believe on average, and those who say no; None if one side is too small to hide in.

        Neither is told then: who knows one and what all believed knows the other.
        """
        if min(self.yes, self.people - self.yes) < FEWEST:
            return None
        return fmean(self.side(True)), fmean(self.side(False))

    @property
    def luck(self) -> float:
        """How far luck alone moves the gap between two such sides: its standard error, in points."""
        return math.sqrt(sum(variance(self.side(says)) / len(self.side(says)) for says in (True, False)))
