"""An open session in this process: its state, and what happens to it."""

from __future__ import annotations

import asyncio
import hmac
import logging
from collections.abc import Mapping
from typing import Any

from choreo.hub.live.ballots import Ballots
from choreo.hub.live.clock import Clock
from choreo.hub.live.deduplication import Deduplication
from choreo.hub.live.participants import Participants
from choreo.hub.live.presence import Presence
from choreo.hub.live.store import Kept
from choreo.hub.live.timer import Timer
from choreo.hub.live.updates import Updates
from choreo.hub.live.writer import Settle, Writer
from choreo.hub.live.writes import Note, Seal, Share
from choreo.live.activity import Step
from choreo.live.event import Event
from choreo.live.session import Session

FOR_ALL = frozenset({"open", "plan", "begin", "step", "pause", "resume", "finish", "end", "undo", "share", "unshare"})
STALE = "That part of the session is over."

log = logging.getLogger("choreo.hub")


class Room:
    """A session with all that belongs to it: who is here, which ballots are in, and who is shown something old."""

    def __init__(self, kept: Kept, writer: Writer) -> None:
        """Take up a session where its log ends."""
        self.record, self._writer = kept.record, writer
        self.id, self.code, self.epoch = kept.record.id, kept.record.code, kept.record.epoch
        self.lock = asyncio.Lock()  # one command of a coach after the other
        self.second = kept.record.second_hash is not None  # whether a second coach has a link
        self.closing = ""  # why nothing can be said any more
        self.clock = Clock()
        if kept.log:
            self.clock.not_before(kept.log[-1].at)

        self.session = Session()
        self.turn = 0  # the number of the event that began the running step
        self.finished_by = 0  # the number of the event that led to its debrief

        self.ballots, self.updates = Ballots(), Updates()
        for event in kept.log:
            self._apply(event)
        if self.ballots.run is not None and kept.record.ballot_key and kept.record.ballot_run == self.ballots.run:
            self.ballots.resume(kept.record.ballot_key, kept.ballots)
            self._tell_count()
        self.messages = Deduplication(kept.messages)
        self.participants = Participants(kept.secrets, self.session.people)
        self.presence = Presence(
            self.session,
            self.clock,
            self.updates,
            self._is_closing,
            lambda kind, who, settle: self.note(kind, who, settle=settle),
        )
        self.timer = Timer(self.session, self.clock, self._is_closing, lambda settle: self.note("tick", settle=settle))

    # -- what happens --------------------------------------------------------------------------------------------------

    @property
    def last(self) -> int:
        """The number of the newest event."""
        return self.session.last

    def take(self, event: Event) -> None:
        """Let a committed event change the session."""
        self._apply(event)
        self.updates.due.set()
        self.timer.set()

    def _apply(self, event: Event) -> None:
        running, step, asked = self.session.activity, self._step(), self._asks()
        try:
            self.session.take(event)
        except Exception:
            log.exception("event %s of session %s could not be taken", event.number, self.id)
        asks = self._asks()
        if event.kind == "begin" or (event.kind == "undo" and self.session.activity is not running):
            self.turn = event.number
        elif event.kind == "finish":
            self.finished_by = event.number
        elif event.kind == "step" and self._step() is not None and (self._step() is not step or asks != asked):
            self.turn = event.number
        self._mark(event)
        if asks and (not asked or event.number == self.turn):
            self.ballots.open(event.number)
            self._tell_count()
        elif not asks:
            self.ballots.close()
        if event.kind == "join":
            self._tell_count()  # the first person ends a rehearsal

    def _mark(self, event: Event) -> None:
        """Note who is shown something old by now."""
        if event.kind in FOR_ALL:
            self.updates.everybody = True
        elif event.kind == "remove":
            self.updates.phone(event.who)
        everybody, phones = self.session.talk.touched()
        self.updates.everybody |= everybody
        self.updates.phones |= phones

    def _step(self) -> Step | None:
        return self.session.activity.step if self.session.activity else None

    def _asks(self) -> bool:
        """Whether a sealed question is open."""
        step = self._step()
        return step is not None and step.ballots and not self.session.finished

    def answered(self) -> int:
        """How many people have answered the sealed question that is open; where there are none, how many bots."""
        activity = self.session.activity
        return self.ballots.count(activity is not None and activity.rehearsal)

    def pooled(self, ballots: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """What of the ballots of the question that is open gets into the log."""
        activity = self.session.activity
        return ballots if activity is None else activity.pooled(ballots)

    def _tell_count(self) -> None:
        if self.session.activity is not None:
            self.session.activity.ballots = self.answered()

    # -- what people say -----------------------------------------------------------------------------------------------

    def say(self, who: str, secret: str, n: int, say: Mapping[str, Any], when: tuple[Any, Any], settle: Settle) -> None:
        """Have something said by a participant; `settle` hears when it is in the log, or why it will not be.

        `when` is the run and the turn of the view that is answered, as far as the phone says them.
        """
        if self.messages.is_known(who, n, settle):
            return
        why = self.closing or self._outdated(*when) or self.refusal(who, say)
        if why:
            settle(why)
            return
        settled = self.messages.take(who, n, settle)
        say = {name: value for name, value in say.items() if name != "virtual"}  # only the hub says who is a bot
        if self.ballots.run is None:
            self._writer.add(Note(self, self.clock(), [("say", who, say)], settled, n))
        elif self.ballots.is_newest(secret, n):
            self._seal(secret, say, settled, who)
        else:
            settled("")

    def say_virtually(self, who: str, say: Mapping[str, Any]) -> None:
        """Have something said by a bot."""
        if self.closing or self.refusal(who, say):
            return
        if self.ballots.run is None:
            self.note("say", who, say)
        else:
            secret = hmac.digest(self.id.encode(), who.encode(), "sha256").hex()  # bots are not anonymous
            self._seal(secret, {**say, "virtual": True}, lambda why: None)

    def _seal(self, secret: str, say: Mapping[str, Any], settle: Settle, who: str = "") -> None:
        """Have a ballot written, and then count it; `who` sees it on their phone."""
        assert self.ballots.run is not None

        def settled(why: str) -> None:
            if who:
                self.updates.phone(who)
            if not why:
                self._tell_count()
                self.updates.due.set()
            settle(why)

        self._writer.add(Seal(self.id, self.epoch, self.ballots, self.ballots.run, secret, say, settled))

    def _outdated(self, run: Any, turn: Any) -> str:
        past = run not in (None, self.session.begun) or turn not in (None, self.turn)
        return STALE if past else ""

    def refusal(self, who: str, say: Mapping[str, Any]) -> str:
        """Why this cannot be said now; empty if it can."""
        try:
            return self.session.refusal(who, say)
        except Exception:
            log.exception("what was said in session %s could not be looked at", self.id)
            return "This cannot be taken."

    # -- what is written -----------------------------------------------------------------------------------------------

    def note(
        self, kind: str, who: str = "", data: Mapping[str, Any] | None = None, settle: Settle = lambda why: None
    ) -> None:
        """Have an event written."""
        self._writer.add(Note(self, self.clock(), [(kind, who, data or {})], settle))

    async def noted(
        self, *events: tuple[str, str, Mapping[str, Any]], closes: bool = False, drops: bool = False
    ) -> str:
        """Have events written, all or none, and wait; why they were not, or empty.

        They close the question that is open, if one is; with `drops` its answers are destroyed uncounted.
        """
        done: asyncio.Future[str] = asyncio.get_running_loop().create_future()

        def settle(why: str) -> None:
            if not done.done():
                done.set_result(why)

        self._writer.add(Note(self, self.clock(), events, settle, closes=closes or drops, drops=drops))
        return await done

    async def share(self, second_hash: str | None) -> str:
        """Have another link for a second coach, or none; whoever came by the one before is out. Why not, or empty."""
        done: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._writer.add(Share(self.id, self.epoch, second_hash, done.set_result))
        if why := await done:
            return why
        self.second = second_hash is not None
        for connection in self.presence.seconds:
            connection.drop(4401)
        return ""

    def _is_closing(self) -> bool:
        return bool(self.closing)

    def close(self, why: str, code: int) -> None:
        """End all lines, for good or until somebody comes back."""
        self.closing = why
        self.timer.set()
        for connection in self.presence.connections():
            connection.drop(code)
