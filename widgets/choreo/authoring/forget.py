"""`choreo forget`: a learner who asks for it is deleted."""

from __future__ import annotations

from typing import Annotated

import typer

from choreo.authoring.told import Data, Yes, place, told


def forget(
    code: Annotated[str, typer.Argument(help="The learner's resume code.")] = "",
    user: Annotated[
        str, typer.Option("--jupyterhub-user", help="In its place: the learner's user name at the JupyterHub.")
    ] = "",
    data: Data = None,
    yes: Yes = False,
) -> None:
    """Delete a learner and all they did, for good; the course may run meanwhile."""
    from choreo.hub.identity import Identity  # here, so that `choreo start` stays small while it waits
    from choreo.hub.kept import learner_of, learner_of_user, wiped

    if bool(code) == bool(user):
        raise typer.BadParameter("Say whom: by a resume code, or by --jupyterhub-user NAME.")
    kept = place(data)
    with told("Nobody was forgotten."):
        secret = kept.read_secret()
        with kept.database() as database:
            learner = learner_of_user(database, secret, user) if user else learner_of(database, Identity(secret), code)
            entries = database.entries(learner)
            days = f", from {entries[0].at[:10]} to {entries[-1].at[:10]}" if entries else ""
            if not yes:
                typer.confirm(f"Delete this learner and {len(entries)} entries{days}, for good?", abort=True)
            database.forget_learner(learner)
            rest = wiped(database)
    typer.echo(f"Forgotten, with {len(entries)} entries. {rest}")
