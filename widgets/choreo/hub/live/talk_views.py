"""What phones, screen and coach are shown of a talk: groups, and the guide through a debrief."""

from __future__ import annotations

from typing import Any

from choreo.hub.live.room import Room
from choreo.live.activities import guide_to
from choreo.live.guide import HAPPENED, MINUTES, heads
from choreo.live.talk import here


def phone_talk(room: Room, who: str) -> dict[str, Any]:
    """What this person's phone says; nothing where no talk is on."""
    talk = room.session.talk
    if not talk.on:
        return {}
    guide = _guide(room)
    if guide is not None and talk.guide is not None:
        guide["ready"] = who in talk.guide.ready
    if talk.groups is None:
        return {"guide": guide, "group": None}
    sign = talk.groups.sign(who)
    group: dict[str, Any] = {"size": talk.groups.size, "people": talk.groups.count_of(who)}
    if sign is not None:
        group |= {"colour": sign.colour, "name": sign.name}
    return {"guide": guide, "group": group}


def screen_talk(room: Room) -> dict[str, Any] | None:
    """What the projector shows of it; the guide's moments only while the room sees results."""
    session = room.session
    if not session.talk.on:
        return None
    guide = _counted(room)
    if guide is not None:
        happened = guide["screen"] == HAPPENED and session.shown
        guide["moments"] = [scene.json() for scene in session.talk.moments] if happened else []
    return {"guide": guide, "groups": _groups(room)}


def desk_talk(room: Room) -> dict[str, Any]:
    """What the coach can have, and what is on."""
    session = room.session
    free = not session.ended and (session.activity is None or session.finished)
    guided = session.finished and session.activity is not None and bool(guide_to(session.activity.name))
    return {"free": free, "heads": heads() if guided else (), "guide": _counted(room), "groups": _groups(room)}


def _counted(room: Room) -> dict[str, Any] | None:
    """The guide with how many can go on."""
    guide, shown = room.session.talk.guide, _guide(room)
    if guide is None or shown is None:
        return None
    people = set(here(room.session))
    return shown | {"ready": len(guide.ready & people), "here": len(people)}


def _guide(room: Room) -> dict[str, Any] | None:
    guide = room.session.talk.guide
    if guide is None:
        return None
    head, question = heads()[guide.screen], guide.questions[guide.screen]
    return {"screen": guide.screen, "of": len(MINUTES), "head": head, "question": question}


def _groups(room: Room) -> dict[str, int] | None:
    groups = room.session.talk.groups
    return {"size": groups.size, "count": sum(len(one) > 1 for one in groups.all())} if groups is not None else None
