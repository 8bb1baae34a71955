"""An open session in this process: its state, who is connected, and what happens to it."""

from __future__ import annotations

import asyncio
import hmac
import logging
import random
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from choreo.hub.live.clock import Clock
from choreo.hub.live.limits import MOST_TABS
from choreo.hub.live.outlet import Outlet
from choreo.hub.live.seen import Seen
from choreo.hub.live.store import Kept
from choreo.hub.live.tokens import ballot_hash, new_key
from choreo.hub.live.works import Note, Seal, Settle
from choreo.hub.live.writer import Writer
from choreo.live.event import Event
from choreo.live.session import Session, nickname
from choreo.progress.entry import stamp

AWAY = 20.0  # seconds without a connection until nobody waits for a phone any more
FOR_ALL = frozenset({"open", "plan", "begin", "step", "pause", "resume", "finish", "end"})
STALE = "That part of the session is over."
UNNAMED = "Names are not asked for just now."

log = logging.getLogger("choreo.hub")


class Room:
    """The session, the phones, screens and coaches that are connected to it, and its clock."""

    def __init__(self, kept: Kept, writer: Writer) -> None:
        """Take up a session where its log ends."""
        self.record = kept.record
        self.id, self.code = kept.record.id, kept.record.code
        self.secrets = dict(kept.secrets)
        self.clock = Clock()
        if kept.log:
            self.clock.not_before(kept.log[-1].at)
        self._writer = writer
        self.lock = asyncio.Lock()  # one command of a coach after the other
        self.changed = asyncio.Event()
        self.phones: dict[str, list[Outlet]] = {}
        self.screens: set[Outlet] = set()
        self.hosts: set[Outlet] = set()
        self.session = Session()
        self.turn = 0  # the number of the event that began the running step
        self.began_at = 0.0  # when the running activity began
        self.finished_by = 0  # the number of the event that led to its debrief
        self.everybody = True  # whether all phones show something old
        self.stale: set[str] = set()  # whose phones show something old, besides those that the activity knows of
        self.urgent = False  # whether a coach has just done something
        self.closing = ""  # why nothing can be said any more
        self.ballot_run: int | None = None  # the number of the event that opened the ballots
        self.ballot_key = ""
        self.ballot_key_kept = False
        self.ballots: dict[str, str] = {}
        self._newest: dict[str, int] = {}  # by ballot's hash: the number of the newest message; never written
        self._seen = {who: Seen(numbers) for who, numbers in kept.messages.items()}
        self._flying: dict[tuple[str, int], list[Settle]] = {}  # who waits for which message to be committed
        self._away: dict[str, float] = {}
        self._timer: asyncio.TimerHandle | None = None
        self._moving: set[str] = set()  # whose coming or going is being written
        self.joined = 0  # people and bots that ever were here
        self._names = 0
        for event in kept.log:
            self._apply(event)
        if self.ballot_run is not None and kept.record.ballot_key and kept.record.ballot_run == self.ballot_run:
            self.ballot_key, self.ballot_key_kept, self.ballots = kept.record.ballot_key, True, dict(kept.ballots)
            self._tell_count()
        self._names = max((int(who[1:]) for who in self.session.people if who[1:].isdecimal()), default=0)
        now = self.clock()
        self._away = {who: now for who, person in self.session.people.items() if person.here and not person.virtual}

    # -- what happens --------------------------------------------------------------------------------------------------

    def take(self, event: Event) -> None:
        """Let a committed event change the session."""
        self._apply(event)
        self.changed.set()
        self.set_timer()

    def _apply(self, event: Event) -> None:
        was = self._ballots_open()
        step = self.session.activity.step if self.session.activity else None
        try:
            self.session.take(event)
        except Exception:
            log.exception("event %s of session %s could not be taken", event.number, self.id)
        activity = self.session.activity
        now = self._ballots_open()
        if event.kind == "join":
            self.joined += 1
        elif event.kind == "begin":
            self.began_at, self.turn = event.at, event.number
        elif event.kind == "finish":
            self.finished_by = event.number
        if event.kind == "step" and activity is not None and (activity.step is not step or now != was):
            self.turn = event.number
        if event.kind in FOR_ALL:
            self.everybody = True
        elif event.kind == "remove":
            self.stale.add(event.who)
        if now and (not was or event.number == self.turn):
            self.ballot_run, self.ballot_key, self.ballot_key_kept = event.number, new_key(), False
            self.ballots, self._newest = {}, {}
            self._tell_count()
        elif not now:
            self.ballot_run, self.ballot_key, self.ballots, self._newest = None, "", {}, {}

    def _ballots_open(self) -> bool:
        activity = self.session.activity
        return activity is not None and activity.step.ballots and not self.session.finished

    def seal(self, run: int, hashed: str, answer: str) -> None:
        """Count a committed ballot."""
        if run == self.ballot_run:
            self.ballots[hashed] = answer
            self.ballot_key_kept = True
            self._tell_count()
            self.changed.set()

    def _tell_count(self) -> None:
        if self.session.activity is not None:
            self.session.activity.ballots = len(self.ballots)

    # -- what people say -----------------------------------------------------------------------------------------------

    def say(self, who: str, secret: str, n: int, say: Mapping[str, Any], when: tuple[Any, Any], settle: Settle) -> None:
        """Have something said by a participant; `settle` hears when it is in the log, or why it will not be.

        `when` is the run and the turn of the view that is answered, as far as the phone says them.
        """
        if self._heard(who, n, settle):
            return
        why = self.closing or self._outdated(*when) or self.refusal(who, say)
        if why:
            settle(why)
            return
        settled = self._fly(who, n, settle)
        say = {name: value for name, value in say.items() if name != "virtual"}  # only the hub says who is a bot
        if self.ballot_run is None:
            self._writer.add(Note(self, self.clock(), [("say", who, say)], settled, n))
            return
        hashed = ballot_hash(self.ballot_key, secret, self.ballot_run)
        if self._newest.get(hashed, -1) > n:
            settled("")  # an older answer that took a longer way
            return
        self._newest[hashed] = n

        def sealed(why: str) -> None:
            self.stale.add(who)
            settled(why)

        self._writer.add(Seal(self, self.ballot_run, secret, say, sealed))

    def _outdated(self, run: Any, turn: Any) -> str:
        past = run not in (None, self.session.begun) or turn not in (None, self.turn)
        return STALE if past else ""

    def say_virtually(self, who: str, say: Mapping[str, Any]) -> None:
        """Have something said by a bot."""
        if self.closing or self.refusal(who, say):
            return
        if self.ballot_run is None:
            self.note("say", who, say)
        else:
            sealed = {**say, "virtual": True}
            self._writer.add(Seal(self, self.ballot_run, self.bot_secret(who), sealed, lambda why: None))

    def call(self, who: str, n: int, name: str, settle: Settle) -> None:
        """Have a participant's nickname written."""
        if self._heard(who, n, settle):
            return
        activity = self.session.activity
        why = self.closing or ("" if activity is not None and activity.nicknames else UNNAMED)
        if why:
            settle(why)
            return
        note = Note(self, self.clock(), [("name", who, {"nickname": nickname(name)})], self._fly(who, n, settle), n)
        self._writer.add(note)

    def _heard(self, who: str, n: int, settle: Settle) -> bool:
        """Whether this message was here before; then it is answered as it was, or will be."""
        if (who, n) in self._flying:
            self._flying[who, n].append(settle)
            return True
        if who in self._seen and n in self._seen[who]:
            settle("")
            return True
        return False

    def _fly(self, who: str, n: int, settle: Settle) -> Settle:
        asking = self._flying[who, n] = [settle]

        def settled(why: str) -> None:
            del self._flying[who, n]
            if not why:
                self._seen.setdefault(who, Seen()).add(n)
            for each in asking:
                each(why)

        return settled

    def refusal(self, who: str, say: Mapping[str, Any]) -> str:
        """Why this cannot be said now; empty if it can."""
        try:
            return self.session.refusal(who, say)
        except Exception:
            log.exception("what was said in session %s could not be looked at", self.id)
            return "This cannot be taken."

    def note(
        self, kind: str, who: str = "", data: Mapping[str, Any] | None = None, settle: Settle = lambda why: None
    ) -> None:
        """Have an event written."""
        self.notes([(kind, who, data or {})], settle)

    def notes(self, events: list[tuple[str, str, Mapping[str, Any]]], settle: Settle, closes: bool = False) -> None:
        """Have several events written, all or none."""
        self._writer.add(Note(self, self.clock(), events, settle, closes=closes))

    async def noted(self, *events: tuple[str, str, Mapping[str, Any]], closes: bool = False) -> str:
        """Have events written, and wait; why they were not, or empty."""
        done: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self.notes(list(events), lambda why: None if done.done() else done.set_result(why), closes)
        return await done

    def newest(self, who: str) -> int:
        """The highest number of a message from this participant."""
        return self._seen[who].newest if who in self._seen else 0

    def own_ballot(self, secret: str) -> str | None:
        """What this phone has answered in the run that is open."""
        if self.ballot_run is None or not self.ballots or not secret:
            return None
        return self.ballots.get(ballot_hash(self.ballot_key, secret, self.ballot_run))

    # -- who is here ---------------------------------------------------------------------------------------------------

    def enter(self, outlet: Outlet) -> None:
        """A phone has a line."""
        lines = self.phones.setdefault(outlet.who, [])
        if len(lines) >= MOST_TABS:
            lines[0].drop(4409)
            del lines[0]
        lines.append(outlet)
        self._away.pop(outlet.who, None)
        self.stale.add(outlet.who)
        self.changed.set()
        self._move(outlet.who)

    def leave(self, outlet: Outlet) -> None:
        """A line has ended."""
        lines = self.phones.get(outlet.who, [])
        if outlet in lines:
            lines.remove(outlet)
        if not lines:
            self.phones.pop(outlet.who, None)
            self._away[outlet.who] = self.clock()

    def expect(self, who: str) -> None:
        """Somebody has joined, and should be here soon."""
        if who not in self.phones:
            self._away[who] = self.clock()

    def look_round(self) -> None:
        """Note who has been away for too long; drop who reads nothing."""
        now = self.clock()
        for who, since in list(self._away.items()):
            if now - since > AWAY:
                del self._away[who]
                self._move(who)

    def _move(self, who: str) -> None:
        person = self.session.people.get(who)
        here = who in self.phones
        if person is None or person.removed or person.here == here or who in self._moving or self.closing:
            return
        self._moving.add(who)

        def settled(why: str) -> None:
            self._moving.discard(who)
            if why and who not in self.phones:
                self._away.setdefault(who, self.clock())  # tried again
            elif not why:
                self._move(who)  # they may have moved on meanwhile

        self.note("back" if here else "leave", who, settle=settled)

    def outlets(self) -> list[Outlet]:
        """All lines."""
        return [*(line for lines in self.phones.values() for line in lines), *self.screens, *self.hosts]

    def people_here(self) -> int:
        """How many are here who are no bots."""
        return sum(person.here and not person.virtual for person in self.session.people.values())

    def new_name(self, kind: str) -> str:
        """A name in the log that nobody has had: "p17" for people, "b17" for bots."""
        self._names += 1
        return f"{kind}{self._names}"

    def here(self) -> int:
        """How many are here, bots included."""
        return sum(person.here for person in self.session.people.values())

    # -- time ----------------------------------------------------------------------------------------------------------

    def set_timer(self) -> None:
        """Have a tick written when the activity wants one."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        activity = self.session.activity
        if activity is not None and activity.wake is not None and not activity.paused and not self.closing:
            wake = activity.wake
            wait = max(0.0, wake - self.clock())
            self._timer = asyncio.get_running_loop().call_later(min(wait, 3600.0), self._tick, wake)

    def _tick(self, wake: float) -> None:
        self._timer = None
        activity = self.session.activity
        if activity is None or activity.wake != wake or activity.paused or self.closing:
            return
        if self.clock() < wake:
            self.set_timer()
            return

        def settled(why: str) -> None:
            if why and self._timer is None:
                self._timer = asyncio.get_running_loop().call_later(1.0, self._tick, wake)

        self.note("tick", settle=settled)

    @staticmethod
    def stamp(at: float) -> str:
        """A time as rows keep it."""
        return stamp(datetime.fromtimestamp(at, UTC))

    def chance(self, who: str) -> random.Random:
        """A bot's own luck, the same after every restart."""
        return random.Random(f"{self.session.seed}:{who}")

    def bot_secret(self, who: str) -> str:
        """What stands for a bot's secret; bots are not anonymous."""
        return hmac.digest(self.id.encode(), who.encode(), "sha256").hex()

    def close(self, why: str, code: int) -> None:
        """End all lines, for good or until somebody comes back."""
        self.closing = why
        self.set_timer()
        for outlet in self.outlets():
            outlet.drop(code)
