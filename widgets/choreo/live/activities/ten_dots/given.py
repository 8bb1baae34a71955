"""The dots that were given, counted: for each proposal, and for each way to count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

DOTS = 10  # that everybody has


@dataclass(frozen=True)
class Given:
    """What people gave, a row each and a number for each proposal; nobody knows whose a row is."""

    proposals: tuple[str, ...]
    rows: tuple[tuple[int, ...], ...]

    @property
    def dots(self) -> list[int]:
        """How many dots each proposal got."""
        return [sum(column) for column in zip(*self.rows, strict=True)]

    @property
    def givers(self) -> list[int]:
        """How many people gave each proposal at least one."""
        return [sum(dots > 0 for dots in column) for column in zip(*self.rows, strict=True)]

    @property
    def votes(self) -> list[float]:
        """How many votes each would have, had everybody one for what they gave most; whoever has several divides it."""
        found = [0.0] * len(self.proposals)
        for row in self.rows:
            favourites = [place for place, dots in enumerate(row) if dots == max(row)]
            for place in favourites:
                found[place] += 1 / len(favourites)
        return found


def ranked(values: Sequence[float]) -> list[int]:
    """The places, that with most first; equal ones as they stand."""
    return sorted(range(len(values)), key=lambda place: -values[place])


def leaders(values: Sequence[float]) -> set[int]:
    """The places that have most; small differences of fractions are none."""
    return {place for place, value in enumerate(values) if value > max(values) - 1e-9}
