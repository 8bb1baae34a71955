"""Those whom an attack must not touch: a learner with a lesson open, a live room, and whoever asks for health."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from http.client import HTTPConnection
from typing import Any

from tests.serve.course import RunningCourse
from tests.serve.visitor import LESSON, Visitor, said
from websockets.sync.client import ClientConnection, connect

from choreo.progress.entry import new_entry
from choreo.serve.forking.wire import unpack
from choreo.stores.hub import HubStore

PLAN = {"title": "Others", "items": [{"activity": "pulse", "minutes": 5}]}
PACE = 0.1  # seconds between two deeds
PATIENCE = 20.0  # seconds until a deed counts as failed


class Bystander:
    """Does one thing again and again in a thread, and remembers how long it took."""

    def __init__(self, name: str, deed: Callable[[], None]) -> None:
        self.name, self._deed = name, deed
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._live, daemon=True)
        self.took: list[float] = []
        self.failed: list[str] = []
        self._thread.start()

    def _live(self) -> None:
        while not self._over.wait(PACE):
            began = time.monotonic()
            try:
                self._deed()
            except Exception as error:
                self.failed.append(f"{self.name}: {error!r}")
            self.took.append(time.monotonic() - began)

    def since(self, count: int) -> tuple[float, list[str]]:
        """The slowest but one of a hundred deeds after the first `count`, and all that failed."""
        took = sorted(self.took[count:])
        return took[int(0.99 * (len(took) - 1))] if took else float("inf"), self.failed

    def stop(self) -> None:
        self._over.set()
        self._thread.join(PATIENCE)


def health(port: int, path: str = "/health") -> Callable[[], None]:
    """Asks a server for its health, from an address of its own."""

    def ask() -> None:
        connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE, source_address=("127.0.0.200", 0))
        try:
            connection.request("GET", path)
            assert json.loads(connection.getresponse().read())["ok"]
        finally:
            connection.close()

    return ask


def keeping(visitor: Visitor) -> Callable[[], None]:
    """Keeps an answer."""
    store = HubStore(visitor.course.address, visitor.cookie.partition("=")[2])
    done: list[None] = []

    def keep() -> None:
        done.append(None)
        store.add(new_entry(LESSON, f"item-{len(done)}", "attempt", 1, {"value": 1}, 0.5, datetime.now(UTC)))

    return keep


def playing(visitor: Visitor, stack: ExitStack) -> Callable[[], None]:
    """Moves something in an open lesson, and waits until its kernel has done what follows."""
    visitor.page()
    link = visitor.link()
    address = visitor.course.address.replace("http", "ws") + f"/lessons/{LESSON}/kernel?page=bystander"
    page = stack.enter_context(line(address, Cookie=visitor.cookie))
    assert json.loads(page.recv(PATIENCE))["kernel"] == "new"

    def play() -> None:
        page.send(said(link, {"type": "open"}))
        while (frame := page.recv(PATIENCE)) and (isinstance(frame, str) or unpack(frame).content["type"] != "idle"):
            pass

    return play


def voting(course: RunningCourse, stack: ExitStack) -> Callable[[], None]:
    """Is heard by a live room, as a phone in it."""
    host = stack.enter_context(line(f"ws://127.0.0.1:{course.port}/live/host"))
    host.send(json.dumps({"new": PLAN}))
    opened = json.loads(host.recv(PATIENCE))["opened"]
    connection = HTTPConnection("127.0.0.1", course.port, timeout=PATIENCE)
    connection.request("POST", "/live/join", json.dumps({"code": opened["code"]}))
    secret = json.loads(connection.getresponse().read())["secret"]
    connection.close()
    phone = stack.enter_context(line(f"ws://127.0.0.1:{course.port}/live/phone"))
    phone.send(json.dumps({"secret": secret}))
    times: list[None] = []

    def say() -> None:
        times.append(None)
        phone.send(json.dumps({"clock": len(times)}))
        while json.loads(phone.recv(PATIENCE)).get("clock") != len(times):
            pass

    return say


def line(address: str, **headers: str) -> ClientConnection:
    """A websocket."""
    return connect(address, additional_headers=headers, compression=None, max_size=None, open_timeout=PATIENCE)


class Bystanders:
    """All of them."""

    def __init__(self, course: RunningCourse) -> None:
        self._stack = ExitStack()
        deeds: dict[str, Any] = {
            "hub's health": health(course.port),
            "lessons' health": health(course.port, f"/lessons/{LESSON}/health"),
            "an answer kept": keeping(Visitor(course)),
            "an open lesson": playing(Visitor(course), self._stack),
            "a live room": voting(course, self._stack),
        }
        self.all = [Bystander(name, deed) for name, deed in deeds.items()]

    def counts(self) -> list[int]:
        """How often each has done its deed."""
        return [one.took.__len__() for one in self.all]

    def stop(self) -> None:
        for one in self.all:
            one.stop()
        with suppress(Exception):
            self._stack.close()
