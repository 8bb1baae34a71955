"""`pip install choreo`, `choreo start`: the package by itself, outside the repository, with no folder of a course."""

from __future__ import annotations

import os
import signal
import site
import subprocess
import sys
import urllib.request
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.serve.course import PATIENCE, ROOT, own

LOCKED = next(path for path in site.getsitepackages() if (Path(path) / "jupyterlab").is_dir())


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of an environment with the built wheel in it, and the locked packages beside it."""
    place = tmp_path_factory.mktemp("installed")
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    build = [*pip, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", place / "wheel", ROOT]
    subprocess.run(build, check=True, env=clean())
    (wheel,) = (place / "wheel").glob("choreo-*.whl")
    venv.create(place / "venv", with_pip=False)
    python = place / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    subprocess.run([*pip, "--python", python, "install", "--no-deps", wheel], check=True, env=clean())
    packages = subprocess.check_output(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], text=True
    ).strip()
    Path(packages, "locked.pth").write_text(f"{LOCKED}\n")  # a path only: what is editable there stays away
    return python.parent


def clean() -> dict[str, str]:
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "CHOREO"))}
    return environ | {"JUPYTER_PATH": str(Path(sys.prefix) / "share" / "jupyter")}


@contextmanager
def started(programs: Path, folder: Path, data: Path) -> Iterator[str]:
    """A course that was started in the folder; its address."""
    port = own(8750)
    command = [programs / "choreo", "start", "--no-browser", "--data", data, "--port", str(port)]
    with subprocess.Popen(command, cwd=folder, env=clean(), stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            lines = iter(process.stdout.readline, "")
            yield next(line.split()[-1] for line in lines if "Choreo is at" in line)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(PATIENCE)


def page(address: str) -> str:
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    return str(opener.open(address, timeout=PATIENCE).read().decode())


def test_in_an_empty_folder_the_course_that_comes_along_starts(installed: Path, tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    where = "import choreo; print(choreo.__file__)"
    assert str(installed.parent) in subprocess.check_output(
        [installed / "python", "-c", where], text=True, cwd=folder, env=clean()
    )
    with started(installed, folder, tmp_path / "data") as address:
        assert "From silos to choreography" in page(address)
        assert "Forty names on a whiteboard" in page(f"{address}/lessons/09-choreography")
    assert list(folder.iterdir()) == []


def test_a_course_of_ones_own_is_made_checked_and_started(installed: Path, tmp_path: Path) -> None:
    said = subprocess.check_output(
        [installed / "choreo", "new", "course", "night-school"], cwd=tmp_path, env=clean(), text=True
    )
    assert "choreo start --course night-school`" in said
    folder = tmp_path / "night-school"
    subprocess.run([installed / "choreo", "check"], cwd=folder, env=clean(), check=True, capture_output=True)
    with started(installed, folder, tmp_path / "data") as address:
        assert "<title>Night school · Night school</title>" in page(address)
        lesson = page(f"{address}/lessons/01-first-steps")
        assert "What happened at the saw" in lesson
        assert "Run a live session" in page(f"{address}/lessons/live")
