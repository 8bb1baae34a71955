"""Where the course is that a command works on: the folder one stands in, or the course that comes with the package."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import choreo

Course = Annotated[Path, typer.Option(help="The course's folder, with lessons/ and exercises/ in it.")]

PACKAGE = Path(choreo.__file__).parent
PARTS = ("lessons", "exercises")


def own_course() -> Path | None:
    """The course that comes with Choreo: in the installed package, or in the folder that this one is run from."""
    return next((folder for folder in (PACKAGE / "course", PACKAGE.parents[1]) if _is_course(folder)), None)


def course_folder(folder: Path) -> Path:
    """The course's folder; ends the command where it is none."""
    folder = folder.resolve()
    missing = [name for name in PARTS if not (folder / name).is_dir()]
    if missing:
        typer.echo(
            f"{folder}: no folder {' and no folder '.join(missing)} here; go to the course's folder, name it with --course, "
            "or make a new one with choreo new course.",
            err=True,
        )
        raise typer.Exit(1)
    return folder


def course_to_start(folder: Path) -> Path:
    """The course's folder; where there is nothing of a course and none was named, the one that comes with Choreo."""
    found = own_course()
    if folder == Path() and found and not any((Path.cwd() / name).exists() for name in PARTS):
        return found
    return course_folder(folder)


def _is_course(folder: Path) -> bool:
    return all((folder / name).is_dir() for name in PARTS) and (folder / "lessons" / "course.yaml").is_file()
