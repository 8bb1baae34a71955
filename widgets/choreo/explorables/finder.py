"""Finds an explorable by the name that exercise files use."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path

from choreo.bank.files import files
from choreo.explorables.explorable import Explorable

HERE = Path(__file__).parent


class UnknownExplorableError(ValueError):
    """There is no explorable of that name; the message says which there are."""


@cache
def explorable(name: str) -> Explorable:
    """The explorable "micro-cultures" (class MicroCultures in micro_cultures.py); raise UnknownExplorableError."""
    stem = name.replace("-", "_")
    if not name.replace("-", "").isalnum() or not (HERE / f"{stem}.py").is_file():
        raise UnknownExplorableError(f'there is no explorable "{name}"; there are {", ".join(names())}')
    try:
        module = import_module(f"choreo.explorables.{stem}")
    except Exception as error:
        raise UnknownExplorableError(
            f'"{name}" cannot be read: {type(error).__name__}: {error}. Mend it and save'
        ) from error
    found = getattr(module, _class(stem).removesuffix("(Explorable)"), None)
    if not (isinstance(found, type) and issubclass(found, Explorable) and found is not Explorable):
        raise UnknownExplorableError(f'"{name}" is part of the engine, no explorable; there are {", ".join(names())}')
    return found()


def names() -> tuple[str, ...]:
    """The names of all explorables, in the order of the alphabet."""
    stems = sorted(
        path.stem for path in files(HERE, "*.py") if "\nclass " + _class(path.stem) in path.read_text("utf-8")
    )
    return tuple(stem.replace("_", "-") for stem in stems)


def _class(stem: str) -> str:
    return f"{stem.title().replace('_', '')}(Explorable)"
