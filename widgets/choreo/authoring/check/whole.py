"""Everything that can be wrong with a course's files, all at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from choreo.authoring.check.calls import Called, Known, call_faults
from choreo.authoring.check.explorables import explorable_faults
from choreo.authoring.check.notebook import Fault, Notebook, read_notebook
from choreo.authoring.check.outputs import output_faults, unshown_faults, wordless_faults
from choreo.authoring.check.prose import prose_faults, text_faults
from choreo.authoring.check.running import run_faults
from choreo.bank.check import Findings, by_line, look, texts
from choreo.bank.course import Course, load_course
from choreo.bank.document import read_document
from choreo.bank.fault import BankError
from choreo.bank.files import NAME, files, misnamed
from choreo.bank.hash_marks import cut_off
from choreo.explorables.proof import played, unknown
from choreo.grading.faults import as_name, nearest
from choreo.serve.notebook import NotebookError

LOOKS = (prose_faults, output_faults, unshown_faults, wordless_faults)
"""What is looked at in each notebook by itself."""


def course_faults(folder: Path, accept: bool = False, run: bool = False) -> list[str]:
    """All faults of a course's files, each with place, fault and remedy, by file and line; `run` runs the notebooks, too."""
    findings = look(folder / "exercises", played, accept, unknown)
    names: dict[str, set[str]] = {path.name: set() for path in files(folder / "exercises", "*") if path.is_dir()}
    for path in files(folder / "exercises", "*/*.yaml"):
        names[path.parent.name].add(as_name(path.stem))
    for document in findings.documents.values():
        for place, text in texts(document.data):
            for fault in text_faults(text, folder / "lessons"):
                findings.add(document, place, fault)
    faults = [*findings.faults, *path_faults(folder / "lessons"), *explorable_faults()]
    for path in files(folder / "lessons", "*.ipynb"):
        faults += _notebook_faults(path, findings, names, folder / "exercises" if run else None)
    faults += _without_notebook(folder, findings)
    return sorted(faults, key=by_line)


def _notebook_faults(
    path: Path, findings: Findings, names: Mapping[str, set[str]], exercises: Path | None
) -> Iterator[str]:
    if not NAME.fullmatch(path.stem):
        yield f"{path}: {misnamed(path)}"
    try:
        notebook = read_notebook(path)
    except NotebookError as error:
        yield f"{path}: {str(error).partition(': ')[2]}"
        return
    called = Called()
    found: list[Fault] = list(call_faults(notebook, Known(findings.exercises, names), called))
    found += [fault for look_at in LOOKS for fault in look_at(notebook)]
    found += run_faults(notebook, exercises) if exercises else ()
    yield from dict.fromkeys(fault.told(path) for fault in found)  # what was saved may raise the same when it is run
    if called.all_known:
        yield from _uncalled(notebook, called, findings)


def _uncalled(notebook: Notebook, called: Called, findings: Findings) -> Iterator[str]:
    for name, exercise in findings.exercises.items():
        lesson, _, item = name.partition("/")
        if lesson == notebook.name and item not in called.names and not exercise.review:
            document = findings.documents[name]
            method = "explore" if exercise.kind in ("play", "goal") else "exercise"
            remedy = f'show it with lesson.{method}("{item}"), write review: true, or remove it.'
            yield f"{document.path}:{document.line(('id',))}: no cell of {notebook.path.name} shows this exercise; {remedy}"


def _without_notebook(folder: Path, findings: Findings) -> Iterator[str]:
    """Folders of exercises whose lesson has no notebook."""
    known = [path.stem for path in files(folder / "lessons", "*.ipynb")]
    for lesson in sorted({name.partition("/")[0] for name in findings.exercises}):
        if lesson not in known:
            near = nearest(lesson, known)
            remedy = near if near.startswith("did you") else f"write lessons/{lesson}.ipynb, or move the folder away."
            yield f"{folder / 'exercises' / lesson}: no notebook shows these exercises; {remedy}"


def path_faults(lessons: Path) -> Iterator[str]:
    """What is wrong with course.yaml: what is no field of it, and what does not fit the notebooks beside it."""
    path = lessons / "course.yaml"
    try:
        document = read_document(path)
        for place, fault in cut_off(document.root, document.lines):
            yield f"{path}:{document.line(place)}: {place[-1]}: {fault}"
        course = load_course(lessons)
    except BankError as error:
        yield from error.faults
        return
    for at, fault in _lesson_faults(course, [one.stem for one in files(lessons, "*.ipynb")]):
        yield f"{path}:{document.line(('lessons', at, 'name'))}: {fault}"


def _lesson_faults(course: Course, notebooks: list[str]) -> Iterator[tuple[int, str]]:
    names = [lesson.name for lesson in course.lessons]
    for at, name in enumerate(names):
        if name in names[:at]:
            yield at, f'"{name}" is there twice; leave one.'
        near = nearest(name, [one for one in notebooks if one not in names])
        if name not in notebooks and near.startswith("did you"):
            yield at, f'there is no notebook "{name}"; {near}'
