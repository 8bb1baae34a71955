"""How much of a learner's work is kept: far more than the course asks for, and not without end."""

from __future__ import annotations

import sqlalchemy as sa

from choreo.hub import tables

MOST_ENTRIES = 5000  # of one learner; a whole course has a few hundred
MOST_LETTERS = 4_000_000  # of all answers of one learner, as JSON


class QuotaError(Exception):
    """A learner has as much as is kept; nothing was added. The message says what helps."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(
            f"There is no room for more work of yours: {MOST_ENTRIES:,} answers or {MOST_LETTERS // 10**6} MB are kept. "
            "Take your portfolio home as a file; then “Forget me” makes room here."
        )


def has_too_much(connection: sa.Connection, learner: str, letters: int = 0) -> bool:
    """Whether a learner has more than is kept; with `letters`, whether one more answer of that length is too much."""
    c = tables.entry.c
    size = sa.func.coalesce(sa.func.sum(sa.func.length(c.answer)), 0)
    count, kept = connection.execute(sa.select(sa.func.count(), size).where(c.learner_id == learner)).one()
    return bool(count + (letters > 0) > MOST_ENTRIES or kept + letters > MOST_LETTERS)


def refuse_too_much(connection: sa.Connection, learner: str) -> None:
    """Raise QuotaError if the learner has more than is kept, what this transaction added included."""
    if has_too_much(connection, learner):
        raise QuotaError
