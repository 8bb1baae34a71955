"""What the cells of a notebook call: lessons and exercises by name, and code that is no Python."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from choreo.authoring.check.methods import lesson_methods
from choreo.authoring.check.notebook import Cell, Fault, Notebook
from choreo.grading.exercise import Exercise
from choreo.grading.faults import nearest
from choreo.grading.play import Play
from choreo.grading.predict import Predict

_MAGIC = re.compile(r"^(\s*)([%!?].*|.*\?)$", re.MULTILINE)


@dataclass(frozen=True)
class Known:
    """What there is to call."""

    exercises: Mapping[str, Exercise]  # those that could be read, by "lesson/exercise"
    files: Mapping[str, Collection[str]]  # the names of all, by lesson


@dataclass
class Called:
    """The exercises that a notebook's cells name."""

    names: set[str] = field(default_factory=set)
    all_known: bool = True  # no name is worked out by the cell


def parsed(cell: Cell) -> ast.Module | SyntaxError:
    """A cell's code; magics and shell commands are left out."""
    if cell.source.lstrip().startswith("%%"):
        return ast.Module([], [])
    try:
        return _parse(cell.source)
    except SyntaxError:
        pass
    try:
        return _parse(_MAGIC.sub(r"\1pass", cell.source))
    except SyntaxError as error:
        return error


def _parse(source: str) -> ast.Module:
    tree = compile(source, "cell", "exec", ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
    assert isinstance(tree, ast.Module)
    return tree


def call_faults(notebook: Notebook, known: Known, called: Called) -> Iterator[Fault]:
    """Names that no exercise or lesson has, and code that is no Python; `called` is filled on the way."""
    for cell in notebook.code:
        tree = parsed(cell)
        if isinstance(tree, SyntaxError):
            yield Fault(cell.number, tree.lineno or 0, f"is no Python ({tree.msg}); mend it.")
            called.all_known = False
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign) and _is_lesson(node.value):
                faults = _variable_faults(node, called)
            elif isinstance(node, ast.Call) and _is_lesson(node):
                faults = _lesson_faults(node, notebook, known)
            elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "lesson":
                faults = _method_faults(node)
            else:
                continue
            yield from (Fault(cell.number, node.lineno, fault) for fault in faults)
        for call, method in _lesson_calls(tree):
            faults = _name_faults(call, method, notebook.name, known, called)
            yield from (Fault(cell.number, call.lineno, fault) for fault in faults)


def _lesson_calls(tree: ast.Module) -> Iterator[tuple[ast.Call, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner, method = node.func.value, node.func.attr
            if isinstance(owner, ast.Name) and owner.id == "lesson" and lesson_methods().get(method):
                yield node, method


def _text(node: ast.Call) -> str | None:
    """The first argument, if it is a text as it stands."""
    first = node.args[0] if node.args else next((one.value for one in node.keywords if one.arg == "name"), None)
    return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else None


def _is_lesson(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Lesson"


def _variable_faults(node: ast.Assign, called: Called) -> Iterator[str]:
    names = [target.id for target in node.targets if isinstance(target, ast.Name)]
    if names and "lesson" not in names:
        called.all_known = False
        yield f"{names[0]} = Lesson(...): the page looks for what is called lesson; write lesson = Lesson(...)."


def _lesson_faults(node: ast.Call, notebook: Notebook, known: Known) -> Iterator[str]:
    name = _text(node)
    if name is None or name == notebook.name:
        return
    if name not in known.files:
        yield f'there is no lesson "{name}"; write Lesson("{notebook.name}"), as the notebook is called.'
    else:
        yield f'Lesson("{name}") is another lesson; write Lesson("{notebook.name}"), or rename the notebook {name}.ipynb.'


def _method_faults(node: ast.Attribute) -> Iterator[str]:
    if node.attr not in lesson_methods():
        yield f"lesson.{node.attr}: a lesson has nothing of that name; {nearest(node.attr, sorted(lesson_methods()))}"


def _name_faults(node: ast.Call, method: str, lesson: str, known: Known, called: Called) -> Iterator[str]:
    name, own = _text(node), sorted(known.files.get(lesson, ()))
    if name is None:
        called.all_known = False
        return
    called.names.add(name)
    if name not in own:
        called.names |= set(get_close_matches(name, own, n=1))  # what was meant is not told to be shown nowhere
        elsewhere = [other for other, names in known.files.items() if name in names]
        remedy = f"it is one of lesson {elsewhere[0]}, and a lesson shows its own." if elsewhere else nearest(name, own)
        yield f'there is no exercise "{name}" in lesson {lesson}; {remedy}'
    elif exercise := known.exercises.get(f"{lesson}/{name}"):
        yield from _kind_faults(exercise, method)


def _kind_faults(exercise: Exercise, method: str) -> Iterator[str]:
    name, kind = exercise.id, exercise.kind
    if exercise.review:
        yield f'"{name}" is kept for review and not shown in the lesson; remove the cell, or review: true from its file.'
    elif isinstance(exercise, Play) and method != "explore":
        yield f'"{name}" is a {kind}; write lesson.explore("{name}").'
    elif method == "explore" and not isinstance(exercise, Play):
        yield f'"{name}" is of kind {kind} and has no stage; write lesson.exercise("{name}").'
    elif method == "compare" and not isinstance(exercise, Predict):
        yield f'"{name}" is of kind {kind}; compare needs a prediction.'
