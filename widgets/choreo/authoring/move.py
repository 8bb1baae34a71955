"""`choreo move`: the database to another place, from SQLite to PostgreSQL or back."""

from __future__ import annotations

from typing import Annotated

import typer

from choreo.authoring.backup import said
from choreo.authoring.told import Data, place, told

FORMS = "postgresql://user:password@host/name, or sqlite:////folder/choreo.db"


def move(url: Annotated[str, typer.Argument(help=f"Where to: {FORMS}.")], data: Data = None) -> None:
    """Copy the database into an empty one, here or elsewhere. Stop the course first; the old one stays as it is."""
    from choreo.hub.copying import (
        existing,
        moved,
        sqlite_url,
    )  # here, so that `choreo start` stays small while it waits

    kept = place(data)
    with told("Nothing was moved."):
        existing(kept.url).close()
        with kept.alone("choreo move"):
            old, new, counts = moved(kept.url, url)
    typer.echo(
        f"Moved from {old} to {new}: {said(counts)}, counted on both sides. The secret stays in {kept.secret.parent}."
    )
    home = url == sqlite_url(kept.file)
    typer.echo(
        f"Start the course {'without CHOREO_DATABASE' if home else 'with CHOREO_DATABASE set to it'} from now on."
    )
    typer.echo(f"{old} is as it was. Delete it once all is well: people’s work is in it.")
