"""`choreo sessions`: whoever runs the server sees the live sessions, hands them over, and deletes them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer

from choreo.authoring.told import Data, Yes, place, told

if TYPE_CHECKING:
    from choreo.hub.live.custody import Known

HERE = "http://127.0.0.1:8000"  # where `choreo start` serves if nothing else is said
sessions = typer.Typer(no_args_is_help=True, help=__doc__)

Code = Annotated[str, typer.Argument(help="The session's join code, or its id.")]


@sessions.command("list")
def list_(data: Data = None) -> None:
    """Show all sessions, the newest first."""
    from choreo.hub.live.custody import listed  # here, so that `choreo start` stays small while it waits

    with told("The sessions cannot be shown."), place(data).database() as database:
        known = listed(database)
    if not known:
        typer.echo("There is no live session.")
    for one in known:
        typer.echo(f"{one.code}  {one.id}  {_time(one)}, {one.people} people, {one.events} events  {one.title}")


def _time(one: Known) -> str:
    """When it was opened and ends, by the minute, in UTC."""
    from choreo.hub.live.custody import ends_at

    ends = f"ended {_minute(one.ended_at)}" if one.ended_at else f"ends {_minute(ends_at(one.created_at))}"
    return f"opened {_minute(one.created_at)}, {ends} UTC"


def _minute(stamped: str) -> str:
    return stamped[:16].replace("T", " ")


@sessions.command()
def link(
    code: Code,
    data: Data = None,
    address: Annotated[str, typer.Option(help="Of the home page, as the coach reaches it.")] = "",
) -> None:
    """Print a new coach's link, for a coach who lost theirs; the link from before does not fit any more."""
    from choreo.hub.live.custody import found, hand_over

    base = address or os.environ.get("CHOREO_ADDRESS", "") or HERE
    with told("There is no new link."), place(data).database() as database:
        one = found(database, code)
        token = hand_over(database, one.id)
    typer.echo(f"{base.rstrip('/')}/lessons/live#coach={token}")
    more = "" if base != HERE else " Name the home page with --address if it is not there."
    typer.echo(f"Whoever has this link runs “{one.title}”. The link from before does not fit any more.{more}", err=True)


@sessions.command("delete")
def delete_(code: Code, data: Data = None, yes: Yes = False) -> None:
    """Delete everything about a session, for good; phones are told within seconds."""
    from choreo.hub.kept import wiped
    from choreo.hub.live.custody import delete, found

    with told("Nothing was deleted."), place(data).database() as database:
        one = found(database, code)
        if not yes:
            typer.confirm(
                f"Delete “{one.title}” with {one.events} events of {one.people} people, for good?", abort=True
            )
        delete(database, one.id)
        rest = wiped(database)
    typer.echo(f"Deleted. {rest}")
