"""`choreo preview`: a lesson as learners see it, new at every saving, with what is wrong beside it."""

from __future__ import annotations

import logging
import os
import socket
import time
import webbrowser
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Annotated

import typer

from choreo.authoring.course import Course, course_folder
from choreo.bank.files import files
from choreo.bank.notebook import calls
from choreo.grading.faults import nearest
from choreo.serve.places import Places, StartError, listening
from choreo.serve.preview.watching import PACKAGE, PREVIEW, changed, look, stale_servers
from choreo.serve.running import LostPortError, run
from choreo.stores.file import data_folder
from choreo.words import _

HERE_ONLY = "127.0.0.1"
EVERY = 0.5  # seconds between two looks at the code of the servers


class NothingThereError(Exception):
    """There is no such lesson or exercise; the message says which there are."""


def preview(
    what: Annotated[str, typer.Argument(help="A lesson (02-silos) or an exercise (02-silos/bridge).")] = "",
    course: Course = Path(),
    port: Annotated[int, typer.Option(min=1, max=65000, help="Of the preview.")] = 8020,
    data: Annotated[Path | None, typer.Option(help="Where what you answer here is kept.")] = None,
    browser: Annotated[bool, typer.Option(help="Open the preview in the browser.")] = True,
) -> None:
    """Show a lesson as learners see it: up to date when a file is saved, with what is wrong beside it."""
    folder = course_folder(course)
    try:
        lesson, item = found(what, folder)
        listener, places = preview_places(folder, port, data)

        def ready(home: str) -> None:
            address = f"{home}/preview/{lesson}" + (f"?at={item}" if item else "")
            typer.echo(_("\n  The preview is at  {address}\n\n  Ctrl-C stops.\n").format(address=address))
            if browser and os.environ.get("CHOREO_NO_BROWSER") != "1":
                webbrowser.open(address)

        logging.basicConfig(format="%(message)s")
        with listener:
            run(listener, places, ready, stale())
    except (NothingThereError, StartError, LostPortError) as error:
        typer.echo(f"There is no preview. {error}", err=True)
        raise typer.Exit(1) from error


def preview_places(folder: Path, port: int, data: Path | None = None) -> tuple[socket.socket, Places]:
    """Where a preview of the course in `folder` listens and keeps answers; raise StartError. Its servers are told so."""
    from choreo.serve.forking.nursery import POSSIBLE  # here, so that other commands start sooner

    if not POSSIBLE:
        raise StartError(_("A preview needs a system that can fork, as Linux and macOS can; here, use choreo start."))
    os.environ[PREVIEW] = "1"
    kept = (data or data_folder() / "preview").resolve()
    listener = listening(HERE_ONLY, port)
    return listener, Places(HERE_ONLY, listener.getsockname()[1], folder / "lessons", folder / "exercises", kept)


def found(what: str, folder: Path) -> tuple[str, str]:
    """The lesson that `what` names, "" for the first, and the exercise in it, or ""; raise NothingThereError.

    An exercise that no cell shows is a lesson of its own.
    """
    from choreo.serve.preview.alone import alone  # here, for the same reason

    lessons = [path.stem for path in files(folder / "lessons", "*.ipynb")]
    lesson, _slash, item = what.partition("/")
    if not lessons:
        raise NothingThereError(f"{folder}: there is no lesson yet; make one with `choreo new lesson NAME`.")
    lesson = lesson or lessons[0]
    if lesson not in lessons:
        raise NothingThereError(f'There is no lesson "{lesson}"; {nearest(lesson, lessons)}')
    items = [path.stem for path in files(folder / "exercises" / lesson, "*.yaml")]
    if item and item not in items:
        raise NothingThereError(f'Lesson {lesson} has no exercise "{item}"; {nearest(item, items)}')
    if item and item not in (calls(folder / "lessons" / f"{lesson}.ipynb") or ()):
        return alone(lesson, item), ""
    return lesson, item


def stale() -> Callable[[], Collection[str]]:
    """What says, each time it is asked, which servers run with code that has changed since it was last asked."""
    known, looked = look([PACKAGE]), time.monotonic()

    def asked() -> Collection[str]:
        nonlocal known, looked
        if time.monotonic() - looked < EVERY:
            return ()
        before, known, looked = known, look([PACKAGE]), time.monotonic()
        return stale_servers(changed(before, known))

    return asked
