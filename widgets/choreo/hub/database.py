"""The one database: learners and their entries. Only the hub opens it (engine.py)."""

from __future__ import annotations

import contextlib
import json
import logging
import secrets
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import exc

from choreo.hub import tables
from choreo.hub.database_errors import (
    BrokenRuleError,
    DatabaseError,
    DiskFullError,
    NobodyError,
    NotYoursError,
    is_full,
    remedy,
)
from choreo.hub.quota import QuotaError, has_too_much, refuse_too_much
from choreo.progress.entry import MAX_ANSWER, Entry, answer_fault, entries_in, stamp

REMEMBERED = 10_000  # learners of whom it is known that no more fits
log = logging.getLogger("choreo.hub")


class Database:
    """Learners and entries. Every method commits before it returns, or raises DatabaseError and changes nothing."""

    def __init__(self, engine: sa.Engine, place: str) -> None:
        """Keep the engine; `place` is what messages call it."""
        self.engine = engine
        self._writer = engine.execution_options(choreo_writes=True)
        self.place = place
        self._told: set[str] = set()
        self._no_room: dict[str, int] = {}  # learners to the shortest answer that did not fit: work never gets less

    @contextlib.contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A connection that sees one state of the database."""
        with self._named_faults(), self.engine.connect() as connection:
            yield connection

    @contextlib.contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """A connection whose changes are committed at the end, all or none."""
        with self._named_faults(), self._writer.begin() as connection:
            yield connection

    @contextlib.contextmanager
    def each_by_itself(self) -> Iterator[sa.Connection]:
        """A connection on which every statement is committed by itself, with one question and one answer."""
        with self._named_faults(), self.engine.connect() as connection:
            yield connection.execution_options(isolation_level="AUTOCOMMIT")

    def scrub(self) -> bool:
        """Leave no trace of what was deleted in the file or its journal; False if somebody reads just now: try again."""
        if self.engine.dialect.name == "sqlite":
            with self._named_faults():
                raw = self.engine.raw_connection()
                try:
                    busy = raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
                finally:
                    raw.close()
                return not busy
        with self.each_by_itself() as connection:
            for table in tables.metadata.sorted_tables:
                connection.exec_driver_sql(f'VACUUM "{table.name}"')
        return True

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()

    def add_learner(self, now: datetime) -> str:
        """The id of a new learner."""
        identity = secrets.token_hex(16)
        with self.writing() as connection:
            connection.execute(tables.learner.insert().values(id=identity, created_at=stamp(now), seen_at=stamp(now)))
        return identity

    def has_learner(self, learner: str) -> bool:
        """Whether there is such a learner."""
        with self.reading() as connection:
            found = sa.select(tables.learner.c.id).where(tables.learner.c.id == learner)
            return connection.execute(found).first() is not None

    def see_learner(self, learner: str, now: datetime) -> None:
        """Note that the learner was here; once a day is enough."""
        today = stamp(now)[:10]
        seen = tables.learner.c.seen_at
        with self.reading() as connection:
            last = connection.execute(sa.select(seen).where(tables.learner.c.id == learner)).scalar()
        if last is not None and last[:10] != today:
            with self.writing() as connection:
                connection.execute(
                    tables.learner.update().where(tables.learner.c.id == learner).values(seen_at=stamp(now))
                )

    def sweep_learners(self, before: datetime) -> int:
        """Delete learners who were not here since `before` and have nothing kept, nor a resume code; how many they were."""
        c = tables.learner.c
        kept = sa.exists().where(tables.entry.c.learner_id == c.id)
        nobody = tables.learner.delete().where(c.seen_at < stamp(before), c.resume_hash.is_(None), ~kept)
        with self.writing() as connection:
            return int(connection.execute(nobody).rowcount)

    def forget_learner(self, learner: str) -> None:
        """Delete the learner and every entry, for good."""
        with self.writing() as connection:
            connection.execute(tables.entry.delete().where(tables.entry.c.learner_id == learner))
            connection.execute(tables.learner.delete().where(tables.learner.c.id == learner))

    def set_resume_hash(self, learner: str, resume_hash: str) -> None:
        """Let the learner be found by this hash, and by no older one; raise NobodyError if there is no such learner."""
        with self.writing() as connection:
            changed = connection.execute(
                tables.learner.update().where(tables.learner.c.id == learner).values(resume_hash=resume_hash)
            )
            if changed.rowcount == 0:
                raise NobodyError

    def resume(self, resume_hash: str) -> str | None:
        """The learner with this hash."""
        with self.reading() as connection:
            found = sa.select(tables.learner.c.id).where(tables.learner.c.resume_hash == resume_hash)
            identity: str | None = connection.execute(found).scalar()
            return identity

    def merge(self, source: str, target: str) -> None:
        """Move the entries of `source` to `target`, and forget `source`; raise NobodyError or QuotaError."""
        with self.writing() as connection:
            if connection.execute(sa.select(tables.learner.c.id).where(tables.learner.c.id == target)).first() is None:
                raise NobodyError
            connection.execute(
                tables.entry.update().where(tables.entry.c.learner_id == source).values(learner_id=target)
            )
            refuse_too_much(connection, target)
            connection.execute(tables.learner.delete().where(tables.learner.c.id == source))

    def add(self, learner: str, entry: Entry, now: datetime) -> None:
        """Keep the entry, once however often it comes; raise NotYoursError, NobodyError or QuotaError."""
        row = _row(learner, entry, now)
        with self.reading() as connection:  # not while writing: to count takes time, and others write meanwhile
            if full := self._is_full(connection, learner, len(row["answer"])):
                self._no_room[learner] = min(len(row["answer"]), self._no_room.get(learner, MAX_ANSWER))
            if full and _owners(connection, [entry.id]).get(entry.id) != learner:
                raise QuotaError
        try:
            with self.writing() as connection:
                connection.execute(tables.entry.insert().values(row))
        except BrokenRuleError:
            with self.reading() as connection:
                known = sa.select(tables.entry.c.learner_id).where(tables.entry.c.id == entry.id)
                owner = connection.execute(known).scalar()
            if owner is None:
                raise NobodyError from None
            if owner != learner:
                raise NotYoursError from None

    def _is_full(self, connection: sa.Connection, learner: str, letters: int) -> bool:
        """Whether an answer of that length is too much for the learner; to hear that again costs no counting."""
        known = letters >= self._no_room.get(learner, letters + 1)
        if not known and len(self._no_room) >= REMEMBERED:
            self._no_room.clear()
        return known or has_too_much(connection, learner, letters)

    def add_all(self, learner: str, entries: Sequence[Entry], now: datetime) -> None:
        """Keep those entries whose id is not taken, all at once or none; raise NobodyError or QuotaError."""
        with self.writing() as connection:
            if connection.execute(sa.select(tables.learner.c.id).where(tables.learner.c.id == learner)).first() is None:
                raise NobodyError
            taken = _owners(connection, [entry.id for entry in entries])
            rows = [_row(learner, entry, now) for entry in entries if entry.id not in taken]
            if rows:
                connection.execute(tables.entry.insert(), rows)
                refuse_too_much(connection, learner)

    def owners(self, ids: Sequence[str]) -> dict[str, str]:
        """Whose the entries of these ids are, by id, as far as there are any."""
        with self.reading() as connection:
            return _owners(connection, ids)

    def newest(self, lesson: str, item: str, version: int) -> list[dict[str, Any]]:
        """The newest answer of every learner to a version of an exercise; whoever answered first comes first."""
        c = tables.entry.c
        wanted = sa.select(c.learner_id, c.answer).order_by(c.at, c.id)
        wanted = wanted.where(c.lesson == lesson, c.item == item, c.kind == "attempt", c.version == version)
        with self.reading() as connection:
            newest = {row.learner_id: row.answer for row in connection.execute(wanted)}
        answers = map(_answer, newest.values())
        return [answer for answer in answers if isinstance(answer, dict) and answer_fault(answer) is None]

    def counts(self, learner: str) -> tuple[int, int]:
        """How many entries a learner has, and in how many lessons."""
        c = tables.entry.c
        wanted = sa.select(sa.func.count(), sa.func.count(c.lesson.distinct())).where(c.learner_id == learner)
        with self.reading() as connection:
            entries, lessons = connection.execute(wanted).one()
        return entries, lessons

    def entries(
        self,
        learner: str,
        lesson: str | None = None,
        answers: Collection[str] | None = None,
        beside: Collection[str] = (),
    ) -> list[Entry]:
        """The learner's entries, of one lesson or of all, oldest first; only those of the kinds in `answers` with theirs.

        With those of one lesson come those of exercises elsewhere that are in `beside` ("lesson/exercise").
        """
        c = tables.entry.c
        answer = c.answer if answers is None else sa.case((c.kind.in_(answers), c.answer), else_="{}").label("answer")
        wanted = sa.select(c.id, c.lesson, c.item, c.kind, c.version, answer, c.score, c.at)
        wanted = wanted.where(c.learner_id == learner).order_by(c.at, c.id)
        if lesson is not None:
            named = [tuple(address.split("/", 1)) for address in beside if "/" in address]
            elsewhere = [sa.tuple_(c.lesson, c.item).in_(named)] if named else []
            wanted = wanted.where(sa.or_(c.lesson == lesson, *elsewhere))
        with self.reading() as connection:
            rows = connection.execute(wanted).mappings().all()
        return entries_in(({**row, "answer": _answer(row["answer"])} for row in rows), self._complain)

    def _complain(self, fault: str) -> None:
        """Log a fault of what is stored, once: pages are looked at often."""
        if fault not in self._told:
            self._told.add(fault)
            log.warning("%s: %s", self.place, fault)

    @contextlib.contextmanager
    def _named_faults(self) -> Iterator[None]:
        try:
            yield
        except exc.IntegrityError as error:
            raise BrokenRuleError from error
        except (exc.SQLAlchemyError, sqlite3.Error) as error:
            cause = getattr(error, "orig", None) or error
            if is_full(cause):
                raise DiskFullError(
                    f"{self.place}: the disk is full, or a quota used up; make room. Nothing that was stored is lost."
                ) from error
            raise DatabaseError(f"{self.place}: {remedy(cause)}") from error


def _answer(text: str) -> Any:
    """What is stored of an answer; None if it cannot be read."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _row(learner: str, entry: Entry, now: datetime) -> dict[str, Any]:
    return {
        "id": entry.id,
        "learner_id": learner,
        "lesson": entry.lesson,
        "item": entry.item,
        "kind": entry.kind,
        "version": entry.version,
        "answer": json.dumps(dict(entry.answer)),
        "score": entry.score,
        "at": entry.at,
        "received_at": stamp(now),
    }


def _owners(connection: sa.Connection, ids: Sequence[str]) -> dict[str, str]:
    c = tables.entry.c
    found: dict[str, str] = {}
    for start in range(0, len(ids), 500):  # a statement takes only so many values
        some = sa.select(c.id, c.learner_id).where(c.id.in_(ids[start : start + 500]))
        found |= {row.id: row.learner_id for row in connection.execute(some)}
    return found
