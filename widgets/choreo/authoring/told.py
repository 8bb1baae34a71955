"""What the commands that look after people's work share: where that is, and how a fault is said."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from choreo.stores.file import data_folder

if TYPE_CHECKING:
    from choreo.hub.kept import Kept

Data = Annotated[Path | None, typer.Option(help="Where people's work is kept, as `choreo start` says.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask first.")]


def place(data: Path | None) -> Kept:
    """Where people's work is kept: in `data`, or where the environment says."""
    from choreo.hub.kept import kept  # here, so that `choreo start` stays small while it waits

    return kept(data or data_folder(), os.environ.get("CHOREO_DATABASE", ""))


def typed_here(text: str) -> str:
    """A text whose commands, as `choreo check`, can be typed as they stand: called as this program was."""
    return text.replace("`choreo ", f"`{_called()} ")


def _called() -> str:
    called = Path(sys.argv[0])
    if called.stem != "choreo":  # as a module: then the command lies beside the interpreter, where it is installed
        called = Path(sys.executable).with_name("choreo")
        if not called.is_file():
            return "python -m choreo.authoring"
    found = shutil.which("choreo")
    if found and Path(found).resolve() == called.resolve():
        return "choreo"
    absolute, here = called.absolute(), Path.cwd()
    return str(absolute.relative_to(here)) if absolute.is_relative_to(here) else str(absolute)


@contextmanager
def told(failed: str) -> Iterator[None]:
    """What goes wrong is said after `failed`, and ends the command."""
    from choreo.hub.copying import CopyError
    from choreo.hub.database_errors import DatabaseError
    from choreo.hub.identity import SecretError
    from choreo.hub.kept import KeptError
    from choreo.hub.live.custody import CustodyError
    from choreo.hub.lock import TakenError

    try:
        yield
    except (KeptError, CopyError, CustodyError, DatabaseError, SecretError, TakenError) as error:
        typer.echo(typed_here(f"{failed} {error}"), err=True)
        raise typer.Exit(1) from error
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        remedy = "make room, or make it writable, then try again."
        typer.echo(f"{failed} {where}{error.strerror or error}; {remedy}", err=True)
        raise typer.Exit(1) from error
