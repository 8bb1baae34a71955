"""What phones, screen and coach are shown of a session, as JSON texts."""

from __future__ import annotations

import json
import logging
from functools import cache, lru_cache
from typing import Any

from choreo.hub.live.looking import Screens
from choreo.hub.live.messages import written
from choreo.hub.live.room import Room
from choreo.hub.live.talk_views import desk_talk, phone_talk, screen_talk
from choreo.live.activities import activities, notes_on
from choreo.live.activity import FEWEST, Activity
from choreo.live.scene import Scene
from choreo.views.markdown import html

log = logging.getLogger("choreo.hub")


def state(room: Room) -> str:
    """What goes on in the session."""
    session = room.session
    if session.ended:
        return "ended"
    if session.activity is None:
        return "waiting"
    if session.paused:
        return "paused"
    return "debrief" if session.finished else "activity"


class PhoneViews:
    """What each phone shows just now; what is the same for all is made once."""

    def __init__(self, room: Room, module: str, picture: str = "") -> None:
        """Look at the session; `module` is the address of the running activity's part of the phone, as `at` takes it there.

        `picture` is the room's, as JSON, where phones show it, too.
        """
        self._room = room
        self._picture = f',"picture":{picture}' if picture else ""
        session = room.session
        self._activity = activity = session.activity
        head = {"state": state(room), "title": session.plan.title, "run": session.begun, "turn": room.turn}
        if activity is not None:
            head |= {"activity": activity.name, "title": activity.title, "module": module}
        if session.ended and session.lesson:
            head["lesson"] = session.lesson
        self._head = written(head)[:-1]
        removed = {"state": "removed", "title": room.session.plan.title, "run": 0, "turn": 0}
        self._removed = written({"view": removed})
        self._sealed = activity is not None and activity.step.ballots
        self._same: str | None = None

    def phone(self, who: str) -> str:
        """The activity's part, as JSON."""
        activity = self._activity
        if activity is None:
            return "{}"
        if self._room.session.finished:
            return self._own(activity, who)
        if self._same is not None:
            return self._same
        try:
            text = written(activity.view(who))
        except Exception:
            log.exception("the view of %s in session %s could not be made", who, self._room.id)
            return "{}"
        if self._sealed:
            self._same = text
        return text

    def _own(self, activity: Activity, who: str) -> str:
        """Their own result, while the room looks at what came of it."""
        try:
            own = activity.result_of(who).json()
        except Exception:
            log.exception("the result of %s in session %s could not be made", who, self._room.id)
            own = {}
        return written({"own": own} if own else {})

    def view(self, who: str, secret: str) -> str:
        """The whole message."""
        person = self._room.session.people.get(who)
        if person is not None and person.removed:
            return self._removed
        if self._activity is None:
            return f'{{"view":{self._head}{self._talk(who)}{self._picture}}}}}'
        phone = self.phone(who)
        ballot = self._room.ballots.own(secret) if self._sealed else None
        if ballot is not None:
            phone = f'{phone[:-1]}{"," if phone != "{}" else ""}"ballot":{ballot}}}'
        return f'{{"view":{self._head}{self._talk(who)},"phone":{phone}{self._picture}}}}}'

    def _talk(self, who: str) -> str:
        """What the phone says about the talk that is on, if one is."""
        talk = phone_talk(self._room, who)
        return f',"talk":{written({**talk, "countdown": _countdown(self._room)})}' if talk else ""


def screen(room: Room, scene: Scene | None) -> str:
    """What the projector shows, up to the address of the join page, which `with_links` puts in."""
    session = room.session
    return written(
        {
            "title": session.plan.title,
            "code": room.code,
            "countdown": _countdown(room),
            "talk": screen_talk(room),
            "people": room.presence.people(),
            "virtual": room.presence.here() - room.presence.people(),
            "state": state(room),
            "shown": session.shown,
            "recalled": session.recalled,
            "scene": scene.json() if scene is not None and session.shown else None,
        }
    )


def with_links(text: str, links: str) -> str:
    """The screen's message with the address of the join page as this client can reach it."""
    return f'{{"screen":{text[:-1]},"join":{json.dumps(links)}}}}}'


