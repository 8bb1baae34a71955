"""A room full of bots in simulated time, for the tests: `play("pulse", people=50)`.

It does what the hub does, without sockets and clock: numbers events, seals ballots and tallies them, sends ticks, and
shows people their phones five times a second. People come late, leave in the middle, and some of them come back.
"""

from __future__ import annotations

import heapq
import json
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from choreo.live.activity import FEWEST, Activity, Move
from choreo.live.event import Event
from choreo.live.scene import Scene
from choreo.live.session import Session

START = 1_800_000_000.0
LOOK = 0.2  # seconds between two looks at a phone


def text(value: Any) -> str:
    """JSON in one spelling; raises ValueError for NaN and infinity."""
    return json.dumps(value, sort_keys=True, allow_nan=False)


@dataclass
class Room:
    """A session that is played: its log, and what was shown and refused on the way."""

    session: Session
    log: list[Event] = field(default_factory=list)
    refused: list[tuple[str, Mapping[str, Any], str]] = field(default_factory=list)
    scenes: dict[str, Scene] = field(default_factory=dict)  # what the room saw at the end of each step
    debrief: Scene | None = None
    further: tuple[Scene, ...] = ()
    what_ifs: tuple[Scene, ...] = ()
    now: float = START
    sealed: dict[str, dict[str, Any]] = field(default_factory=dict)  # who: their ballot; in the hub nobody knows whose
    shown: dict[str, str] = field(default_factory=dict)  # what each phone showed last

    @property
    def activity(self) -> Activity:
        """The running activity."""
        assert self.session.activity is not None
        return self.session.activity

    def event(self, kind: str, who: str = "", /, **data: Any) -> None:
        """Append an event to the log and let the session take it."""
        event = Event(len(self.log) + 1, self.now, kind, who, json.loads(text(data)))
        self.log.append(event)
        self.session.take(event)

    def say(self, who: str, say: Mapping[str, Any]) -> str:
        """Say something as a phone does; why it was refused, or nothing."""
        if why := self.session.refusal(who, say):
            self.refused.append((who, say, why))
        elif self.activity.step.ballots:
            self.sealed[who] = json.loads(text(say))
            bots = 0 if self.activity.rehearsal else sum(self.session.people[one].virtual for one in self.sealed)
            self.activity.ballots = len(self.sealed) - bots
        else:
            self.event("say", who, **say)
        return why

    def tally(self) -> None:
        """Count the sealed ballots, if there are enough, and forget whose they were."""
        people = self.session.people
        human = sum(not people[who].virtual for who in self.sealed)
        if self.sealed:
            marked = [say | ({"virtual": True} if people[who].virtual else {}) for who, say in self.sealed.items()]
            counted = sorted(marked, key=text) if human == 0 or human >= FEWEST else []
            self.event("tally", ballots=self.activity.pooled(counted))
        self.sealed = {}

    def step(self, to: str) -> None:
        """Move on to another step, as a coach does."""
        self.tally()
        self.event("step", to=to)

    def phone(self, who: str) -> dict[str, Any]:
        """What this person's phone shows, their own ballot included."""
        return self.activity.phone(who) | ({"ballot": self.sealed[who]} if who in self.sealed else {})


def opened(
    name: str, people: int = 0, settings: Mapping[str, Any] | None = None, seed: int = 1, virtual: int = 0
) -> Room:
    """A room in which activity `name` has begun, with `people` people ("p1", ...), of whom the last `virtual` are bots."""
    room = Room(Session())
    plan = {"title": "A test", "items": [{"activity": name, "minutes": 10, "settings": dict(settings or {})}]}
    room.event("open", plan=plan, seed=seed)
    for number in range(1, people + 1):
        join(room, f"p{number}", virtual=number > people - virtual)
    room.event("begin", item=0)
    return room


def join(room: Room, who: str, virtual: bool = False) -> None:
    """Let somebody join."""
    room.event("join", who, **({"virtual": True} if virtual else {}))


