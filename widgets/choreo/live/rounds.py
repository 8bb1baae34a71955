"""Rounds with a clock: a round ends when everybody who is here has moved, or when its time is over.

Nobody waits for somebody who has left, whenever they left; and while nobody is here at all, the clock stands still.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from choreo.live.activity import Activity, RoundOn
from choreo.live.event import Event
from choreo.words import _

FEW = 12  # rounds of which each has its mark on an axis


def round_axis(rounds: int) -> dict[str, Any]:
    """The axis of a figure that goes from round to round: a mark for each, where there are few."""
    return {"title": {"text": _("round")}} | ({"dtick": 1} if rounds <= FEW else {})


class InRounds(Activity):
    """An activity with `rounds` of `seconds` in its settings, all played in one step, anew whenever it begins."""

    playing: ClassVar[str]  # the step in which rounds are played

    def began(self, at: float) -> None:
        """No round yet."""
        self.round = 0  # the one that is on; 0 before the first, one more than there are after the last
        self.held = False  # whether the clock stands still because nobody is here
        self.waiting: set[str] = set()  # who is here, can move, and has not moved in this round
        self.clear()

    @property
    def running(self) -> bool:
        """Whether a round is on."""
        return self.step.name == self.playing and 0 < self.round <= self.settings.rounds

    def round_on(self) -> RoundOn | None:
        """Which round is on, and how many people have moved in it."""
        if not self.running:
            return None
        moved = sum(self.ours(who) and self.has_moved(who) for who in self.seated())
        return RoundOn(self.round, self.settings.rounds, moved, sum(map(self.ours, self.waiting)))

    def round_number(self) -> int:
        """Which round is on."""
        return self.round if self.running else 0

    def take(self, event: Event) -> None:
        """As in every activity; who left while the session was paused is not waited for after it."""
        super().take(event)
        if event.kind == "resume":
            self._end_if_nobody_is_due(event.at)

    def stepped(self, at: float) -> None:
        """A new game, from the first round on."""
        if self.step.name != self.playing:
            return
        self.round, self.held = 0, False
        self.clear()
        self.deal()
        self._next_round(at)

    def _next_round(self, at: float) -> None:
        self.round += 1
        self.waiting = set()
        self.touch()
        if not self.running:
            self.wake = None
            return
        self.wake = at + self.settings.seconds
        self.open_round()
        self.waiting = {who for who in self.seated() if self.people[who].here}

    def joined(self, who: str, at: float) -> None:
        """A place in the round that is on, if there is one for them; the clock goes on if it stood still."""
        if not self.running:
            return
        self.seat(who)
        if who in self.seated() and not self.has_moved(who):
            self.waiting.add(who)
        if self.held:
            self.held, self.wake = False, at + self.settings.seconds

    def came_back(self, who: str, at: float) -> None:
        """As somebody new; `seat` knows their old place."""
        self.joined(who, at)

    def left(self, who: str, at: float) -> None:
        """Nobody waits for them any more."""
        self.waiting.discard(who)
        if self.running:
            self.stood_up(who)
            self._end_if_nobody_is_due(at)

    def ticked(self, at: float) -> None:
        """The time of the round is over, unless nobody is here."""
        if not self.running:
            return
        if self.here():
            self._end_round(at)
        else:
            self.held = True

    def moved(self, who: str, at: float) -> None:
        """Note that somebody has moved; the clock starts if it stood still."""
        self.waiting.discard(who)
        if self.wake is None:  # the coach came back from the debrief
            self.wake = at + self.settings.seconds
        self._end_if_nobody_is_due(at)

    def _end_if_nobody_is_due(self, at: float) -> None:
        if self.running and not self.paused and not self.waiting and self.here():
            self._end_round(at)

    def _end_round(self, at: float) -> None:
        self.settle()
        self._next_round(at)

    # -- what a subclass says ------------------------------------------------------------------------------------------

    def clear(self) -> None:
        """Forget the game that was played before, if there was one."""
        raise NotImplementedError

    def deal(self) -> None:
        """Give everybody who is here a place in a new game."""
        raise NotImplementedError

    def open_round(self) -> None:
        """Set up the round that begins."""

    def seated(self) -> Mapping[str, Any]:
        """Who has a place in this round, whether they are here or not."""
        raise NotImplementedError

    def has_moved(self, who: str) -> bool:
        """Whether somebody who is seated has moved in this round."""
        raise NotImplementedError

    def seat(self, who: str) -> None:
        """Somebody came, or came back, while a round is on: give them a place, if there is one now."""
        raise NotImplementedError

    def stood_up(self, who: str) -> None:
        """Somebody left while a round is on."""

    def settle(self) -> None:
        """The round is over: count."""
        raise NotImplementedError
