"""Taking the coach's last move back, as long as no result of it was shown on any screen."""

from __future__ import annotations

import pickle
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from choreo.live.activity import Activity
from choreo.live.event import Event

if TYPE_CHECKING:
    from choreo.live.session import Session

KEPT = ("at", "begun", "finished", "began_at", "started_at", "countdown")  # of a session, beside its activity
COMING_AND_GOING = ("join", "leave", "back")
STAYS = frozenset({*COMING_AND_GOING, "remove", "plan", "show", "hide", "pause", "resume", "countdown"})


@dataclass
class Before:
    """A session as it was before a move: what had happened, and who came and went since."""

    first: int  # the number of the first event that is taken back
    move: int  # the number of the event that was the move
    at: float
    label: str = ""  # what began with the move
    in_rounds: bool = False  # whether a game in rounds began with it
    said: int = 0  # by people, since
    since: list[Event] = field(default_factory=list)
    state: Mapping[str, Any] = field(default_factory=dict)
    activity: bytes = b""

    def hear(self, event: Event, activity: Activity) -> None:
        """Remember what must not be taken back, and count what will be."""
        if event.kind in COMING_AND_GOING:
            self.since.append(event)
        elif event.kind == "say" and event.who in activity.people and activity.ours(event.who):
            self.said += 1

    def is_past(self, event: Event, activity: Activity) -> bool:
        """Whether a screen shows by now what came of the move."""
        if event.kind in ("finish", "release") or (event.kind == "tally" and event.data.get("ballots")):
            return True
        if self.in_rounds:
            return activity.round_number() != 1
        return event.kind in ("say", "tick")

    def restore(self, session: Session, event: Event) -> None:
        """Put the session back; who came meanwhile is there, and no clock went on."""
        for name, value in self.state.items():
            setattr(session, name, value)
        activity: Activity | None = pickle.loads(self.activity)
        session.activity = activity
        if activity is None:
            return
        if activity.wake is not None and not activity.paused:
            activity.wake += event.at - self.at
        if activity.step.ballots:
            activity.too_few = False
        for one in self.since:
            activity.take(replace(one, at=event.at))
        if activity.paused != session.paused:
            activity.take(Event(event.number, event.at, "pause" if session.paused else "resume"))
        if session.finished:
            activity.wake = None
        activity.touch()


def before(session: Session, move: Event, first: int) -> Before | None:
    """What is there before a move, kept; None where it cannot be kept."""
    try:
        activity = pickle.dumps(session.activity)
    except (pickle.PicklingError, AttributeError, TypeError):
        return None
    state = {name: getattr(session, name) for name in KEPT}
    return Before(first, move.number, move.at, state=state, activity=activity)


def kept(log: Sequence[Event], spans: Sequence[tuple[int, int]]) -> list[Event]:
    """A log without what was taken back: what lies in a span from a move to its undo, but for who came and went."""
    gone = [range(first, last + 1) for first, last in spans]
    return [event for event in log if event.kind in STAYS or not any(event.number in span for span in gone)]
