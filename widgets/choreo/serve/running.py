"""Starting and stopping everything: the hub and the lesson server, as children of one process."""

from __future__ import annotations

import logging
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Self

from choreo.hub.settings import own_address

log = logging.getLogger("choreo")

START_PATIENCE = 60.0  # seconds until a server must answer
STOP_PATIENCE = 8.0  # seconds until a server that was asked to stop is ended
TRIES = 200  # ports looked at
STOPPING = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


class StartError(Exception):
    """Choreo cannot start; the message names the fault and the remedy."""


@dataclass(frozen=True)
class Places:
    """Where Choreo listens and where its files lie."""

    host: str
    port: int  # of the hub; the lesson server takes the next one
    lessons: Path
    exercises: Path
    data: Path
    address: str = ""  # under which phones reach the hub; empty: the one that the coach uses

    @property
    def hub(self) -> str:
        """The hub's address on this machine."""
        host = own_address(self.host)
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"

    @property
    def lesson_server(self) -> str:
        """The lesson server's address on this machine."""
        return self.hub.rsplit(":", 1)[0] + f":{self.port + 1}"


def free_ports(host: str, wanted: int) -> int:
    """The first port from `wanted` on where it and the next one are free; raise StartError if there is none."""
    try:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.bind((host, 0))
    except OSError as error:
        raise StartError(
            f"{host}: is no address of this machine ({error.strerror}); name another with --host, or leave it out."
        ) from error
    for port in range(wanted, min(wanted + TRIES, 65535)):
        if _free(host, port) and _free(host, port + 1):
            return port
    raise StartError(f"{host}: no two free ports from {wanted} to {wanted + TRIES}; name another with --port.")


def _free(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        if sys.platform != "win32":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


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
        with suppress(BlockingIOError):  # said often enough
            self._mouth.send(b".")

    def wait(self, seconds: float) -> bool:
        """Whether all shall end, as soon as that is known, or after so many seconds."""
        return bool(select.select([self._ear], [], [], seconds)[0])

    def is_set(self) -> bool:
        """Whether all shall end."""
        return self.wait(0)


class Child:
    """One server process that is started again when it dies."""

    def __init__(self, name: str, command: list[str], health: str, environ: dict[str, str]) -> None:
        """Start the process."""
        self.name = name
        self._command, self._health, self._environ = command, health, environ
        self._process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        # Its own session: Ctrl-C reaches this process only, which then stops its children in order.
        # Its standard input is a lifeline: when this process is gone, however it ended, the child reads its end and stops.
        return subprocess.Popen(
            [*self._command, "--lifeline"], stdin=subprocess.PIPE, env=self._environ, start_new_session=True
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
                raise StartError(
                    f"The {self.name} ended while starting (exit code {self._process.returncode}); see above."
                )
            if answers(self._health):
                return
            if time.monotonic() > deadline:
                raise StartError(
                    f"The {self.name} does not answer at {self._health} after {START_PATIENCE:.0f} seconds."
                )
            stopping.wait(0.05)

    def start_again(self) -> None:
        """Replace a process that died."""
        log.warning("The %s ended (exit code %s); starting it again.", self.name, self._process.returncode)
        self._close_lifeline()
        self._process = self._start()

    def stop(self) -> None:
        """Ask the process to stop."""
        if self.alive:
            self._process.terminate()

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


def answers(url: str) -> bool:
    """Whether a server answers there."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=2) as reply:
            return bool(reply.status == 200)
    except OSError:
        return False


@contextmanager
def _scratch() -> Iterator[Path]:
    """A folder for what the servers need while they run; gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="choreo-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def run(places: Places, ready: Callable[[str], None]) -> None:
    """Start both servers, call `ready` with the address, and serve until told to stop; raise StartError."""
    with Stop() as stopping:

        def stop(_number: int, _frame: FrameType | None) -> None:
            stopping.set()

        before = {number: signal.signal(number, stop) for number in STOPPING}
        try:
            with _scratch() as scratch:
                _serve(places, scratch, stopping, ready)
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def _serve(places: Places, scratch: Path, stopping: Stop, ready: Callable[[str], None]) -> None:
    children: list[Child] = []
    environ = os.environ | {
        "IPYTHONDIR": str(scratch / "ipython"),
        "JUPYTER_RUNTIME_DIR": str(scratch / "jupyter"),
        "TMPDIR": str(scratch),
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }
    if places.address:
        environ["CHOREO_ADDRESS"] = places.address
    shared = ["--host", places.host, "--lessons", str(places.lessons), "--exercises", str(places.exercises)]
    hub = [*shared, "--port", str(places.port), "--lesson-port", str(places.port + 1), "--data", str(places.data)]
    lessons = [*shared, "--port", str(places.port + 1), "--hub", places.hub]
    try:
        for name, module, flags, address in (
            ("hub", "choreo.hub", hub, places.hub),
            ("lesson server", "choreo.serve", lessons, places.lesson_server),
        ):
            children.append(Child(name, [sys.executable, "-m", module, *flags], f"{address}/health", environ))
        for child in children:
            child.wait_until_it_answers(stopping)
        if not stopping.is_set():
            ready(places.hub)
        while not stopping.wait(0.1):
            for child in children:
                if not child.alive:
                    child.start_again()
                    stopping.wait(1.0)  # not in a tight circle, where it dies at once every time
    finally:
        for child in children:
            child.stop()
        for child in children:
            child.wait()
