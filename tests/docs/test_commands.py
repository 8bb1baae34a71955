"""Every command that the documentation shows can be typed as it stands."""

from __future__ import annotations

import re

import pytest
import typer
from tests.serve.course import ROOT

from choreo.authoring.main import app

PAGES = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md"), *(ROOT / "lessons").glob("*.ipynb")]
COMMANDS = typer.main.get_command(app).commands
TARGETS = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
CALL = re.compile(r"(\S*)\bchoreo ([a-z]+)((?: (?:--?[\w-]+|[\w./:@<>-]+))*)")


def code_of(text: str) -> str:
    """What is to be typed: blocks without a language, and what stands between single marks of code."""
    fence = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
    blocks = [block for language, block in fence.findall(text) if not language]
    return "\n".join([*blocks, *re.findall(r"`([^`\n]+)`", fence.sub("", text))])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_command_is_one_that_there_is_and_stands_with_its_place(page):
    text = code_of(page.read_text(encoding="utf-8"))
    installed = "pip install choreo" in text  # a course of one's own, where choreo is on the PATH
    for place, name, rest in CALL.findall(text):
        if name not in COMMANDS:
            continue
        assert place == ".venv/bin/" or installed, f"choreo {name}"
        command, words = COMMANDS[name], rest.split()
        if words and words[0] in getattr(command, "commands", ()):
            command = command.commands[words[0]]
        known = {option for one in command.params for option in one.opts + one.secondary_opts} | {"--help"}
        assert {word for word in words if word.startswith("--")} <= known, rest
    for target in re.findall(r"^make ([a-z]+)", text, re.MULTILINE):
        assert target in TARGETS, target
