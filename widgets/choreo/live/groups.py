"""Pairs or threes of the people who are here, as it follows from a seed and from who came and left since."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass

from choreo.roles import ROLES, Role
from choreo.words import _

SIZES = (2, 3)
COLOURS: tuple[Role, ...] = ROLES[:4]


@dataclass(frozen=True)
class Sign:
    """What the phones of one group show, so that its people find each other: no names."""

    colour: Role
    number: int

    @property
    def name(self) -> str:
        """The sign in words, for who does not see its colour: "Blue 3"."""
        names = (_("Blue {number}"), _("Orange {number}"), _("Green {number}"), _("Purple {number}"))
        return names[COLOURS.index(self.colour)].format(number=self.number)


class Groups:
    """Who talks with whom. Nobody who has a partner is moved, unless a group has grown too large."""

    def __init__(self, size: int, seed: int, people: Iterable[str]) -> None:
        """Groups of `size` people; those left over make a three, or pairs."""
        self.size = size
        self._of: dict[str, int] = {}  # by person, also of who has left: the group's place among the signs
        self._members: dict[int, list[str]] = {}
        self._fresh: set[str] = set()  # whose phones show something old
        waiting = sorted(people)
        random.Random(seed).shuffle(waiting)
        while waiting:
            count = self._next_size(len(waiting))
            self._found(waiting[:count])
            waiting = waiting[count:]

    def _next_size(self, left: int) -> int:
        if self.size == 2:
            return 3 if left == 3 else 2
        return 2 if left in (2, 4) else 3

    def sign(self, who: str) -> Sign | None:
        """Their group's sign; None for who is in no group, or alone."""
        group = self._of.get(who)
        members = self._members.get(group, []) if group is not None else []
        return _sign(group) if group is not None and who in members and len(members) > 1 else None

    def count_of(self, who: str) -> int:
        """How many are in their group."""
        group = self._of.get(who)
        members = self._members.get(group, []) if group is not None else []
        return len(members) if who in members else 0

    def all(self) -> list[list[str]]:
        """The groups, in the order of their signs."""
        return [self._members[group] for group in sorted(self._members)]

    def touched(self) -> set[str]:
        """Whose phones show something old, since this was asked last."""
        fresh, self._fresh = self._fresh, set()
        return fresh

    def join(self, who: str) -> None:
        """Somebody came, or came back: their old group if it has room, else the smallest."""
        if self.count_of(who):
            return
        old = self._of.get(who)
        if old is not None and 0 < len(self._members.get(old, ())) <= self.size:
            self._enter(who, old)
        elif self._members:
            self._enter(who, self._smallest())
        else:
            self._found([who])

    def leave(self, who: str) -> None:
        """Somebody left; who is alone by that joins another group."""
        group = self._of.get(who)
        members = self._members.get(group, []) if group is not None else []
        if group is None or who not in members:
            return
        members.remove(who)
        self._fresh.update(members)
        if not members:
            del self._members[group]
        elif len(members) == 1 and len(self._members) > 1:
            del self._members[group]
            self._enter(members[0], self._smallest())

    def _smallest(self) -> int:
        return min(self._members, key=lambda group: (len(self._members[group]), group))

    def _enter(self, who: str, group: int) -> None:
        members = self._members[group]
        members.append(who)
        self._of[who] = group
        self._fresh.update(members)
        if len(members) > self.size + 1:  # the last two of them make a pair
            self._members[group] = members[:-2]
            self._found(members[-2:])

    def _found(self, members: list[str]) -> None:
        group = next(place for place in range(len(self._members) + 1) if place not in self._members)
        self._members[group] = members
        self._of |= dict.fromkeys(members, group)
        self._fresh.update(members)


def _sign(place: int) -> Sign:
    return Sign(COLOURS[place % len(COLOURS)], place // len(COLOURS) + 1)
