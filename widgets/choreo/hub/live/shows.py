"""What phones, screen and coach are shown of a session, as JSON texts."""

from __future__ import annotations

import json
import logging
from functools import cache
from importlib.resources import files
from typing import Any

from choreo.hub.live.messages import written
from choreo.hub.live.room import Room
from choreo.live.activities import activities
from choreo.live.activity import Activity
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

    def __init__(self, room: Room, module: str) -> None:
        """Look at the session; `module` is the address of the running activity's part of the phone."""
        self._room = room
        self._activity = activity = room.session.activity
        head = {"state": state(room), "title": room.session.plan.title, "run": room.session.begun, "turn": room.turn}
        if activity is not None:
            head |= {"activity": activity.name, "title": activity.title, "module": module}
            head["nicknames"] = activity.nicknames
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
        if self._same is not None:
            return self._same
        try:
            text = written(activity.phone(who))
        except Exception:
            log.exception("the view of %s in session %s could not be made", who, self._room.id)
            return "{}"
        if self._sealed:
            self._same = text
        return text

    def view(self, who: str, secret: str) -> str:
        """The whole message."""
        person = self._room.session.people.get(who)
        if person is not None and person.removed:
            return self._removed
        if self._activity is None:
            return f'{{"view":{self._head}}}}}'
        phone = self.phone(who)
        ballot = self._room.own_ballot(secret) if self._sealed else None
        if ballot is not None:
            phone = f'{phone[:-1]}{"," if phone != "{}" else ""}"ballot":{ballot}}}'
        return f'{{"view":{self._head},"phone":{phone}}}}}'


def screen(room: Room, scene: Scene | None) -> str:
    """What the projector shows, up to the address of the join page, which `with_links` puts in."""
    session = room.session
    return written(
        {
            "title": session.plan.title,
            "code": room.code,
            "people": room.here(),
            "state": state(room),
            "shown": session.shown,
            "scene": scene.json() if scene is not None and session.shown else None,
        }
    )


def with_links(text: str, links: str) -> str:
    """The screen's message with the address of the join page as this client can reach it."""
    return f'{{"screen":{text[:-1]},"join":{json.dumps(links)}}}}}'


def desk(room: Room) -> str:
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
                "plan": {
                    "title": session.plan.title,
                    "notes": session.plan.notes,
                    "items": [_item(item.activity, item.minutes, item.settings) for item in session.plan.items],
                },
                "at": session.at,
                "run": session.begun,
                "turn": room.turn,
                "step": activity.step.name if activity else "",
                "steps": [_step(step) for step in activity.steps] if activity else [],
                "paused": session.paused,
                "shown": session.shown,
                "finished": session.finished,
                "ended": session.ended,
                "people": {"count": _count(room), "here": room.here(), "virtual": virtual},
                "persons": [
                    {
                        "who": who,
                        "nickname": person.nickname,
                        "here": person.here,
                        "virtual": person.virtual,
                        "removed": person.removed,
                    }
                    for who, person in people.items()
                ],
                "ballots": len(room.ballots) if room.ballot_run is not None else None,
                "texts": _texts(activity),
                "began_at": room.began_at,
                "now": room.clock(),
            }
        }
    )


def _count(room: Room) -> int:
    return sum(not person.removed for person in room.session.people.values())


def _texts(activity: Activity | None) -> list[dict[str, Any]]:
    if activity is None:
        return []
    return [
        {"number": number, "text": text, "released": number in activity.released}
        for number, text in activity.texts.items()
    ]


def _step(step: Any) -> dict[str, Any]:
    return {"name": step.name, "title": step.title, "ballots": step.ballots}


def _item(name: str, minutes: int, settings: dict[str, Any]) -> dict[str, Any]:
    return {
        "activity": name,
        "title": activities()[name].title,
        "minutes": minutes,
        "notes": notes(name),
        "settings": settings,
    }


@cache
def notes(name: str) -> str:
    """The facilitator's notes of an activity, as HTML."""
    path = files("choreo.live.activities") / f"{name.replace('-', '_')}.md"
    return html(path.read_text(encoding="utf-8")) if path.is_file() else ""
