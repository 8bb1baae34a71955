"""A running course for tests: `choreo start` as a learner starts it, on free ports, with a data folder of its own."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[2]
PATIENCE = 60


def own(port: int) -> int:
    """That port, or one like it where tests run side by side: each worker looks for free ones among its own."""
    return port + 1000 * int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))


def arguments(process: psutil.Process) -> list[str]:
    """What a process was started with; nothing if it has ended meanwhile."""
    with suppress(psutil.NoSuchProcess):
        return process.cmdline()
    return []


class RunningCourse:
    """One `choreo start` process and what it started."""

    flags: tuple[str, ...] = ()  # more of them, for `choreo start`

    def __init__(self, data: Path, course: Path = ROOT, port: int = own(8700), host: str = "", **environ: str) -> None:
        self.data, self.course, self.port, self.environ = data, course, port, environ
        self.host = host
        self.forks = environ.get("CHOREO_FORK") != "0"
        self.printed: list[str] = []
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "choreo.authoring", "start", "--course", self.course, "--data", self.data]
        plain = {"CHOREO_NO_BROWSER": "1", "PYTHONPATH": str(ROOT / "widgets"), "PYTHONUNBUFFERED": "1"}
        environ = os.environ | plain | self.environ
        self.process = subprocess.Popen(
            [*map(str, command), "--port", str(self.port), *(["--host", self.host] if self.host else []), *self.flags],
            env=environ,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.address = self._address()
        self.port = int(self.address.rsplit(":", 1)[1])

    def _address(self) -> str:
        assert self.process.stdout
        for line in self.process.stdout:
            self.printed.append(line)
            if found := re.search(r"Choreo is at +(\S+)", line):
                return found[1]
        raise AssertionError(f"choreo start ended: {''.join(self.printed)}")

    def more(self) -> str:
        """What it printed about where it is, up to where work is kept."""
        assert self.process.stdout
        while "Work is kept in" not in self.printed[-1]:
            self.printed.append(self.process.stdout.readline())
        return "".join(self.printed)

    def stop(self, number: int = signal.SIGTERM) -> int:
        if self.process.poll() is None:
            self.process.send_signal(number)
        code = self.process.wait(PATIENCE)
        assert self.process.stdout
        self.process.stdout.close()
        return code

    def restart(self) -> None:
        self.stop()
        self.start()

    def processes(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def server(self, module: str) -> psutil.Process:
        """The hub ("choreo.hub") or the lesson server ("choreo.serve")."""
        return next(process for process in psutil.Process(self.process.pid).children() if module in arguments(process))

    def zygote(self) -> psutil.Process:
        """The warm process."""
        return next(p for p in self.server("choreo.serve").children() if "choreo.serve.forking.zygote" in arguments(p))

    def templates(self) -> list[psutil.Process]:
        return self.zygote().children()

    def kernels(self) -> list[psutil.Process]:
        """Forked kernels, and those that Voilà started."""
        forked = [kernel for template in self.templates() for kernel in template.children()] if self.forks else []
        return forked + [p for p in self.processes() if "ipykernel_launcher" in arguments(p)]


@contextmanager
def running_course(data: Path, **options: object) -> Iterator[RunningCourse]:
    course = RunningCourse(data, **options)
    try:
        yield course
    finally:
        course.stop()
