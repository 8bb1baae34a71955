"""An activity: a reducer over a session's log, and what phones, room and coach see of its state.

The state follows from the settings, the seed and the events alone: no clock, no input or output, no randomness but
from the seed. Whatever the log holds, `take` never raises: what does not fit is left out.
"""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from pydantic import BaseModel, ConfigDict

from choreo.live.event import Event
from choreo.live.open_answers import OpenAnswers
from choreo.live.result import Result
from choreo.live.scene import Scene
from choreo.live.shift import Round, Shifts, held_words
from choreo.words import _, n_

FEWEST = 5  # nothing that people gave anonymously is shown under so many of them


@dataclass(frozen=True)
class Step:
    """A part of an activity, begun by the coach."""

    name: str
    title: str  # on the coach's button: "Ask", "Show what came"
    ballots: bool = False  # what people say in it is a sealed ballot: counted without knowing whose
    shows: bool = False  # whether screens show in it what came of the steps before: then there is no way back to them


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


@dataclass(frozen=True)
class RoundOn:
    """A round that is on, and how far it is; virtual participants are not counted."""

    number: int  # from 1
    of: int
    moved: int  # people who have moved in it
    due: int  # people who are here and have not

    def __str__(self) -> str:
        """Which one it is: "7 of 15"."""
        return f"{self.number} of {self.of}"


