"""`choreo report`: what people answered, for authors; counts of five people or more, and nobody in them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from choreo.authoring.course import Course, course_to_start
from choreo.authoring.told import Data, place, told

if TYPE_CHECKING:
    from choreo.hub.report import Asked, LessonReport
    from choreo.progress.tally import Share, Stops

LONGEST = 90  # letters of a text
FEW = "fewer than five people so far; nothing is shown"


def report(
    lesson: Annotated[list[str] | None, typer.Argument(help="Only these lessons; all without it.")] = None,
    course: Course = Path(),
    data: Data = None,
) -> None:
    """Tell how often each option was chosen, hints, second tries, and where people stop; the course may run meanwhile."""
    from choreo.bank.fault import BankError  # here, so that `choreo start` stays small while it waits
    from choreo.hub.report import lesson_reports
    from choreo.hub.settings import Settings

    folder = course_to_start(course)
    kept = place(data)
    settings = Settings(kept.data, folder / "lessons", folder / "exercises")
    try:
        with told("There is no report."), kept.database() as database:
            reports = [one for one in lesson_reports(database, settings) if not lesson or one.name in lesson]
    except BankError as error:
        typer.echo(f"There is no report.\n{error}", err=True)
        raise typer.Exit(1) from error
    if not reports:
        typer.echo(f"{', '.join(lesson or ['The course'])}: no lesson of that name is written.", err=True)
        raise typer.Exit(1)
    typer.echo("Counted are first answers, in whole groups of five people, in the order in which they came.\n")
    for one in reports:
        typer.echo("\n".join(lines(one)))


def lines(found: LessonReport) -> Iterator[str]:
    """The report of a lesson, as it is printed."""
    title = f"{found.name}: {found.title}"
    yield from (title, "=" * len(title))
    yield from _stops(found.stops)
    silent = []
    for asked in found.asked:
        if asked.exercise.entry_kind == "played":
            continue  # how often something was played is not kept
        if not asked.tally.people:
            silent.append(asked.exercise.id)
            continue
        yield ""
        yield from _asked(asked)
    if silent and found.stops.people:
        yield f"\n{FEW[:1].upper()}{FEW[1:]}: {', '.join(silent)}."
    yield ""


def _stops(found: Stops) -> Iterator[str]:
    from choreo.progress.tally import GROUP, under

    if not found.people:
        yield f"{FEW[:1].upper()}{FEW[1:]}."
        return
    yield f"{found.people} people began; finished: {under(found.finished)}."
    many = [(item, count) for item, count in found.after if count >= GROUP]
    for item, count in many:
        yield f"  {count:>5}  {f'stand after {item}' if item else 'did nothing yet that is kept as done'}"
    rest = sum(count for _, count in found.after if count < GROUP)
    if rest:
        yield f"  {under(rest):>5}  stand elsewhere, fewer than {GROUP} at each place"


def _asked(asked: Asked) -> Iterator[str]:
    from choreo.progress.tally import under

    exercise, found = asked.exercise, asked.tally
    review = ", in review" if exercise.review else ""
    yield f"{exercise.id} ({exercise.kind}{review}), “{exercise.title}”: {found.people} people"
    told = []
    if found.right_at_once is not None and found.right_later is not None:
        told += [f"right at once: {under(found.right_at_once)}", f"right later: {under(found.right_later)}"]
    if found.again:
        told.append(f"answered again: {under(found.again)}")
    if found.hinted is not None:
        told.append(f"read a hint before an answer: {under(found.hinted)}")
    if told:
        yield f"  {'; '.join(told)}"
    head = ""
    for share in found.shares:
        if share.head != head:
            yield f"  {_short(share.head)}"
            head = share.head
        yield _share(share)


def _share(share: Share) -> str:
    return f"  {share.count:>5}  {'+' if share.right else ' '} {_short(share.what)}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1].rstrip()}…"
