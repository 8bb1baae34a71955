"""What the hub writes is for whoever runs it alone, and what a learner has deleted is gone from its files."""

from __future__ import annotations

import asyncio
import stat
import time
from datetime import UTC, datetime
from pathlib import Path

import httpx
from tests.hub.live.visiting import Server, coach, serving
from tests.hub.visiting import LESSON

from choreo.hub.engine import open_database
from choreo.hub.identity import COOKIE, Identity, load_secret
from choreo.progress.entry import new_entry, to_json

TEXT = "My boss never listens. " * 300  # more than a page of the database
SOON = 3.0  # seconds


def learner(server: Server) -> tuple[str, str]:
    """A new learner's id and token."""
    database = open_database(f"sqlite:///{server.data / 'choreo.db'}")
    found = database.add_learner(datetime.now(UTC))
    database.close()
    return found, Identity(load_secret(server.data)).token(found)


def write(server: Server, token: str) -> None:
    entry = new_entry(LESSON, "seen", "reflection", 1, {"fields": {"seen": TEXT}}, None, datetime.now(UTC))
    reply = httpx.post(
        f"{server.url}/api/entries", json=to_json(entry), headers={"Authorization": f"Bearer {token}"}, timeout=20
    )
    assert reply.status_code == 201, reply.text


def gone(server: Server, *traces: str) -> None:
    """Wait until none of these is in the database's files."""
    end = time.monotonic() + SOON
    while found := [trace for trace in traces if trace.encode() in server.files()]:
        assert time.monotonic() < end, found
        time.sleep(0.05)


def test_what_a_learner_wrote_is_gone_from_the_files_once_it_is_forgotten(tmp_path: Path) -> None:
    with serving(tmp_path / "data") as server:
        (one, token), (_, other) = learner(server), learner(server)
        write(server, token)
        write(server, other)
        assert server.files().count(b"My boss never listens.") >= 600
        headers = {"Cookie": f"{COOKIE}={other}", "Sec-Fetch-Site": "same-origin"}
        assert httpx.post(f"{server.url}/forget", headers=headers, timeout=20).status_code == 303
        headers["Cookie"] = f"{COOKIE}={token}"
        assert httpx.post(f"{server.url}/forget", headers=headers, timeout=20).status_code == 303
        gone(server, "My boss never listens.", one)


def test_a_reader_in_that_moment_puts_it_off_and_does_not_prevent_it(tmp_path: Path) -> None:
    with serving(tmp_path / "data") as server:
        one, token = learner(server)
        write(server, token)
        database = open_database(f"sqlite:///{server.data / 'choreo.db'}")
        with database.reading() as connection:
            connection.exec_driver_sql("SELECT count(*) FROM entry").scalar()  # it goes on seeing this state
            headers = {"Cookie": f"{COOKIE}={token}", "Sec-Fetch-Site": "same-origin"}
            assert httpx.post(f"{server.url}/forget", headers=headers, timeout=20).status_code == 303
            assert b"My boss never listens." in server.files()
        database.close()
        gone(server, "My boss never listens.", one)


def test_the_data_folder_and_all_that_is_in_it_are_for_its_owner_alone(tmp_path: Path) -> None:
    async def rights() -> dict[str, int]:
        async with coach(server):
            return {path.name: stat.S_IMODE(path.stat().st_mode) for path in [data, *data.iterdir()]}

    data = tmp_path / "data"
    with serving(data) as server:
        found = asyncio.run(rights())
        assert found.pop("data") == 0o700
        assert {"choreo.db", "choreo.db-wal", "choreo.db-shm", "secret"} <= set(found)
        assert set(found.values()) == {0o600}
        for path in (data, *data.iterdir()):  # as an older version left them
            path.chmod(0o755 if path.is_dir() else 0o644)
        server.kill()
        server.start()
        assert set(asyncio.run(rights()).values()) == {0o700, 0o600}