@dataclass(frozen=True)
class Promised:
    """What people said they would do: how many did, and the words that the coach let the room see, as it saw them."""

    question: str
    count: int
    shown: tuple[tuple[str, int], ...]  # as in a scene: words, and how many people wrote them


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
    fills_up: ClassVar[bool] = True  # whether virtual participants play beside people; a question needs none
    keeps: ClassVar[str] = ""  # what stays of each person's moves, in a sentence for phones; empty: all is sealed
    tapped: ClassVar[bool] = False  # whether people tap in it: that is a lot, and changes nothing on their own phones
    Settings: ClassVar[type[BaseModel]]

    def __init__(self, settings: BaseModel, seed: int, people: Mapping[str, Person], at: float) -> None:
        """Begin with those who are in the session already, at time `at`."""
        self.settings: Any = settings
        self.seed = seed
        self.rng = np.random.default_rng(seed)
        self.people = {who: Person(person.virtual, person.here) for who, person in people.items()}
        self.rehearsal = all(person.virtual for person in self.people.values())  # nobody came yet but bots, if anybody
        self.step = self.steps[0]
        self.paused = False
        self.wake: float | None = None  # when it wants a "tick" event, by the hub's clock
        self.ballots = 0  # sealed so far in this step, by people: told by the hub, not by the log
        self.shifts = Shifts(FEWEST)
        self.too_few = False  # whether a question was closed with fewer answers than can be shown
        self.wrote = OpenAnswers()  # in a question that is answered in words
        self._told: set[str] = set()  # who has moved, and so was told before what is kept of it
        self._paused_at = at
        self._fresh: set[str] | None = None  # whose phones show something old; None: all
        self.began(at)

    def take(self, event: Event) -> None:
        """Let an event change the state."""
        who, at, data = event.who, event.at, event.data
        match event.kind:
            case "join" if who and who not in self.people:
                if self.rehearsal and data.get("virtual") is not True:
                    self._end_rehearsal(at)
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
                    self.step, self.wake, self.ballots, self.too_few = to, None, 0, self.too_few and not to.ballots
                    self.shifts.held = 0 if to.ballots else self.shifts.held
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
            case "say" if self._takes_part(who) and not self.step.ballots and not self.refusal(who, data):
                self._told.add(who)
                if not self.tapped:
                    self.touch(who)
                self.said(who, data, at)
            case "tally" if self.step.ballots:
                self._tally(data)
            case "tick" if self.wake is not None and at >= self.wake and not self.paused:
                self.wake = None
                self.ticked(at)
            case "release" | "withhold" | "group" | "ungroup":
                self.wrote.take(event.kind, data)

    def _tally(self, data: Mapping[str, Any]) -> None:
        ballots = data.get("ballots")
        if not isinstance(ballots, list):
            return
        good = [ballot for ballot in ballots if isinstance(ballot, Mapping) and self.holds(ballot)]
        people = [ballot for ballot in good if ballot.get("virtual") is not True]
        self.touch()
        if self.rehearsal and good:
            self.counted(good)
        elif len(people) < FEWEST:
            self.too_few = True
        elif self.shifts.take(self.to_show(people), len(people)):
            self.counted(people)
        else:
            self.withheld()

    def _end_rehearsal(self, at: float) -> None:
        """Somebody came: what virtual participants did among themselves is nobody's."""
        self.rehearsal = False
        if self.people:
            self.wrote, self.too_few, self.wake = OpenAnswers(), False, None
            self.touch()
            self.began(at)
            if self.step is not self.steps[0]:
                self.stepped(at)

    def ours(self, who: str) -> bool:
        """Whether this is one of "us", of whom the room sees counts and results: a person, or anybody in a rehearsal."""
        return not self.people[who].virtual or self.rehearsal

    def _takes_part(self, who: str) -> bool:
        return who in self.people and (self.fills_up or self.rehearsal or not self.people[who].virtual)

    def view(self, who: str) -> dict[str, Any]:
        """What the hub sends to this person's phone; before their first move that is with what is kept of it."""
        told = self.step.ballots or who in self._told or not self.keeps
        return self.phone(who) if told else {**self.phone(who), "kept": self.keeps}

    def so_far(self) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
        """Of an open question with ballots: a line and a fact for the room, on how many have answered."""
        missing = 0 if self.rehearsal else FEWEST - self.ballots
        if missing <= 0 or not self.ballots:
            return (), ((n_("answer", "answers", self.ballots), str(self.ballots)),)
        more = n_("One more answer, and they can be shown.", "{count} more answers, and they can be shown.", missing)
        return (more.format(count=missing),), (("answers", f"{self.ballots} of {FEWEST}"),)

    def round_on(self) -> RoundOn | None:
        """The round that is on: while there is one, going on cuts a game short. None where no round is on."""
        return None

    def asked(self, *parts: object) -> str:
        """A question and its possible answers, of these parts, in the text by which its rounds are found."""
        return json.dumps([self.name, *parts], ensure_ascii=False)

    def unshown(self) -> str:
        """Why nothing of the answers is shown."""
        if self.shifts.held:
            return held_words(FEWEST)
        return _("Fewer than {fewest} answers came, so none is shown.").format(fewest=FEWEST)

    def round_number(self) -> int:
        """The number of the round that is on, 0 where none is; asked at every word, so cheaper than all of it."""
        on = self.round_on()
        return 0 if on is None else on.number

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

    def pooled(self, ballots: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """What of a step's ballots gets into the log, one for each of them; less, where a ballot could tell whose it is."""
        return [dict(ballot) for ballot in ballots]

    def holds(self, ballot: Mapping[str, Any]) -> bool:
        """Whether a ballot in the log can be counted. Nothing in it can be trusted."""
        return not self.refusal("", ballot)

    def counted(self, ballots: Sequence[Mapping[str, Any]]) -> None:
        """The step's ballots are in: what people said, in the order of the alphabet. One or more."""

    def to_show(self, ballots: Sequence[Mapping[str, Any]]) -> tuple[Round, ...]:
        """What of a step's ballots the room will be shown, a round for each question; none for words that people wrote.

        Ballots of which any round is too near to what the room was shown of the same question are not counted. Where sums
        of some part of the ballots are shown, that part needs a round of its own.
        """
        asked = self.asked(self.step.name, self.settings.model_dump(mode="json"))
        return (Round.of(asked, [json.dumps(ballot, sort_keys=True) for ballot in ballots]),)

    def withheld(self) -> None:
        """The step's ballots were too near to what the room was shown: that still holds."""

    def ticked(self, at: float) -> None:
        """The time that `wake` asked for has come."""

    def phone(self, who: str) -> dict[str, Any]:
        """What this person's phone shows: JSON, small, nobody else's secrets. In a step with ballots the same for all."""
        raise NotImplementedError

    def room(self) -> Scene:
        """What the room sees in this step; cheap, as it is asked several times a second."""
        raise NotImplementedError

    def debrief(self) -> Scene:
        """The debrief's first screen: what happened, as one statement, one picture and one question."""
        raise NotImplementedError

    def finding(self) -> str:
        """What the room found out, in one sentence for who was not there; empty: what the debrief's picture says."""
        return ""

    def promised(self) -> Promised | None:
        """What people promised in it; None where it is no place for promises."""
        return None

    def further(self) -> tuple[Scene, ...]:
        """The debrief's other screens, as the room beside the lesson's model; may take a tenth of a second."""
        return ()

    def what_ifs(self) -> tuple[Scene, ...]:
        """Screens on the same room under other circumstances, as far as its log can say; may take a second."""
        return ()

    def result_of(self, who: str) -> Result:
        """What stays on this person's phone during the debrief: their own result, and nobody else's. Cheap."""
        return Result()

    @staticmethod
    def bot(view: Mapping[str, Any], chance: random.Random) -> Move | None:
        """What a virtual participant says when its phone shows `view`; None for nothing. Called at every new view."""
        raise NotImplementedError
