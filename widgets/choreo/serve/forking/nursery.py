"""The lesson server's side of forking: it keeps the warm process and the templates alive, and asks them for kernels."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from choreo.serve.forking.recording import Recording
from choreo.serve.forking.wire import Message, unpack
from choreo.serve.forking.zygote import request

log = logging.getLogger(__name__)

PATIENCE = 60.0  # seconds for a lesson to run
POSSIBLE = hasattr(os, "fork") and hasattr(socket, "send_fds")


class NurseryError(Exception):
    """No kernel can be forked; the message says why."""


@dataclass
class Template:
    """A process that has run one lesson."""

    control: socket.socket
    recording: Recording
    made_of: tuple[tuple[str, int], ...]  # the files it ran, with their times
    asking: asyncio.Lock = field(default_factory=asyncio.Lock)


class Nursery:
    """Makes templates on demand, anew when a lesson's files have changed or when one has died."""

    def __init__(self, lessons: Path, exercises: Path) -> None:
        """Start the warm process; it imports while the server starts."""
        self._lessons, self._exercises = lessons, exercises
        self._templates: dict[str, Template] = {}
        self._making: dict[str, asyncio.Lock] = {}
        self._process, self._control = self._start()

    def _start(self) -> tuple[subprocess.Popen[bytes], socket.socket]:
        ours, theirs = socket.socketpair()
        command = [sys.executable, "-m", "choreo.serve.forking.zygote"]
        # Few arenas and one BLAS thread: memory that every fork shares, and a fork that is allowed.
        environ = os.environ | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "1"}
        process = subprocess.Popen(command, stdin=theirs.fileno(), env=environ, start_new_session=True)
        theirs.close()
        return process, ours

    async def template(self, lesson: str) -> Template:
        """The lesson's template, made or made anew where needed; raise NurseryError if it cannot be run."""
        async with self._making.setdefault(lesson, asyncio.Lock()):
            known = self._templates.get(lesson)
            made_of = self._files(lesson)
            if known is None or known.made_of != made_of:
                if known is not None:
                    known.control.close()
                    log.warning("The files of %s have changed: running it anew.", lesson)
                self._templates[lesson] = known = await self._make(lesson, made_of)
            return known

    async def fork(self, lesson: str, environ: Mapping[str, str]) -> socket.socket:
        """A new kernel of the lesson: the socket on which it listens. Raise NurseryError if there can be none."""
        for last in (False, True):
            template = await self.template(lesson)
            ours, theirs = socket.socketpair()
            try:
                async with template.asking:
                    request(template.control, {"environ": dict(environ)}, theirs)
                    await _answer(template.control)
                return ours
            except (OSError, NurseryError) as error:
                ours.close()
                self.forget(lesson)
                if last:
                    raise NurseryError(f"{lesson}: no kernel could be forked ({error}).") from error
                log.warning("The template of %s is gone (%s): making another.", lesson, error)
            finally:
                theirs.close()
        raise AssertionError

    def forget(self, lesson: str) -> None:
        """End the lesson's template; the next visitor gets a new one."""
        if template := self._templates.pop(lesson, None):
            template.control.close()

    def close(self) -> None:
        """End the warm process and all templates. Kernels end with their own sockets."""
        for lesson in list(self._templates):
            self.forget(lesson)
        self._control.close()
        self._process.wait()

    async def _make(self, lesson: str, made_of: tuple[tuple[str, int], ...]) -> Template:
        if self._process.poll() is not None:
            log.warning("The warm process is gone (exit code %s): starting another.", self._process.returncode)
            self._control.close()
            self._process, self._control = self._start()
        ours, theirs = socket.socketpair()
        try:
            request(self._control, {"lesson": str(self._lessons / f"{lesson}.ipynb")}, theirs)
            theirs.close()
            content = (await _answer(ours)).content
        except (OSError, NurseryError) as error:
            ours.close()
            theirs.close()
            raise NurseryError(f"{lesson}: it could not be run beforehand ({error}).") from error
        if "error" in content:
            ours.close()
            raise NurseryError(f"{lesson}: it could not be run beforehand ({content['error']}).")
        outputs = {int(index): shown for index, shown in content["outputs"].items()}
        return Template(ours, Recording(content["cells"], outputs, content["widgets"]), made_of)

    def _files(self, lesson: str) -> tuple[tuple[str, int], ...]:
        paths = [self._lessons / f"{lesson}.ipynb", *sorted((self._exercises / lesson).glob("*.yaml"))]
        return tuple((str(path), path.stat().st_mtime_ns) for path in paths if path.exists())


async def _answer(control: socket.socket) -> Message:
    control.setblocking(False)
    loop = asyncio.get_running_loop()

    async def read(count: int) -> bytes:
        parts = []
        while count:
            part = await loop.sock_recv(control, min(count, 2**20))
            if not part:
                raise NurseryError("the process that was asked has ended")
            parts.append(part)
            count -= len(part)
        return b"".join(parts)

    try:
        async with asyncio.timeout(PATIENCE):
            return unpack(await read(int.from_bytes(await read(4), "little")))
    except TimeoutError as error:
        raise NurseryError(f"no answer within {PATIENCE:.0f} seconds") from error
