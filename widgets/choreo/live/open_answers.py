"""What people wrote in a few words: the same words merged, and what the coach groups, shows and leaves out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from choreo import typed

LONGEST_NAME = 60  # characters of the name that a coach gives a group
WORD = re.compile(r"[^\W\d_]+")
AS_THEY_ARE = frozenset({"always", "does", "news", "perhaps", "series", "species"})  # that end in s, and are no plurals


@dataclass(frozen=True)
class Group:
    """Answers that count as one."""

    number: int  # the lowest of theirs, under which it is spoken of
    name: str
    texts: tuple[int, ...]  # the numbers of its answers, those most often written first
    count: int  # how many people wrote one of them
    shown: int  # how many people wrote one that the room sees
    left_out: bool  # whether the coach has looked at it, and the room sees nothing of it


class OpenAnswers:
    """Answers by number, in groups; at first those are one that differ in case, marks and plural only."""

    def __init__(self, answers: Iterable[str] = (), first: int = 0) -> None:
        """Number them from `first`, as they stand in the alphabet; the room sees none yet."""
        self._counts = Counter(answers)
        self.texts = dict(enumerate(sorted(self._counts, key=lambda text: (text.casefold(), text)), first))
        self.released: set[int] = set()  # what the coach lets the room see
        self._looked_at: set[int] = set()  # what the coach has decided about
        self._names: dict[int, str] = {}  # of the groups that the coach made, by their number
        known: dict[str, int] = {}
        self._group = {number: known.setdefault(merged(text), number) for number, text in self.texts.items()}

    def take(self, kind: str, data: Mapping[str, Any]) -> None:
        """Let a coach's event change what the room sees; what does not fit is left out."""
        number = data.get("text")
        if kind == "group":
            self._join(data.get("texts"), data.get("name"))
        elif type(number) is not int or number not in self.texts:
            return
        elif kind == "ungroup":
            self._part(self._group[number])
        else:
            self._looked_at.add(number)
            (self.released.add if kind == "release" else self.released.discard)(number)

    def _join(self, numbers: Any, name: Any) -> None:
        if not isinstance(numbers, list):
            return
        wanted = {self._group[number] for number in numbers if type(number) is int and number in self.texts}
        members = self._members(wanted)
        if not members:
            return
        self._names = {number: said for number, said in self._names.items() if number not in wanted}
        self._group |= dict.fromkeys(members, members[0])
        if said := typed.line(name, LONGEST_NAME):
            self._names[members[0]] = said

    def _part(self, group: int) -> None:
        self._names.pop(group, None)
        self._group |= {number: number for number in self._members({group})}

    def _members(self, groups: set[int]) -> list[int]:
        return [number for number, group in self._group.items() if group in groups]

    def texts_of(self, number: int) -> list[int]:
        """The numbers of all answers in the group of this one."""
        return self._members({self._group[number]})

    def groups(self) -> list[Group]:
        """All groups, those first that most people wrote."""
        members: dict[int, list[int]] = {}
        for number, group in self._group.items():
            members.setdefault(group, []).append(number)
        made = [self._made(group, numbers) for group, numbers in members.items()]
        return sorted(made, key=lambda group: (-group.count, group.number))

    def _made(self, group: int, numbers: list[int]) -> Group:
        often = sorted(numbers, key=lambda number: (-self._times(number), number))
        seen = [number for number in often if number in self.released]
        name = self._names.get(group) or self.texts[(seen or often)[0]]
        left_out = not seen and all(number in self._looked_at for number in numbers)
        count, shown = sum(map(self._times, often)), sum(map(self._times, seen))
        return Group(group, name, tuple(often), count, shown, left_out)

    def _times(self, number: int) -> int:
        return self._counts[self.texts[number]]

    def words(self) -> tuple[tuple[str, int], ...]:
        """What the room sees: a group's name, and how many people wrote what is shown of it."""
        return tuple((group.name, group.shown) for group in self.groups() if group.shown)


def merged(text: str) -> str:
    """What two answers have in common that say the same: no matter the case, the marks around, and an English plural.

    >>> merged("Clear goals!") == merged("clear goal"), merged("Silos") == merged("silo"), merged("news")
    (True, True, 'news')
    """
    plain = typed.bare(text).strip(" .,;:!?\"'()-")
    return WORD.sub(lambda found: _singular(found[0]), plain) or typed.bare(text)


def _singular(word: str) -> str:
    if word in AS_THEY_ARE or len(word) < 4 or word.endswith(("ss", "us", "is")) or not word.endswith("s"):
        return word
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    return word[:-2] if word.endswith(("sses", "ches", "shes", "xes")) else word[:-1]
