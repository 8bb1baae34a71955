"""What operators see of a lesson server: whether it can take people, what it counts, and a log for programs."""

from __future__ import annotations

import asyncio
import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import pytest
from tests.serve.course import NINTH, PATIENCE, one_lesson
from tests.serve.visitor import fetch
from tornado.websocket import websocket_connect

from choreo.serve.forking.nursery import POSSIBLE
from choreo.serve.forking.wire import Message, pack, unpack
from choreo.serve.voila import LessonServer

pytestmark = pytest.mark.skipif(not POSSIBLE, reason="this system cannot fork: there is nothing to be run beforehand")


@dataclass
class Lessons:
    """A lesson server without a hub: nobody needs a pass."""

    process: subprocess.Popen[bytes]
    address: str
    log: Path
    first: tuple[int, dict[str, object]]  # how it answered /ready when it began to answer


@pytest.fixture(scope="module")
def lessons(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lessons]:
    place = tmp_path_factory.mktemp("lessons")
    course, log = one_lesson(place / "course"), place / "log"
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "choreo.serve",
        "--lessons",
        course / "lessons",
        "--exercises",
        course / "exercises",
    ]
    environ = os.environ | {"CHOREO_LOG": "json", "OPENBLAS_NUM_THREADS": "1"}
    with log.open("wb") as file:
        process = subprocess.Popen([*map(str, command), "--port", str(port)], stderr=file, env=environ)
    try:
        address = f"http://127.0.0.1:{port}"
        yield Lessons(process, address, log, first_answer(address))
    finally:
        process.kill()
        process.wait()


def first_answer(address: str) -> tuple[int, dict[str, object]]:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            status, _, body = fetch(address, "/ready")
            return status, json.loads(body)
        except OSError:
            assert time.monotonic() < end, "the lesson server does not start"
            time.sleep(0.02)


def measures(lessons: Lessons) -> dict[str, float]:
    """All of them by name and labels."""
    status, headers, body = fetch(lessons.address, "/metrics")
    assert (status, headers["Content-Type"]) == (200, "text/plain; version=0.0.4; charset=utf-8")
    return {name: float(value) for name, value in re.findall(r"^(\w+(?:\{.*\})?) (\S+)$", body.decode(), re.MULTILINE)}


def test_it_is_ready_once_the_lessons_have_been_run(lessons: Lessons) -> None:
    assert lessons.first == (503, {"ready": False, "why": "the lessons are being run beforehand"})
    assert fetch(lessons.address, "/live")[2] == b'{"ok": true}'
    end = time.monotonic() + PATIENCE
    while fetch(lessons.address, "/ready")[0] != 200:
        assert time.monotonic() < end
        time.sleep(0.05)
    assert measures(lessons)["choreo_templates"] == 1


def test_one_that_is_drained_is_not_ready() -> None:
    warm = SimpleNamespace(
        draining=False, prepared=True, planned=2, sessions=True, nursery=SimpleNamespace(warm=lambda: 1)
    )
    assert LessonServer.why_not(warm) == ""
    warm.draining = True
    assert LessonServer.why_not(warm) == "this server is ending"


def test_one_in_which_no_lesson_runs_is_not_ready() -> None:
    cold = SimpleNamespace(
        draining=False, prepared=True, planned=2, sessions=True, nursery=SimpleNamespace(warm=lambda: 0)
    )
    assert LessonServer.why_not(cold) == "no lesson could be run beforehand; the log says why"


def test_a_page_its_kernel_and_the_kernels_answer_are_counted(lessons: Lessons) -> None:
    async def say_something() -> dict[str, float]:
        line = await websocket_connect(lessons.address.replace("http", "ws") + f"/lessons/{NINTH}/kernel?page=one")
        assert json.loads(await line.read_message()) == {"kernel": "new"}
        await line.write_message(pack(Message({"type": "comm_msg", "comm": "nobody", "id": "1"})), binary=True)
        while unpack(await line.read_message()).content["type"] != "idle":
            pass
        counted = await asyncio.to_thread(measures, lessons)
        await line.write_message("bye")
        while await line.read_message() is not None:
            pass
        line.close()
        return counted

    counted = asyncio.run(asyncio.wait_for(say_something(), PATIENCE))
    assert counted["choreo_lessons_open"] == counted["choreo_places_taken"] == 1
    assert counted["choreo_places"] > 1
    assert counted["choreo_queue_waiting"] == 0
    assert counted['choreo_forks_total{outcome="made"}'] == counted["choreo_fork_seconds_count"] == 1
    assert counted["choreo_kernel_answer_seconds_count"] == 1
    assert counted['choreo_answers_total{part="socket",status="101"}'] == 1
    assert measures(lessons)["choreo_lessons_open"] == 0


def test_what_is_asked_through_a_proxy_finds_nothing(lessons: Lessons) -> None:
    for path in ("/ready", "/metrics"):
        assert fetch(lessons.address, path, **{"X-Forwarded-For": "127.0.0.1"})[0] == 404
        assert fetch(lessons.address, path, **{"X-Real-Ip": "127.0.0.1"})[0] == 404


def test_the_log_of_the_server_and_of_kernels_is_lines_of_json(lessons: Lessons) -> None:
    fetch(lessons.address, "/lessons/no-such-lesson")
    lines = [json.loads(line) for line in lessons.log.read_text("utf-8").splitlines()]
    assert any("nobody here listens" in line["message"] for line in lines)  # a kernel's, of the page above
    assert all(set(line) >= {"time", "level", "logger", "message"} for line in lines)
    assert "127.0.0.1" not in lessons.log.read_text("utf-8")
