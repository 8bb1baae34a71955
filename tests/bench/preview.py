"""How soon an author sees what was saved, and what is wrong with it: `python -m tests.bench.preview [--saves 10]`.

`choreo check` of the whole course, from nothing, imports and all, in seconds of one core. Then a lesson in `choreo preview`, in a
copy of the course. Each save changes words that can be seen; the time runs from the file's being there to the frame of the lesson
that shows them. Nothing here fails; what misses its aim gets a "!".
"""

from __future__ import annotations

import argparse
import itertools
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page
from tests.bench.pages.columns import line
from tests.browser.authors import RunningPreview, lesson, own_copy, predict, replace
from tests.browser.chromium import launched
from tests.serve.course import ROOT

PORT = 8890
PATIENCE = 20_000  # ms
SAVED = {  # file, and words that stand in it once and can be seen
    "an exercise": ("exercises/02-silos/three-or-all.yaml", "The same thirty-two people"),
    "a notebook": ("lessons/02-silos.ipynb", "It took fifty-one days"),
    "an explorable": ("widgets/choreo/explorables/silos.py", '"Bridges'),
    "a stage's script": ("widgets/choreo/views/stages/network.js", "A coat fills"),
}


def seen(page: Page, path: Path, old: str, new: str) -> float:
    """Save a file with other words; the seconds until they are shown."""
    replace(path, old, new)
    saved = time.perf_counter()
    lesson(page).get_by_text(new.lstrip('"')).first.wait_for(state="attached", timeout=PATIENCE)
    return time.perf_counter() - saved


def checked() -> float:
    """Check the whole course in a new process; the seconds of a core that it took."""
    command = "from choreo.authoring.main import app; app(['check'], standalone_mode=False)"
    run = [sys.executable, "-c", f"{command}; import time; print(time.process_time())"]
    return float(subprocess.run(run, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split()[-1])


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--saves", type=int, default=10, help="of each kind of file")
    saves = parser.parse_args().saves
    with tempfile.TemporaryDirectory() as made, launched() as browser:
        folder = own_copy(Path(made))
        preview = RunningPreview(folder, "02-silos", PORT, folder / "log")
        try:
            page = browser.new_page()
            page.goto(preview.address)
            page.get_by_text("Up to date").first.wait_for(timeout=PATIENCE)
            predict(page)
            print(f"{os.cpu_count()} cores, load before: {os.getloadavg()[0]:.1f}", flush=True)
            line("choreo check reads the whole course", [checked() for _time in range(saves)], "s", 2)
            for kind, (name, words) in SAVED.items():
                shown = [words, *(f"{words} {count}." for count in range(saves))]
                took = [seen(page, folder / name, *pair) for pair in itertools.pairwise(shown)]
                line(f"{kind} is saved -> the lesson shows it", took, "s", 1)
        finally:
            preview.stop()


if __name__ == "__main__":
    main()
