"""A lesson's files as they were when they last were sound, for kernels that read them anew for every visitor."""

from __future__ import annotations

import logging
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from choreo.bank.fault import BankError
from choreo.bank.files import files
from choreo.bank.loader import load_lesson
from choreo.bank.notebook import calls
from choreo.serve.notebook import NotebookError, read_cells

log = logging.getLogger(__name__)

Marks = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class Sound:
    """Where a lesson can be read without fault, and what is wrong with its newest files, for the author."""

    notebook: Path
    exercises: Path  # the folder of all lessons' exercises, or a copy that has this lesson's only
    fault: str = ""

    @property
    def environ(self) -> Mapping[str, str]:
        """What a kernel is told, so that it reads them there."""
        return {"CHOREO_EXERCISES": str(self.exercises)} if self.fault else {}


class LastGood:
    """Copies a lesson's files whenever they are sound; while they are not, the copy takes their place."""

    def __init__(self, lessons: Path, exercises: Path) -> None:
        """Nothing is read yet; copies lie in a scratch folder until `close`."""
        self._lessons, self._exercises = lessons, exercises
        self._copies = tempfile.TemporaryDirectory(prefix="last-good-")
        self._known: dict[str, tuple[Marks, Sound]] = {}

    def of(self, lesson: str) -> Sound:
        """Where to read the lesson now: its own files, also broken ones if there has been no sound version of them."""
        marks = self._marks(lesson)
        known = self._known.get(lesson)
        if known is None or known[0] != marks:
            known = self._known[lesson] = marks, self._look(lesson)
        return known[1]

    def close(self) -> None:
        """Delete the copies."""
        self._copies.cleanup()

    def _look(self, lesson: str) -> Sound:
        here = Sound(self._lessons / f"{lesson}.ipynb", self._exercises)
        copy = Path(self._copies.name) / lesson
        if fault := self._fault(here, lesson, expected=(copy / "exercises").is_dir()):
            if not copy.is_dir():
                return here
            log.error("%s: %s What was well before is shown until this is mended.", lesson, fault)
            return Sound(copy / here.notebook.name, copy / "exercises", fault)
        shutil.rmtree(copy, ignore_errors=True)
        try:
            self._copy(here, lesson, copy)
        except OSError as error:  # a full disk keeps nobody from a lesson
            shutil.rmtree(copy, ignore_errors=True)
            log.warning("%s: no copy could be made for the time when a file is broken (%s).", lesson, error.strerror)
        return here

    @staticmethod
    def _copy(here: Sound, lesson: str, copy: Path) -> None:
        copy.mkdir()
        shutil.copyfile(here.notebook, copy / here.notebook.name)
        if (here.exercises / lesson).is_dir():
            (copy / "exercises" / lesson).mkdir(parents=True)
            for path in files(here.exercises / lesson, "*.yaml"):
                shutil.copyfile(path, copy / "exercises" / lesson / path.name)

    @staticmethod
    def _fault(here: Sound, lesson: str, expected: bool) -> str:
        """What is wrong with a lesson's files; a notebook that never had exercises of its own needs none."""
        try:
            read_cells(here.notebook)
            if expected or (here.exercises / lesson).is_dir():
                bank = load_lesson(here.exercises, lesson)
                for name in calls(here.notebook) or ():
                    bank.get(name)
        except (NotebookError, BankError, OSError) as error:
            return str(error).replace(f"{here.notebook.parent.parent}/", "")
        return ""

    def _marks(self, lesson: str) -> Marks:
        paths = [self._lessons / f"{lesson}.ipynb", *files(self._exercises / lesson, "*.yaml")]
        states = [(path.name, path.stat()) for path in paths if path.exists()]
        return tuple((name, state.st_mtime_ns, state.st_size) for name, state in states)


class SoundNotebook:
    """Voilà's contents manager, which reads one notebook from where it is sound."""

    def __init__(self, manager: Any, sound: Sound) -> None:
        """`manager` has everything else, pictures beside the notebook among it."""
        self._manager, self._sound = manager, sound

    def get(self, path: str, **options: Any) -> Any:
        """The model of what lies under `path`."""
        if path.strip("/") != self._sound.notebook.name or not self._sound.fault:
            return self._manager.get(path, **options)
        kept = type(self._manager)(root_dir=str(self._sound.notebook.parent))
        return kept.get(path, **options)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._manager, name)
