"""A command that a remedy names can be typed as it stands."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from choreo.authoring.told import typed_here


@pytest.mark.parametrize(
    ("called", "on_path", "said"),
    [
        (".venv/bin/choreo", False, "`.venv/bin/choreo check --accept`"),
        (".venv/bin/choreo", True, "`choreo check --accept`"),
        ("widgets/choreo/authoring/__main__.py", False, "`.venv/bin/choreo check --accept`"),
        ("", False, "`python -m choreo.authoring check --accept`"),
    ],
)
def test_a_command_is_called_as_the_program_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, called: str, on_path: bool, said: str
) -> None:
    script = tmp_path / ".venv" / "bin" / "choreo"
    script.parent.mkdir(parents=True)
    script.write_text("#!/bin/sh\n")
    script.chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", str(script.parent) if on_path else "/nowhere")
    monkeypatch.setattr(sys, "executable", str(script.with_name("python") if called else "/nowhere/python"))
    monkeypatch.setattr(sys, "argv", [str(Path(tmp_path, called) if on_path else called)])
    assert typed_here("do it with `choreo check --accept`.") == f"do it with {said}."
