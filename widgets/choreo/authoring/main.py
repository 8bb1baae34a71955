"""The command line: choreo start | lab | check | rehearse."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import webbrowser
from pathlib import Path
from typing import Annotated

import typer

from choreo.serve.lan import EVERYWHERE, lan_addresses
from choreo.serve.running import Places, StartError, free_ports, run
from choreo.stores.file import data_folder

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, help=__doc__)

HERE_ONLY = "127.0.0.1"

Course = Annotated[Path, typer.Option(help="The course's folder, with lessons/ and exercises/ in it.")]


@app.command()
def start(
    course: Course = Path(),
    host: Annotated[str, typer.Option(help="Where to listen; 127.0.0.1 is this machine only.")] = HERE_ONLY,
    lan: Annotated[bool, typer.Option("--lan", help="Let the room's phones in: listen on all addresses.")] = False,
    port: Annotated[
        int, typer.Option(min=1, max=65000, help="Of the home page; the lessons take the next one.")
    ] = 8000,
    data: Annotated[Path | None, typer.Option(help="Where people's work is kept.")] = None,
    browser: Annotated[bool, typer.Option(help="Open the home page in the browser.")] = True,
) -> None:
    """Start the course: the home page and the lessons."""
    folder = _course(course)
    if lan and host != HERE_ONLY:
        raise typer.BadParameter("--lan listens on all addresses; leave out --host, or leave out --lan.")
    host = EVERYWHERE if lan else host
    rooms = lan_addresses() if lan else []
    try:
        if lan and not rooms:
            raise StartError(
                "This machine has no address that phones could reach; join the room's network first, or name one with --host."
            )
        chosen = free_ports(host, port)
        if chosen != port:
            typer.echo(f"Port {port} or {port + 1} is taken; using {chosen} and {chosen + 1}.")
        known = os.environ.get("CHOREO_ADDRESS", "") or (f"http://{rooms[0]}:{chosen}" if rooms else "")
        kept = (data or data_folder()).resolve()
        places = Places(host, chosen, folder / "lessons", folder / "exercises", kept, known)

        def ready(address: str) -> None:
            phones = "".join(f"\n  Phones go to  http://{room}:{chosen}/join" for room in rooms)
            typer.echo(f"\n  Choreo is at  {address}{phones}\n\n  Work is kept in {places.data}. Ctrl-C stops.\n")
            if browser and os.environ.get("CHOREO_NO_BROWSER") != "1":
                webbrowser.open(address)

        logging.basicConfig(format="%(message)s")
        run(places, ready)
    except StartError as error:
        typer.echo(f"Choreo did not start. {error}", err=True)
        raise typer.Exit(1) from error


@app.command()
def lab(
    course: Course = Path(),
    options: Annotated[list[str] | None, typer.Argument(help="For JupyterLab itself, after --.")] = None,
) -> None:
    """Open the course's notebooks in JupyterLab."""
    folder = _course(course)
    environ = os.environ | {"CHOREO_EXERCISES": str(folder / "exercises")}
    command = [
        sys.executable,
        "-m",
        "jupyterlab",
        f"--ServerApp.root_dir={folder}",
        "--LabApp.default_url=/lab/tree/lessons",
    ]
    if os.environ.get("CHOREO_NO_BROWSER") == "1":
        command.append("--no-browser")
    command += options or []
    if os.name == "posix":
        os.execve(sys.executable, command, environ)  # signals reach JupyterLab itself
    raise typer.Exit(subprocess.call(command, env=environ))


@app.command()
def check(
    course: Course = Path(),
    accept: Annotated[bool, typer.Option("--accept", help="Accept new exercises and raised versions.")] = False,
) -> None:
    """Prove every exercise and play every goal; list all faults of all files."""
    from choreo.bank.check import check as check_bank  # here, so that `choreo start` stays small while it waits
    from choreo.explorables.proof import played

    folder = _course(course)
    faults = check_bank(folder / "exercises", played, accept)
    for fault in faults:
        typer.echo(fault, err=True)
    if faults:
        raise typer.Exit(1)
    typer.echo("All exercises are well.")


@app.command()
def rehearse(
    plan: Annotated[str, typer.Argument(help="A ready-made plan (twenty, sixty, two-hours), or a YAML file.")],
    people: Annotated[int, typer.Option(min=1, max=2000, help="How many phones come.")] = 30,
    speed: Annotated[float, typer.Option(min=0.1, max=1000, help="How many times as fast as people.")] = 10,
    hub: Annotated[
        str, typer.Option(help="A running hub, as http://127.0.0.1:8000; a hub of its own without it.")
    ] = "",
    course: Course = Path(),
) -> None:
    """Run a live session's plan with phones that nobody holds, and tell what was lost and how long things took."""
    from choreo.authoring.rehearse import RehearsalError, rehearse_here  # here, for the same reason

    folder = _course(course)
    try:
        report = rehearse_here(plan, people, speed, hub, folder / "lessons", folder / "exercises", typer.echo)
    except (RehearsalError, StartError) as error:
        typer.echo(f"The rehearsal did not take place. {error}", err=True)
        raise typer.Exit(1) from error
    typer.echo(f"\n{report.text()}")
    if not report.well:
        raise typer.Exit(1)


def _course(folder: Path) -> Path:
    folder = folder.resolve()
    missing = [name for name in ("lessons", "exercises") if not (folder / name).is_dir()]
    if missing:
        typer.echo(
            f"{folder}: no folder {' and no folder '.join(missing)} here; go to the course's folder, or name it with --course.",
            err=True,
        )
        raise typer.Exit(1)
    return folder


def main() -> None:
    """Run the command line."""
    app()
