"""What live sessions hand to the writer."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import sqlalchemy as sa

from choreo.hub import tables
from choreo.hub.live.ballots import Ballots
from choreo.hub.live.clock import row_time
from choreo.hub.live.messages import written
from choreo.hub.live.participants import Participants
from choreo.hub.live.tokens import ballot_hash, canonical
from choreo.hub.live.writer import GoneError, Group, Settle
from choreo.live.activity import FEWEST
from choreo.live.event import Event

CLOSED = "This question is closed."


class Log(Protocol):
    """The log of a session, as a room has it."""

    id: str
    epoch: int  # under which this hub took the session up
    ballots: Ballots

    @property
    def last(self) -> int:
        """The number of the newest event."""

    def take(self, event: Event) -> None:
        """Let a committed event change the session."""

    def pooled(self, ballots: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """What of the ballots of the question that is open gets into the log."""


@dataclass(slots=True, eq=False)
class Note:
    """Events, one after the other; before them the count of the ballots, if they close a question."""

    log: Log
    at: float
    events: Sequence[tuple[str, str, Mapping[str, Any]]]  # kind, who, data
    settle: Settle
    message: int | None = None
    closes: bool = False
    drops: bool = False  # the count is left out: what was answered is taken back
    _written: list[Event] = field(default_factory=list)

    def write(self, group: Group) -> None:
        """Give numbers to the events, and write them."""
        self._written.clear()
        session, run = self.log.id, self.log.ballots.run
        group.look_for(session, self.log.epoch)
        if self.closes and run is not None and (session, run) not in group.closed:
            self._count(group, run)
        for kind, who, data in self.events:
            self._event(group, kind, who, data)
        if self.events[-1][0] == "end":
            row = tables.session.update().where(tables.session.c.id == session)
            group.connection.execute(row.values(ended_at=row_time(self.at)))
            group.connection.execute(tables.opener.delete().where(tables.opener.c.session == session))

    def _event(self, group: Group, kind: str, who: str, data: Mapping[str, Any]) -> None:
        event = Event(group.number(self.log.id, self.log.last), self.at, kind, who, data)
        self._written.append(event)
        group.event(row_of(self.log.id, event, self.message))

    def _count(self, group: Group, run: int) -> None:
        """Take the sealed ballots into the log without whose they are, and destroy them and their key."""
        group.flush()
        b = tables.ballot.c
        sealed = sa.select(b.answer).where(b.session == self.log.id)
        answers = sorted(group.connection.execute(sealed.where(b.run == run)).scalars())
        ballots = [json.loads(answer) for answer in answers]
        people = sum(ballot.get("virtual") is not True for ballot in ballots)
        if self.drops or 0 < people < FEWEST:
            ballots = []
        self._event(group, "tally", "", {"ballots": self.log.pooled(ballots)})
        group.connection.execute(tables.ballot.delete().where(b.session == self.log.id))
        row = tables.session.update().where(tables.session.c.id == self.log.id)
        group.connection.execute(row.values(ballot_run=None, ballot_key=None))
        group.closed.add((self.log.id, run))
        group.wipe = True

    def done(self) -> None:
        """Let the events change the session."""
        for event in self._written:
            self.log.take(event)
        self.settle("")

    def failed(self, why: str) -> None:
        """Tell who asked."""
        self.settle(why)


@dataclass(slots=True, eq=False)
class Seal:
    """A ballot: what was said, under a hash that only the phone's secret leads to."""

    session: str
    epoch: int
    ballots: Ballots
    run: int
    secret: str
    say: Mapping[str, Any]
    settle: Settle
    _hash: str = ""
    _answer: str = ""
    _late: bool = False

    def write(self, group: Group) -> None:
        """Put it in the place of the one that this phone gave before."""
        question = self.session, self.run
        self._late = self.ballots.run != self.run or question in group.closed
        if self._late:
            return
        group.look_for(self.session, self.epoch)
        if not self.ballots.key_kept and question not in group.keyed:
            group.keyed.add(question)
            row = tables.session.update().where(tables.session.c.id == self.session)
            group.connection.execute(row.values(ballot_run=self.run, ballot_key=self.ballots.key))
        self._hash = ballot_hash(self.ballots.key, self.secret, self.run)
        self._answer = canonical(self.say)
        group.ballot(self.session, self.run, self._hash, self._answer)

    def done(self) -> None:
        """Count it."""
        if self._late:
            self.settle(CLOSED)
        else:
            self.ballots.add(self.run, self._hash, self._answer)
            self.settle("")

    def failed(self, why: str) -> None:
        """Tell who asked."""
        self.settle(why)


