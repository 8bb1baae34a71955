"""An activity: a reducer over a session's log, and what phones, room and coach see of its state.

The state follows from the settings, the seed and the events alone: no clock, no input or output, no randomness but
from the seed. Whatever the log holds, `take` never raises: what does not fit is left out.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from pydantic import BaseModel, ConfigDict

from choreo.live.event import Event
from choreo.live.scene import Scene

FEWEST = 5  # nothing that people gave anonymously is shown under so many of them


@dataclass(frozen=True)
class Step:
    """A part of an activity, begun by the coach."""

    name: str
    title: str  # on the coach's button: "Ask", "Show what came"
    ballots: bool = False  # what people say in it is a sealed ballot: counted without knowing whose


@dataclass
class Person:
    """A participant, as far as an activity knows them."""

    virtual: bool = False  # a bot
    here: bool = True  # False once the phone has been away for longer than a game can wait


@dataclass(frozen=True)
class Move:
    """What a bot says, and after how many seconds of thinking."""

    after: float
    say: Mapping[str, Any]


class Settings(BaseModel):
    """What a coach can set about an activity; each field has bounds, a default and a description."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Activity:
    """The base of all activities; a subclass says what its class attributes and the methods below the line say."""

    name: ClassVar[str]  # of its files and in the log: "wisdom-of-the-room"
    title: ClassVar[str]
    lesson: ClassVar[str]  # the number of the lesson that it belongs to: "08"; empty: any
    minutes: ClassVar[int]  # that it takes, talk included
    steps: ClassVar[tuple[Step, ...]]  # in order; the first begins with the activity
    nicknames: ClassVar[bool] = False  # whether people may give themselves a name in it
    Settings: ClassVar[type[BaseModel]]

    def __init__(self, settings: BaseModel, seed: int, people: Mapping[str, Person], at: float) -> None:
        """Begin with those who are in the session already, at time `at`."""
        self.settings: Any = settings
        self.seed = seed
        self.rng = np.random.default_rng(seed)
        self.people = {who: Person(person.virtual, person.here) for who, person in people.items()}
        self.step = self.steps[0]
        self.paused = False
        self.wake: float | None = None  # when it wants a "tick" event, by the hub's clock
        self.ballots = 0  # sealed so far in this step: told by the hub, not by the log
        self.texts: dict[int, str] = {}  # open answers by number, and
        self.released: set[int] = set()  # those that the coach lets the room see
        self._paused_at = at
        self._fresh: set[str] | None = None  # whose phones show something old; None: all
        self.began(at)

    def take(self, event: Event) -> None:
        """Let an event change the state."""
        who, at, data = event.who, event.at, event.data
        match event.kind:
            case "join" if who and who not in self.people:
                self.people[who] = Person(virtual=data.get("virtual") is True)
                self.touch(who)
                self.joined(who, at)
            case "leave" if who in self.people and self.people[who].here:
                self.people[who].here = False
                self.left(who, at)
            case "back" if who in self.people and not self.people[who].here:
                self.people[who].here = True
                self.touch(who)
                self.came_back(who, at)
            case "step":
                to = next((step for step in self.steps if step.name == data.get("to")), None)
                if to is not None and to is not self.step:
                    self.step, self.wake, self.ballots = to, None, 0
                    self.touch()
                    self.stepped(at)
            case "pause" if not self.paused:
                self.paused, self._paused_at = True, at
                self.touch()
            case "resume" if self.paused:
                self.paused = False
                if self.wake is not None:
                    self.wake += at - self._paused_at
                self.touch()
            case "say" if who in self.people and not self.step.ballots and not self.refusal(who, data):
                self.touch(who)
                self.said(who, data, at)
            case "tally" if self.step.ballots:
                self._tally(data)
            case "tick" if self.wake is not None and at >= self.wake and not self.paused:
                self.wake = None
                self.ticked(at)
            case "release" if type(number := data.get("text")) is int and number in self.texts:
                self.released.add(number)
            case "withhold" if type(number := data.get("text")) is int:
                self.released.discard(number)

    def _tally(self, data: Mapping[str, Any]) -> None:
        ballots = data.get("ballots")
        if not isinstance(ballots, list):
            return
        good = [ballot for ballot in ballots if isinstance(ballot, Mapping) and not self.refusal("", ballot)]
        people = sum(ballot.get("virtual") is not True for ballot in good)
        if people == 0 or people >= FEWEST:  # nobody but bots: a rehearsal
            self.touch()
            self.counted(good)

    def touch(self, *who: str) -> None:
        """Note that these phones show something old; without names, that all do."""
        if not who:
            self._fresh = None
        elif self._fresh is not None:
            self._fresh.update(who)

    def touched(self) -> set[str]:
        """Whose phones show something old, since this was asked last."""
        fresh, self._fresh = self._fresh, set()
        return set(self.people) if fresh is None else fresh

    def here(self) -> list[str]:
        """Who can be waited for, in the order of joining."""
        return [who for who, person in self.people.items() if person.here]

    # -- what a subclass says ------------------------------------------------------------------------------------------

    def began(self, at: float) -> None:
        """Set up the state for the first step."""

    def joined(self, who: str, at: float) -> None:
        """Somebody new came; late joiners are welcome in every activity."""

    def left(self, who: str, at: float) -> None:
        """Somebody has been away for so long that nobody should wait for them."""

    def came_back(self, who: str, at: float) -> None:
        """Somebody who had left is back."""

    def stepped(self, at: float) -> None:
        """The coach moved on to `self.step`, forward or back."""

    def refusal(self, who: str, say: Mapping[str, Any]) -> str:
        """Why this cannot be said now, in a sentence for the person; empty if it can. Nothing in `say` can be trusted.

        In a step with ballots `who` is empty: what is allowed must not depend on the person.
        """
        raise NotImplementedError

    def said(self, who: str, say: Mapping[str, Any], at: float) -> None:
        """Somebody said what `refusal` has nothing against."""

    def counted(self, ballots: Sequence[Mapping[str, Any]]) -> None:
        """The step's ballots are in: what people said, in the order of the alphabet, "virtual": true for bots."""

    def ticked(self, at: float) -> None:
        """The time that `wake` asked for has come."""

    def phone(self, who: str) -> dict[str, Any]:
        """What this person's phone shows: JSON, small, nobody else's secrets. In a step with ballots the same for all."""
        raise NotImplementedError

    def room(self) -> Scene:
        """What the room sees in this step; cheap, as it is asked several times a second."""
        raise NotImplementedError

    def debrief(self) -> Scene:
        """The room's result beside the lesson's model; may take a tenth of a second."""
        raise NotImplementedError

    def what_ifs(self) -> tuple[Scene, ...]:
        """The same room under other circumstances, as far as its log can say; may take a second."""
        return ()

    @staticmethod
    def bot(view: Mapping[str, Any], chance: random.Random) -> Move | None:
        """What a virtual participant says when its phone shows `view`; None for nothing. Called at every new view."""
        raise NotImplementedError
