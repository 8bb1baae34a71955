"""`choreo new`: what is made works, and what cannot be made leaves nothing behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.browser.authors import own_copy
from typer.testing import CliRunner

from choreo.authoring import draft
from choreo.authoring.main import app
from choreo.authoring.new import TEMPLATES
from choreo.bank.check import check
from choreo.explorables.proof import played, unknown

KINDS = sorted(path.stem for path in TEMPLATES.glob("*.yaml"))
COURSE = """# A course.
title: A course
promise: It takes {hours}.
lessons:
  - name: 01-one
    title: One
    promise: P
    minutes: 5
"""
NOTEBOOK = {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


@pytest.fixture
def course(tmp_path: Path) -> Path:
    (tmp_path / "lessons").mkdir()
    (tmp_path / "exercises").mkdir()
    (tmp_path / "lessons" / "course.yaml").write_text(COURSE)
    (tmp_path / "lessons" / "01-one.ipynb").write_text(json.dumps(NOTEBOOK))
    return tmp_path


def new(course: Path, *arguments: str) -> str:
    result = CliRunner().invoke(app, ["new", *arguments, "--course", str(course)])
    assert result.exit_code == 0, result.output
    return result.output


def refused(course: Path, *arguments: str) -> str:
    """What was said, after nothing was made."""
    before = written(course)
    result = CliRunner().invoke(app, ["new", *arguments, "--course", str(course)])
    assert result.exit_code == 1, result.output
    assert written(course) == before
    return result.output


def written(course: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() if path.is_file() else b"" for path in course.rglob("*")}


def faults(course: Path) -> list[str]:
    return check(course / "exercises", played, unknown=unknown)


def cells(course: Path, lesson: str) -> list[tuple[str, str]]:
    """Each cell of code, with what it shows."""
    found = json.loads((course / "lessons" / f"{lesson}.ipynb").read_text("utf-8"))["cells"]
    codes = [cell for cell in found if cell["cell_type"] == "code"]
    return [("".join(one["source"]), "".join(one["outputs"][0]["data"]["text/plain"])) for one in codes]


def test_a_new_lesson_has_an_exercise_and_stands_last_on_the_path(course: Path) -> None:
    assert "choreo preview 02-our-town" in new(course, "lesson", "02-our-town")
    assert faults(course) == []
    (_, lesson), (call, shown) = cells(course, "02-our-town")
    assert lesson == "Lesson 02-our-town: 1 items, 0 review questions"
    assert (call, shown) == ('lesson.exercise("first-question")', "choice first-question: First question")
    path = (course / "lessons" / "course.yaml").read_text()
    assert path.startswith(COURSE)
    assert '  - name: 02-our-town\n    title: "Our town"\n' in path


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_exercise_of_each_kind_is_sound_and_shown_by_a_cell(course: Path, kind: str) -> None:
    more = ("--explorable", "hall") if kind == "play" else ()
    new(course, "exercise", "01-one/what-now", "--kind", kind, "--title", "What: now?", *more)
    assert faults(course) == []
    assert cells(course, "01-one")[-1][1] == f"{kind} what-now: What: now?"


def test_a_new_exercise_changes_what_the_lesson_says_of_itself(course: Path) -> None:
    new(course, "lesson", "02-two")
    new(course, "exercise", "02-two/another")
    assert cells(course, "02-two")[0][1] == "Lesson 02-two: 2 items, 0 review questions"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("lesson", "Our Town"), '"Our Town" cannot be a name; use our-town.'),
        (("lesson", "../up"), '"../up" cannot be a name; use up.'),
        (("lesson", "??"), "use lower-case letters, digits and hyphens."),
        (("lesson", "01-one"), "01-one.ipynb is there already; take another name."),
        (("exercise", "alone"), "alone: name the lesson, too, as lesson/exercise."),
        (("exercise", "01-onne/what"), "There is no lesson 01-onne; did you mean 01-one?"),
        (("exercise", "01-one/what", "--kind", "clasify"), "did you mean classify?"),
        (("exercise", "01-one/what", "--kind", "play"), "add --explorable, one of"),
        (("exercise", "01-one/what", "--kind", "play", "--explorable", "hal"), 'there is no explorable "hal"'),
        (("explorable", "walk-out"), "here is no source of the course's code"),
        (("activity", "yes-or-no"), "here is no source of the course's code"),
    ],
)
def test_what_cannot_be_made_is_said_and_leaves_nothing(course: Path, arguments: tuple[str, ...], says: str) -> None:
    assert says in refused(course, *arguments)


def test_a_course_that_does_not_end_with_its_lessons_is_left_as_it_is(course: Path) -> None:
    path = course / "lessons" / "course.yaml"
    path.write_text(COURSE.replace("title: A course\n", "") + "title: A course\n")
    assert "does not end with its lessons" in refused(course, "lesson", "02-two")


def test_a_disk_that_is_full_half_way_leaves_all_as_it_was(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put, left = draft._put, [3]

    def full(path: Path, content: bytes) -> None:
        left[0] -= 1
        if left[0] == 0:
            raise OSError(28, "No space left on device", str(path))
        put(path, content)

    monkeypatch.setattr(draft, "_put", full)
    assert "make room" in refused(course, "lesson", "02-two")


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The course with its code, in which an explorable and an activity were made."""
    folder = own_copy(tmp_path_factory.mktemp("source"))
    for arguments in (
        ("explorable", "walk-out-again"),
        ("exercise", "02-silos/who-leaves", "--kind", "play", "--explorable", "walk-out-again"),
        ("activity", "yes-or-no"),
    ):
        done = run(folder, "-m", "choreo.authoring", "new", *arguments)
        assert done.returncode == 0, done.stderr
    return folder


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environ = os.environ | {"PYTHONPATH": str(folder / "widgets")}
    return subprocess.run([sys.executable, *command], cwd=folder, env=environ, capture_output=True, text=True)


