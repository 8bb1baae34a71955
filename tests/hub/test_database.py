"""Opening the database, and what a failed start leaves untouched."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import traceback
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from tests.hub.visiting import START, Hub

from choreo.hub import tables
from choreo.hub.database_errors import DatabaseError, NobodyError
from choreo.hub.engine import open_database
from choreo.hub.identity import SecretError, load_secret
from choreo.hub.kept import kept


def url(path: Path) -> str:
    return f"sqlite:///{path}"


def test_a_new_database_is_durable_and_matches_the_tables(tmp_path: Path) -> None:
    database = open_database(url(tmp_path / "new" / "choreo.db"))
    with database.reading() as connection:
        state = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
        differences = compare_metadata(MigrationContext.configure(connection), tables.metadata)
    assert state == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 8000}
    assert differences == []
    database.close()


def test_a_newer_database_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "choreo.db"
    open_database(url(path)).close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9876'")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(DatabaseError, match=r"choreo\.db: .*9876.*start the newer version, or move the file away"):
        open_database(url(path))
    assert path.read_bytes() == before


def test_a_file_that_is_no_database_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "choreo.db"
    path.write_text("my shopping list " * 200)
    with pytest.raises(DatabaseError, match=r"choreo\.db: is not a database; move the file away"):
        open_database(url(path))
    assert path.read_text() == "my shopping list " * 200


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "choreo.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE invoices (id)")
    connection.close()
    with pytest.raises(DatabaseError, match=r"belongs to another program .*invoices"):
        open_database(url(path))


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    with pytest.raises(DatabaseError, match=r"data/choreo\.db: the folder cannot be made .*--data"):
        open_database(url(tmp_path / "data" / "choreo.db"))
    with pytest.raises(SecretError, match=r"data/secret: .*--data"):
        load_secret(tmp_path / "data")


@pytest.mark.parametrize("address", ["nonsense", "wrong://x/y"])
def test_an_address_that_is_none_is_named(address: str) -> None:
    with pytest.raises(DatabaseError, match="mend"):
        open_database(address)


def test_a_migration_that_fails_leaves_no_half_made_tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from alembic import op

    def fail(*_: object, **__: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    path = tmp_path / "choreo.db"
    monkeypatch.setattr(op, "create_index", fail)
    with pytest.raises(DatabaseError):
        open_database(url(path))
    monkeypatch.undo()
    open_database(url(path)).close()


def test_two_hubs_may_open_a_new_database_at_once(tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        for number in range(20):  # what SQLite refuses without a wait, it refuses one time in thirty
            together = [pool.submit(open_database, url(tmp_path / str(number) / "choreo.db")) for _ in range(4)]
            for database in [opening.result() for opening in together]:
                database.close()
        opened = list(pool.map(lambda _: open_database(url(tmp_path / "choreo.db")), range(4)))
    learner = opened[0].add_learner(START)
    assert opened[3].has_learner(learner)
    for database in opened:
        database.close()


def test_many_threads_may_write_at_once(hub: Hub) -> None:
    database = hub.database()
    learner = database.add_learner(START)
    entries = [hub.entry(f"item-{number}") for number in range(40)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda entry: database.add(learner, entry, START), entries))
    assert {entry.id for entry in database.entries(learner)} == {entry.id for entry in entries}
    with pytest.raises(NobodyError):
        database.add("0" * 32, hub.entry(), START)
    database.close()


def test_what_people_wrote_stands_in_no_message(hub: Hub) -> None:
    database = hub.database()
    learner = database.add_learner(START)
    written = hub.entry(answer={"text": " ".join(("My boss never", "listens"))})  # a traceback shows this line, too
    with database.writing() as connection:
        connection.exec_driver_sql("DROP TABLE entry")
    with pytest.raises(DatabaseError) as caught:
        database.add(learner, written, START)
    assert "never listens" not in "".join(traceback.format_exception(caught.value))
    database.close()


def test_the_secret_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    secret = load_secret(tmp_path)
    assert len(secret) == 32
    assert load_secret(tmp_path) == secret
    assert (tmp_path / "secret").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret"]


def test_a_damaged_secret_is_named_and_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"short")
    with pytest.raises(SecretError, match="has 5 bytes instead of 32; put back a copy"):
        load_secret(tmp_path)
    assert (tmp_path / "secret").read_bytes() == b"short"


def test_a_secret_that_machines_share_is_read_where_it_is_named_and_never_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = tmp_path / "shared" / "secret"
    monkeypatch.setenv("CHOREO_SECRET_FILE", str(named))
    with pytest.raises(SecretError, match=r"CHOREO_SECRET_FILE names it, and it is not there; make it once"):
        load_secret(tmp_path / "data")
    named.parent.mkdir()
    named.write_bytes(b"s" * 32)
    assert load_secret(tmp_path / "data") == b"s" * 32
    assert not (tmp_path / "data").exists()
    assert kept(tmp_path / "data", "").read_secret() == b"s" * 32


def test_a_start_that_fails_says_why_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    run = subprocess.run(
        [sys.executable, "-m", "choreo.hub", "--data", str(tmp_path / "data")],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert run.returncode == 1
    assert run.stderr.startswith("choreo: ")
    assert run.stderr.count("\n") == 1
    assert "--data" in run.stderr
