"""Push and pull, the game: rounds of a public good; freely, with a fine, and with a goal that the room wrote itself.

In each round everybody gives 0 to 10 of ten points to the pot of a small group; each point in a pot pays `worth` points
to everybody who played for it (`models.public_good`). The groups stay together as long as three of them are there.
Who does not answer in time, or has left, gives and gets nothing, and is in no mean. A round that is cut short counts if
at least half of those who are there have given.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated, Any

import numpy as np
from pydantic import Field

from choreo.live.activities.push_and_pull.goals import LONGEST, Goals
from choreo.live.activity import RoundOn, Settings, Step
from choreo.live.event import Event
from choreo.models.public_good import payoffs

ENDOWMENT = 10  # points that each may give or keep, each round
FEWEST_TOGETHER, MOST_TOGETHER, USUAL = 3, 6, 4.5  # people in a group
GRACE = 2.0  # seconds in which the last one may still change their mind
REGIMES = ("free", "fine", "goal")  # the steps that are played in rounds


class PushAndPullSettings(Settings):
    """How many rounds, and what giving, keeping and too little cost."""

    rounds: Annotated[int, Field(ge=1, le=10, description="rounds in each part")] = 4
    seconds: Annotated[int, Field(ge=10, le=120, description="seconds that a round is open at most")] = 25
    worth: Annotated[float, Field(ge=0.34, le=0.9, description="what a point in the pot pays each in the group")] = 0.4
    fine: Annotated[int, Field(ge=0, le=10, description="the fine for giving too little, in points")] = 2
    enough: Annotated[int, Field(ge=1, le=10, description="points from which on no fine is charged")] = 5
    goal: Annotated[
        str, Field(min_length=1, max_length=LONGEST, description="the goal, if the room does not choose one")
    ] = "We fill every pot, so that all of us gain"


@dataclass(frozen=True)
class Round:
    """A round that was played."""

    part: int  # the first part that the coach began is 1
    regime: str
    gifts: tuple[int, ...]  # people's, from low to high; whose they were is not kept
    got: float  # points that each had at its end, on average

    @property
    def mean(self) -> float:
        """Points given on average."""
        return sum(self.gifts) / len(self.gifts)


def split(people: Sequence[str]) -> list[list[str]]:
    """Groups of four or five, or what comes nearest.

    >>> [len(group) for group in split("abcdefghijk")]
    [5, 6]
    """
    count = max(1, round(len(people) / USUAL))
    ends = [len(people) * number // count for number in range(count + 1)]
    return [list(people[start:end]) for start, end in pairwise(ends)]


class Pots(Goals):
    """Who gives to which pot, and what that brings them."""

    steps = (
        Step("explain", "Explain"),
        Step("free", "Play freely"),
        Step("fine", "Play with a fine"),
        Step("write", "Write a goal", ballots=True),
        Step("choose", "Choose a goal", ballots=True),
        Step("goal", "Play with the goal"),
    )
    Settings = PushAndPullSettings

    def began(self, at: float) -> None:
        """Nobody has a group yet."""
        self.began_at = at
        self.group_of: dict[str, int] = {}
        self.groups: dict[int, list[str]] = {}
        self.rounds: list[Round] = []
        self.points: dict[str, float] = {}
        self.last: dict[str, dict[str, Any]] = {}  # what the last round brought each of them
        self.votes = Counter()
        self.part, self.number, self.turn = 0, 0, 0  # parts begun; rounds opened in all, and in this part
        self.open = False
        self.gifts: dict[str, int] = {}
        self.awaited: set[str] = set()
        self.stepped(at)

    def take(self, event: Event) -> None:
        """Close a round also when the coach calls for the debrief, and show goals as soon as they are released.

        A step to the part that is just over plays it once more. Logs from before there was an explanation begin with the
        free rounds: in them people give, or a round ends, where the game was not begun yet.
        """
        due = event.kind == "tick" and event.at >= self.began_at + self.settings.seconds
        if self.step.name == "explain" and (due or event.kind == "say"):
            super().take(Event(event.number, self.began_at, "step", data={"to": "free"}))
        super().take(event)
        if event.kind == "finish":
            self._cut()
        elif event.kind == "step" and self.step.name in REGIMES and not self.open:
            to = event.data.get("to") if isinstance(event.data, Mapping) else None
            if to == self.step.name:
                self.stepped(event.at)
        elif event.kind in ("release", "withhold", "group", "ungroup"):
            self.touch()

    # -- groups and rounds ---------------------------------------------------------------------------------------------

    def stepped(self, at: float) -> None:
        """Another part: its first round opens, if it is one with rounds."""
        self._cut()
        if self.step.name in REGIMES:
            self.part, self.turn = self.part + 1, 0
            self._open_round(at)

    def _open_round(self, at: float) -> None:
        self._regroup()
        self.number, self.turn, self.open = self.number + 1, self.turn + 1, True
        self.regime = self.step.name
        self.gifts, self.awaited = {}, set(self.group_of)
        self.wake = at + self.settings.seconds
        self.touch()

    def _regroup(self) -> None:
        """Who left gives up the place; groups that got too small are dissolved, those that got too big are split."""
        loose: list[str] = []
        groups = []
        for group in self.groups.values():
            left = [who for who in group if self.people[who].here]
            if len(left) < FEWEST_TOGETHER:
                loose += left
            else:
                groups.append(left)
        loose += [who for who, person in self.people.items() if person.here and who not in self.group_of]
        loose = [loose[index] for index in self.rng.permutation(len(loose))]
        if loose and (not groups or len(loose) >= FEWEST_TOGETHER):
            groups += split(loose)
        else:
            for who in loose:
                min(groups, key=len).append(who)
        parts = [part for group in groups for part in (split(group) if len(group) > MOST_TOGETHER else [group])]
        self.groups = dict(enumerate(parts))
        self.group_of = {who: number for number, group in self.groups.items() for who in group}

    def joined(self, who: str, at: float) -> None:
        """A place in the smallest group, now if it has one, otherwise from the next round on."""
        if not self.groups:
            self._no_longer_awaited(who, at)  # a round that began in an empty room
        if not self.open or not self.groups:
            return
        smallest = min(self.groups, key=lambda number: len(self.groups[number]))
        if len(self.groups[smallest]) < MOST_TOGETHER:
            self.groups[smallest].append(who)
            self.group_of[who] = smallest
            self.awaited.add(who)
            self.touch(*self.groups[smallest])

    def left(self, who: str, at: float) -> None:
        """Nobody waits for them any more; what they gave in this round stays given."""
        self._no_longer_awaited(who, at)

    def came_back(self, who: str, at: float) -> None:
        """Their place is still theirs until the next round; after that they get a new one."""
        if who not in self.group_of:
            self.joined(who, at)
        elif self.open and who not in self.gifts:
            self.awaited.add(who)

    def _no_longer_awaited(self, who: str, at: float) -> None:
        self.awaited.discard(who)
        if self.open and not self.awaited and self.here() and self.wake is not None:
            self.wake = min(self.wake, at + GRACE)

    def round_on(self) -> RoundOn | None:
        """Which round of this part is open, and how many people have given."""
        if not self.open:
            return None
        given, awaited = (sum(map(self.ours, some)) for some in (self.gifts, self.awaited))
        return RoundOn(self.turn, self.settings.rounds, given, awaited)

    def round_number(self) -> int:
        """Which round of this part is open."""
        return self.turn if self.open else 0

    def ticked(self, at: float) -> None:
        """The round is over; the next one opens, if the part has one more."""
        if not self.open:
            return
        self._close_round()
        if self.turn < self.settings.rounds:
            self._open_round(at)

    def _cut(self) -> None:
        if self.open and 2 * len(self.gifts) >= len(self.gifts) + len(self.awaited):
            self._close_round()
        self.open, self.wake = False, None

    def _close_round(self) -> None:
        self.open = False
        everyone = []
        for who in self.awaited:
            self.last[who] = {"gave": None}
        for group in self.groups.values():
            players = [who for who in group if who in self.gifts]
            if not players:
                continue
            gifts = [self.gifts[who] for who in players]
            paid = payoffs(np.array(gifts), ENDOWMENT, self.settings.worth).tolist()
            for who, gave, before in zip(players, gifts, paid, strict=True):
                fine = self.settings.fine if self.regime == "fine" and gave < self.settings.enough else 0
                got = round(before - fine, 2)
                self.points[who] = round(self.points.get(who, 0.0) + got, 2)
                self.last[who] = {"gave": gave, "pot": sum(gifts), "people": len(players), "fine": fine, "got": got}
                if self.ours(who):
                    everyone.append(got)
        if everyone:
            given = tuple(sorted(gave for who, gave in self.gifts.items() if self.ours(who)))
            self.rounds.append(Round(self.part, self.regime, given, sum(everyone) / len(everyone)))
        self.touch()

    # -- what people say -----------------------------------------------------------------------------------------------

    def refusal(self, who: str, say: Mapping[str, Any]) -> str:
        """A gift for the round that is open, a goal in words, or a vote for a goal that was released."""
        if self.step.name == "explain":
            return "The first round has not begun yet."
        if self.step.ballots:
            return super().refusal(who, say)
        number = say.get("round")
        if not self.open or isinstance(number, bool) or number != self.number:
            return "This round is over."
        if who not in self.group_of:
            return "You are in from the next round on."
        gift = say.get("give")
        good = isinstance(gift, int) and not isinstance(gift, bool) and 0 <= gift <= ENDOWMENT
        return "" if good else f"Please give 0 to {ENDOWMENT} points."

    def said(self, who: str, say: Mapping[str, Any], at: float) -> None:
        """A gift; the last one before the round ends counts."""
        self.gifts[who] = say["give"]
        self._no_longer_awaited(who, at)

    def goal(self) -> tuple[str, int]:
        """The goal that holds, and how many chose it; 0 if it is the coach's."""
        return self.chosen() or (self.settings.goal, 0)

    # -- what it meant -------------------------------------------------------------------------------------------------