def test_a_new_explorable_is_small_and_walked_over_as_all_others_are(source: Path) -> None:
    code = source / "widgets" / "choreo" / "explorables" / "walk_out_again.py"
    assert len(code.read_text().splitlines()) <= 40
    files = [
        "tests/explorables/test_walk_out_again.py",
        "tests/explorables/test_all.py",
        "tests/docs/test_explorables_doc.py",
    ]
    done = run(source, "-m", "pytest", "-q", "-p", "no:cacheprovider", *files, "-k", "walk_out or walk-out or table")
    assert done.returncode == 0, done.stdout


def test_a_new_activity_stands_the_tests_of_all(source: Path) -> None:
    files = ["tests/live/test_yes_or_no.py", "tests/live/test_reducers.py"]
    done = run(source, "-m", "pytest", "-q", "-p", "no:cacheprovider", *files, "-k", "yes-or-no or yes_or_no")
    assert done.returncode == 0, done.stdout


def test_what_was_made_passes_the_checks_of_the_code(source: Path) -> None:
    made = ["explorables/walk_out_again.py", "live/activities/yes_or_no/activity.py"]
    tests = ["tests/explorables/test_walk_out_again.py", "tests/live/test_yes_or_no.py"]
    paths = [*(f"widgets/choreo/{one}" for one in made), *tests]
    for command in (("check",), ("format", "--check")):
        done = run(source, "-m", "ruff", *command, *paths)
        assert done.returncode == 0, done.stdout
    assert run(source, "-m", "choreo.authoring", "check").stdout == "All is well.\n"


def test_a_taken_name_of_code_is_refused(source: Path) -> None:
    for what in ("explorable", "activity"):
        name = {"explorable": "hall", "activity": "pulse"}[what]
        done = run(source, "-m", "choreo.authoring", "new", what, name)
        assert done.returncode == 1
        assert "is there already; take another name." in done.stderr
