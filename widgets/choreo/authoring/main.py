"""The command line: to start the course, to write it, to take questions in and out, and to look after people's work."""

from __future__ import annotations

import os
import webbrowser
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from choreo.authoring.backup import backup, restore
from choreo.authoring.bring_in import import_
from choreo.authoring.course import Course, course_folder, course_to_start
from choreo.authoring.export import export
from choreo.authoring.forget import forget
from choreo.authoring.lab import lab
from choreo.authoring.migrate import migrate
from choreo.authoring.move import move
from choreo.authoring.new import new
from choreo.authoring.new_course import new_course
from choreo.authoring.preview import preview
from choreo.authoring.report import report
from choreo.authoring.rerun import rerun
from choreo.authoring.sessions import sessions
from choreo.authoring.told import typed_here
from choreo.hub.jupyterhub.service import Post, ServiceError, read_post, read_service
from choreo.hub.lan import EVERYWHERE, lan_addresses
from choreo.hub.lock import running_on
from choreo.hub.log import begin_log
from choreo.hub.public import PublicError, read_public
from choreo.serve.places import Places, StartError, listening
from choreo.serve.running import LostPortError, run
from choreo.stores.file import data_folder

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)

HERE_ONLY = "127.0.0.1"


def _told_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"choreo {version('choreo')}")
        raise typer.Exit


@app.callback()
def choreo(
    version_: Annotated[
        bool, typer.Option("--version", callback=_told_version, is_eager=True, help="Say which version this is.")
    ] = False,
) -> None:
    """Start the course, write it, and look after what people do in it."""


@app.command()
def start(
    course: Course = Path(),
    host: Annotated[str, typer.Option(help="Where to listen; 127.0.0.1 is this machine only.")] = HERE_ONLY,
    lan: Annotated[bool, typer.Option("--lan", help="Let the room's phones in: listen on all addresses.")] = False,
    live: Annotated[
        bool, typer.Option("--live", help="As --lan, and open the coach's console; one that runs already goes on.")
    ] = False,
    public: Annotated[
        str, typer.Option(help="Where it is for everybody, where that is another address: https://example.org/choreo.")
    ] = "",
    port: Annotated[int, typer.Option(min=1, max=65000, help="Of everything that a browser asks for.")] = 8000,
    lesson_servers: Annotated[int, typer.Option(min=1, max=64, help="How many of them share the lessons.")] = 1,
    data: Annotated[Path | None, typer.Option(help="Where people's work is kept.")] = None,
    jupyterhub: Annotated[
        bool, typer.Option("--jupyterhub", help="As a service of a JupyterHub, which says who learners are.")
    ] = False,
    browser: Annotated[bool, typer.Option(help="Open the home page in the browser.")] = True,
) -> None:
    """Start the course: the home page and the lessons."""
    folder = course_to_start(course)
    lan = lan or live
    if lan and host != HERE_ONLY:
        raise typer.BadParameter("--lan listens on all addresses; leave out --host, or leave out --lan.")
    if lan and jupyterhub:
        raise typer.BadParameter("In a JupyterHub, phones come by its address; leave out --lan and --live.")
    host = EVERYWHERE if lan else host
    rooms = lan_addresses() if lan else []
    kept = (data or data_folder()).resolve()
    try:
        if live and (running := running_on(kept)):
            typer.echo(
                f"\n  Choreo runs already, at  {running}\n\n  Its console lets phones in, where they cannot join yet.\n"
            )
            _show(f"{running}/lessons/live", browser)
            return
        if lan and not rooms:
            raise StartError(
                "This machine has no address that phones could reach; join the room's network first, or name one with --host."
            )
        post = _post(jupyterhub)
        host, port, browser = post.host or host, post.port or port, browser and not jupyterhub
        listener = listening(host, port)
        chosen = listener.getsockname()[1]
        if chosen != port and post.port:
            listener.close()
            raise StartError(
                f"{host}:{port}: is taken; give the service another url in the JupyterHub's configuration."
            )
        if chosen != port:
            typer.echo(f"Port {port} is taken; using {chosen}.")
        known = (
            public
            or os.environ.get("CHOREO_ADDRESS", "")
            or post.public
            or (f"http://{rooms[0]}:{chosen}" if rooms else "")
        )
        at = read_public(known)
        places = Places(host, chosen, folder / "lessons", folder / "exercises", kept, at, lesson_servers, jupyterhub)

        def ready(address: str) -> None:
            phones = "".join(f"\n  Phones go to  http://{room}:{chosen}{at.path}/join" for room in rooms)
            typer.echo(f"\n  Choreo is at  {address}{phones}\n\n  Work is kept in {places.data}. Ctrl-C stops.\n")
            _show(f"{address}/lessons/live" if live else address, browser)

        begin_log("%(message)s")
        with listener:
            run(listener, places, ready)
    except (StartError, PublicError, ServiceError) as error:
        typer.echo(f"Choreo did not start. {error}", err=True)
        raise typer.Exit(1) from error
    except LostPortError as error:
        typer.echo(f"Choreo stopped. {error}", err=True)
        raise typer.Exit(1) from error


