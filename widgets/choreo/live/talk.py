"""What a room talks about when an activity is over, and who talks with whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from choreo.live.activities import guide_to
from choreo.live.event import Event
from choreo.live.groups import SIZES, Groups
from choreo.live.guide import MINUTES, Guide
from choreo.live.rounds import InRounds
from choreo.live.scene import Scene

if TYPE_CHECKING:
    from choreo.live.session import Session

MOST_MOMENTS = 12
ENDS = ("begin", "step", "end")  # after which people look at their phones again


class Talk:
    """Groups, the guide, and the moments of the running activity that the guide shows once more."""

    def __init__(self) -> None:
        """Nobody talks yet."""
        self.groups: Groups | None = None
        self.guide: Guide | None = None
        self.moments: list[Scene] = []
        self._round = 0
        self._fresh, self._phones = False, set[str]()  # whether all phones show something old; whose do

    @property
    def on(self) -> bool:
        """Whether phones say something about it."""
        return self.groups is not None or self.guide is not None

    def touched(self) -> tuple[bool, set[str]]:
        """Whether all phones show something old, and whose do besides, since this was asked last."""
        found = self._fresh, self._phones | (self.groups.touched() if self.groups is not None else set())
        self._fresh, self._phones = False, set()
        return found

    def take(self, event: Event, session: Session) -> int | None:
        """Let an event change this before the session takes it; the seconds that the room is given by it, if it is."""
        self._look(event, session)
        seconds = None
        if event.kind in ENDS and self.on:
            self.groups = self.guide = None
            self._fresh, seconds = True, 0
        match event.kind:
            case "groups":
                self._group(event, session)
            case "guide" if session.finished:
                seconds = self._guide(event.data.get("screen"), session)
            case "say" if self.guide is not None and not self.refusal(event.who, event.data, session):
                self.guide.ready.add(event.who)
                self._phones.add(event.who)
            case "countdown" if self.on:
                self._fresh = True
            case _:
                self._come_and_go(event, session)
        if self.guide is not None and event.kind in ("say", "leave", "remove"):
            gone = {event.who} if event.kind != "say" else set()
            if self.guide.goes_on(set(here(session)) - gone):
                seconds = self._guide(None if self.guide.is_last else self.guide.screen + 1, session)
        time_runs = self.groups is not None and session.countdown is not None and session.countdown.ends > event.at
        return None if time_runs else seconds

    def refusal(self, who: str, say: Mapping[str, Any], session: Session) -> str:
        """Why this person cannot say this about the guide; empty if they can."""
        screen = say.get("ready")
        if self.guide is None or who not in session.people or session.people[who].virtual:
            return "There is nothing to answer just now."
        good = say.keys() == {"ready"} and type(screen) is int and screen == self.guide.screen
        return "" if good else "The room is at another question by now."

    def _guide(self, screen: Any, session: Session) -> int:
        self._fresh = True
        questions = guide_to(session.activity.name) if session.activity is not None else ()
        if type(screen) is not int or not 0 <= screen < len(MINUTES) or not questions:
            self.guide = None
            return 0
        self.guide = self.guide or Guide(questions)
        self.guide.go(screen)
        return self.guide.seconds

    def _group(self, event: Event, session: Session) -> None:
        self._fresh = True
        size = event.data.get("size")
        free = session.activity is None or session.finished
        self.groups = None
        if free and isinstance(size, int) and size in SIZES:
            self.groups = Groups(size, session.seed + event.number, here(session))

    def _come_and_go(self, event: Event, session: Session) -> None:
        if self.groups is None:
            return
        known = session.people.get(event.who)
        if event.kind == "join" and event.who and known is None and event.data.get("virtual") is not True:
            self.groups.join(event.who)
        elif known is not None and not known.virtual and not known.removed:
            if event.kind == "back":
                self.groups.join(event.who)
            elif event.kind in ("leave", "remove"):
                self.groups.leave(event.who)

    # -- what the room saw ---------------------------------------------------------------------------------------------

    def _look(self, event: Event, session: Session) -> None:
        """Keep what the room saw at the end of each step and round; nothing that was taken back from it since."""
        activity = session.activity
        person = event.kind == "join" and event.data.get("virtual") is not True
        if event.kind in ("begin", "withhold", "undo") or (person and activity is not None and activity.rehearsal):
            self.moments, self._round = [], 0
        elif activity is None or session.finished:
            return
        elif event.kind in ("step", "finish"):
            self._keep(session)
        elif isinstance(activity, InRounds) and activity.round != self._round:
            if activity.round > 1:
                self._keep(session)
            self._round = activity.round

    def _keep(self, session: Session) -> None:
        scene = replace(session.scene(), words=())
        if not self.moments or self.moments[-1] != scene:
            self.moments.append(scene)
        if len(self.moments) > MOST_MOMENTS:
            self.moments = self.moments[::2]


def here(session: Session) -> list[str]:
    """The people who are here; bots talk with nobody."""
    return [who for who, person in session.people.items() if person.here and not person.virtual]
