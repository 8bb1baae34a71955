"""What nbval is asked for: saved outputs are there, all their lines are compared, and the kernel is the one that is here."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.authoring.check.course import code, laid, text
from tests.serve.course import ROOT

SAYS = "print('one')\nprint('two')"


def stream(words: str) -> dict[str, Any]:
    return {"output_type": "stream", "name": "stdout", "text": words.splitlines(keepends=True)}


CELLS = (
    (code(SAYS, stream("one\ntwo\n")), "PASSED"),
    (code(SAYS, run=False), "FAILED"),  # saved without outputs
    (code(SAYS, stream("one\nthree\n")), "FAILED"),  # another second line
    (code("x = 1", run=False), "PASSED"),  # nothing to show
)


def test_outputs_are_there_and_compared_whole_in_the_kernel_that_is_here(tmp_path: Path) -> None:
    laid(tmp_path, text("# A notebook"), *(cell for cell, _ in CELLS), name="one")
    path = tmp_path / "lessons" / "one.ipynb"
    notebook = json.loads(path.read_text())
    notebook["metadata"]["kernelspec"] = {"name": "conda-of-somebody", "display_name": "Not here"}
    path.write_text(json.dumps(notebook))
    (option,) = {word for word in (ROOT / "Makefile").read_text().split() if word.startswith("--nbval-")}
    options = ["--nbval", option, "-v", "-p", "no:cacheprovider", "-p", "tests.conftest", "-c", "pyproject.toml"]
    done = subprocess.run([sys.executable, "-m", "pytest", *options, path], cwd=ROOT, capture_output=True, text=True)
    assert re.findall(r"Cell \d+ (PASSED|FAILED)", done.stdout) == [told for _, told in CELLS], done.stdout
