"""A hub with a live session for browser tests: a coach on the socket, and a wire to the hub that can be cut."""

from __future__ import annotations

import contextlib
import json
import selectors
import socket
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from playwright.sync_api import Browser, BrowserContext
from tests.hub.test_running import running
from tests.hub.visiting import COURSE, LESSON
from tests.memory import in_memory
from websockets.sync.client import ClientConnection, connect

from choreo.hub.settings import Settings

PLAN = {
    "title": "Collaboration day",
    "items": [
        {"activity": "pulse", "minutes": 5, "settings": {}},
        {
            "activity": "pulse",
            "minutes": 5,
            "settings": {
                "question": "What helps most?",
                "form": "choice",
                "options": ["A frame", "Steps", "Luck & <b>art</b>"],
            },
        },
        {"activity": "pulse", "minutes": 5, "settings": {"question": "What gets in our way?", "form": "words"}},
    ],
}


class Wire:
    """A port that leads to the hub's, until it is cut."""

    def __init__(self, to: int) -> None:
        self.to = to
        self.whole = True
        self._lock = threading.Lock()
        self._pairs: set[tuple[socket.socket, socket.socket]] = set()
        self._threads: list[threading.Thread] = []
        self._server = socket.create_server(("127.0.0.1", 0), backlog=200)
        self.port: int = self._server.getsockname()[1]
        self._begin(self._accept)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def _begin(self, target: Callable[..., None], *args: Any) -> None:
        thread = threading.Thread(target=target, args=args, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                phone, _ = self._server.accept()
            except OSError:
                return
            self._begin(self._carry, phone)

    def _carry(self, phone: socket.socket) -> None:
        with phone, contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.to)) as hub:
            with self._lock:
                if not self.whole:
                    return
                self._pairs.add((phone, hub))
            try:
                self._pump(phone, hub)
            finally:
                with self._lock:
                    self._pairs.discard((phone, hub))

    def _pump(self, phone: socket.socket, hub: socket.socket) -> None:
        with selectors.DefaultSelector() as watch:
            watch.register(phone, selectors.EVENT_READ, hub)
            watch.register(hub, selectors.EVENT_READ, phone)
            while True:
                for key, _ in watch.select():
                    one: Any = key.fileobj
                    if not (data := one.recv(65536)):
                        return
                    key.data.sendall(data)

    def cut(self) -> None:
        """Drop all lines, and let none through."""
        self.whole = False
        self.drop()

    def drop(self) -> None:
        """Drop all lines; new ones come through."""
        with self._lock:
            for pair in self._pairs:
                for end in pair:
                    with contextlib.suppress(OSError):
                        end.shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        self.whole = True

    def close(self) -> None:
        self.cut()
        with contextlib.suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        for thread in self._threads:
            thread.join(10)


SESSIONS = 15  # after which a hub is started anew: it lets one address open no more in a short time


class House:
    """A running hub, started anew when enough sessions were opened in it."""

    def __init__(self) -> None:
        self._opened = 0
        self._stack = contextlib.ExitStack()
        self.port = 0

    def wire(self) -> Wire:
        """A wire to a hub that takes one more session."""
        if self._opened % SESSIONS == 0:
            self.close()
            folder = self._stack.enter_context(in_memory())
            (folder / "lessons").mkdir(parents=True)
            (folder / "exercises" / LESSON).mkdir(parents=True)
            (folder / "lessons" / "course.yaml").write_text(COURSE, encoding="utf-8")
            settings = Settings(folder / "data", folder / "lessons", folder / "exercises")
            with socket.create_server(("127.0.0.1", 0)) as found:
                self.port = found.getsockname()[1]
            self._stack.enter_context(running(SimpleNamespace(settings=settings), self.port))  # type: ignore[arg-type]
        self._opened += 1
        return Wire(self.port)

    def close(self) -> None:
        self._stack.close()
        self._stack = contextlib.ExitStack()


