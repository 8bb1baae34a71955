"""A running course for tests: `choreo start` as a learner starts it, on free ports, with a data folder of its own."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import yaml

ROOT = Path(__file__).parents[2]
PATIENCE = 60
NINTH = "09-choreography"


def own(port: int) -> int:
    """That port, or one like it where tests run side by side: each worker looks for free ones among its own."""
    return port + 1000 * int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))


def arguments(process: psutil.Process) -> list[str]:
    """What a process was started with; nothing if it has ended meanwhile."""
    with suppress(psutil.NoSuchProcess):
        return process.cmdline()
    return []


def one_lesson(folder: Path) -> Path:
    """A course of lesson 9 and the gallery, made in that folder: where any course will do, it starts in half the time."""
    course = yaml.safe_load((ROOT / "lessons" / "course.yaml").read_text("utf-8"))
    course["lessons"] = [one for one in course["lessons"] if one["name"] == NINTH]
    (folder / "lessons").mkdir(parents=True)
    for name in (NINTH, "gallery"):
        shutil.copy(ROOT / "lessons" / f"{name}.ipynb", folder / "lessons")
        shutil.copytree(ROOT / "exercises" / name, folder / "exercises" / name)
    (folder / "lessons" / "course.yaml").write_text(yaml.safe_dump(course), "utf-8")
    return folder


class RunningCourse:
    """One `choreo start` process and what it started."""

    command = "start"
    flags: tuple[str, ...] = ()  # more of them, for that command
    says = r"Choreo is at +(\S+)"

    def __init__(
        self,
        data: Path,
        course: Path = ROOT,
        port: int = own(8700),
        host: str = "",
        log: Path | None = None,
        **environ: str,
    ) -> None:
        self.log = log  # where it writes what it has to say; None: where the test does
        self.data, self.course, self.port, self.environ = data, course, port, environ
        self.host = host
        self.forks = environ.get("CHOREO_FORK") != "0"
        self.printed: list[str] = []
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "choreo.authoring", self.command, "--course", self.course, "--data", self.data]
        plain = {"CHOREO_NO_BROWSER": "1", "PYTHONPATH": str(ROOT / "widgets"), "PYTHONUNBUFFERED": "1"}
        environ = os.environ | plain | self.environ
        with self.log.open("ab") if self.log else nullcontext() as log:
            self.process = subprocess.Popen(
                [
                    *map(str, command),
                    "--port",
                    str(self.port),
                    *(["--host", self.host] if self.host else []),
                    *self.flags,
                ],
                env=environ,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        self.address = self._address()
        port = urlsplit(self.address).port
        assert port
        self.port = port

    def _address(self) -> str:
        assert self.process.stdout
        for line in self.process.stdout:
            self.printed.append(line)
            if found := re.search(self.says, line):
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

    def private(self, module: str) -> int:
        """The port at which a server behind the door listens."""
        command = arguments(self.server(module))
        return int(command[command.index("--port") + 1])

    def server(self, module: str) -> psutil.Process:
        """The hub ("choreo.hub"), a lesson server ("choreo.serve") or the door ("choreo.door")."""
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
def running_course(data: Path, *places: object, **options: object) -> Iterator[RunningCourse]:
    course = RunningCourse(data, *places, **options)
    try:
        yield course
    finally:
        course.stop()