def desk(room: Room, screens: Screens) -> str:
    """What the coach's console shows."""
    session, activity = room.session, room.session.activity
    people = session.people
    virtual = sum(person.virtual and person.here for person in people.values())
    return written(
        {
            "desk": {
                "title": session.plan.title,
                "code": room.code,
                "state": state(room),
                "second": room.second,
                "plan": {
                    "title": session.plan.title,
                    "notes": session.plan.notes,
                    "late": session.plan.late,
                    "told": told(session.plan.notes),
                    "last_time": _last_time(room),
                    "items": [_item(item.activity, item.minutes, item.settings) for item in session.plan.items],
                },
                "at": session.at,
                "run": session.begun,
                "turn": room.turn,
                "step": activity.step.name if activity else "",
                "steps": [_step(step) for step in activity.steps] if activity else [],
                "paused": session.paused,
                "shown": session.shown,
                "shared": session.shared,
                "recalled": session.recalled,
                "promised": session.promises.json(),
                "finished": session.finished,
                "look": min(session.look, max(0, len(screens.scenes) - 1)),
                "screens": [_screen(scene, number >= screens.own) for number, scene in enumerate(screens.scenes)],
                "ended": session.ended,
                "people": {"count": _count(room), "here": room.presence.here(), "virtual": virtual},
                "persons": [
                    {
                        "who": who,
                        "here": person.here,
                        "virtual": person.virtual,
                        "removed": person.removed,
                    }
                    for who, person in people.items()
                ],
                "ballots": room.answered() if room.ballots.run is not None else None,
                "fewest": FEWEST if activity is not None and not activity.rehearsal else 0,
                "texts": _texts(activity),
                "round": _round(room),
                "undo": _undo(room),
                "countdown": _countdown(room),
                "talk": desk_talk(room),
                "started_at": session.started_at,
                "began_at": session.began_at,
                "now": room.clock(),
            }
        }
    )


def _round(room: Room) -> dict[str, int] | None:
    """The round that is on: going on cuts it short."""
    activity = room.session.activity
    on = activity.round_on() if activity is not None and not room.session.finished else None
    return {"number": on.number, "of": on.of, "moved": on.moved, "due": on.due} if on is not None else None


def _undo(room: Room) -> dict[str, Any] | None:
    """The move that can be taken back, and how much was said since."""
    before = room.session.before
    if before is None:
        return None
    said = room.answered() if room.ballots.run is not None else before.said
    return {"move": before.move, "label": before.label, "said": said}


def _countdown(room: Room) -> dict[str, float] | None:
    """The time that the room is given, and what time it is now."""
    running = room.session.countdown
    if running is None:
        return None
    return {"ends": round(running.ends, 3), "seconds": running.seconds, "now": round(room.clock(), 3)}


def _last_time(room: Room) -> dict[str, Any] | None:
    """What the plan remembers of the last time."""
    last = room.session.plan.last_time
    return None if last is None else last.model_dump(mode="json")


def _count(room: Room) -> int:
    return sum(not person.removed for person in room.session.people.values())


def _texts(activity: Activity | None) -> list[dict[str, Any]]:
    if activity is None:
        return []
    texts = activity.wrote.texts
    return [
        {
            "number": group.number,
            "text": group.name,
            "count": group.count,
            "said": [texts[number] for number in group.texts],
            "released": group.shown == group.count,
            "some": 0 < group.shown < group.count,
            "left_out": group.left_out,
        }
        for group in activity.wrote.groups()
    ]


def _screen(scene: Scene, what_if: bool) -> dict[str, Any]:
    return {"title": scene.title, "ask": scene.ask, "small": scene.small, "what_if": what_if}


def _step(step: Any) -> dict[str, Any]:
    return {"name": step.name, "title": step.title, "ballots": step.ballots}


def _item(name: str, minutes: int, settings: dict[str, Any]) -> dict[str, Any]:
    return {
        "activity": name,
        "title": activities()[name].title,
        "tapped": activities()[name].tapped,
        "minutes": minutes,
        "notes": notes(name),
        "settings": settings,
    }


@lru_cache(maxsize=64)
def told(markdown: str) -> str:
    """A coach's own notes on a plan, as HTML; a picture in them would come from elsewhere, and stays text."""
    return html(markdown.replace("![", "!\\["))


@cache
def notes(name: str) -> str:
    """The facilitator's notes of an activity, as HTML."""
    return html(notes_on(name))
