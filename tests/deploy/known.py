"""What the code knows: commands with their flags, settings in the environment, addresses that are answered."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import typer
from tests.serve.course import ROOT

from choreo.authoring.main import app

CODE = ROOT / "widgets" / "choreo"
DEPLOY = ROOT / "deploy"
FLAG = re.compile(r'add_argument\(\s*"(--[\w-]+)"')
NOT_OURS = frozenset({"CHOREO_CHROMIUM"})  # a test's own


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def flags(command: str) -> frozenset[str]:
    """What `python -m choreo.hub`, `choreo.serve`, `choreo.door` or `choreo migrate` may be told."""
    if command.startswith("choreo "):
        found = typer.main.get_command(app).commands[command.removeprefix("choreo ")]
        return frozenset(option for one in found.params for option in one.opts + one.secondary_opts)
    return frozenset(FLAG.findall(text(CODE / command.rpartition(".")[2] / "__main__.py")))


@cache
def settings() -> frozenset[str]:
    """Names that the code looks for in the environment."""
    code = "\n".join(text(path) for path in CODE.rglob("*.py"))
    lesson_server = re.search(r'for name in \(([^)]*)\):\s+if value := os.environ.get\(f"CHOREO_', code)
    assert lesson_server
    more = {f"CHOREO_{name.upper()}" for name in re.findall(r'"(\w+)"', lesson_server[1])}
    return frozenset({*re.findall(r'"(CHOREO_[A-Z_]+)"', code), *more}) - NOT_OURS


@cache
def addresses(server: str) -> frozenset[str]:
    """What a server, "hub", "serve" or "door", answers at one address alone."""
    code = "\n".join(text(path) for path in (CODE / server).rglob("*.py"))
    how = {"hub": r'Route\("(/[\w-]+)"', "serve": r'\(r"(/[\w-]+)", \w+', "door": r'= "(/door/\w+)"'}
    return frozenset(re.findall(how[server], code))


def faults_of(words: list[str]) -> list[str]:
    """What is wrong with a command: no such program, a flag that it has not, a folder that it lacks."""
    given = [word.partition("=")[0] for word in words if word.startswith("--")]
    if "-m" in words:
        command = words[words.index("-m") + 1]
    else:
        command = "choreo " + next(word for word in words[1:] if not word.startswith("-"))
    return [f"{command} has no {flag}" for flag in given if flag not in flags(command)]
