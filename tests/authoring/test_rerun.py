"""`choreo run`: notebooks are saved with what their cells show, and with nothing else."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from choreo.authoring.main import app

ROOT = Path(__file__).parents[2]
LESSON = "05-three-modes"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    (tmp_path / "lessons").mkdir()
    shutil.copytree(ROOT / "exercises", tmp_path / "exercises")
    shutil.copy(ROOT / "lessons" / f"{LESSON}.ipynb", tmp_path / "lessons")
    return tmp_path


def test_a_lesson_is_saved_as_it_stands_in_the_course_without_widgets_state(course: Path) -> None:
    path = course / "lessons" / f"{LESSON}.ipynb"
    before = path.read_text("utf-8")
    notebook = json.loads(before)
    notebook["metadata"]["widgets"] = {"state": "x" * 455_000}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = []
    path.write_text(json.dumps(notebook))
    done = CliRunner().invoke(app, ["run", LESSON, "--course", str(course)])
    assert done.exit_code == 0, done.output
    assert path.read_text("utf-8") == before


def test_a_notebook_that_does_not_run_is_left_as_it_is(course: Path) -> None:
    path = course / "lessons" / f"{LESSON}.ipynb"
    path.write_text(path.read_text("utf-8").replace("Lesson(", "Lessen("))
    before = path.read_bytes()
    done = CliRunner().invoke(app, ["run", LESSON, "--course", str(course)])
    assert done.exit_code == 1
    assert "NameError" in done.output
    assert path.read_bytes() == before


def test_an_unknown_lesson_is_told_with_the_nearest(course: Path) -> None:
    done = CliRunner().invoke(app, ["run", "05-three-mods", "--course", str(course)])
    assert done.exit_code == 1
    assert f'did you mean "{LESSON}"?' in done.output
