"""What is wrong with a lesson, for its author: where, what, and what to do."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from choreo.serve.forking.nursery import Template
from choreo.words import _

PLACED = re.compile(r"(?P<file>[^\s:]+\.\w+)(?::(?P<line>\d+))?(?:, cell (?P<cell>\d+)[^:]*)?: (?P<text>.+)", re.DOTALL)
KIND = "BankError"  # an error that is a list of faults, each with its place


@dataclass(frozen=True)
class Fault:
    """One fault."""

    text: str  # what is wrong, and what helps
    file: str = ""  # as the course calls it: "exercises/02-silos/bridge.yaml"; "" where it has no place
    line: int = 0
    cell: int = 0  # of a notebook, the first is 1


def told(lines: Iterable[str], course: Path) -> list[Fault]:
    """Faults from lines such as `choreo check` prints."""
    return [_fault(line.replace(f"{course}{os.sep}", "")) for line in lines if line.strip()]


def _fault(line: str) -> Fault:
    found = PLACED.match(line)
    if not found:
        return Fault(line)
    return Fault(found["text"], found["file"], int(found["line"] or 0), int(found["cell"] or 0))


def at_running(template: Template, lesson: str, course: Path) -> list[Fault]:
    """What was found when the lesson was run: that it does not run with its newest files, or cells that raised."""
    if template.note and not template.failed:
        return told(template.note.splitlines(), course)
    found: list[Fault] = []
    for index, outputs in (template.failed or template.recording).outputs.items():
        for error in (one for one in outputs if one["output_type"] == "error"):
            if error["ename"] == KIND:
                found += told(error["evalue"].splitlines(), course)
                continue
            text = _("{what}: {fault}. Mend it and save; the cell is then run again.")
            fault = re.sub(r" \([^()]*, line \d+\)$", "", error["evalue"]).rstrip(
                "."
            )  # as a syntax error has its place
            text = text.format(what=error["ename"], fault=fault)
            file = str(error.get("file", "")).replace(f"{course}{os.sep}", "")
            found.append(Fault(text, file or f"lessons/{lesson}.ipynb", error.get("line", 0), 0 if file else index + 1))
    return list(dict.fromkeys(found))


async def at_check(course: Path) -> list[Fault]:
    """What `choreo check` finds, in a process of its own: it takes the code as it stands now."""
    command = [sys.executable, "-m", "choreo.authoring", "check", "--course", str(course)]
    niced = ["nice", *command] if os.name == "posix" else command  # the lesson itself comes first
    process = await asyncio.create_subprocess_exec(
        *niced, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE, stdin=asyncio.subprocess.DEVNULL
    )
    try:
        _nothing, said = await process.communicate()
    except asyncio.CancelledError:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        raise
    lines = said.decode(errors="replace").splitlines()
    if any(line.startswith("Traceback") for line in lines):  # code that does not run: its last line says why
        return told([_raised(lines)], course)
    return told(lines, course) if process.returncode else []


def _raised(lines: list[str]) -> str:
    """A traceback in one line, with the last place that it names."""
    places = re.findall(r'File "([^"]+)", line (\d+)', "\n".join(lines))
    where = ":".join(places[-1]) if places else ""
    return f"{where}: {lines[-1]}" if where else lines[-1]
