"""What a model is, for people who play with it: its rule in words, where it was published, and what it leaves out.

Each model has such a record in `records/`, under its own name. Its parameters stand in the model itself, and the numbers that
it reproduces in `reproduced.json`, which `make reproduce` computes.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path

from choreo.models.parameter import Parameters

HERE = Path(__file__).parent
PACKAGE = f"{__package__}."


@dataclass(frozen=True)
class Record:
    """One model in plain words; each text is a sentence or a few."""

    title: str
    about: str  # what it asks
    rule: tuple[str, ...]  # step by step
    papers: tuple[str, ...]  # authors, title, where and when
    left_out: str
    ours: str = ""  # what is not in the papers
    based_on: str = ""  # the model whose rules these are, by name


@dataclass(frozen=True)
class Result:
    """A published number, and what ours comes to."""

    model: str
    paper: str
    what: str
    reference: str  # with how it is known: printed in the paper, exact by algebra, or rerun
    ours: str


def name_of(model: type[Parameters]) -> str:
    """The name of the model that a record of parameters belongs to, or is derived from: "network_search"; "" for none."""
    modules = (one.__module__ for one in model.__mro__ if one is not Parameters)
    return next((name.removeprefix(PACKAGE) for name in modules if name.startswith(PACKAGE)), "")


@cache
def names() -> tuple[str, ...]:
    """The names of all models that have a record, in the order of the alphabet."""
    return tuple(sorted(path.stem for path in (HERE / "records").glob("[a-z]*.py")))


def record(name: str) -> Record | None:
    """The record of the model of that name; None if there is none."""
    if name not in names():
        return None
    found: Record = import_module(f"{PACKAGE}records.{name}").RECORD
    return found


def parameters(name: str) -> tuple[type[Parameters], ...]:
    """What a model that has a record can be told, in the order of its code."""
    found = vars(import_module(f"{PACKAGE}{name}")).values()
    return tuple(one for one in found if isinstance(one, type) and issubclass(one, Parameters) and name_of(one) == name)


def results(name: str) -> tuple[Result, ...]:
    """What is reproduced of a model's papers."""
    return tuple(one for one in _results() if one.model == name)


@cache
def _results() -> tuple[Result, ...]:
    found = json.loads((HERE / "reproduced.json").read_text("utf-8"))
    return tuple(Result(**one) for one in found)


def source(name: str) -> str:
    """The code of a model that has a record."""
    return (HERE / f"{name}.py").read_text("utf-8")
