"""`choreo new lesson | exercise | explorable | activity`: a small one that works, to be changed from there."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer
import yaml
from pydantic import ValidationError

from choreo.authoring import notebooks
from choreo.authoring.course import Course, course_folder
from choreo.authoring.draft import Draft, NotMadeError
from choreo.authoring.told import typed_here
from choreo.bank.course import Course as Path_of_lessons
from choreo.bank.fault import BankError
from choreo.bank.files import files
from choreo.words import _

TEMPLATES = Path(__file__).parent / "templates"
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST = 60  # characters of a name
FIRST = "first-question"  # the exercise of a new lesson
METHODS = {"play": "explore", "written": "reflect"}

new = typer.Typer(no_args_is_help=True, help="Make a small lesson, exercise, explorable or activity that works.")
Title = Annotated[str, typer.Option(help="What people read; made of the name if left out.")]


@new.command()
def lesson(
    name: Annotated[str, typer.Argument(help="Such as 11-our-town.")], title: Title = "", course: Course = Path()
) -> None:
    """A notebook with one exercise, and its entry in lessons/course.yaml."""
    folder = course_folder(course)
    with told():
        _check_name(name)
        draft, words = Draft(), title or _title(name)
        cells = [
            notebooks.markdown("title", f"# {words}\n\n*About 5 minutes.*"),
            notebooks.code("lesson", f'from choreo.lesson import Lesson\n\nlesson = Lesson("{name}")\nlesson'),
            notebooks.markdown("begin", "## Begin here\n\nSay what happened to somebody, and what it came to."),
            notebooks.code(FIRST, f'lesson.exercise("{FIRST}")'),
        ]
        draft.made[folder / "lessons" / f"{name}.ipynb"] = notebooks.written(notebooks.blank(cells))
        _free(folder / "lessons" / f"{name}.ipynb", folder / "exercises" / name)
        _exercise(draft, folder, name, FIRST, _template("choice.yaml", FIRST, _title(FIRST)))
        draft.changed[folder / "lessons" / "course.yaml"] = _with_lesson(
            folder / "lessons" / "course.yaml", name, words
        )
        draft.write()
    typer.echo(_("Made lessons/{name}.ipynb, its exercise, and its entry in course.yaml.").format(name=name))
    _next(f"choreo preview {name}", folder)


@new.command()
def exercise(
    name: Annotated[str, typer.Argument(help="Lesson and name, such as 02-silos/two-desks.")],
    kind: Annotated[
        str, typer.Option(help="One of " + ", ".join(sorted(one.stem for one in TEMPLATES.glob("*.yaml"))))
    ] = "choice",
    explorable: Annotated[str, typer.Option(help="For a play: which explorable.")] = "",
    title: Title = "",
    course: Course = Path(),
) -> None:
    """An exercise, and the cell of its lesson's notebook that shows it."""
    folder = course_folder(course)
    with told():
        of, _slash, own = name.partition("/")
        if not own:
            raise NotMadeError(_("{name}: name the lesson, too, as lesson/exercise.").format(name=name))
        _check_name(own)
        notebook = folder / "lessons" / f"{of}.ipynb"
        if not notebook.is_file():
            known = [path.stem for path in files(folder / "lessons", "*.ipynb")]
            raise NotMadeError(_("There is no lesson {name}; {remedy}").format(name=of, remedy=_nearest(of, known)))
        text = _template(f"{_kind(kind)}.yaml", own, title or _title(own), _explorable(kind, explorable))
        _free(folder / "exercises" / of / f"{own}.yaml")
        draft = Draft()
        _exercise(draft, folder, of, own, text, METHODS.get(kind, "exercise"))
        draft.write()
    typer.echo(_("Made exercises/{name}.yaml; a cell of lessons/{of}.ipynb shows it.").format(name=name, of=of))
    _next(f"choreo preview {name}", folder)


