"""The servers that are compared: ours, stock Voilà and marimo, each with the lesson."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
from tests.serve.course import PATIENCE, ROOT, RunningCourse, running_course

LESSON = "09-choreography"
CARDS = 9  # of the lesson, with all steps open


@dataclass(frozen=True)
class Site:
    """One of the servers, with the lesson."""

    name: str
    address: str  # of the lesson
    kept: Path | None = None  # the folder of kept work where it is not each visitor's own
    cards: int = CARDS  # that are there at first
    lesson: str = LESSON
    charts: bool = True  # whether it ever shows one

    def forget(self) -> None:
        """Make the next visitor a new learner."""
        if self.kept:
            shutil.rmtree(self.kept, ignore_errors=True)

    def probe(self, act: str) -> str:
        """The script that watches a page of this site, and does there what is asked."""
        return f"({script('probe')})({json.dumps({'story': story(self.lesson), 'cards': self.cards, 'act': act})});"


def story(lesson: str) -> str:
    """How the first paragraph of a lesson's story begins, up to what a page may show in another way."""
    cells = json.loads((ROOT / "lessons" / f"{lesson}.ipynb").read_text(encoding="utf-8"))["cells"]
    texts = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
    lines = [line for line in texts[1].splitlines() if line and not line.startswith("#")]
    return re.split(r"[*_`'’\"\[]", lines[0].lstrip('"'))[0][:30].rstrip()


def script(name: str) -> str:
    """What runs in a page: the expression in that file."""
    return (Path(__file__).parent / f"{name}.js").read_text(encoding="utf-8").rstrip().removesuffix(";")


@contextmanager
def served(folder: Path, module: str, *options: str) -> Iterator[str]:
    """A server in a copy of the course: its address, once it answers."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    plain = {
        "CHOREO_DATA": str(folder / "data"),
        "CHOREO_EXERCISES": str(ROOT / "exercises"),
        "PYTHONPATH": str(ROOT / "widgets"),
        "JUPYTER_CONFIG_DIR": str(folder / "config"),
        "JUPYTER_RUNTIME_DIR": str(folder / "runtime"),
        "IPYTHONDIR": str(folder / "ipython"),
    }
    command = [sys.executable, "-m", module, *(option.format(port=port) for option in options)]
    with (folder / "log").open("wb") as log:
        process = psutil.Popen(command, cwd=folder, env=os.environ | plain, stdout=log, stderr=log)
    try:
        _wait_until_it_listens(port, process, folder / "log")
        yield f"http://127.0.0.1:{port}/"
    finally:
        with suppress(psutil.NoSuchProcess):
            kernels = process.children(recursive=True)
            process.terminate()
            psutil.wait_procs([process], PATIENCE)
            for left in psutil.wait_procs([process, *kernels], 1)[1]:
                left.kill()


def _wait_until_it_listens(port: int, process: psutil.Popen, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=PATIENCE).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"{process.args} does not listen:\n{log.read_text()[-2000:]}")


@contextmanager
def ours(folder: Path) -> Iterator[tuple[Site, Site, RunningCourse]]:
    """`choreo start`."""
    with running_course(folder / "data", port=8790) as course:
        address = f"{course.address}/lessons/{LESSON}"
        yield Site("ours", address, cards=0), Site("ours, all open", f"{address}?all"), course


@contextmanager
def stock(folder: Path) -> Iterator[Site]:
    """Voilà as it comes; kernels whose pages are gone end after a while, so that they do not fill the machine."""
    notebook = shutil.copy(ROOT / "lessons" / f"{LESSON}.ipynb", folder)
    tidy = ("--MappingKernelManager.cull_interval=10", "--MappingKernelManager.cull_idle_timeout=60")
    with served(
        folder, "voila", str(notebook), "--no-browser", "--port={port}", "--Voila.ip=127.0.0.1", *tidy
    ) as address:
        yield Site("stock Voilà", address, folder / "data")


@contextmanager
def marimo(folder: Path) -> Iterator[Site]:
    """The notebook as a marimo app."""
    app = folder / "lesson.py"
    convert = [sys.executable, "-m", "marimo", "convert", str(ROOT / "lessons" / f"{LESSON}.ipynb"), "-o", str(app)]
    subprocess.run(convert, check=True, capture_output=True, timeout=PATIENCE)
    app.write_text(adapted(app.read_text(encoding="utf-8")), encoding="utf-8")
    with served(folder, "marimo", "run", str(app), "--headless", "--no-token", "--port={port}") as address:
        yield Site("marimo", address, folder / "data", charts=False)


def adapted(app: str) -> str:
    """The app, with what marimo does not show by itself: the lesson's link."""
    return re.sub(r"(?m)^    lesson$", "    lesson._link", app)
