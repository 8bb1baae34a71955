"""The hub as the program that people start."""

from __future__ import annotations

import contextlib
import http.client
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from itsdangerous import TimestampSigner
from tests.hub.visiting import LESSON, Hub

from choreo.hub.health import TAKEN
from choreo.hub.identity import COOKIE, Identity, load_secret
from choreo.progress.entry import Entry
from choreo.progress.store import StoreError
from choreo.stores.hub import HubStore


@contextmanager
def running(hub: Hub, port: int) -> Iterator[subprocess.Popen[str]]:
    s = hub.settings
    places = ["--data", s.data, "--lessons", s.lessons, "--exercises", s.exercises]
    places += [flag for one in s.lesson_servers for flag in ("--lesson-server", f"{one.name}={one.host}:{one.port}")]
    process = subprocess.Popen(
        [sys.executable, "-m", "choreo.hub", "--port", str(port), *map(str, places)], stderr=subprocess.PIPE, text=True
    )
    try:
        wait_until_up(port)
        yield process
    finally:
        process.kill()
        process.communicate()


def wait_until_up(port: int, patience: float = 40.0) -> None:
    end = time.monotonic() + patience
    while True:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/health")
            assert connection.getresponse().read().startswith(b'{"ok":true')
            return
        except OSError:
            assert time.monotonic() < end, "the hub does not start"
            time.sleep(0.05)
        finally:
            connection.close()


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def test_a_kernels_store_reaches_it_it_stops_quickly_and_remembers(hub: Hub, port: int) -> None:
    database = hub.database()
    token = Identity(load_secret(hub.settings.data)).token(database.add_learner(datetime.now(UTC)))
    database.close()
    store = HubStore(f"http://127.0.0.1:{port}", token)
    entry = hub.entry(answer={"text": "kept ☃"})
    with running(hub, port) as process:
        store.add(entry)
        store.add(entry)
        assert store.entries(LESSON) == [entry]
        with pytest.raises(StoreError, match="Open the lesson again from the home page"):
            HubStore(f"http://127.0.0.1:{port}", "forged").add(entry)
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=5)
    with pytest.raises(StoreError, match="does not answer"):
        store.entries(LESSON)
    with running(hub, port):
        assert store.entries(LESSON) == [entry]


@pytest.mark.skipif(sys.platform != "linux", reason="limits another process, which other systems cannot")
def test_a_disk_that_takes_no_more_refuses_with_a_word_loses_nothing_and_recovers(hub: Hub, port: int) -> None:
    import resource

    database = hub.database()
    token = Identity(load_secret(hub.settings.data)).token(database.add_learner(datetime.now(UTC)))
    database.close()
    store = HubStore(f"http://127.0.0.1:{port}", token)
    kept: list[Entry] = []
    entry = hub.entry(answer={"text": "x" * 30_000})

    def write() -> None:
        for number in range(100):
            more = replace(entry, id=f"{number:032x}")
            store.add(more)
            kept.append(more)

    with running(hub, port) as process:
        _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (600_000, hard))  # as a quota: no file may grow beyond it
        with pytest.raises(StoreError, match=r"disk is full.*save again"):
            write()
        assert 5 < len(kept) < 100
        assert store.entries(LESSON) == kept
        assert fetched(port, "/") == 200
        assert fetched(port, "/health") == 200
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (hard, hard))
        store.add(entry)
        process.kill()
        process.wait()
    with running(hub, port):
        assert store.entries(LESSON) == [*kept, entry]
    with contextlib.closing(sqlite3.connect(hub.settings.data / "choreo.db")) as file:
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def fetched(port: int, path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    finally:
        connection.close()


def test_after_the_clock_went_back_a_learner_is_who_they_were(
    hub: Hub, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = hub.database()
    learner = database.add_learner(datetime.now(UTC))
    database.close()
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _: int(time.time()) + 120)
    token = hub.identity().token(learner)
    store, entry = HubStore(f"http://127.0.0.1:{port}", token), hub.entry()
    with running(hub, port):
        store.add(entry)
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        connection.request("GET", f"/lessons/{LESSON}", headers={"Cookie": f"{COOKIE}={token}"})
        reply = connection.getresponse()
        connection.close()
        assert str(reply.headers["Set-Cookie"]).startswith(f"{COOKIE}={learner}.")
        assert store.entries(LESSON) == [entry]


def test_a_port_that_is_taken_is_named(hub: Hub, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        run = subprocess.run(
            [sys.executable, "-m", "choreo.hub", "--port", port, "--data", str(tmp_path / "elsewhere")],
            capture_output=True,
            text=True,
            timeout=60,
        )
    assert run.returncode == TAKEN
    assert f"127.0.0.1:{port}: cannot listen" in run.stderr
