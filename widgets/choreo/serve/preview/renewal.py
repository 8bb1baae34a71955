"""A lesson that runs anew takes the code as it stands now, without waiting until all else is imported once more."""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Iterable
from pathlib import Path

from choreo.serve.preview.watching import Marks, changed, code_of_lessons, in_code

_IMPORT = re.compile(r"^\s*(?:from (choreo[\w.]*) import (\([^)]*\)|[^\n]*)|import (choreo[\w.]*))", re.MULTILINE)


def renew(before: Marks) -> None:
    """Forget each module that was changed since `before`, and what imports it: they are imported anew when needed."""
    paths = changed(before, code_of_lessons())
    if paths:
        forget(_modules(paths))


def _modules(paths: Iterable[str]) -> set[str]:
    """What these files say; a script or a sheet is read by some component, and a kind is found by its name."""
    found = set()
    for name in map(in_code, paths):
        floor = name.partition("/")[0]
        if floor == "grading" or not name.endswith(".py"):
            found |= {module for module in sys.modules if module.startswith(f"choreo.{floor}")}
        else:
            found.add("choreo." + name.removesuffix(".py").removesuffix("/__init__").replace("/", "."))
    return found


def forget(modules: set[str]) -> None:
    """Drop these modules, and all that import them, from what has been imported."""
    importers = _importers()
    due, seen = list(modules), set[str]()
    while due:
        name = due.pop()
        if name not in seen:
            seen.add(name)
            due += importers.get(name, ())
    for name in seen:
        if sys.modules.pop(name, None) is not None:
            parent, _, own = name.rpartition(".")
            vars(sys.modules[parent]).pop(own, None) if parent in sys.modules else None
    importlib.invalidate_caches()


def _importers() -> dict[str, set[str]]:
    """Who imports whom, as far as lessons are concerned: the course's own modules, by the one that is imported."""
    found: dict[str, set[str]] = {}
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if not file or not name.startswith("choreo.") or name.startswith("choreo.serve"):
            continue
        for origin, names, plain in _IMPORT.findall(Path(file).read_text(encoding="utf-8")):
            needed = [plain] if plain else [origin, *(f"{origin}.{one}" for one in re.findall(r"\w+", names))]
            for one in needed:
                if one in sys.modules:
                    found.setdefault(one, set()).add(name)
    return found
