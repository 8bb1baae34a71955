"""`choreo check`: what an author sees."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from choreo.authoring.main import app
from choreo.bank.check import SCHEMA

COMMIT = f"""{SCHEMA}
id: promise
version: 1
kind: commit
title: T
prompt: P
checks:
  - {{answer: {{what: a, whom: b, by: 2026-12-01}}}}
  - {{answer: {{}}, invalid: true}}
"""


@pytest.fixture
def course(tmp_path: Path) -> Path:
    (tmp_path / "lessons").mkdir()
    (tmp_path / "exercises" / "01-one").mkdir(parents=True)
    (tmp_path / "exercises" / "01-one" / "promise.yaml").write_text(COMMIT)
    return tmp_path


def test_faults_are_listed_and_the_command_fails(course: Path) -> None:
    (course / "exercises" / "01-one" / "promise.yaml").write_text(COMMIT.replace("prompt", "promt"))
    result = CliRunner().invoke(app, ["check", "--course", str(course)])
    assert result.exit_code == 1
    assert 'promise.yaml:6: promt: unknown field; did you mean "prompt"?' in result.output
    assert "promise.yaml:2: prompt: is missing; add it." in result.output


def test_new_exercises_are_accepted_once(course: Path) -> None:
    refused = CliRunner().invoke(app, ["check", "--course", str(course)])
    assert refused.exit_code == 1
    assert "choreo check --accept" in refused.output
    for arguments in (["--accept"], []):
        result = CliRunner().invoke(app, ["check", "--course", str(course), *arguments])
        assert (result.exit_code, result.output) == (0, "All exercises are well.\n")
