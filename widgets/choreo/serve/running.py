"""Starting and stopping everything: the hub, the lesson servers and the door before them, as children of one process."""

from __future__ import annotations

import json
import logging
import os
import secrets
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import Self
from urllib.parse import urlsplit

from choreo.door.errands import HEALTH
from choreo.hub.front_door import WORD
from choreo.hub.health import START, TAKEN
from choreo.serve.confined import lessons_environ, scrubbed
from choreo.serve.places import LOOPBACK, Places, StartError, private_ports
from choreo.serve.watch import Watch

log = logging.getLogger("choreo")

START_PATIENCE = 60.0  # seconds until a server must answer
STOP_PATIENCE = 8.0  # seconds until a server that was asked to stop is ended
RETAKES = 10  # times that a server may find its port taken when it is started again; about a second each
STOPPING = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


class LostPortError(Exception):
    """Choreo cannot go on, because another program has one of its ports; the message says which and what helps."""


class Stop:
    """Says that all shall end. Works in a signal's handler, where a threading.Event can wait for ever for its own lock."""

    def __init__(self) -> None:
        """Not yet."""
        self._ear, self._mouth = socket.socketpair()
        self._mouth.setblocking(False)

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Nobody will say so any more."""
        self._ear.close()
        self._mouth.close()

    def set(self) -> None:
        """From now on."""
        with suppress(OSError):  # said often enough, or after the end
            self._mouth.send(b".")

    def wait(self, seconds: float) -> bool:
        """Whether all shall end, as soon as that is known, or after so many seconds."""
        return bool(select.select([self._ear], [], [], seconds)[0])

    def is_set(self) -> bool:
        """Whether all shall end."""
        return self.wait(0)


class Child:
    """One server process that is started again when it dies, or when it does not answer any more."""

    def __init__(
        self,
        name: str,
        command: list[str],
        health: str,
        environ: dict[str, str],
        listener: socket.socket | None = None,
        at_end: int = signal.SIGTERM,
    ) -> None:
        """Start the process; it gets the `listener`, where systems can hand one down, and `at_end` when all ends."""
        self.name = name
        self._command, self._health, self._environ, self._at_end = command, health, environ, at_end
        self._handed = (listener.fileno(),) if listener and os.name == "posix" else ()
        if listener and not self._handed:
            listener.close()  # its port is free for the process again
        self._taken = 0  # times in a row that it found its port taken
        self._process = self._start()
        self._watch: Watch | None = None

    def _start(self) -> subprocess.Popen[bytes]:
        # Its own session: Ctrl-C reaches this process only, which then stops its children in order.
        # Its standard input is a lifeline: when this process is gone, however it ended, the child reads its end and stops.
        handed = [flag for number in self._handed for flag in ("--handed", str(number))]
        return subprocess.Popen(
            [*self._command, *handed, "--lifeline"],
            stdin=subprocess.PIPE,
            env=self._environ,
            start_new_session=True,
            pass_fds=self._handed,
        )

    @property
    def pid(self) -> int:
        """The process's id."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return self._process.poll() is None

    def wait_until_it_answers(self, stopping: Stop) -> None:
        """Return once the server answers; raise StartError if it ends before that, or takes too long."""
        deadline = time.monotonic() + START_PATIENCE
        while not stopping.is_set():
            if not self.alive:
                raise StartError(self._why_it_ended())
            if answers(self._health, self._environ.get(START, "")):
                return
            if time.monotonic() > deadline:
                raise StartError(
                    f"The {self.name} does not answer at {self._health} after {START_PATIENCE:.0f} seconds."
                )
            stopping.wait(0.05)

    def watch(self) -> None:
        """From now on notice when it does not answer."""
        self._watch = Watch(lambda: answers(self._health, self._environ.get(START, "")))

    @property
    def stuck(self) -> bool:
        """Whether the process runs, but has not answered for a while."""
        return self._watch is not None and self._watch.stuck

    def _why_it_ended(self) -> str:
        if self._process.returncode == TAKEN:
            return f"{self._its_port()}; start again: then Choreo takes another."
        return f"The {self.name} ended while starting (exit code {self._process.returncode}); see above."

    def _its_port(self) -> str:
        return f"The port of the {self.name} ({urlsplit(self._health).netloc}) is taken by another program"

    def start_again(self) -> None:
        """Replace a process that died or is stuck; raise LostPortError where another program keeps its port."""
        if self.alive:
            log.warning("The %s does not answer any more; starting another.", self.name)
            self._process.kill()  # what it had acknowledged is committed, and it would not hear a milder word
            self._process.wait()
        self._taken = self._taken + 1 if self._process.returncode == TAKEN else 0
        if self._taken > RETAKES:
            raise LostPortError(f"{self._its_port()}; start again: then Choreo takes another.")
        log.warning("The %s ended (exit code %s); starting it again.", self.name, self._process.returncode)
        self._close_lifeline()
        self._process = self._start()
        if self._watch:
            self._watch.forgive()

    def renew(self) -> None:
        """Replace the process: its code has changed."""
        if self.alive:
            self._process.terminate()
            self.wait()
        self._process = self._start()
        if self._watch:
            self._watch.forgive()

    def stop(self) -> None:
        """Ask the process to stop."""
        if self._watch:
            self._watch.end()
        if self.alive:
            self._process.send_signal(self._at_end)

    def wait(self) -> None:
        """Wait until it has stopped; end it if it does not."""
        try:
            self._process.wait(STOP_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._close_lifeline()

    def _close_lifeline(self) -> None:
        if self._process.stdin:
            self._process.stdin.close()


def answers(url: str, start: str = "", patience: float = 2.0) -> bool:
    """Whether a server answers there in time, the one that was started with that word (CHOREO_START) if one is named."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=patience) as reply:
            said = json.loads(reply.read(1000))
            return isinstance(said, dict) and start in ("", said.get("start"))
    except (OSError, ValueError):
        return False


@contextmanager
def _scratch() -> Iterator[Path]:
    """A folder for what the servers need while they run; gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="choreo-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def nothing() -> Collection[str]:
    """No server."""
    return ()


def run(
    listener: socket.socket,
    places: Places,
    ready: Callable[[str], None],
    stale: Callable[[], Collection[str]] = nothing,
) -> None:
    """Start all servers, call `ready` with the home page's address, and serve until told to stop; raise StartError.

    `listener` listens at the places' host and port. `stale` names the servers, "hub", "lesson server" or "door", that are to
    start again because their code has changed.
    """
    with Stop() as stopping:

        def stop(_number: int, _frame: FrameType | None) -> None:
            stopping.set()

        before = {number: signal.signal(number, stop) for number in STOPPING}
        try:
            with _scratch() as scratch:
                _serve(_children(listener, places, scratch), places.home, stopping, ready, stale)
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def _children(listener: socket.socket, places: Places, scratch: Path) -> Iterator[Child]:
    """All servers, each started as it is asked for; the door comes last."""
    environ = os.environ | {
        "IPYTHONDIR": str(scratch / "ipython"),
        "JUPYTER_RUNTIME_DIR": str(scratch / "jupyter"),
        "TMPDIR": str(scratch),
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        "OPENBLAS_NUM_THREADS": "1",
        START: secrets.token_hex(16),
        WORD: secrets.token_hex(16),
        "CHOREO_ADDRESS": places.public.written,
    }
    name = os.environ.get("CHOREO_PROCESS", "") or "1"
    hub, *lessons = (f"{LOOPBACK}:{port}" for port in private_ports(1 + places.lesson_servers))
    servers = [flag for number, at in enumerate(lessons, 1) for flag in ("--lesson-server", f"{number}={at}")]
    door = f"{places.host}:{places.port}"
    shared = ["--door", door, "--lessons", str(places.lessons), "--exercises", str(places.exercises)]
    shared += ["--data", str(places.data), *(["--jupyterhub"] if places.jupyterhub else [])]

    def child(
        kind: str, module: str, at: str, flags: list[str], own: Mapping[str, str], at_end: int = signal.SIGTERM
    ) -> Child:
        command = [sys.executable, "-m", module, "--port", at.rpartition(":")[2], *flags]
        return Child(kind, command, f"http://{at}/health", dict(own), at_end=at_end)

    alone = environ | {"CHOREO_DRAIN": "0"}  # it ends with all others, so there is nobody to wait for
    yield child("hub", "choreo.hub", hub, [*shared, *servers], alone)
    shared += ["--hub", f"http://{hub}", "--sharing", str(len(lessons))]
    own = lessons_environ(environ, places.data)
    for at in lessons:
        yield child("lesson server", "choreo.serve", at, shared, own, signal.SIGINT)  # at once: it need lead nobody on
    command = [sys.executable, "-m", "choreo.door", "--host", places.host, "--port", str(places.port)]
    command += ["--also", str(scratch / "door")]
    command += ["--hub", f"{name}={hub}", *servers]
    yield Child("door", command, f"{places.here}{HEALTH}", scrubbed(environ) | {WORD: environ[WORD]}, listener)


def _serve(
    starting: Iterator[Child],
    home: str,
    stopping: Stop,
    ready: Callable[[str], None],
    stale: Callable[[], Collection[str]],
) -> None:
    children: list[Child] = []
    try:
        for child in starting:
            children.append(child)
        for child in children:
            child.wait_until_it_answers(stopping)
            child.watch()
        if not stopping.is_set():
            ready(home)
        while not stopping.wait(0.1):
            old = stale()
            for child in children:
                if child.name in old:
                    child.renew()
                elif not child.alive or child.stuck:
                    child.start_again()
                    stopping.wait(1.0)  # not in a tight circle, where it dies at once every time
    finally:
        for some in (children[:-1], children[-1:]):  # the door last: what the others say in parting goes through it
            for child in some:
                child.stop()
            for child in some:
                child.wait()
