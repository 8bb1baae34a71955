"""Who holds a live session, where several hubs share a database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from choreo.hub import tables
from choreo.hub.database import Database
from choreo.hub.engine import open_database
from choreo.hub.live.holding import ElsewhereError, Holding
from choreo.hub.live.lease import LEASE, Lease, lease_of, now
from choreo.hub.live.writer import Group, MovedError
from choreo.hub.lock import TakenError

SESSION = "0123456789abcdef"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(f"sqlite:///{tmp_path / 'choreo.db'}")
    row = {
        "id": SESSION,
        "code": "ABCDEF",
        "host_hash": "",
        "screen_hash": "",
        "process": "1",
        "title": "",
        "created_at": "2026",
    }
    with opened.writing() as connection:
        connection.execute(tables.session.insert().values(row))
    yield opened
    opened.close()


def leased(database: Database, name: str, place: str = "") -> Lease:
    lease = Lease(database, name, Path("/") / (place or name))
    lease.claim(patience=0)
    return lease


def held_by(database: Database) -> tuple[str, int]:
    with database.reading() as connection:
        row = connection.execute(sa.select(tables.session.c.process, tables.session.c.epoch)).one()
    return row.process, row.epoch


def silent(database: Database, name: str) -> None:
    """As long as a lease runs, nothing came from this hub."""
    with database.writing() as connection:
        row = tables.hub.update().where(tables.hub.c.name == name)
        connection.execute(row.values(until=tables.hub.c.until - LEASE - 1))


def test_a_session_is_taken_over_once_when_its_hub_has_been_silent(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    first, second, third = (Holding(database, leased(database, name)) for name in ("1", "2", "3"))
    first.take(SESSION)
    with pytest.raises(ElsewhereError, match="process 1"):
        second.take(SESSION)
    silent(database, "1")
    third.take(SESSION)
    assert held_by(database) == ("3", 2)
    for other in (first, second):
        with pytest.raises(ElsewhereError, match="process 3"):
            other.take(SESSION)
    assert first.epochs([SESSION, "gone"]) == {SESSION: 2}
    assert "hub 3 has taken over" in caplog.text


def test_nothing_is_written_into_a_session_under_an_old_epoch(database: Database) -> None:
    holding = Holding(database, leased(database, "1"))
    holding.take(SESSION)
    with database.writing() as connection:
        Group(connection).look_for(SESSION, 1)
    holding.take(SESSION)  # as another start of the same hub does
    with database.writing() as connection, pytest.raises(MovedError):
        Group(connection).look_for(SESSION, 1)


def test_a_hub_whose_own_lease_has_run_out_takes_nothing_until_it_is_renewed(database: Database) -> None:
    lease = leased(database, "2")
    holding = Holding(database, lease)
    silent(database, "2")
    with pytest.raises(ElsewhereError):
        holding.take(SESSION)
    assert lease.renew()
    holding.take(SESSION)
    assert held_by(database) == ("2", 1)


def test_a_hub_that_stops_lets_go_and_a_hub_that_is_alone_writes_nothing(database: Database) -> None:
    lease = leased(database, "1")
    Holding(database, lease).take(SESSION)
    lease.release()
    alone = Holding(database)
    alone.take(SESSION)
    assert held_by(database) == ("1", 1)
    with database.reading() as connection:
        assert connection.execute(sa.select(tables.hub)).all() == []
    Holding(database, leased(database, "2")).take(SESSION)
    assert held_by(database) == ("2", 2)
    silent(database, "2")
    alone.take(SESSION)  # several hubs have become one again
    assert held_by(database) == ("1", 3)


def test_only_where_another_hub_could_come_does_one_without_a_name_have_a_lease(
    database: Database, tmp_path: Path
) -> None:
    assert lease_of(database, "", tmp_path) is None  # SQLite
    named = lease_of(database, "2", tmp_path)
    assert named is not None
    assert named.name == "2"


def test_two_hubs_of_one_name_are_told_apart_unless_one_is_gone(database: Database) -> None:
    first = leased(database, "1", "here")
    with pytest.raises(
        TakenError, match=r"CHOREO_PROCESS=1: a hub of this name works on this database already \(/here on"
    ):
        leased(database, "1", "there")
    again = leased(database, "1", "here")  # the folder is locked, so the first one is gone
    assert (first.renew(), again.renew()) == (False, True)
    silent(database, "1")
    other = leased(database, "1", "there")
    assert (again.renew(), other.renew()) == (False, True)


def test_a_lease_runs_by_the_databases_clock(database: Database) -> None:
    leased(database, "1")
    with database.reading() as connection:
        left = connection.execute(sa.select(tables.hub.c.until - now(connection))).scalar_one()
    assert LEASE - 2 < left <= LEASE


def test_a_session_that_lasted_too_long_is_ended_by_whoever_may(database: Database) -> None:
    first, second = (Holding(database, leased(database, name)) for name in ("1", "2"))
    assert [holding.lasted("2027") for holding in (first, second)] == [[SESSION], []]
    silent(database, "1")
    assert second.lasted("2027") == [SESSION]
    assert second.lasted("2025") == []
