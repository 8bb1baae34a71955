"""The hub as the program that people start."""

from __future__ import annotations

import http.client
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.hub.visiting import LESSON, START, Hub

from choreo.hub.identity import Identity, load_secret
from choreo.progress.store import StoreError
from choreo.stores.hub import HubStore


@contextmanager
def running(hub: Hub, port: int) -> Iterator[subprocess.Popen[str]]:
    s = hub.settings
    places = ["--data", s.data, "--lessons", s.lessons, "--exercises", s.exercises, "--lesson-port", s.lesson_port]
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
            assert connection.getresponse().read() == b'{"ok":true}'
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
    token = Identity(load_secret(hub.settings.data)).token(database.add_learner(START))
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


def test_a_port_that_is_taken_is_named(hub: Hub, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        run = subprocess.run(
            [sys.executable, "-m", "choreo.hub", "--port", port, "--data", str(tmp_path / "elsewhere")],
            capture_output=True,
            text=True,
            timeout=60,
        )
    assert run.returncode == 1
    assert f"127.0.0.1:{port}: cannot listen" in run.stderr
