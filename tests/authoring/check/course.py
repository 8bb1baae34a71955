"""A small course to make mistakes in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from choreo.authoring.check.whole import course_faults
from choreo.bank.check import SCHEMA

COURSE = """\
title: A course
promise: It takes {hours}.
lessons:
  - name: 01-one
    title: One
    promise: P
    minutes: 5
"""
PROMISE = f"""{SCHEMA}
id: promise
version: 1
kind: commit
title: T
prompt: P
checks:
  - {{answer: {{what: a, whom: b, by: 2026-12-01}}}}
  - {{answer: {{}}, invalid: true}}
"""
PLAY = f"""{SCHEMA}
id: try
version: 1
kind: play
title: T
prompt: P
explorable: choreography
"""
FIRST = 'from choreo.lesson import Lesson\n\nlesson = Lesson("01-one")\nlesson'


def text(source: str, **more: Any) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": source.splitlines(keepends=True), **more}


def said(words: str) -> dict[str, Any]:
    data = {"text/plain": words.splitlines(keepends=True)}
    return {"output_type": "execute_result", "execution_count": 1, "data": data, "metadata": {}}


def code(source: str, *outputs: Mapping[str, Any], run: bool = True, **more: Any) -> dict[str, Any]:
    """A cell that was run, and showed something if nothing else is said."""
    shown = list(outputs) or ([said("something")] if run else [])
    count = 1 if run else None
    lines = source.splitlines(keepends=True)
    return {"cell_type": "code", "metadata": {}, "execution_count": count, "outputs": shown, "source": lines, **more}


WELL = (text("# One\n"), code(FIRST), code('lesson.commit("promise")'), code('lesson.explore("try")'))


def laid(folder: Path, *cells: Mapping[str, Any], name: str = "01-one", **files: str) -> Path:
    """A course that is well, in that folder, but for the notebook's cells and the files (their path with __ for /)."""
    (folder / "lessons").mkdir(exist_ok=True)
    (folder / "exercises" / "01-one").mkdir(parents=True, exist_ok=True)
    notebook = {"cells": list(cells) or list(WELL), "metadata": {}, "nbformat": 4, "nbformat_minor": 4}
    (folder / "lessons" / f"{name}.ipynb").write_text(json.dumps(notebook, indent=1), encoding="utf-8")
    known = {"lessons/course.yaml": COURSE, "exercises/01-one/promise.yaml": PROMISE, "exercises/01-one/try.yaml": PLAY}
    for path, words in (known | {path.replace("__", "/"): words for path, words in files.items()}).items():
        (folder / path).write_text(words, encoding="utf-8")
    return folder


def faults(folder: Path) -> list[str]:
    """What is said to it, without the folder."""
    return [fault.replace(f"{folder}/", "") for fault in course_faults(folder, accept=True)]
