"""What docs/authoring/ shows is what works: files and cells are laid into a course, checked and run, the activity is played."""

from __future__ import annotations

import inspect
import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient
from tests.authoring.check.course import code, laid, text
from tests.live import test_reducers as walk
from tests.serve.course import ROOT

import choreo.live.activities
from choreo.authoring.check.notebook import Cell, Notebook
from choreo.authoring.check.prose import prose_faults
from choreo.authoring.check.whole import course_faults
from choreo.lesson import Lesson
from choreo.live.activities import activities

DOCS = ROOT / "docs"
BLOCK = re.compile(r"^(?:[^\n]*`([\w./-]+)`:\n\n)?```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(page: str) -> list[tuple[str, str, str]]:
    """The pieces of a page: the file that each is, if it is said, its language and its text."""
    return BLOCK.findall((DOCS / page).read_text(encoding="utf-8"))


def files_of(page: str) -> dict[str, str]:
    return {name: words for name, _, words in blocks(page) if name}


def cells_of(page: str) -> list[dict[str, Any]]:
    """The cells that a page shows, in order, without outputs."""
    kinds = {"markdown": text, "python": lambda source: code(source, run=False)}
    return [kinds[language](words.rstrip()) for name, language, words in blocks(page) if not name and language in kinds]


def course_with(folder: Path, cells: list[dict[str, Any]], files: Mapping[str, str], lines: str) -> Path:
    """A copy of the course, and the lesson 11-lanterns beside its own."""
    for part in ("lessons", "exercises"):
        shutil.copytree(ROOT / part, folder / part)
    (folder / "exercises" / "11-lanterns").mkdir()
    for name, words in files.items():
        if name != "lessons/course.yaml":
            (folder / name).write_text(words, encoding="utf-8")
    path = folder / "lessons" / "course.yaml"
    path.write_text(path.read_text(encoding="utf-8").rstrip() + "\n" + lines, encoding="utf-8")
    made = json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4})
    notebook = nbformat.reads(made, as_version=4)
    where = {"metadata": {"path": str(folder / "lessons")}}
    NotebookClient(notebook, kernel_name="python3", resources=where, extra_arguments=["--log-level=ERROR"]).execute()
    nbformat.write(notebook, folder / "lessons" / "11-lanterns.ipynb")
    return folder


def test_the_lesson_and_the_exercise_are_well_and_run(tmp_path: Path) -> None:
    lesson, exercise = files_of("authoring/lesson.md"), files_of("authoring/exercise.md")
    assert len(lesson) == 4
    assert list(exercise) == ["exercises/11-lanterns/first-light.yaml"]
    cells = [*cells_of("authoring/lesson.md"), *cells_of("authoring/exercise.md")]
    course = course_with(tmp_path, cells, lesson | exercise, lesson["lessons/course.yaml"])
    assert course_faults(course, accept=True) == []
    assert course_faults(course) == []


def test_the_pictures_are_pictures(tmp_path: Path) -> None:
    sources = [words for _, language, words in blocks("authoring/picture.md") if language == "markdown"]
    pictures = {"lit.png": {"image/png": ""}}
    cells = tuple(Cell(at, "markdown", words, {"attachments": pictures}) for at, words in enumerate(sources, 1))
    assert len(cells) == 2
    notebook = Notebook(tmp_path / "one.ipynb", cells)
    assert [fault.text for fault in prose_faults(notebook)] == [
        f'the picture "plaza.png" is not in {tmp_path.name}/; put it there, or correct its name.'
    ]
    (tmp_path / "plaza.png").write_bytes(b"")
    assert list(prose_faults(notebook)) == []


@pytest.mark.skipif(not hasattr(Lesson, "chart"), reason="this lesson draws no charts of an author's")
def test_the_chart_is_drawn(tmp_path: Path) -> None:
    (cell,) = cells_of("authoring/chart.md")
    laid(tmp_path)
    scope: dict[str, Any] = {"lesson": Lesson("01-one", folder=tmp_path / "exercises")}
    *lines, last = "".join(cell["source"]).splitlines()
    exec("\n".join(lines), scope)
    chart = eval(last, scope)
    assert "rise to 18" in chart.alt


def names_of(step: Any) -> list[str]:
    """What a test asks for."""
    return list(inspect.signature(step.hypothesis.inner_test if hasattr(step, "hypothesis") else step).parameters)


HELD = [step for name, step in vars(walk).items() if name.startswith("test_") and "name" in names_of(step)]


@pytest.fixture
def example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The folder of the page's activity, where activities are looked for."""
    here = Path(choreo.live.activities.__file__).parent
    folder = tmp_path / "activities"
    for name, words in files_of("authoring/activity.md").items():
        path = folder / Path(name).relative_to("widgets/choreo/live/activities")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(words, encoding="utf-8")
    monkeypatch.setattr(choreo.live.activities, "HERE", folder)
    monkeypatch.setattr(choreo.live.activities, "__path__", [str(folder), str(here)])
    monkeypatch.setattr(walk, "LIVE", tmp_path)
    activities.cache_clear()
    choreo.live.activities.notes_on.cache_clear()
    monkeypatch.setattr(walk, "KINDS", activities())
    yield "show-of-hands"
    activities.cache_clear()


def test_the_activity_holds_what_all_hold(example: str) -> None:
    assert list(walk.KINDS) == [example]
    assert len(HELD) > 6
    for step in HELD:
        for people in (1, 5, 30) if "people" in names_of(step) else (None,):
            step(**{"name": example} | ({"people": people} if people else {}))


def test_every_page_is_in_the_index_and_each_link_leads_somewhere() -> None:
    index = (DOCS / "authoring.md").read_text(encoding="utf-8")
    for page in (DOCS / "authoring").glob("*.md"):
        assert f"(authoring/{page.name})" in index
    for page in [ROOT / "README.md", *DOCS.rglob("*.md")]:
        prose = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
        for address in re.findall(r"\]\(([^)#:]+)(?:#[\w-]*)?\)", re.sub(r"`[^`\n]*`", "", prose)):
            assert (page.parent / address).exists(), f"{page.name}: {address}"
