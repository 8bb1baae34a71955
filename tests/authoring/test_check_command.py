"""`choreo check`: what an author sees."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from tests.authoring.check.course import PROMISE, laid
from typer.testing import CliRunner

from choreo.authoring.main import app


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return laid(tmp_path)


def test_faults_are_listed_and_the_command_fails(course: Path) -> None:
    (course / "exercises" / "01-one" / "promise.yaml").write_text(PROMISE.replace("prompt", "promt"))
    result = CliRunner().invoke(app, ["check", "--course", str(course)])
    assert result.exit_code == 1
    assert 'promise.yaml:6: promt: unknown field; did you mean "prompt"?' in result.output
    assert "prompt: is missing" not in result.output  # it is called otherwise
    assert result.output.endswith("2 faults.\n")  # with the lock file, which a new course does not have yet


def test_places_are_told_from_where_one_stands(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (course / "exercises" / "01-one" / "promise.yaml").write_text(PROMISE.replace("prompt", "promt"))
    monkeypatch.chdir(course)
    result = CliRunner().invoke(app, ["check"])
    assert "\nexercises/01-one/promise.yaml:6: " in f"\n{result.output}"


def test_new_exercises_are_accepted_once(course: Path) -> None:
    refused = CliRunner().invoke(app, ["check", "--course", str(course)])
    assert refused.exit_code == 1
    assert "choreo check --accept`" in refused.output
    for arguments in (["--accept"], []):
        result = CliRunner().invoke(app, ["check", "--course", str(course), *arguments])
        assert (result.exit_code, result.output) == (0, "All is well.\n")


@pytest.mark.parametrize("module", ["choreo.authoring", "choreo.authoring.main"])
def test_both_modules_that_one_might_run_are_the_command_line(course: Path, module: str) -> None:
    done = subprocess.run([sys.executable, "-m", module, "check", "--course", course], capture_output=True, text=True)
    assert done.returncode == 1
    assert "choreo check --accept`" in done.stderr


def test_the_version_is_told() -> None:
    result = CliRunner().invoke(app, ["--version"])
    assert (result.exit_code, result.output) == (0, f"choreo {version('choreo')}\n")
