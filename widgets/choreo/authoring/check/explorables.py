"""Explorables that cannot be played at all: a slip of the pen in their code, or a part of the contract that is missing."""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterator
from pathlib import Path

from choreo.bank.files import files
from choreo.explorables.explorable import STAGES, Explorable
from choreo.explorables.finder import HERE, explorable
from choreo.grading.faults import nearest

PARTS = ("model", "stage", "controls", "start", "measures")
_CLASS = re.compile(r"^class (\w+)\(Explorable\)", re.MULTILINE)


def explorable_faults() -> Iterator[str]:
    """What is wrong with the code of each, with file, line and remedy."""
    for path in files(HERE, "*.py"):
        found = _CLASS.search(path.read_text("utf-8", errors="replace"))
        if not found:
            continue
        wanted = path.stem.title().replace("_", "")
        if found[1] != wanted:
            line = path.read_text("utf-8", errors="replace")[: found.start()].count("\n") + 1
            yield f"{path}:{line}: class {found[1]} is not found under this file's name; call it {wanted}, or rename the file."
            continue
        try:
            one = explorable(path.stem.replace("_", "-"))
        except Exception as error:  # whatever the code of an author does
            yield code_fault(path, error)
            continue
        yield from (f"{path}: {fault}" for fault in _contract_faults(one))


def code_fault(path: Path, error: BaseException) -> str:
    """An error in somebody's code, at its last line that is theirs."""
    while error.__cause__ is not None:
        error = error.__cause__
    if isinstance(error, SyntaxError):
        return f"{error.filename or path}:{error.lineno or 1}: is no Python ({error.msg}); mend this line or the one before."
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if Path(frame.filename).is_relative_to(HERE.parent) and frame.filename != __file__]
    own = [frame for frame in own if Path(frame.filename).name != "finder.py"]
    where = f"{own[-1].filename}:{own[-1].lineno}" if own else f"{path}"
    return f"{where}: raises {type(error).__name__}: {error}; mend it."


def _contract_faults(one: Explorable) -> Iterator[str]:
    missing = [part for part in PARTS if not hasattr(one, part)]
    if missing:
        yield f"{', '.join(missing)}: missing; add it, as docs/explorables.md shows."
        return
    if one.stage not in STAGES:
        yield f'stage: there is no stage "{one.stage}"; {nearest(one.stage, STAGES)}'
    names = [control.name for control in one.controls]
    for name in names:
        if name not in one.start:
            yield f'start: has no setting for "{name}"; add one.'
    for name in one.start:
        if name not in names:
            yield f'start: "{name}" is no control; {nearest(name, names)}'
