"""Where there is no fork: a lesson that worked goes on working while a file of it is broken, and says so."""

from __future__ import annotations

import errno
import json
import re
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from tests.serve.course import own, running_course
from tests.serve.visitor import Visitor

from choreo.serve.last_good import LastGood

EXERCISE = """id: plan
version: 1
kind: written
title: A plan
prompt: What will you try?
fields: [{id: what, label: What}]
"""


@pytest.fixture
def course(tmp_path: Path) -> Path:
    folder = tmp_path / "course"
    (folder / "lessons").mkdir(parents=True)
    (folder / "exercises" / "short").mkdir(parents=True)
    lesson = "{name: short, title: Short, promise: Is short., minutes: 5}"
    (folder / "lessons" / "course.yaml").write_text(f"title: T\npromise: P\nlessons:\n  - {lesson}\n")
    write(folder, 'from choreo.lesson import Lesson\nlesson = Lesson("short")', 'lesson.exercise("plan")')
    (folder / "exercises" / "short" / "plan.yaml").write_text(EXERCISE)
    return folder


def write(course: Path, *cells: str) -> None:
    made = [nbformat.v4.new_markdown_cell("# Short\n\nHardly a word."), *map(nbformat.v4.new_code_cell, cells)]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    notebook = nbformat.v4.new_notebook(cells=made, metadata=kernel)
    nbformat.write(notebook, course / "lessons" / "short.ipynb")


@pytest.fixture
def kept(course: Path) -> Iterator[LastGood]:
    found = LastGood(course / "lessons", course / "exercises")
    yield found
    found.close()


def test_a_sound_lesson_is_read_where_it_is(course: Path, kept: LastGood) -> None:
    found = kept.of("short")
    assert (found.notebook, found.exercises) == (course / "lessons" / "short.ipynb", course / "exercises")
    assert (found.fault, found.environ) == ("", {})


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("exercises/short/plan.yaml", "id: [", r"exercises/short/plan\.yaml:\d+: "),
        ("exercises/short/plan.yaml", None, 'there is no exercise "plan"'),
        ("lessons/short.ipynb", "{", r"lessons/short\.ipynb: is not a notebook"),
        ("lessons/short.ipynb", None, r"short\.ipynb"),
    ],
)
def test_while_a_file_is_broken_its_copy_is_read(
    course: Path, kept: LastGood, name: str, content: str | None, fault: str
) -> None:
    kept.of("short")
    path = course / name
    good = path.read_text()
    path.unlink() if content is None else path.write_text(content)
    found = kept.of("short")
    assert re.search(fault, found.fault)
    assert str(course) not in found.fault
    assert '"plan' in found.notebook.read_text().replace("\\", "")
    exercises = Path(found.environ["CHOREO_EXERCISES"])
    assert (exercises / "short" / "plan.yaml").read_text() == EXERCISE
    path.write_text(good)
    assert kept.of("short").fault == ""


def test_what_was_never_sound_is_shown_as_it_is(course: Path, kept: LastGood) -> None:
    (course / "exercises" / "short" / "plan.yaml").write_text("id: [")
    assert kept.of("short").fault == ""
    assert kept.of("short").exercises == course / "exercises"


def test_a_notebook_without_exercises_of_its_own_needs_none(course: Path, kept: LastGood) -> None:
    (course / "lessons" / "short.ipynb").rename(course / "lessons" / "live.ipynb")
    (course / "exercises" / "short" / "plan.yaml").unlink()
    assert kept.of("live").fault == ""


def test_where_nothing_can_be_copied_the_lesson_is_read_all_the_same(
    course: Path, kept: LastGood, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("shutil.copyfile", full)
        assert kept.of("short").exercises == course / "exercises"
    (course / "exercises" / "short" / "plan.yaml").write_text("id: [")
    assert kept.of("short").exercises == course / "exercises"  # half a copy is none


def test_a_visitor_gets_the_lesson_as_it_was_and_the_author_the_reason(tmp_path: Path, course: Path) -> None:
    with running_course(tmp_path / "data", course=course, port=own(8750), CHOREO_FORK="0") as running:
        visitor = Visitor(running, "short")
        good = {path: path.read_text() for path in course.rglob("*") if path.suffix in {".yaml", ".ipynb"}}
        (course / "exercises" / "short" / "plan.yaml").write_text("id: [")
        (course / "lessons" / "short.ipynb").write_text("{")
        page = visitor.page()
        assert "Hardly a word" in page
        assert outputs(page) == ["widget"]
        assert re.search(r"For the author:.*lessons/short\.ipynb: is not a notebook", page)
        for path, text in good.items():
            path.write_text(text)
        page = visitor.page()
        assert "For the author" not in page
        assert outputs(page) == ["widget"]


def outputs(page: str) -> list[str]:
    """What the cells brought, one after another."""
    records = [json.loads(one) for one in re.findall(r'data-outputs="\d+">(.*?)</script>', page)]
    return [next(iter(form)) for shown in records for form in shown]
