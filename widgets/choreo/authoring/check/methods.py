"""What a lesson can be asked for in a cell, read from the code of `Lesson`: to import it takes as long as half the check."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path


@cache
def lesson_methods() -> Mapping[str, bool]:
    """The methods of a lesson, each with whether it takes an exercise's name; properties among them, which take none."""
    spec = find_spec("choreo.lesson")
    tree = ast.parse(Path(str(spec and spec.origin)).read_text(encoding="utf-8"))
    lesson = next(node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == "Lesson")
    found: dict[str, bool] = {}
    for node in lesson.body:
        if isinstance(node, ast.FunctionDef):
            found[node.name] = [argument.arg for argument in node.args.args[1:2]] == ["name"]
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Name):
            same = found[node.value.id]
            found |= {target.id: same for target in node.targets if isinstance(target, ast.Name)}
    return {name: takes for name, takes in found.items() if not name.startswith("_")}