@dataclass(slots=True, eq=False)
class Enter:
    """Somebody joins: their secret's hash, and the event."""

    note: Note
    secret_hash: str
    participants: Participants

    def write(self, group: Group) -> None:
        """Write both."""
        group.look_for(self.note.log.id, self.note.log.epoch)
        group.flush()
        who = self.note.events[0][1]
        row = {"session": self.note.log.id, "who": who, "secret_hash": self.secret_hash}
        group.connection.execute(tables.participant.insert().values(row))
        self.note.write(group)

    def done(self) -> None:
        """Let them in."""
        self.participants.admit(self.secret_hash, self.note.events[0][1])
        self.note.done()

    def failed(self, why: str) -> None:
        """Tell who asked."""
        self.note.failed(why)


@dataclass(slots=True, eq=False)
class Found:
    """A new session: its row and its first event. The code is the first of `codes` that no open session has."""

    row: dict[str, Any]
    codes: Sequence[str]
    opener: str  # what stands for the address it is opened from
    event: Event
    settle: Settle

    def write(self, group: Group) -> None:
        """Write both; raise LookupError if all codes are taken."""
        group.flush()
        c = tables.session.c
        taken = sa.select(c.code).where(c.code.in_(self.codes), c.ended_at.is_(None))
        others = set(group.connection.execute(taken).scalars())
        free = [code for code in self.codes if code not in others]
        if not free:
            raise LookupError("no join code is free")
        self.row["code"] = free[0]
        group.connection.execute(tables.session.insert().values(self.row))
        if self.opener:
            opener = {"session": self.row["id"], "address_hash": self.opener}
            group.connection.execute(tables.opener.insert().values(opener))
        group.event(row_of(self.row["id"], self.event))

    def done(self) -> None:
        """Tell who asked."""
        self.settle("")

    def failed(self, why: str) -> None:
        """Tell who asked."""
        self.settle(why)


@dataclass(slots=True, eq=False)
class Share:
    """The hash of a token for a second coach, in the place of the one before; None: there is none."""

    session: str
    epoch: int
    second_hash: str | None
    settle: Settle

    def write(self, group: Group) -> None:
        """Write it."""
        group.look_for(self.session, self.epoch)
        row = tables.session.update().where(tables.session.c.id == self.session)
        group.connection.execute(row.values(second_hash=self.second_hash))

    def done(self) -> None:
        """Tell who asked."""
        self.settle("")

    def failed(self, why: str) -> None:
        """Tell who asked."""
        self.settle(why)


@dataclass(slots=True, eq=False)
class Delete:
    """Everything about a session goes."""

    session: str
    epoch: int
    settle: Settle

    def write(self, group: Group) -> None:
        """Delete its rows, and wipe them out of file and journal after the commit."""
        with contextlib.suppress(GoneError):
            group.look_for(self.session, self.epoch)
        group.flush()
        for table in (tables.ballot, tables.event, tables.participant):
            group.connection.execute(table.delete().where(table.c.session == self.session))
        group.connection.execute(tables.session.delete().where(tables.session.c.id == self.session))
        group.wipe = True

    def done(self) -> None:
        """Tell who asked."""
        self.settle("")

    def failed(self, why: str) -> None:
        """Tell who asked."""
        self.settle(why)


def row_of(session: str, event: Event, message: int | None = None) -> dict[str, Any]:
    """An event as the database keeps it."""
    return {
        "session": session,
        "number": event.number,
        "at": event.at,
        "kind": event.kind,
        "who": event.who,
        "data": written(event.data),
        "message": message,
    }
