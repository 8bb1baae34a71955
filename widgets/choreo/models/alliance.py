"""A handful of players and who talks to whom, as somebody drew them: what they can count on, and which tie would help most.

Five questions from models that stand in files of their own, asked of one small map, exactly and without luck:

- news: how near people are to each other, the mean of 1 / steps over all pairs (0 for a pair that cannot reach each other);
- broker: how many pairs of the others still reach each other on the day on which the one leaves who is missed most;
- voices: DeGroot's influence (`influence.py`) where all give the same attention to each of their contacts and to
  themselves. Then a first opinion counts for (contacts + 1) / their sum, and everybody ends up with as many minds as
  1 / the sum of squares of that, within those whom they can reach; the value is the mean over people;
- silence: Granovetter's thresholds (`thresholds.py`) on a map: somebody moves once so many of their contacts have. One
  begins; the value is the mean number of people who have moved in the end, over all who could be the one.

Ours: that contacts are counted, where the paper counts everybody; and the search. All ties that are missing are tried.
Those that come to the best value are the set of equals (`best`). A map drawn by one person has a fault somewhere, so the
search is done again on every map that differs by one tie, and it is counted on how many of them each still is among the
best. Sets of people are bits of a whole number, so that some two thousand maps of twelve take a few hundredths of a second.

Left out: how strong a tie is, which way it goes, what is said along it, what it costs, and whether it can be made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np

from choreo.models.parameter import Parameters, Spec

FEWEST, MOST = 4, 12  # players
MOST_NEEDED = 4  # contacts who must have moved before somebody does
EVEN = 1e-9  # values this close are equal
FEW_MINDS = 0.2  # fewer are no loss worth words

Tie = tuple[int, int]
Maps = np.ndarray
"""Maps side by side, shape (maps, people): each person's contacts as the bits of a whole number."""
Value = Callable[[Maps], np.ndarray]
"""What a map is worth, the more the better, for each of them; shape (maps,)."""


@dataclass(frozen=True)
class Alliance(Parameters):
    """A map: how many of their contacts each needs, and who talks to whom. It is checked where it is drawn."""

    needs: tuple[int, ...] = ()
    ties: tuple[Tie, ...] = ()

    @classmethod
    def specs(cls) -> tuple[Spec, ...]:
        """None: no part of it is moved by a control of its own."""
        return ()

    @property
    def contacts(self) -> Maps:
        """The map as it was drawn."""
        return drawn(len(self.needs), self.ties)


def drawn(people: int, ties: Sequence[Tie]) -> Maps:
    """One map, shape (1, people)."""
    contacts = np.zeros((1, people), dtype=np.uint16)
    for one, other in ties:
        contacts[0, one] |= np.uint16(1 << other)
        contacts[0, other] |= np.uint16(1 << one)
    return contacts


def pairs(people: int) -> list[Tie]:
    """All ties that there could be."""
    return list(combinations(range(people), 2))


def _bit(person: int) -> np.uint16:
    return np.uint16(1 << person)


def _has(sets: np.ndarray, person: int) -> np.ndarray:
    return (sets >> np.uint16(person)) & np.uint16(1)


def _selves(people: int) -> np.ndarray:
    return (1 << np.arange(people)).astype(np.uint16)


def reached(maps: Maps) -> np.ndarray:
    """Whom each person can reach, themselves among them, as bits; the last axis is that of people."""
    sets = maps | _selves(maps.shape[-1])
    for between in range(maps.shape[-1]):
        sets = sets | _has(sets, between) * sets[..., between : between + 1]
    return np.asarray(sets)


def _balls(maps: Maps) -> Iterator[np.ndarray]:
    """Whom each person can reach in at most 0, 1, 2, ... steps, as bits, as long as that grows."""
    people = maps.shape[-1]
    ball = np.broadcast_to(_selves(people), maps.shape)
    while True:
        yield ball
        wider = ball
        for other in range(people):
            wider = wider | _has(maps, other) * ball[:, other : other + 1]
        if np.array_equal(wider, ball):
            return
        ball = wider


def steps(contacts: Maps) -> np.ndarray:
    """How many steps lie between two people of one map, shape (people, people); -1 where there is no way."""
    people = contacts.shape[-1]
    found = np.full((people, people), -1)
    for step, ball in enumerate(_balls(contacts)):
        inside = (ball[0][:, None] >> np.arange(people) & 1).astype(bool)
        found[inside & (found < 0)] = step
    return found


def nearness(maps: Maps) -> np.ndarray:
    """The mean of 1 / steps over all pairs: 1 where everybody talks to everybody, 0 where nobody does."""
    people = maps.shape[-1]
    count = [np.bitwise_count(ball).sum(axis=1, dtype=int) for ball in _balls(maps)]
    near = sum(
        ((after - before) / step for step, (before, after) in enumerate(pairwise(count), 1)), np.zeros(len(maps))
    )
    return np.asarray(near / (people * (people - 1)))


