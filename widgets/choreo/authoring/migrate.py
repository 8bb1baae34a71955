"""`choreo migrate`: the database brought to the form that this version writes, before the hubs of this version start."""

from __future__ import annotations

from typing import Annotated

import typer

from choreo.authoring.told import Data, place, told


def migrate(
    check: Annotated[
        bool, typer.Option("--check", help="Change nothing; end with 1 if something is to be done.")
    ] = False,
    data: Data = None,
) -> None:
    """Bring the database to the form that this version writes. Called by several at once, one does it and the others wait."""
    from choreo.hub.copying import existing  # here, so that `choreo start` stays small while it waits
    from choreo.hub.engine import connect_database, open_database
    from choreo.hub.schema import forms

    url = place(data).url
    with told("Nothing was migrated."):
        before = existing(url) if check else connect_database(url)
        try:
            with before.reading() as connection:
                found, newest = forms(connection)
        finally:
            before.close()
        if found != newest and not check:
            open_database(url).close()
    if found == newest:
        typer.echo(f"{before.place}: is at revision {newest}, which this version writes.")
    elif check:
        typer.echo(f"{before.place}: is at revision {found or 'none'}; this version writes {newest}.")
        raise typer.Exit(1)
    else:
        typer.echo(f"{before.place}: from revision {found or 'none'} to {newest}.")