@new.command(name="explorable")
def new_explorable(
    name: Annotated[str, typer.Argument(help="Such as walk-out.")], title: Title = "", course: Course = Path()
) -> None:
    """A simulation on the stage `people`, with a test; for who works in the course's source."""
    folder = course_folder(course)
    with told():
        code, stem = _source(folder, name)
        _check_name(name)
        texts = partial(_template, name=name, title=title or _title(name))
        draft = Draft()
        draft.make(code / "explorables" / f"{stem}.py", texts("explorable.py.txt"))
        draft.make(folder / "tests" / "explorables" / f"test_{stem}.py", texts("test_explorable.py.txt"))
        table = folder / "docs" / "explorables.md"
        rows = re.findall(r"^\| `[a-z-]+` \| \w+ \| \w+ \| [^|]+ \|\n", table.read_text("utf-8"), re.MULTILINE)
        row = f"| `{name}` | thresholds | people | |\n".replace("| |", "| new |")
        draft.changed[table] = table.read_text("utf-8").replace(rows[-1], rows[-1] + row, 1)
        draft.write()
    typer.echo(
        _("Made widgets/choreo/explorables/{stem}.py, its test, and its row in docs/explorables.md.").format(stem=stem)
    )
    _next(f"choreo new exercise LESSON/{name} --kind play --explorable {name}", folder)


@new.command()
def activity(
    name: Annotated[str, typer.Argument(help="Such as yes-or-no.")], title: Title = "", course: Course = Path()
) -> None:
    """An activity of live sessions: what phones and the room see, notes for the coach, a test; in the course's source."""
    folder = course_folder(course)
    with told():
        code, stem = _source(folder, name)
        _check_name(name)
        texts = partial(_template, name=name, title=title or _title(name))
        draft, own = Draft(), code / "live" / "activities" / stem
        for file in ("activity.py", "phone.js", "notes.md"):
            draft.make(own / file, texts(f"{file}.txt"))
        draft.make(own / "__init__.py", "")
        draft.make(folder / "tests" / "live" / f"test_{stem}.py", texts("test_activity.py.txt"))
        draft.write()
    typer.echo(_("Made the folder widgets/choreo/live/activities/{stem}, and a test.").format(stem=stem))
    _next("choreo start", folder)


@contextmanager
def told() -> Iterator[None]:
    """What keeps something from being made is said, and ends the command."""
    try:
        yield
    except (NotMadeError, BankError) as error:
        typer.echo(_("Nothing was made. {error}").format(error=error), err=True)
        raise typer.Exit(1) from error


def _next(command: str, folder: Path) -> None:
    here = "" if folder == Path.cwd() else f" --course {folder}"
    typer.echo(typed_here(_("Next: `{command}`").format(command=f"{command}{here}")))


def _check_name(name: str) -> None:
    if not NAME.fullmatch(name) or len(name) > LONGEST:
        close = "-".join(re.findall(r"[a-z0-9]+", name.lower()))[:LONGEST].strip("-")
        remedy = _("use {close}.").format(close=close) if close else _("use lower-case letters, digits and hyphens.")
        raise NotMadeError(_('"{name}" cannot be a name; {remedy}').format(name=name, remedy=remedy))


def _free(*paths: Path) -> None:
    for path in paths:
        if path.exists():
            raise NotMadeError(_("{path} is there already; take another name.").format(path=path))


def _title(name: str) -> str:
    words = re.sub(r"^\d+-", "", name).replace("-", " ")
    return words[:1].upper() + words[1:]


def _nearest(name: str, known: list[str]) -> str:
    close = get_close_matches(name, known, n=1)
    return (
        _("did you mean {close}?").format(close=close[0])
        if close
        else _("there are {known}.").format(known=", ".join(known))
    )


def _kind(kind: str) -> str:
    known = sorted(path.stem for path in TEMPLATES.glob("*.yaml"))
    if kind not in known:
        remedy = _nearest(kind, known)
        text = _("There is no small example of kind {kind}; {remedy} For another, copy one of exercises/gallery.")
        raise NotMadeError(text.format(kind=kind, remedy=remedy))
    return kind


def _explorable(kind: str, name: str) -> str:
    from choreo.explorables.finder import UnknownExplorableError, explorable, names

    if kind != "play":
        return ""
    if not name:
        raise NotMadeError(
            _("A play shows an explorable: add --explorable, one of {names}.").format(names=", ".join(names()))
        )
    try:
        explorable(name)
    except UnknownExplorableError as error:
        raise NotMadeError(f"{error}.") from error
    return name


