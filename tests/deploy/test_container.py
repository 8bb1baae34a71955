"""The image's recipe, as far as it can be read: nobody here has built it."""

from __future__ import annotations

import re
import shlex

from tests.deploy.known import DEPLOY, flags, settings, text
from tests.serve.course import ROOT

RECIPE = text(DEPLOY / "Containerfile").replace("\\\n", " ")
LINES = [line for line in RECIPE.splitlines() if line and not line.startswith("#")]


def of(word: str) -> list[str]:
    return [line.removeprefix(f"{word} ") for line in LINES if line.startswith(f"{word} ")]


def test_what_is_copied_is_there_and_is_let_in() -> None:
    let_in = [line[1:] for line in text(ROOT / ".containerignore").splitlines() if line.startswith("!")]
    for line in of("COPY"):
        if not line.startswith("--from"):
            for name in line.split()[:-1]:
                assert (ROOT / name).exists(), name
                assert any(re.fullmatch(one.replace(".", r"\.").replace("*", ".*"), name) for one in let_in), name


def test_it_is_nobody_names_no_host_and_installs_what_is_locked() -> None:
    assert of("USER") == ["10001:10001"]
    assert all(re.fullmatch(r"python:[\d.]+-slim( AS build)?", line) for line in of("FROM"))
    assert "://" not in RECIPE
    installs = re.findall(r"pip install (.*?)(?: && |\n)", RECIPE + "\n")
    assert installs
    for one in installs:
        assert "--require-hashes" in one or "--no-deps" in one


def test_it_starts_what_there_is() -> None:
    (command,) = of("CMD")
    words = shlex.split(re.sub(r"[\[\],]", " ", command))
    assert {word for word in words if word.startswith("--")} <= flags("choreo start")
    named = {name for line in of("ENV") for name in re.findall(r"\b(CHOREO_\w+)=", line)}
    assert named <= settings()


def test_what_postgresql_needs_is_locked_as_the_tests_have_it() -> None:
    wanted = [line for line in text(ROOT / "requirements-postgres.txt").splitlines() if not line.startswith("#")]
    assert len([line for line in wanted if "==" in line]) == 2
    assert "\n".join(wanted) in text(ROOT / "requirements-dev.txt")
