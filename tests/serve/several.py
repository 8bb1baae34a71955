"""One hub and several lesson servers that share no folder but the course's, each with an environment of its own, and a door."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
from tests.serve.course import PATIENCE, ROOT, own

from choreo.door.backends import in_order
from choreo.door.errands import HEALTH
from choreo.hub.servers import Server
from choreo.serve.running import answers
from choreo.stores.mark import mark


class LessonServer:
    """One of them, as an operator starts it; `course` is its own copy, or the one that all share."""

    def __init__(
        self, name: str, port: int, hub: str, door: str, secret: Path, scratch: Path, course: Path, **environ: str
    ) -> None:
        self.name, self.address = name, f"http://127.0.0.1:{port}"
        scratch.mkdir(parents=True, exist_ok=True)
        self.log = scratch / "log"
        places = ["--lessons", course / "lessons", "--exercises", course / "exercises"]
        command = [
            sys.executable,
            "-m",
            "choreo.serve",
            *places,
            "--port",
            port,
            "--hub",
            hub,
            "--lifeline",
            "--door",
            door,
        ]
        plain = {"PYTHONPATH": str(ROOT / "widgets"), "CHOREO_SECRET_FILE": str(secret), "TMPDIR": str(scratch)}
        plain |= {"HOME": "/nonexistent"}  # as a system user, who has none
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*map(str, command)], env=os.environ | plain | environ, stdin=subprocess.PIPE, stderr=log
            )

    def wait(self) -> None:
        end = time.monotonic() + PATIENCE
        while not answers(f"{self.address}/health"):
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < end
            time.sleep(0.05)

    def kernels(self) -> list[psutil.Process]:
        children = psutil.Process(self.process.pid).children(recursive=True)
        templates = {one.pid for zygote in psutil.Process(self.process.pid).children() for one in zygote.children()}
        return [one for one in children if one.ppid() in templates]

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()


class Several:
    """A running door and hub, and what was started behind the door, which knows of so many servers from the beginning."""

    def __init__(self, folder: Path, course: Path, port: int, most: int) -> None:
        self.folder, self.course = folder, course
        self.address = f"http://127.0.0.1:{port}"  # the door's
        self.hub_address = f"http://127.0.0.1:{port + 1}"
        self.known = tuple(Server(str(number), "127.0.0.1", port + 1 + number) for number in range(1, most + 1))
        self.door_place = f"127.0.0.1:{port}"
        self.servers: list[LessonServer] = []
        self.children: list[subprocess.Popen[bytes]] = []
        places = ["--lessons", course / "lessons", "--exercises", course / "exercises", "--data", folder / "data"]
        named = [word for one in self.known for word in ("--lesson-server", f"{one.name}={one.host}:{one.port}")]
        self._start("choreo.hub", [*places, "--port", port + 1, "--door", self.door_place, *named])
        self._start("choreo.door", ["--port", port, "--hub", f"1=127.0.0.1:{port + 1}", *named])
        for address in (f"{self.hub_address}/health", f"{self.address}{HEALTH}"):
            end = time.monotonic() + PATIENCE
            while not answers(address):
                assert time.monotonic() < end
                time.sleep(0.05)
        self.secret = folder / "secret-of-the-hub"
        shutil.copy(folder / "data" / "secret", self.secret)

    def _start(self, module: str, flags: list[object]) -> None:
        command = [sys.executable, "-m", module, "--lifeline", *map(str, flags)]
        environ = os.environ | {"PYTHONPATH": str(ROOT / "widgets")}
        self.children.append(subprocess.Popen(command, env=environ, stdin=subprocess.PIPE))

    def more(self, count: int, course: Path | None = None, **environ: str) -> list[LessonServer]:
        """So many more lesson servers, of those that the door knows."""
        made = []
        for place in self.known[len(self.servers) : len(self.servers) + count]:
            scratch = self.folder / f"scratch-{place.name}"
            at = (place.name, place.port, self.hub_address, self.door_place, self.secret, scratch)
            made.append(LessonServer(*at, course or self.course, **environ))
        self.servers += made
        for server in made:
            server.wait()
        return made

    def own(self, cookie: str) -> str:
        """The name of the server that a learner's requests are meant for, if it is there."""
        return in_order(mark(cookie.partition("=")[2]), self.known)[0].name

    def close(self) -> None:
        for server in self.servers:
            server.end()
        for child in reversed(self.children):
            child.terminate()
            child.wait()
            child.stdin.close()


@contextmanager
def several(folder: Path, course: Path, most: int, port: int = own(8500)) -> Iterator[Several]:
    found = Several(folder, course, port, most)
    try:
        yield found
    finally:
        found.close()
