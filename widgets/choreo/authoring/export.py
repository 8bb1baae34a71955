"""`choreo export`: exercises as a question bank for others, or as one table for people who review them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from choreo.authoring.course import Course, course_folder
from choreo.bank.files import files

if TYPE_CHECKING:
    from choreo.grading.exercise import Exercise

FORMS = "quiz.gift (GIFT), quiz.xml (Moodle XML), or review.csv (a table for reviewers)"


def export(
    file: Annotated[Path, typer.Argument(help=f"What to write, by its ending: {FORMS}. There must be nothing yet.")],
    lesson: Annotated[list[str] | None, typer.Option(help="Only of this lesson; may be given several times.")] = None,
    semicolon: Annotated[
        bool, typer.Option("--semicolon", help="For a spreadsheet that parts columns by semicolons.")
    ] = False,
    course: Course = Path(),
) -> None:
    """Write exercises as GIFT, Moodle XML, or a table for reviewers; what cannot be said there is listed."""
    from choreo.bank.fault import BankError  # here, so that `choreo start` stays small while it waits

    folder = course_folder(course) / "exercises"
    if file.exists():
        refuse(f"{file}: is there already; name another file.")
    if file.suffix.lower() not in (".gift", ".txt", ".xml", ".csv"):
        refuse(f"{file}: which form? Name it {FORMS}.")
    lessons = lesson or [path.name for path in files(folder, "*/")]
    try:
        if file.suffix.lower() == ".csv":
            _table(file, folder, lessons, ";" if semicolon else ",")
        else:
            _bank(file, folder, lessons)
    except BankError as error:
        refuse(f"Nothing was written.\n{error}")
    except OSError as error:
        refuse(f"Nothing was written. {file}: {error.strerror}; make room, or name another file.")


def _bank(file: Path, folder: Path, lessons: list[str]) -> None:
    from choreo.bank.loader import load_lesson
    from choreo.exchange import gift, moodle
    from choreo.exchange.lost import GIFT, MOODLE, lost

    found = [(f"{name}/{one.id}", one) for name in lessons for one in load_lesson(folder, name).exercises]
    form = MOODLE if file.suffix.lower() == ".xml" else GIFT
    content = moodle.file(found) if form == MOODLE else gift.file(iter(found)).encode()
    file.write_bytes(content)
    said = [(address, list(lost(one, form))) for address, one in found]
    out = [address for address, losses in said if any(loss.startswith("left out") for loss in losses)]
    for line in _losses(found, said):
        typer.echo(line)
    typer.echo(f"{file}: {len(found) - len(out)} questions as {form}; {len(out)} exercises could not be said.")


def _losses(found: list[tuple[str, Exercise]], said: list[tuple[str, list[str]]]) -> Iterator[str]:
    """What was lost: exercises of which nothing is left by their kind, then one line a loss."""
    kinds: dict[str, list[str]] = {}
    for (address, one), (_, losses) in zip(found, said, strict=True):
        if any("of the kind" in loss for loss in losses):
            kinds.setdefault(one.kind, []).append(address)
            continue
        yield from (f"{address}: {loss}." for loss in losses)
    for kind, addresses in sorted(kinds.items()):
        yield f"Left out, as neither GIFT nor Moodle XML has anything like {kind}: {', '.join(addresses)}."


def _table(file: Path, folder: Path, lessons: list[str], separator: str) -> None:
    from choreo.bank.document import read_document
    from choreo.bank.loader import exercise_in, load_lesson
    from choreo.exchange.sheet import table

    found = []
    for name in lessons:
        load_lesson(folder, name)  # names a lesson that is not there
        for path in files(folder, f"{name}/*.yaml"):
            document = read_document(path)
            exercise_in(document)
            found.append((f"{name}/{path.stem}", document.data))
    text = table(found, separator)
    file.write_text(text, encoding="utf-8", newline="")
    typer.echo(f"{file}: the texts of {len(found)} exercises, a row each.")
    typer.echo("Change what stands under “text”, write under “remark”, leave the rest. Then: choreo import", nl=False)
    typer.echo(f" {file}")


def refuse(why: str) -> NoReturn:
    """Say it, and end the command."""
    typer.echo(why, err=True)
    raise typer.Exit(1)