@dataclass
class Coach:
    """The coach's line to the hub."""

    line: ClientConnection
    opened: dict[str, Any]
    n: int = 0
    desk: dict[str, Any] = field(default_factory=dict)

    @property
    def code(self) -> str:
        return str(self.opened["code"])

    def do(self, what: str, **more: Any) -> dict[str, Any]:
        """Give a command, and wait until it is done."""
        self.n += 1
        self.line.send(json.dumps({"n": self.n, "do": what, **more}))
        while True:
            message = self.hear()
            assert message.get("refused") != self.n, message
            if message.get("done") == self.n:
                return message

    def hear(self) -> dict[str, Any]:
        message: dict[str, Any] = json.loads(self.line.recv(timeout=20))
        self.desk = message.get("desk", self.desk)
        return message

    def until(self, holds: Any) -> dict[str, Any]:
        """The first desk for which `holds` is true."""
        end = time.monotonic() + 20
        while not (self.desk and holds(self.desk)):
            assert time.monotonic() < end, self.desk
            self.hear()
        return self.desk

    def begin(self, item: int) -> None:
        self.do("begin", item=item)


@contextlib.contextmanager
def coach_of(port: int, plan: dict[str, Any] | None = None, host: str = "") -> Iterator[Coach]:
    """A coach who has just opened a session, or come back to one with its pass, `host`."""
    origin: Any = f"http://127.0.0.1:{port}"
    with connect(f"ws://127.0.0.1:{port}/live/host", origin=origin, max_size=None) as line:
        line.send(json.dumps({"host": host} if host else {"new": plan or PLAN}))
        while True:
            message = json.loads(line.recv(timeout=20))
            assert "refused" not in message, message
            if "opened" in message:
                yield Coach(line, message["opened"])
                return


class Person:
    """Somebody with a phone, without a browser."""

    def __init__(self, wire: Wire, code: str) -> None:
        self._address, self.n = f"http://127.0.0.1:{wire.to}", 0
        joined = self._post("/live/join", {"code": code}, {})
        self.who, self._secret = joined["who"], joined["secret"]

    def _post(self, path: str, message: dict[str, Any], headers: dict[str, str]) -> dict[str, Any]:
        request = urllib.request.Request(
            self._address + path, json.dumps(message).encode(), {"Content-Type": "application/json", **headers}
        )
        with urllib.request.urlopen(request, timeout=20) as reply:
            answered: dict[str, Any] = json.loads(reply.read())
        return answered

    def say(self, data: dict[str, Any]) -> None:
        assert self.tries(data)

    def tries(self, data: dict[str, Any]) -> bool:
        """Say something; whether it was taken."""
        self.n += 1
        told = self._post("/live/phone/say", {"n": self.n, "say": data}, {"Authorization": f"Bearer {self._secret}"})
        assert self.n in (told.get("ack"), told.get("refused")), told
        return "ack" in told


class Watch:
    """Browsers whose script errors, refused styles and requests to other hosts are noted."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self.contexts: list[BrowserContext] = []
        self.faults: list[str] = []

    def open(self, **options: Any) -> BrowserContext:
        context = self._browser.new_context(**{"viewport": {"width": 390, "height": 844}, "has_touch": True, **options})
        context.set_default_timeout(20_000)
        context.on("weberror", lambda error: self.faults.append(f"script error: {error.error}"))
        context.on("console", lambda message: self._read(message.type, message.text))
        context.on("request", lambda request: self._look(request.url))
        self.contexts.append(context)
        return context

    def _read(self, kind: str, text: str) -> None:
        if kind == "error" and "Content Security Policy" in text:
            self.faults.append(text)

    def _look(self, url: str) -> None:
        if not url.startswith(("http://127.0.0.1:", "data:", "blob:")):
            self.faults.append(f"request to another host: {url}")

    def close(self) -> None:
        for context in self.contexts:
            context.close()
        assert not self.faults, self.faults
