"""`choreo backup` and `choreo restore`: everything that people have done in one file, and back."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from choreo.authoring.told import Data, place, told


def backup(
    file: Annotated[Path, typer.Argument(help="What to write; there must be nothing yet.")], data: Data = None
) -> None:
    """Write what everybody has done, and the secret, into one file; the course may run meanwhile."""
    from choreo.hub.backup import write_backup  # here, so that `choreo start` stays small while it waits

    with told("No backup was made."):
        size = write_backup(place(data), file.absolute())
    typer.echo(f"{file}: {size:,} bytes, with everybody’s work and the secret. Keep it where only you can read it.")


def restore(file: Annotated[Path, typer.Argument(help="What `choreo backup` wrote.")], data: Data = None) -> None:
    """Put a backup into an empty data folder, or into the empty database that CHOREO_DATABASE names."""
    from choreo.hub.backup import read_backup  # here, so that `choreo start` stays small while it waits

    kept = place(data)
    with told("Nothing was restored."):
        counts = read_backup(kept, file.absolute())
    typer.echo(f"Restored into {kept.data}: {said(counts)}.")


def said(counts: Mapping[str, int]) -> str:
    """How much there is, in words."""
    return f"{counts['learner']:,} learners, {counts['entry']:,} entries, {counts['session']:,} live sessions"
