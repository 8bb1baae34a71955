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
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from choreo.bank.files import files
from choreo.serve.forking.recording import Recording
from choreo.serve.forking.wire import Message, request, unpack
from choreo.serve.notebook import companions

log = logging.getLogger(__name__)

PATIENCE = 60  # seconds for a lesson to run
POSSIBLE = hasattr(os, "fork") and hasattr(socket, "send_fds")


class NurseryError(Exception):
    """No kernel can be forked; the message says why."""


class NoLessonError(NurseryError):
    """There is no such lesson: to wait does not help, so the learner is told."""


@dataclass
class Template:
    """A process that has run one lesson."""

    control: socket.socket
    recording: Recording
    made_of: tuple[tuple[Path, object], ...]  # the files it ran, with their times
    version: str  # a hash of what stood in them
    tried: tuple[tuple[Path, object], ...] = ()  # newer files, with which the lesson does not run
    note: str = ""  # why it does not, for the author
    failed: Recording | None = None  # what was recorded with them, if anything was
    asking: asyncio.Lock = field(default_factory=asyncio.Lock)


class Nursery:
    """Makes templates on demand, anew when a lesson's files have changed or when one has died."""

    def __init__(
        self,
        lessons: Path,
        exercises: Path,
        patience: int = PATIENCE,
        also: Callable[[], Mapping[str, object]] = dict,
    ) -> None:
        """Start the warm process; it imports while the server starts. A lesson may run for `patience` seconds.

        `also` names what else a lesson is made of, such as code and pictures, with a mark of each that changes with it.
        """
        self._lessons, self._exercises, self._patience, self._also = lessons, exercises, patience, also
        self._templates: dict[str, Template] = {}
        self._making: dict[str, asyncio.Lock] = {}
        self._companions: dict[Path, tuple[int, list[Path]]] = {}
        self._process, self._control = self._start()

    def _start(self) -> tuple[subprocess.Popen[bytes], socket.socket]:
        ours, theirs = socket.socketpair()
        command = [sys.executable, "-m", "choreo.serve.forking.zygote"]
        # Few arenas and one BLAS thread: memory that every fork shares, and a fork that is allowed. One order of sets for
        # all servers of a course: what a lesson shows is the same from each.
        threads = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "1"}
        environ = os.environ | threads | {"PYTHONHASHSEED": "0"}
        process = subprocess.Popen(command, stdin=theirs.fileno(), env=environ, start_new_session=True)
        theirs.close()
        return process, ours

    def notebook(self, lesson: str) -> Path:
        """Where a lesson's notebook is, if there is one."""
        return self._lessons / f"{lesson}.ipynb"

    def bank(self, lesson: str) -> str:
        """The folder in which its exercises lie."""
        return lesson

    def warm(self) -> int:
        """How many lessons have been run and wait to be forked."""
        return len(self._templates)

    async def template(self, lesson: str) -> Template:
        """The lesson's template, made or made anew where needed; raise NurseryError if it cannot be run.

        When its files have changed and it does not run with them, what has run before stays, with a note.
        """
        if not self.notebook(lesson).is_file():
            raise NoLessonError(f"There is no lesson {lesson}.")
        async with self._making.setdefault(lesson, asyncio.Lock()):
            known = self._templates.get(lesson)
            made_of = self._files(lesson)
            if known is None:
                self._templates[lesson] = known = await self._make(lesson, made_of)
            elif made_of == known.made_of:
                known.tried, known.note, known.failed = (), "", None
            elif made_of != known.tried:
                known = await self._renew(lesson, known, made_of)
            return known

    async def _renew(self, lesson: str, known: Template, made_of: tuple[tuple[Path, object], ...]) -> Template:
        """A template of the lesson's new files; the known one if the lesson does not run with them, as it did before."""
        log.warning("The files of %s have changed: running it anew.", lesson)
        made, fault = None, ""
        try:
            made = await self._make(lesson, made_of)
            fault = made.recording.fault
        except NurseryError as error:
            if known.recording.fault:
                raise
            fault = str(error)
        if made is None or (fault and not known.recording.fault):
            if made:
                made.control.close()
            known.tried, known.note, known.failed = made_of, fault, made.recording if made else None
            log.error("%s: %s What ran before is shown until this is mended.", lesson, fault)
            return known
        await self._retire(lesson, known)
        self._templates[lesson] = made
        return made

    async def fork(self, lesson: str, environ: Mapping[str, str]) -> tuple[socket.socket, str, int]:
        """A new kernel: the socket on which it listens, the version of the lesson that it has run, and its process's id.

        Raise NurseryError if there can be none.
        """
        for last in (False, True):
            template = await self.template(lesson)
            ours, theirs = socket.socketpair()
            try:
                async with template.asking:
                    request(template.control, {"environ": dict(environ)}, theirs)
                    made = (await _answer(template.control, self._patience)).content
                return ours, template.version, int(made["pid"])
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

    async def _make(self, lesson: str, made_of: tuple[tuple[Path, object], ...]) -> Template:
        if self._process.poll() is not None:
            log.warning("The warm process is gone (exit code %s): starting another.", self._process.returncode)
            self._control.close()
            self._process, self._control = self._start()
        ours, theirs = socket.socketpair()
        try:
            version = await asyncio.to_thread(_version, made_of)
            asked = {"lesson": str(self.notebook(lesson)), "patience": self._patience}
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

    def _files(self, lesson: str) -> tuple[tuple[Path, object], ...]:
        found: list[tuple[Path, object]] = []
        notebook = self.notebook(lesson)
        for path in (notebook, *files(self._exercises / self.bank(lesson), "*.yaml"), *self._beside(notebook)):
            with contextlib.suppress(FileNotFoundError):  # an editor may be putting a new one in its place
                found.append((path, path.stat().st_mtime_ns))
        found += [(Path(path), mark) for path, mark in self._also().items()]
        return tuple(found)

    def _beside(self, notebook: Path) -> list[Path]:
        """The files that the notebook reads or imports; the notebook is read anew once it has changed."""
        try:
            changed = notebook.stat().st_mtime_ns
        except FileNotFoundError:
            return []
        known = self._companions.get(notebook)
        if known is None or known[0] != changed:
            known = self._companions[notebook] = changed, companions(notebook)
        return known[1]


def _version(made_of: tuple[tuple[Path, object], ...]) -> str:
    """A hash of what stands in the files, the same on every machine that has them; raise OSError."""
    digest = hashlib.sha256()
    for path, mark in made_of:
        if isinstance(mark, int):
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
        else:
            digest.update(repr(mark).encode())
    return digest.hexdigest()[:20]


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
