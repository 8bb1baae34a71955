"""A session as the state that follows from its log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from choreo.live.activities import activities
from choreo.live.activity import Activity, Person
from choreo.live.event import Event
from choreo.live.plan import Plan, PlanError, read_plan
from choreo.live.scene import Scene

LONGEST_NAME = 24  # characters of a nickname
SEED_STEP = 7919  # so that activities of one session draw differently


@dataclass
class Participant(Person):
    """A person in a session."""

    nickname: str = ""
    removed: bool = False


class Session:
    """Everything about a session that can be said from its log; `take` never raises, whatever the log holds."""

    def __init__(self) -> None:
        """A session to which nothing has happened yet."""
        self.plan = Plan(title="Session", items=())
        self.seed = 0
        self.people: dict[str, Participant] = {}
        self.at = -1  # the running item's place in the plan; -1: none was begun yet
        self.activity: Activity | None = None  # the running one
        self.finished = False  # whether the running activity is at its debrief
        self.begun = 0  # how many activities were begun
        self.paused = False
        self.shown = True  # whether the room sees results
        self.ended = False
        self.last = 0  # the number of the newest event

    @classmethod
    def replay(cls, log: Iterable[Event]) -> Session:
        """The session after these events."""
        session = cls()
        for event in log:
            session.take(event)
        return session

    def take(self, event: Event) -> None:
        """Let an event change the state."""
        self.last = event.number
        if not isinstance(event.data, Mapping):
            event = replace(event, data={})
        data = event.data
        if self.ended:
            return
        match event.kind:
            case "open":
                self._plan(data.get("plan"))
                seed = data.get("seed")
                self.seed = seed if isinstance(seed, int) and 0 <= seed < 2**63 else 0
            case "plan":
                self._plan(data.get("plan"))
            case "join" if event.who and event.who not in self.people:
                self.people[event.who] = Participant(
                    virtual=data.get("virtual") is True, nickname=nickname(data.get("nickname"))
                )
            case "name" if event.who in self.people:
                self.people[event.who].nickname = nickname(data.get("nickname"))
            case "leave" | "back" if event.who in self.people and not self.people[event.who].removed:
                self.people[event.who].here = event.kind == "back"
            case "remove" if event.who in self.people:
                person = self.people[event.who]
                person.removed, person.here, person.nickname = True, False, ""
                event = Event(event.number, event.at, "leave", event.who)
            case "begin":
                self._begin(data.get("item"), event.at)
                return
            case "show" | "hide":
                self.shown = event.kind == "show"
            case "pause" | "resume":
                self.paused = event.kind == "pause"
            case "finish" if self.activity is not None:
                self.finished = True
                self.activity.wake = None
                self.activity.touch()
            case "step":
                self.finished = False
            case "end":
                self.ended, self.activity = True, None
        if self.activity is not None and not (self.finished and event.kind in ("say", "tick", "tally")):
            known = self.people.get(event.who)
            if known is not None and known.removed and event.kind != "leave":
                return
            self.activity.take(event)
            if self.finished:
                self.activity.wake = None  # who left may have ended a round, and begun another one

    def _plan(self, value: Any) -> None:
        try:
            self.plan = read_plan(value)
        except PlanError:
            return

    def _begin(self, index: Any, at: float) -> None:
        if not isinstance(index, int) or not 0 <= index < len(self.plan.items):
            return
        item = self.plan.items[index]
        kind = activities()[item.activity]
        self.at, self.begun, self.finished, self.paused = index, self.begun + 1, False, False
        people = {who: person for who, person in self.people.items() if not person.removed}
        seed = self.seed + SEED_STEP * self.begun
        self.activity = kind(kind.Settings.model_validate(item.settings), seed, people, at)

    def refusal(self, who: str, say: Mapping[str, Any]) -> str:
        """Why this person cannot say this now; empty if they can."""
        person = self.people.get(who)
        if person is None or person.removed:
            return "You are no longer in this session."
        if self.ended:
            return "The session is over."
        if self.activity is None or self.finished:
            return "There is nothing to answer just now."
        if self.paused:
            return "The session is paused."
        return self.activity.refusal("" if self.activity.step.ballots else who, say)

    def scene(self) -> Scene:
        """What the room sees now."""
        if self.ended:
            return Scene("Thank you. This session is over.")
        if self.activity is None:
            return Scene(self.plan.title)
        return self.activity.debrief() if self.finished else self.activity.room()


def nickname(value: Any) -> str:
    """A nickname as it is kept: one line of printable characters, not too long; empty if there is none."""
    text = " ".join(value.split()) if isinstance(value, str) else ""
    return "".join(letter for letter in text if letter.isprintable())[:LONGEST_NAME].strip()
