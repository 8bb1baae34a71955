"""`choreo new course`: what it makes works; and which course `choreo start` takes."""

from __future__ import annotations

from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from choreo.authoring.course import course_to_start, own_course
from choreo.authoring.main import app
from choreo.bank.course import load_course
from choreo.bank.loader import load_lesson
from choreo.bank.notebook import calls

ROOT = Path(__file__).parents[2]


def choreo(*words: object) -> tuple[int, str]:
    result = CliRunner().invoke(app, list(map(str, words)))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def test_a_new_course_is_well(tmp_path: Path) -> None:
    folder = tmp_path / "my-night_school"
    code, told = choreo("new", "course", folder)
    assert (code, "choreo start" in told) == (0, True)
    assert choreo("check", "--course", folder)[0] == 0
    course = load_course(folder / "lessons")
    assert (course.title, course.house.name) == ("My night school", "My night school")
    (lesson,) = course.written(folder / "lessons")
    bank = load_lesson(folder / "exercises", lesson.name)
    assert set(calls(folder / "lessons" / f"{lesson.name}.ipynb") or ()) == {one.id for one in bank.exercises}
    assert "{{title}}" not in (folder / "README.md").read_text()


def test_nothing_is_put_over_anything(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    code, told = choreo("new", "course", tmp_path / "mine")
    assert (code, "is there already" in told) == (1, True)
    assert list((tmp_path / "mine").iterdir()) == []
    code, told = choreo("new", "course", tmp_path / 'a"b')
    assert (code, "no name for a course" in told) == (1, True)


def test_start_takes_the_course_here_or_the_one_that_comes_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert own_course() == ROOT  # run from the repository
    monkeypatch.chdir(tmp_path)
    assert course_to_start(Path()) == ROOT
    (tmp_path / "lessons").mkdir()
    with pytest.raises(typer.Exit):  # half a course is a mistake, not none
        course_to_start(Path())
    with pytest.raises(typer.Exit):
        course_to_start(tmp_path / "nowhere")
    (tmp_path / "exercises").mkdir()
    assert course_to_start(Path()) == tmp_path.resolve()
