"""Push and pull, the goals: what the room writes, and which of it is chosen. Both are sealed ballots."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from choreo import typed
from choreo.live import shift
from choreo.live.activity import Activity
from choreo.live.open_answers import OpenAnswers

LONGEST = 80  # characters of a goal
MOST_GOALS = 6  # that can be voted on


class Goals(Activity):
    """The goals that the coach let through, and the votes for them."""

    votes: Counter[int]  # by the number of what was written

    def refusal(self, who: str, say: Mapping[str, Any]) -> str:
        """A goal in words, or a vote for one that was released."""
        if self.step.name == "write":
            good = 0 < len(typed.letters(typed.line(say.get("text")))) <= LONGEST
            return "" if good else f"Please write 1 to {LONGEST} characters."
        chosen = say.get("choose")
        known = isinstance(chosen, int) and not isinstance(chosen, bool) and chosen in self.wrote.released
        return "" if known else "Please choose one of the goals."

    def counted(self, ballots: Sequence[Mapping[str, Any]]) -> None:
        """Goals wait for the coach; votes are counted."""
        if self.step.name == "write":
            goals = {typed.line(ballot["text"]) for ballot in ballots}
            self.wrote, self.votes = OpenAnswers(goals, first=1), Counter()
        else:
            self.votes = Counter(ballot["choose"] for ballot in ballots)

    def to_show(self, ballots: Sequence[Mapping[str, Any]]) -> tuple[shift.Round, ...]:
        """How many chose each goal; what was written is read by the coach."""
        if self.step.name == "write":
            return ()
        return (self._chosen([ballot["choose"] for ballot in ballots]),)

    def _chosen(self, numbers: Iterable[int]) -> shift.Round:
        options = self.options()
        names = {one: name for number, name in options.items() for one in self.wrote.texts_of(number)}
        return shift.Round.of(self.asked(sorted(options.values())), [names.get(number, "") for number in numbers])

    def withheld(self) -> None:
        """The goal that the room was shown still holds, with as many votes."""
        asked = self._chosen(()).asked
        *_, shown = (one for one in (*self.shifts.before, *self.shifts.now) if one.asked == asked)
        self.votes = Counter({number: shown.given.get(name, 0) for number, name in self.options().items()})

    def options(self) -> dict[int, str]:
        """The goals that can be chosen, by number; what counts as the same is one."""
        shown = sorted((group.number, group.name) for group in self.wrote.groups() if group.shown)
        return {self._released(number): name for number, name in shown[:MOST_GOALS]}

    def _released(self, number: int) -> int:
        return min(self.wrote.released.intersection(self.wrote.texts_of(number)))

    def chosen(self) -> tuple[str, int] | None:
        """The goal that most chose, and how many did; None where there is none."""
        options = self.options()
        votes = {number: sum(self.votes[one] for one in self.wrote.texts_of(number)) for number in options}
        best = max(votes, key=lambda number: (votes[number], -number), default=None)
        if best is None or (not votes[best] and len(options) > 1):
            return None
        return options[best], votes[best]