def play(
    name: str,
    people: int = 20,
    *,
    settings: Mapping[str, Any] | None = None,
    seed: int = 1,
    virtual: int = 0,
    late: int = 2,
    leaving: float = 0.1,
    seconds: float = 900,
    watch: Callable[[Room], None] | None = None,
) -> Room:
    """Play activity `name` to its debrief with bots as people; the same arguments give the same log.

    `late` more people join in the middle; each person leaves in each step with chance `leaving`, and two of three of
    them come back. A step ends when nothing is going to happen any more, or after `seconds`. `watch` is called five
    times a second as long as something changes. Raises ValueError if anything that is shown is not JSON.
    """
    chance = random.Random(seed)
    room = opened(name, people, settings, seed, virtual)
    coming = [(chance.uniform(0, 15), f"p{people + number}") for number in range(1, late + 1)]
    steps = type(room.activity).steps
    for number, step in enumerate(steps):
        if number:
            room.now += 1
            room.step(step.name)
        _run_step(room, chance, coming if number == 0 else [], leaving, seconds, watch)
        room.scenes[step.name] = room.activity.room()
        text(room.scenes[step.name].json())
    room.now += 1
    room.tally()
    room.event("finish")
    room.debrief = room.session.scene()
    room.further, room.what_ifs = room.activity.further(), room.activity.what_ifs()
    for scene in (room.debrief, *room.further, *room.what_ifs):
        text(scene.json())
    for who in room.session.people:
        text(room.phone(who))
        text(room.activity.result_of(who).json())
    return room


def _run_step(
    room: Room,
    chance: random.Random,
    coming: list[tuple[float, str]],
    leaving: float,
    seconds: float,
    watch: Callable[[Room], None] | None,
) -> None:
    begun, count = room.now, 0
    queue: list[tuple[float, int, str, str, Move | None]] = []

    def put(at: float, what: str, who: str = "", move: Move | None = None) -> None:
        nonlocal count
        count += 1
        heapq.heappush(queue, (at, count, what, who, move))

    for after, who in coming:
        put(begun + after, "join", who)
    for who in room.session.people:
        if room.session.people[who].here and chance.random() < leaving:
            gone = chance.uniform(0, 20)
            put(begun + gone, "leave", who)
            if chance.random() < 2 / 3:
                put(begun + gone + chance.uniform(1, 20), "back", who)
    put(begun, "look")
    newest: dict[str, Move] = {}
    stale: set[str] = set()
    while queue or room.activity.wake is not None:
        wake = room.activity.wake
        if wake is not None and (not queue or wake < queue[0][0]):
            if wake > begun + seconds:
                return
            room.now = max(room.now, wake)
            room.event("tick")
        else:
            at, _, what, who, move = heapq.heappop(queue)
            if at > begun + seconds:
                return
            room.now = max(room.now, at)
            if what == "join":
                join(room, who)
            elif what in ("leave", "back"):
                room.event(what, who)
                newest.pop(who, None)
                room.shown.pop(who, None)
            elif what == "say" and move is not None and newest.get(who) is move:
                del newest[who]
                if room.session.people[who].here:
                    room.say(who, move.say)
            elif what == "look":
                stale |= room.activity.touched()
                for who in sorted(stale):
                    view = room.phone(who)
                    if not room.session.people[who].here or room.shown.get(who) == text(view):
                        continue
                    room.shown[who] = text(view)
                    newest.pop(who, None)  # what was thought about an older view is forgotten
                    if (move := type(room.activity).bot(json.loads(text(view)), chance)) is not None:
                        newest[who] = move
                        put(room.now + max(0.0, move.after), "say", who, move)
                stale = set()
                text(room.activity.room().json())
                if watch is not None:
                    watch(room)
                continue
        if not any(entry[2] == "look" for entry in queue):
            put(room.now + LOOK, "look")
