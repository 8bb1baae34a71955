"""What programs leave beside a course's files is no part of the course."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from choreo.bank.check import check
from choreo.bank.files import files
from choreo.bank.loader import load_lesson

EXERCISES = Path(__file__).parents[2] / "exercises"
LESSON = "03-micro-cultures"
STRAY = (
    f"{LESSON}/._all-green.yaml",
    f"{LESSON}/.#all-green.yaml",
    f"{LESSON}/#all-green.yaml#",
    f"{LESSON}/all-green.yaml~",
    f"{LESSON}/.DS_Store",
    f"{LESSON}/.ipynb_checkpoints/all-green-checkpoint.yaml",
    ".ipynb_checkpoints/versions-checkpoint.json",
    "._03-micro-cultures",
)


@pytest.fixture
def littered(tmp_path: Path) -> Path:
    folder = tmp_path / "exercises"
    shutil.copytree(EXERCISES / LESSON, folder / LESSON)
    for name in STRAY:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(b"\0\5\x16\7 Mac OS X")
    return folder


def test_stray_files_are_no_exercises(littered: Path) -> None:
    assert load_lesson(littered, LESSON) == load_lesson(EXERCISES, LESSON)
    assert len(files(littered, "*/*")) == len(list((EXERCISES / LESSON).iterdir()))


def test_stray_files_are_no_faults(littered: Path) -> None:
    faults = check(littered, accept=True)
    assert [fault for fault in faults if any(Path(name).name in fault for name in STRAY)] == []


def test_a_file_with_a_wrong_name_is_one_all_the_same(littered: Path) -> None:
    (littered / LESSON / "new.yml").write_text("id: new")
    assert any("new.yml: not an exercise" in fault for fault in check(littered, accept=True))


def test_a_course_below_a_hidden_folder_is_a_course(tmp_path: Path) -> None:
    (tmp_path / ".course").mkdir()
    (tmp_path / ".course" / "one.yaml").touch()
    assert files(tmp_path / ".course", "*.yaml") == [tmp_path / ".course" / "one.yaml"]
