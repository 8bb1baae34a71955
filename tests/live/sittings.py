"""A whole session, one activity after the other, played by bots as people in simulated time."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import Any

from tests.live.rooms import Room, _run_step, join

from choreo.live.session import Session


def play_all(
    items: Sequence[tuple[str, Mapping[str, Any]]],
    people: int = 12,
    virtual: int = 0,
    title: str = "A test",
    release: bool = True,
    seconds: float = 240,
) -> Room:
    """The session after these activities (name, settings); open answers are released. `virtual` of the people are bots."""
    room, chance = Room(Session()), random.Random(1)
    plan = [{"activity": name, "minutes": 10, "settings": dict(settings)} for name, settings in items]
    room.event("open", plan={"title": title, "items": plan}, seed=1)
    for number in range(1, people + 1):
        join(room, f"p{number}", virtual=number > people - virtual)
    for item in range(len(plan)):
        room.event("begin", item=item)
        room.shown.clear()
        for number, step in enumerate(type(room.activity).steps):
            if number:
                room.now += 1
                room.step(step.name)
            _run_step(room, chance, [], 0, seconds, None)
            for text in list(room.activity.wrote.texts) if release else ():
                room.event("release", text=text)
        room.now += 60
        room.tally()
        room.event("finish")
    room.event("end")
    return room
