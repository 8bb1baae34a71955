"""The lesson server's side of forking: it keeps the warm process and the templates alive, and asks them for kernels."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import logging
import os
import socket
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from choreo.serve.forking.recording import Recording
from choreo.serve.forking.wire import Message, request, unpack

log = logging.getLogger(__name__)

PATIENCE = 60  # seconds for a lesson to run
POSSIBLE = hasattr(os, "fork") and hasattr(socket, "send_fds")


class NurseryError(Exception):
    """No kernel can be forked; the message says why."""


@dataclass
class Template:
    """A process that has run one lesson."""

    control: socket.socket
    recording: Recording
    made_of: tuple[tuple[Path, int], ...]  # the files it ran, with their times
    version: str  # a hash of what stood in them
    asking: asyncio.Lock = field(default_factory=asyncio.Lock)


class Nursery:
    """Makes templates on demand, anew when a lesson's files have changed or when one has died."""

    def __init__(self, lessons: Path, exercises: Path, patience: int = PATIENCE) -> None:
        """Start the warm process; it imports while the server starts. A lesson may run for `patience` seconds."""
        self._lessons, self._exercises, self._patience = lessons, exercises, patience
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
        if not (self._lessons / f"{lesson}.ipynb").is_file():
            raise NurseryError(f"There is no lesson {lesson}.")
        async with self._making.setdefault(lesson, asyncio.Lock()):
            known = self._templates.get(lesson)
            made_of = self._files(lesson)
            if known is None or known.made_of != made_of:
                if known is not None:
                    log.warning("The files of %s have changed: running it anew.", lesson)
                    await self._retire(lesson, known)
                self._templates[lesson] = known = await self._make(lesson, made_of)
            return known

    async def fork(self, lesson: str, environ: Mapping[str, str]) -> tuple[socket.socket, str]:
        """A new kernel: the socket on which it listens, and the version of the lesson that it has run; raise NurseryError."""
        for last in (False, True):
            template = await self.template(lesson)
            ours, theirs = socket.socketpair()
            try:
                async with template.asking:
                    request(template.control, {"environ": dict(environ)}, theirs)
                    await _answer(template.control, self._patience)
                return ours, template.version
            except (OSError, NurseryError) as error:
                ours.close()
                await self._retire(lesson, template)
                if last:
                    raise NurseryError(f"{lesson}: no kernel could be forked ({error}).") from error
                log.warning("The template of %s is gone (%s): making another.", lesson, error)
            finally:
                theirs.close()
        raise AssertionError

    async def _retire(self, lesson: str, template: Template) -> None:
        """End a template, once nobody waits for its answer; the next visitor gets a new one."""
        if self._templates.get(lesson) is template:
            del self._templates[lesson]
        async with template.asking:
            template.control.close()

    def close(self) -> None:
        """End the warm process and all templates. Kernels end with their own sockets."""
        for template in self._templates.values():
            template.control.close()
        self._templates.clear()
        self._control.close()
        self._process.wait()

    async def _make(self, lesson: str, made_of: tuple[tuple[Path, int], ...]) -> Template:
        if self._process.poll() is not None:
            log.warning("The warm process is gone (exit code %s): starting another.", self._process.returncode)
            self._control.close()
            self._process, self._control = self._start()
        ours, theirs = socket.socketpair()
        try:
            version = hashlib.sha256(b"".join(path.read_bytes() for path, _ in made_of)).hexdigest()[:20]
            asked = {"lesson": str(self._lessons / f"{lesson}.ipynb"), "patience": self._patience}
            request(self._control, asked, theirs)
            theirs.close()
            content = (await _answer(ours, self._patience)).content
        except (OSError, NurseryError) as error:
            ours.close()
            theirs.close()
            raise NurseryError(f"{lesson}: it could not be run beforehand ({error}).") from error
        if "error" in content:
            ours.close()
            raise NurseryError(f"{lesson}: it could not be run beforehand ({content['error']}).")
        outputs = {int(index): shown for index, shown in content["outputs"].items()}
        return Template(ours, Recording(content["cells"], outputs, content["widgets"]), made_of, version)

    def _files(self, lesson: str) -> tuple[tuple[Path, int], ...]:
        found = []
        for path in (self._lessons / f"{lesson}.ipynb", *sorted((self._exercises / lesson).glob("*.yaml"))):
            with contextlib.suppress(FileNotFoundError):  # an editor may be putting a new one in its place
                found.append((path, path.stat().st_mtime_ns))
        return tuple(found)


async def _answer(control: socket.socket, patience: float) -> Message:
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
        async with asyncio.timeout(patience):
            return unpack(await read(int.from_bytes(await read(4), "little")))
    except TimeoutError as error:
        raise NurseryError(f"no answer within {patience:.0f} seconds") from error
