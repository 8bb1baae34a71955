"""What happened in a session, told from its log: chapters for the report, frames for the scrubber, answers for tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from choreo.live.activity import Promised
from choreo.live.event import Event
from choreo.live.scene import Scene
from choreo.live.session import Session
from choreo.live.undo import kept
from choreo.words import _

MOST_TIMES = 9  # that a step is told of in one chapter
MOVES = ("begin", "step", "finish", "end")  # of the coach, after which the room sees something else


@dataclass(frozen=True)
class Answer:
    """Something that somebody said; in a step with ballots nobody knows who, nor when."""

    run: int  # the first activity that was begun is 1
    activity: str
    title: str
    step: str
    who: str
    virtual: bool
    began: float  # when the activity did; seconds since 1970
    seconds: float | None  # since then
    said: Mapping[str, Any]


@dataclass
class Chapter:
    """One activity of a session, as it went."""

    run: int
    activity: str
    title: str
    minutes: int  # planned
    began: float  # seconds since 1970
    ended: float
    people: int
    virtual: int
    scenes: dict[str, Scene] = field(default_factory=dict)  # the last of each step, by the step's title
    debrief: Scene | None = None
    further: tuple[Scene, ...] = ()
    what_ifs: tuple[Scene, ...] = ()
    finding: str = ""  # what the room found out, in a sentence; empty where nothing can be said
    promised: Promised | None = None


@dataclass(frozen=True)
class Frame:
    """What the room saw from a time on."""

    at: float  # seconds since the session was opened
    label: str  # "Pulse: Ask"
    scene: Scene


def answers(log: Sequence[Event]) -> Iterator[Answer]:
    """All that was said, in the order of the log; ballots without names and times."""
    session, began = Session(), 0.0
    for event in lasting(log):
        session.take(event)
        if event.kind == "begin":
            began = event.at
        running = session.activity
        if running is not None and not session.finished:
            step = running.step.title
            if event.kind == "say" and event.who in session.people and not running.step.ballots:
                person = session.people[event.who]
                seconds = round(event.at - began, 3)
                yield Answer(
                    session.begun, running.name, running.title, step,
                    event.who, person.virtual, began, seconds, event.data,
                )  # fmt: skip
            elif (
                event.kind == "tally"
                and event.number not in session.held
                and isinstance(ballots := event.data.get("ballots"), list)
            ):
                for ballot in ballots:
                    if isinstance(ballot, Mapping):
                        said = {name: value for name, value in ballot.items() if name != "virtual"}
                        bot = ballot.get("virtual") is True
                        yield Answer(session.begun, running.name, running.title, step, "", bot, began, None, said)


def chapters(log: Sequence[Event], what_ifs: bool = True) -> list[Chapter]:
    """The activities that were begun, in order; one that was not brought to its end gets its debrief all the same."""
    found: list[Chapter] = []
    session, log = Session(), lasting(log)

    def close(at: float) -> None:
        running = session.activity
        if running is None or session.begun != len(found):
            return
        chapter = found[-1]
        chapter.ended = at
        chapter.people = sum(not person.virtual for person in running.people.values())
        chapter.virtual = len(running.people) - chapter.people
        if not session.finished:
            _add_scene(chapter.scenes, running.step.title, running.room())

    def look_back() -> None:
        running = session.activity
        if running is not None and session.begun == len(found):
            found[-1].debrief, found[-1].further = running.debrief(), running.further()
            found[-1].finding, found[-1].promised = running.finding(), running.promised()
            found[-1].what_ifs = running.what_ifs() if what_ifs else ()

    at = log[-1].at if log else 0.0
    for event, sealed in zip(log, _sealed(log), strict=True):
        if event.kind in MOVES:
            close(event.at)
        if event.kind in ("begin", "end"):
            look_back()
        _take(session, event, sealed)
        if event.kind == "begin" and session.activity is not None and session.begun == len(found) + 1:
            item, running = session.plan.items[session.at], session.activity
            found.append(Chapter(len(found) + 1, running.name, running.title, item.minutes, event.at, event.at, 0, 0))
    close(at)
    look_back()
    return found


def _add_scene(scenes: dict[str, Scene], title: str, scene: Scene) -> None:
    """A step that was played again does not take the place of what it was before."""
    names = [title, *(_("{title} ({time})").format(title=title, time=time) for time in range(2, MOST_TIMES + 1))]
    if scene not in (scenes.get(name) for name in names):
        scenes[next((name for name in names if name not in scenes), names[-1])] = scene


def frames(log: Sequence[Event], most: int = 240) -> list[Frame]:
    """What the room saw over time: every move of the coach, and up to `most` moments between, evenly over what changed.

    Ballots are sealed, so how many there were is known from the step's end only: a step with ballots has one frame.
    """
    log = lasting(log)
    telling = [
        number for number, event in enumerate(log) if event.kind in ("say", "tick", "tally", "release", "withhold")
    ]
    chosen = set(telling[:: max(1, -(-len(telling) // most))]) | _last_of_each_step(log, telling)
    session = Session()
    found: list[Frame] = []
    for number, (event, sealed) in enumerate(zip(log, _sealed(log), strict=True)):
        _take(session, event, sealed)
        if event.kind in ("open", "recall", "look", *MOVES) or number in chosen:
            _add(found, log[0].at, event.at, session)
    return found


def lasting(log: Sequence[Event]) -> Sequence[Event]:
    """The log without what the coach took back."""
    if all(event.kind != "undo" for event in log):
        return log
    return kept(log, Session.replay(log).taken_back)


def _last_of_each_step(log: Sequence[Event], telling: Sequence[int]) -> set[int]:
    found: set[int] = set()
    for number in telling:
        if not found or any(log[one].kind in MOVES for one in range(max(found), number)):
            found.add(number)
        else:
            found = found - {max(found)} | {number}
    return found


def _add(found: list[Frame], opened: float, at: float, session: Session) -> None:
    running = session.activity
    label = "Waiting" if running is None else f"{running.title}: {running.step.title}"
    if session.ended:
        label = "The end"
    elif running is not None and session.finished:
        label = f"{running.title}: talk"
    frame = Frame(round(at - opened, 3), label, session.scene())
    if found and (found[-1].label, found[-1].scene) == (label, frame.scene):
        return
    found.append(frame)


def _sealed(log: Sequence[Event]) -> list[int]:
    """For every event that begins a step: how many ballots that step had in the end. The log never told it before."""
    found, counted = [0] * len(log), 0
    for number in range(len(log) - 1, -1, -1):
        ballots = log[number].data.get("ballots") if log[number].kind == "tally" else None
        if isinstance(ballots, list):
            people = sum(ballot.get("virtual") is not True for ballot in ballots if isinstance(ballot, Mapping))
            counted = people or len(ballots)
        elif log[number].kind in ("begin", "step"):
            found[number], counted = counted, 0
    return found


def _take(session: Session, event: Event, sealed: int) -> None:
    session.take(event)
    if session.activity is not None and event.kind in ("begin", "step"):
        session.activity.ballots = sealed
