"""`choreo new course`: a course of one's own, small, that starts and passes the check."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Annotated

import typer

from choreo.authoring.course import own_course
from choreo.authoring.told import typed_here

STARTER = Path(__file__).parent / "starter"
TITLE = "{{title}}"
FILLED = ("README.md", "lessons/course.yaml")  # where the title is written in
CONSOLE = "live.ipynb"  # from which live sessions are run


def new_course(
    name: Annotated[Path, typer.Argument(help="The folder to make; its name becomes the title, which you can change.")],
) -> None:
    """Make the folder of a course with one lesson that already works."""
    from choreo.bank.check import check  # here, so that `choreo start` stays small while it waits
    from choreo.bank.schema import schema_text

    folder = name.absolute()
    title = re.sub(r"[\s_-]+", " ", folder.name).strip()
    title = title[:1].upper() + title[1:60]
    if not title or any(sign in title for sign in '"\\{}'):
        _refuse(f"{folder.name}: no name for a course; write letters, digits and hyphens.")
    try:
        shutil.copytree(STARTER, folder, ignore=shutil.ignore_patterns(".*", "__pycache__"))
    except FileExistsError:
        _refuse(f"{folder}: is there already; name another folder.")
    except OSError as error:
        _refuse(f"{folder}: cannot be made ({error.strerror}); name another place.")
    for filled in FILLED:
        path = folder / filled
        path.write_text(path.read_text(encoding="utf-8").replace(TITLE, title), encoding="utf-8")
    (folder / "exercises" / "schema.json").write_text(schema_text(), encoding="utf-8")
    ours = own_course()
    if ours and (ours / "lessons" / CONSOLE).is_file():
        shutil.copyfile(ours / "lessons" / CONSOLE, folder / "lessons" / CONSOLE)
    check(folder / "exercises", accept=True)
    typer.echo(typed_here(f"{folder}: a course with one lesson. Next: `choreo start --course {name}`"))
    typer.echo("lessons/course.yaml says what it is called and who offers it; README.md says the rest.")


def _refuse(why: str) -> None:
    typer.echo(f"No course was made. {why}", err=True)
    raise typer.Exit(1)