def cut_off(maps: Maps) -> np.ndarray:
    """For each person how many pairs of the others no longer reach each other once they have left: (maps, people)."""
    people = maps.shape[-1]
    mine = np.bitwise_count(reached(maps)).astype(int)
    return np.asarray((mine.sum(axis=1)[:, None] - people) // 2 - (mine - 1) - left(maps))


def left(maps: Maps) -> np.ndarray:
    """For each person how many pairs of the others reach each other when they have left: (maps, people)."""
    people = maps.shape[-1]
    others = maps[:, None, :] & ~_selves(people)[:, None]  # (maps, who has left, people)
    others[:, np.arange(people), np.arange(people)] = 0
    there = np.bitwise_count(reached(others)).sum(axis=2, dtype=int)  # each counts themselves, who has left too
    return np.asarray((there - people) // 2)


def worst_day(maps: Maps) -> np.ndarray:
    """How many pairs of the others still reach each other when the one leaves with whom most of that goes."""
    return np.asarray(left(maps).min(axis=1))


def shares(maps: Maps) -> np.ndarray:
    """What each first opinion counts for in what those agree on whom a person can reach: (maps, people)."""
    heard = np.bitwise_count(maps).astype(float) + 1
    return np.asarray(heard / _within(reached(maps), heard))


def attention(contacts: Maps) -> np.ndarray:
    """Whom each person of one map listens to, and how much: (people, people), rows add to 1."""
    people = contacts.shape[-1]
    hears = (contacts[0][:, None] >> np.arange(people) & 1) + np.eye(people)
    return np.asarray(hears / hears.sum(axis=1, keepdims=True))


def weights(contacts: Maps) -> np.ndarray:
    """What each first opinion counts for in what all end up with, on average over people; of one map, adding to 1."""
    return np.asarray(shares(contacts)[0] * np.bitwise_count(reached(contacts)[0]) / contacts.shape[-1])


def minds(maps: Maps) -> np.ndarray:
    """How many minds there are in what somebody ends up with, the mean over people."""
    return np.asarray((1 / _within(reached(maps), shares(maps) ** 2)).mean(axis=1))


def _within(sets: np.ndarray, values: np.ndarray) -> np.ndarray:
    """The sum of `values` over each set of people."""
    found = np.zeros(values.shape)
    for person in range(values.shape[-1]):
        found += _has(sets, person) * values[:, person : person + 1]
    return found


def moves(maps: Maps, needs: Sequence[int], begin: np.ndarray) -> list[np.ndarray]:
    """Who has moved after each round, as bits, from those who `begin`, shape (maps, tries), until nobody joins.

    `maps` may be one, for any number of tries.
    """
    now = np.asarray(begin, dtype=np.uint16)
    found = [now]
    while True:
        after = now
        for person, need in enumerate(needs):
            heard = np.bitwise_count(now & maps[:, person : person + 1])
            after = after | (heard >= need) * _bit(person)
        if np.array_equal(after, now):
            return found
        found.append(after.astype(np.uint16))
        now = found[-1]


def followed(maps: Maps, needs: Sequence[int]) -> np.ndarray:
    """How many have moved in the end when each begins, that one among them: (maps, who begins)."""
    people = maps.shape[-1]
    begin = np.broadcast_to(_selves(people), (len(maps), people))
    return np.asarray(np.bitwise_count(moves(maps, needs, begin)[-1]).astype(int))


def carried(needs: Sequence[int]) -> Value:
    """The mean number of people who have moved in the end, over all who could begin."""
    return lambda maps: np.asarray(followed(maps, needs).mean(axis=1))


def first_voices(contacts: Maps, needs: Sequence[int]) -> list[tuple[int, ...]]:
    """The smallest sets of people who must begin so that all follow, found by trying all sets; of one map."""
    people = contacts.shape[-1]
    tries = np.arange(1 << people, dtype=np.uint16)[None]
    everybody = (1 << people) - 1
    wins = tries[0][moves(contacts, needs, tries)[-1][0] == everybody]
    few = np.bitwise_count(wins)
    return [tuple(p for p in range(people) if one >> p & 1) for one in wins[few == few.min()].tolist()]


@dataclass(frozen=True)
class Help:
    """What one more tie comes to."""

    now: float  # what the map is worth as it was drawn
    best: float  # and with the best tie; `now` where none helps
    ties: tuple[Tie, ...]  # those that come to the best, all alike; none where none helps
    holds: tuple[int, ...]  # for each of them: on how many other maps it still is among the best
    of: int  # how many maps that differ by one tie there are for each of them
    tried: int  # how many ties are missing, and were tried


class Around:
    """A map, and all that differ from it by one tie or by two: enough to try every tie on each that differs by one."""

    def __init__(self, contacts: Maps) -> None:
        """Lay them side by side: the map as drawn, those with one pair the other way round, those with two."""
        people = contacts.shape[-1]
        self.pairs = pairs(people)
        flips = np.concatenate([drawn(people, [pair]) for pair in self.pairs])
        self._two = np.triu_indices(len(self.pairs), 1)
        first, second = self._two
        self._maps = np.concatenate([contacts, contacts ^ flips, contacts ^ flips[first] ^ flips[second]])
        there = np.array([bool(contacts[0, one] >> other & 1) for one, other in self.pairs])
        turned = np.concatenate([np.zeros((1, len(there)), dtype=bool), np.eye(len(there), dtype=bool)])
        self.missing = ~there ^ turned
        """Which ties (columns) are missing: on the map as drawn (the first row), and with each pair turned."""

    def worth(self, value: Value) -> tuple[np.ndarray, np.ndarray]:
        """What each of these rows is worth, shape (rows,), and with each pair turned besides, shape (rows, pairs)."""
        many, worth = len(self.pairs), value(self._maps).astype(float)
        turned = np.empty((many + 1, many))
        turned[0] = worth[1 : many + 1]
        twice = turned[1:]  # the same pair twice is the map as drawn
        first, second = self._two
        twice[first, second] = twice[second, first] = worth[many + 1 :]
        np.fill_diagonal(twice, worth[0])
        return worth[: many + 1], turned

    def once(self, value: Value) -> tuple[float, np.ndarray]:
        """What the map as drawn is worth, and with each pair turned, shape (pairs,)."""
        worth = value(self._maps[: len(self.pairs) + 1]).astype(float)
        return float(worth[0]), worth[1:]


def helps(contacts: Maps, value: Value) -> Help:
    """Try every missing tie on the map as drawn, and on every map that differs from it by one tie."""
    around = Around(contacts)
    now, turned = around.worth(value)
    good = np.stack([_among_best(*row) for row in zip(turned, around.missing, now, strict=True)])
    chosen = np.flatnonzero(good[0])
    return Help(
        now=float(now[0]),
        best=float(turned[0, chosen[0]]) if len(chosen) else float(now[0]),
        ties=tuple(around.pairs[at] for at in chosen),
        holds=tuple(int(good[1:, at].sum()) for at in chosen),
        of=len(around.pairs) - 1,
        tried=int(around.missing[0].sum()),
    )


def all_round(contacts: Maps, needs: Sequence[int]) -> Help:
    """Of the missing ties that make nothing worse those that make most of the four things better: `now` is 0, `best` how many.

    Fewer minds count as worse only where it is more than `FEW_MINDS`.
    """
    around = Around(contacts)
    better, worse = np.zeros((2, *around.missing.shape))
    for value, slack in ((nearness, EVEN), (worst_day, EVEN), (carried(needs), EVEN), (minds, FEW_MINDS)):
        now, turned = around.worth(value)
        better += turned > now[:, None] + EVEN
        worse += turned < now[:, None] - slack
    count = np.where(worse > 0, 0, better)
    good = np.stack([_among_best(*row, 0.0) for row in zip(count, around.missing, strict=True)])
    chosen = np.flatnonzero(good[0])
    return Help(
        now=0,
        best=float(count[0, chosen[0]]) if len(chosen) else 0,
        ties=tuple(around.pairs[at] for at in chosen),
        holds=tuple(int(good[1:, at].sum()) for at in chosen),
        of=len(around.pairs) - 1,
        tried=int(around.missing[0].sum()),
    )


def _among_best(worth: np.ndarray, missing: np.ndarray, now: float) -> np.ndarray:
    """Which of the missing ties come to the best value, if that is better than `now`."""
    most = np.max(worth, where=missing, initial=-np.inf)
    return np.asarray(missing & (worth > most - EVEN) & (most > now + EVEN))


def holds_with_other_needs(contacts: Maps, needs: Sequence[int], ties: Sequence[Tie]) -> tuple[tuple[int, ...], int]:
    """For each tie on how many maps it still is among the best where one person needs one more or one less; and of how many."""
    around = Around(contacts)
    others = [
        [*needs[:person], need, *needs[person + 1 :]]
        for person in range(len(needs))
        for need in (needs[person] - 1, needs[person] + 1)
        if 0 <= need <= MOST_NEEDED
    ]
    found = []
    for other in others:
        now, turned = around.once(carried(other))
        found.append(_among_best(turned, around.missing[0], now))
    still = np.array(found)
    return tuple(int(still[:, around.pairs.index(tie)].sum()) for tie in ties), len(others)
