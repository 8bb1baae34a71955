"""A session as the state that follows from its log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from choreo.live.activities import activities
from choreo.live.activity import Activity, Person
from choreo.live.event import Event
from choreo.live.plan import Plan, PlanError, read_plan
from choreo.live.promises import Promises
from choreo.live.scene import Scene
from choreo.live.shift import Round
from choreo.live.talk import Talk
from choreo.live.undo import Before, before

REHEARSAL = "A rehearsal: everybody here is virtual."
MOST_SCREENS = 40  # of a debrief, far more than any has
SEED_STEP = 7919  # so that activities of one session draw differently
LONGEST_COUNTDOWN = 7200  # seconds


@dataclass
class Participant(Person):
    """A person in a session."""

    removed: bool = False


@dataclass(frozen=True)
class Countdown:
    """A time that the room is given, as its projector shows it."""

    began: float
    seconds: int

    @property
    def ends(self) -> float:
        """When it is over."""
        return self.began + self.seconds


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
        self.look = 0  # which of the debrief's screens is shown; those after its own are what-ifs
        self.begun = 0  # how many activities were begun
        self.paused = False
        self.shown = True  # whether the room sees results
        self.shared = False  # whether phones show the room's picture, too
        self.recalled = False  # whether the room is shown what it promised last time, before anything begins
        self.promises = Promises()
        self.left: Activity | None = None  # what ran when the session ended, if the room saw what came of it
        self.lesson = ""  # the number of the lesson that the newest activity with one belongs to
        self.ended = False
        self.last = 0  # the number of the newest event
        self.started_at = 0.0  # when the first activity began
        self.began_at = 0.0  # when the running one did
        self.countdown: Countdown | None = None
        self.before: Before | None = None  # what the coach can go back to
        self.taken_back: list[tuple[int, int]] = []  # from which event to which
        self.talk = Talk()
        self.held: set[int] = set()  # the numbers of the tallies whose answers nobody may see
        self.held_runs: set[int] = set()  # the same of activities without ballots, by how many were begun by then
        self._rounds: dict[int, tuple[Round, ...]] = {}  # what the room was shown of questions, by that number, too
        self._counted = Event(0, 0.0, "")  # the newest tally

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
        if (seconds := self.talk.take(event, self)) is not None:
            self.countdown = Countdown(event.at, seconds) if seconds else None
        match event.kind:
            case "open":
                self._plan(data.get("plan"))
                seed = data.get("seed")
                self.seed = seed if isinstance(seed, int) and 0 <= seed < 2**63 else 0
            case "plan":
                self._plan(data.get("plan"))
            case "join" if event.who and event.who not in self.people:
                self.people[event.who] = Participant(virtual=data.get("virtual") is True)
            case "leave" | "back" if event.who in self.people and not self.people[event.who].removed:
                self.people[event.who].here = event.kind == "back"
            case "remove" if event.who in self.people:
                person = self.people[event.who]
                person.removed, person.here = True, False
                event = Event(event.number, event.at, "leave", event.who)
            case "begin":
                self._begin(data.get("item"), event)
                return
            case "undo":
                self._undo(event)
                return
            case "countdown":
                seconds = data.get("seconds")
                runs = isinstance(seconds, int) and 0 < seconds <= LONGEST_COUNTDOWN
                self.countdown = Countdown(event.at, int(seconds or 0)) if runs else None
                return
            case "show" | "hide":
                self.shown = event.kind == "show"
            case "share" | "unshare":
                self.shared = event.kind == "share"
            case "recall":
                self.recalled = data.get("on") is True and self.activity is None
            case "pause" | "resume":
                self.paused = event.kind == "pause"
            case "finish" if self.activity is not None:
                self.finished, self.look = True, 0
                self.activity.wake = None
                self.activity.touch()
            case "look" if type(screen := data.get("screen")) is int and 0 <= screen < MOST_SCREENS:
                self.look = screen
            case "step":
                self._keep(event)
                self.finished = False
            case "tally":
                self._counted = event
            case "end":
                self.left = self.activity if self._is_seen() else None
                self.ended, self.activity, self.countdown, self.before = True, None, None, None
                self.recalled = False
        if self.activity is not None and not (self.finished and event.kind in ("say", "tick", "tally")):
            known = self.people.get(event.who)
            if known is not None and known.removed and event.kind != "leave":
                return
            self.activity.take(event)
            if self.finished:
                self.activity.wake = None  # who left may have ended a round, and begun another one
            if self.activity.shifts.held and event.kind == "tally":
                self.held.add(event.number)
            elif self.activity.shifts.held and not any(step.ballots for step in self.activity.steps):
                self.held_runs.add(self.begun)
            self._look_whether_it_is_past(event)
            self.promises.look(self.begun, self.activity, event.at, self.shown)

    def _plan(self, value: Any) -> None:
        try:
            self.plan = read_plan(value)
        except PlanError:
            return
        self.recalled = self.recalled and self.plan.last_time is not None

    def _begin(self, index: Any, event: Event) -> None:
        if not isinstance(index, int) or not 0 <= index < len(self.plan.items):
            return
        self._keep(event)
        if self.activity is not None:
            self._rounds[self.begun] = self.activity.shifts.now
        item = self.plan.items[index]
        kind = activities()[item.activity]
        self.lesson = kind.lesson or self.lesson
        self.at, self.begun, self.finished, self.paused = index, self.begun + 1, False, False
        self.recalled = False
        people = {who: person for who, person in self.people.items() if not person.removed}
        seed = self.seed + SEED_STEP * self.begun
        self.activity = kind(kind.Settings.model_validate(item.settings), seed, people, event.at)
        self.activity.shifts.before = tuple(
            one for run, rounds in sorted(self._rounds.items()) if run < self.begun for one in rounds
        )
        self.began_at, self.started_at, self.countdown = event.at, self.started_at or event.at, None
        if self.before is not None:
            self.before.label, self.before.in_rounds = kind.title, self.activity.round_number() > 0

    # -- taking a move back --------------------------------------------------------------------------------------------

    def _keep(self, move: Event) -> None:
        """Keep what is there before a move, unless answers were counted with it: those nobody can give back."""
        counted = self._counted.number == move.number - 1
        answered = counted and bool(self._counted.data.get("ballots"))
        self.before = None if answered else before(self, move, move.number - counted)

    def _look_whether_it_is_past(self, event: Event) -> None:
        if self.before is None or self.activity is None:
            return
        if event.number == self.before.move:
            step = self.activity.step
            self.before.label, self.before.in_rounds = step.title, self.activity.round_number() > 0
            if step.shows:
                self.before = None
            return
        self.before.hear(event, self.activity)
        if self.before.is_past(event, self.activity):
            self.before = None

    def _undo(self, event: Event) -> None:
        past = self.before
        if past is None or event.data.get("move") != past.move:
            return
        self.before = None
        past.restore(self, event)
        self.taken_back.append((past.first, event.number))

    def _is_seen(self) -> bool:
        """Whether the room has been shown what came of the running activity."""
        return self.activity is not None and self.shown and (self.finished or not self.activity.step.ballots)

    def farewell(self) -> Scene | None:
        """The room's last picture, which goes home with every phone when the session has ended."""
        return None if self.left is None else self._picture_of(self.left)

    def refusal(self, who: str, say: Mapping[str, Any]) -> str:
        """Why this person cannot say this now; empty if they can."""
        person = self.people.get(who)
        if person is None or person.removed:
            return "You are no longer in this session."
        if self.ended:
            return "The session is over."
        if self.finished:
            return self.talk.refusal(who, say, self)
        if self.activity is None:
            return "There is nothing to answer just now."
        if self.paused:
            return "The session is paused."
        return self.activity.refusal("" if self.activity.step.ballots else who, say)

    def scene(self) -> Scene:
        """What the room sees now."""
        if self.ended:
            return Scene("Thank you. This session is over.")
        if self.activity is None:
            last = self.plan.last_time
            return last.scene() if self.recalled and last is not None else Scene(self.plan.title)
        return self._picture_of(self.activity)

    def _picture_of(self, activity: Activity) -> Scene:
        return told(activity, looked_at(activity, self.look) if self.finished else activity.room())


def looked_at(activity: Activity, look: int) -> Scene:
    """The debrief's screen of this number, or its last one; what-ifs are computed when one is looked at."""
    screens: tuple[Scene, ...] = (activity.debrief(),)
    if look >= len(screens):
        screens += activity.further()
    if look >= len(screens):
        screens += activity.what_ifs()
    return screens[min(look, len(screens) - 1)]


def told(activity: Activity, scene: Scene) -> Scene:
    """A scene of this activity, with a line above it where nobody but virtual participants made it."""
    if activity.rehearsal and activity.people:
        return replace(scene, lines=(REHEARSAL, *scene.lines))
    return scene
