"""What whoever runs the server may do about live sessions, past the hub: see them, hand them over, delete them.

Everything happens in the database. A hub that runs meanwhile reads a coach's pass anew whenever one comes in
(coaches.py), and looks every few seconds whether its sessions are still there (rooms.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from choreo.hub import tables
from choreo.hub.database import Database
from choreo.hub.live.tokens import code_in, hashed, new_token, screen_token
from choreo.progress.entry import stamp

LASTS = timedelta(days=7)  # after which an open session ends by itself


class CustodyError(Exception):
    """There is no such session, or not only one; the message says which there are."""


@dataclass(frozen=True)
class Known:
    """A session, as a list shows it."""

    id: str
    code: str
    title: str
    created_at: str
    ended_at: str | None
    people: int  # that ever joined
    events: int  # in its log


def listed(database: Database) -> list[Known]:
    """All sessions, the newest first."""
    s = tables.session.c
    people = _count(tables.participant)
    events = _count(tables.event)
    wanted = sa.select(s.id, s.code, s.title, s.created_at, s.ended_at, people.label("people"), events.label("events"))
    with database.reading() as connection:
        return [Known(**row) for row in connection.execute(wanted.order_by(s.created_at.desc(), s.id)).mappings()]


def _count(table: sa.Table) -> sa.ScalarSelect[int]:
    of_session = table.c.session == tables.session.c.id
    return sa.select(sa.func.count()).select_from(table).where(of_session).scalar_subquery()


def found(database: Database, name: str) -> Known:
    """The session with this join code or id; raise CustodyError."""
    code = code_in(name)
    fits: Sequence[Known] = [one for one in listed(database) if name == one.id or (code and one.code == code)]
    if not fits:
        raise CustodyError(f"{name}: there is no such session; `choreo sessions list` shows those that there are.")
    if len(fits) > 1:
        ids = ", ".join(f"{one.id} ({'ended' if one.ended_at else 'open'})" for one in fits)
        raise CustodyError(f"{name}: {len(fits)} sessions have had this code; name one by its id: {ids}.")
    return fits[0]


def hand_over(database: Database, session: str) -> str:
    """A new pass of the session's coach. No pass and no link from before opens it any more."""
    token = new_token("h", session)
    row = tables.session.update().where(tables.session.c.id == session)
    with database.writing() as connection:
        hashes = {"host_hash": hashed(token), "screen_hash": hashed(screen_token(token)), "second_hash": None}
        connection.execute(row.values(hashes))
    return token


def delete(database: Database, session: str) -> None:
    """Delete everything about a session."""
    with database.writing() as connection:
        for table in (tables.ballot, tables.event, tables.participant):
            connection.execute(table.delete().where(table.c.session == session))
        connection.execute(tables.session.delete().where(tables.session.c.id == session))


def ends_at(created_at: str) -> str:
    """When a session that was opened then ends by itself; both as rows keep times."""
    return stamp(datetime.fromisoformat(created_at) + LASTS)
