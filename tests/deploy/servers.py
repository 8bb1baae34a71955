"""A hub and two lesson servers as operators start them, each by itself, behind nginx (docs/operating.md, "Behind nginx").

They know their host's name; which path is in front of them, nginx says.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
from tests.deploy.nginx import Front, certificate, front, nginx
from tests.serve.course import PATIENCE, ROOT, arguments

from choreo.serve.places import private_ports
from choreo.serve.running import answers


@dataclass
class Servers:
    """What runs."""

    front: Front
    lessons: list[psutil.Popen]

    @property
    def address(self) -> str:
        """Of the home page, without the slash at its end."""
        return self.front.address

    def kernels(self) -> list[psutil.Process]:
        """All forked kernels."""
        return [kernel for server in self.lessons for kernel in kernels_of(server)]

    def at_work(self) -> psutil.Popen:
        """The lesson server that has a kernel."""
        (found,) = [server for server in self.lessons if kernels_of(server)]
        return found


def kernels_of(server: psutil.Popen) -> list[psutil.Process]:
    """The kernels that were forked for its pages."""
    if not server.is_running() or server.status() == psutil.STATUS_ZOMBIE:
        return []
    zygotes = [one for one in server.children() if "choreo.serve.forking.zygote" in arguments(one)]
    return [kernel for zygote in zygotes for template in zygote.children() for kernel in template.children()]


@contextmanager
def servers(course: Path, folder: Path, path: str) -> Iterator[Servers]:
    """All of them, for the course in a folder, at that path of the host."""
    place, signed = front(path), certificate(folder)
    hub, *lessons = private_ports(3)
    told = {"CHOREO_ADDRESS": place.origin, "CHOREO_PROXIES": "127.0.0.1", "PYTHONPATH": str(ROOT / "widgets")}
    told |= {"HOME": "/nonexistent"}  # as a system user, who has none
    shared = ["--lessons", course / "lessons", "--exercises", course / "exercises", "--data", folder / "data"]
    known = [
        flag for number, port in enumerate(lessons, 1) for flag in ("--lesson-server", f"{number}=127.0.0.1:{port}")
    ]
    started: list[psutil.Popen] = []

    def start(module: str, port: int, *flags: str) -> None:
        command = [sys.executable, "-m", module, "--port", str(port), *map(str, shared), *flags]
        started.append(psutil.Popen(command, env=os.environ | told, start_new_session=True))

    try:
        start("choreo.hub", hub, *known)
        _wait(hub, started)  # it makes the secret that lesson servers read
        for port in lessons:
            start("choreo.serve", port, "--hub", f"http://127.0.0.1:{hub}")
        for port in lessons:
            _wait(port, started)
        with nginx(place, [hub], lessons, signed, folder / "nginx"):
            yield Servers(place, started[1:])
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait(PATIENCE)


def _wait(port: int, started: list[psutil.Popen]) -> None:
    end = time.monotonic() + PATIENCE
    while not answers(f"http://127.0.0.1:{port}/health"):
        assert all(one.poll() is None for one in started), "a server ended while starting"
        assert time.monotonic() < end, "a server does not start"
        time.sleep(0.05)  # it needs the processor
