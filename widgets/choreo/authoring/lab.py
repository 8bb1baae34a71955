"""`choreo lab`: JupyterLab for the course's notebooks, with the preview beside them."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import Annotated

import typer

from choreo.authoring.course import Course, course_folder
from choreo.authoring.preview import preview_places, stale
from choreo.serve.places import StartError
from choreo.serve.running import LostPortError, run

EXTENSION = Path(__file__).parent / "labextension"
PATIENCE = 8.0  # seconds until a JupyterLab that was asked to stop is ended


def lab(
    course: Course = Path(),
    preview: Annotated[bool, typer.Option(help="Show lessons beside their notebooks, as learners see them.")] = True,
    port: Annotated[int, typer.Option(min=1, max=65000, help="Of the preview.")] = 8020,
    options: Annotated[list[str] | None, typer.Argument(help="For JupyterLab itself, after --.")] = None,
) -> None:
    """Open the course's notebooks in JupyterLab, with a preview beside each."""
    from choreo.serve.forking.nursery import POSSIBLE  # here, so that other commands start sooner

    folder = course_folder(course)
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
    if POSSIBLE and preview:
        _beside(folder, port, command, environ)
    elif os.name == "posix":
        os.execve(sys.executable, command, environ)  # signals reach JupyterLab itself
    else:
        raise typer.Exit(subprocess.call(command, env=environ))


def _beside(folder: Path, port: int, command: list[str], environ: dict[str, str]) -> None:
    """JupyterLab and the preview's servers, which end together."""
    started: list[subprocess.Popen[bytes]] = []
    ending = threading.Event()
    with tempfile.TemporaryDirectory(prefix="choreo-lab-") as scratch:
        try:
            listener, places = preview_places(folder, port)
            _extension(Path(scratch) / "choreo", f"{places.home}/preview")
            command = [*command, f"--LabApp.extra_labextensions_path={scratch}"]

            def ready(_hub: str) -> None:
                process = subprocess.Popen(command, env=environ, stdin=subprocess.DEVNULL, start_new_session=True)
                started.append(process)
                threading.Thread(target=_leave, args=(process, ending), daemon=True).start()

            with listener:
                run(listener, places, ready, stale())
        except (StartError, LostPortError) as error:
            typer.echo(f"JupyterLab did not start. {error}", err=True)
            raise typer.Exit(1) from error
        finally:
            ending.set()
            for process in started:
                _end(process)


def _leave(process: subprocess.Popen[bytes], ending: threading.Event) -> None:
    """Once JupyterLab has ended by itself, let the preview end, too."""
    process.wait()
    if not ending.is_set():
        os.kill(os.getpid(), signal.SIGTERM)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()


def _extension(folder: Path, preview: str) -> None:
    """Our extension of JupyterLab, told where the preview is."""
    shutil.copytree(EXTENSION, folder)
    script = folder / "static" / "desk.js"
    script.write_text(script.read_text("utf-8").replace("@preview@", preview), encoding="utf-8")
