"""The map that a room has named, which missing tie would help most, and what would be left without whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from choreo.explorables.players import Players, listed, surest, tie_words
from choreo.explorables.players_told import nearer
from choreo.models.alliance import Help, Maps, Tie, cut_off, drawn, left, minds, nearness, reached, worst_day


def named_by(ballots: Iterable[Mapping[str, object]]) -> dict[Tie, int]:
    """By how many people each tie was named, from whichever side."""
    found: dict[Tie, int] = {}
    for ballot in ballots:
        own, talked = ballot["party"], ballot["talked"]
        assert isinstance(own, int)
        assert isinstance(talked, list)
        for other in talked:
            tie = (min(own, other), max(own, other))
            found[tie] = found.get(tie, 0) + 1
    return found


@dataclass(frozen=True)
class DrawnMap:
    """Parties, and the ties that enough people named; those that fewer named are nowhere in it."""

    names: tuple[str, ...]
    named: Mapping[Tie, int]  # by how many people

    @property
    def ties(self) -> tuple[Tie, ...]:
        """In order, so that the same map is the same."""
        return tuple(sorted(self.named))

    @property
    def possible(self) -> int:
        """How many ties there could be."""
        return len(self.names) * (len(self.names) - 1) // 2

    @cached_property
    def players(self) -> Players:
        """The map as the course's models take it. What people need to hear before they move is not asked here."""
        return Players(needs=(1,) * len(self.names), ties=self.ties, names=self.names)

    @property
    def help(self) -> Help:
        """The missing ties that bring the parties nearest; all were tried."""
        return nearer(len(self.names), self.ties)

    @property
    def best(self) -> Tie | None:
        """Of those the one that is best on most maps that differ by one tie; None where none helps."""
        found = surest(self.help)
        return found[0] if found else None

    @property
    def more(self) -> Maps:
        """The map with that tie, if there is one."""
        return drawn(len(self.names), [*self.ties, *([self.best] if self.best else [])])

    def words(self, tie: Tie) -> str:
        """A tie by its two names."""
        return tie_words(self.players, tie)

    @property
    def alone(self) -> str:
        """Who has no tie; empty if all have one."""
        lone = [name for at, name in enumerate(self.names) if not any(at in tie for tie in self.ties)]
        return listed(lone)

    @property
    def groups(self) -> int:
        """How many groups there are that cannot reach each other; who has no tie is one."""
        return len(set(reached(self.players.contacts)[0].tolist()))

    @property
    def broker(self) -> tuple[str, int]:
        """Without whom most pairs of the others would be cut off, and how many; nobody and 0 if none would."""
        cut = cut_off(self.players.contacts)[0]
        who = [self.names[at] for at in np.flatnonzero((cut == cut.max()) & (cut > 0))]
        return listed(who), int(cut.max())

    def measures(self, maps: Maps) -> tuple[float, float, float]:
        """Of a map, in percent of the most there could be: nearness, pairs left on the worst day, and minds."""
        people = len(self.names)
        pairs = (people - 1) * (people - 2) / 2
        return (
            100 * float(nearness(maps)[0]),
            100 * float(worst_day(maps)[0]) / pairs,
            100 * float(minds(maps)[0]) / people,
        )

    def without(self, maps: Maps) -> list[float]:
        """For each party in how many of a hundred pairs of the others still reach each other when it has left."""
        people = len(self.names)
        return [100 * float(one) / ((people - 1) * (people - 2) / 2) for one in left(maps)[0]]