def _source(folder: Path, name: str) -> tuple[Path, str]:
    """The folder of the code, and the name as Python writes it."""
    code = folder / "widgets" / "choreo"
    if not (code / "explorables").is_dir() or not (folder / "tests").is_dir():
        text = _(
            "{folder}: here is no source of the course's code, to which this belongs; work in a copy of its repository."
        )
        raise NotMadeError(text.format(folder=folder))
    return code, name.replace("-", "_")


def _template(file: str, name: str, title: str, explorable: str = "") -> str:
    text = (TEMPLATES / file).read_text("utf-8")
    said = json.dumps(title, ensure_ascii=False) if file.endswith(".yaml") else title
    own = {"name": name, "title": said, "Class": name.title().replace("-", ""), "explorable": explorable}
    return re.sub(r"@(\w+)@", lambda found: own[found[1]], text)


def _with_lesson(path: Path, name: str, title: str) -> str:
    """course.yaml with one more lesson at its end."""
    try:
        text = path.read_text("utf-8").rstrip() + "\n"
    except OSError as error:
        raise NotMadeError(f"{path}: {error.strerror}; put it back.") from error
    said = json.dumps(title, ensure_ascii=False)
    promise = "Say here in one sentence what people can do afterwards."
    text += f"  - name: {name}\n    title: {said}\n    promise: {promise}\n    minutes: 5\n"
    try:
        lessons = Path_of_lessons.model_validate(yaml.safe_load(text)).lessons
    except (yaml.YAMLError, ValidationError) as error:
        raise NotMadeError(
            _("{path} is not sound, or does not end with its lessons; see `choreo check`.").format(path=path)
        ) from error
    if [one.name for one in lessons].count(name) != 1 or lessons[-1].name != name:
        raise NotMadeError(_("{path} has a lesson {name} already; take another name.").format(path=path, name=name))
    return text


def _exercise(draft: Draft, folder: Path, lesson: str, name: str, text: str, method: str = "") -> None:
    """Draft an exercise with its entry in the lock file, and the notebook that shows it, as it is when it has run."""
    from choreo.bank.loader import load_exercise
    from choreo.bank.versions import FILE, Lock, locks_text, mark, read_locks

    bank = folder / "exercises"
    draft.make(bank / lesson / f"{name}.yaml", text)
    with tempfile.TemporaryDirectory() as scratch:
        for path in [*files(bank / lesson, "*.yaml")]:
            _copy(path, Path(scratch) / lesson / path.name)
        trial = Path(scratch) / lesson / f"{name}.yaml"
        trial.parent.mkdir(exist_ok=True)
        trial.write_text(text, encoding="utf-8")
        found = load_exercise(trial)
        shown = _shown(Path(scratch), lesson)
        place = folder / "lessons" / f"{lesson}.ipynb"
        notebook = json.loads(draft.made.get(place) or place.read_text("utf-8"))
        if method:
            notebook = notebooks.with_call(notebook, name, f'lesson.{method}("{name}")')
        (draft.made if place in draft.made else draft.changed)[place] = notebooks.written(
            notebooks.run(notebook, shown)
        )
    locks = {**(read_locks(bank) or {}), f"{lesson}/{name}": Lock(version=found.version, graded=mark(found))}
    (draft.changed if (bank / FILE).exists() else draft.made)[bank / FILE] = locks_text(locks)


def _copy(path: Path, to: Path) -> None:
    to.parent.mkdir(exist_ok=True)
    to.write_bytes(path.read_bytes())


def _shown(bank: Path, lesson: str) -> Callable[[str], str | None]:
    """What a cell of the lesson shows as text, if it is one line of a call, or the lesson itself."""
    from choreo.lesson import Lesson

    scope: dict[str, Any] = {"lesson": Lesson(lesson, folder=bank)}

    def shown(source: str) -> str | None:
        last = source.strip().rpartition("\n")[2]
        if last != "lesson" and not re.fullmatch(r"lesson\.\w+\([^()]*\)", last):
            return None
        return repr(eval(last, scope))

    return shown