@app.command()
def check(
    course: Course = Path(),
    accept: Annotated[bool, typer.Option("--accept", help="Accept new exercises and raised versions.")] = False,
    run: Annotated[bool, typer.Option("--run", help="Run every notebook as well, as JupyterLab would.")] = False,
) -> None:
    """Read notebooks, course.yaml, exercises and explorables, prove every exercise, play every goal; list all faults."""
    from choreo.authoring.check.whole import course_faults  # here, so that `choreo start` stays small while it waits

    folder = course_folder(course)
    faults = course_faults(folder, accept, run)
    for fault in faults:
        typer.echo(typed_here(fault.removeprefix(f"{Path.cwd()}{os.sep}")), err=True)
    if faults:
        typer.echo(f"{len(faults)} {'fault' if len(faults) == 1 else 'faults'}.")
        raise typer.Exit(1)
    typer.echo("All is well.")


@app.command()
def rehearse(
    plan: Annotated[
        str,
        typer.Argument(
            help="A ready-made plan (twenty, forty-five, sixty, ninety, two-hours), or a file: YAML, or as the console saves it."
        ),
    ],
    people: Annotated[int, typer.Option(min=1, max=2000, help="How many phones come.")] = 30,
    speed: Annotated[float, typer.Option(min=0.1, max=1000, help="How many times as fast as people.")] = 10,
    hub: Annotated[
        str, typer.Option(help="A running hub, as http://127.0.0.1:8000; a hub of its own without it.")
    ] = "",
    course: Course = Path(),
) -> None:
    """Run a live session's plan with phones that nobody holds, and tell what was lost and how long things took."""
    from choreo.authoring.rehearse import RehearsalError, rehearse_here  # here, for the same reason

    folder = course_to_start(course)
    try:
        report = rehearse_here(plan, people, speed, hub, folder / "lessons", folder / "exercises", typer.echo)
    except (RehearsalError, StartError) as error:
        typer.echo(f"The rehearsal did not take place. {error}", err=True)
        raise typer.Exit(1) from error
    typer.echo(f"\n{report.text()}")
    if not report.well:
        raise typer.Exit(1)


for command in (lab, preview, export, report, backup, restore, move, migrate, forget):
    app.command()(command)
app.command("run")(rerun)
app.command("import")(import_)
new.command("course")(new_course)
app.add_typer(new, name="new")
app.add_typer(sessions, name="sessions")


def _post(jupyterhub: bool) -> Post:
    """Where a JupyterHub wants the course, if it is one of its services; raise ServiceError."""
    if not jupyterhub:
        return Post("", 0, "")
    read_service(os.environ)
    return read_post(os.environ)


def _show(address: str, browser: bool) -> None:
    if browser and os.environ.get("CHOREO_NO_BROWSER") != "1":
        webbrowser.open(address)


def main() -> None:
    """Run the command line."""
    app()


if __name__ == "__main__":
    main()
