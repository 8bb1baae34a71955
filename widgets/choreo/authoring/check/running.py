"""Notebooks really run, each in a kernel of its own: cells that raise, and cells that show something else than was saved."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from choreo.authoring.check.notebook import Cell, Fault, Notebook
from choreo.authoring.check.outputs import raised

KERNEL = "python3"  # the one that is here, whichever the notebook was last opened with
TIME = 120  # seconds for one cell
_ADDRESS = re.compile(r"0x[0-9a-f]{6,}")


def run_faults(notebook: Notebook, exercises: Path) -> Iterator[Fault]:
    """What goes wrong when all cells are run from top to bottom."""
    import nbformat  # both for who asks for it: they take as long as the check itself
    from nbclient import NotebookClient
    from nbclient.exceptions import CellTimeoutError, DeadKernelError

    raw = nbformat.read(notebook.path, as_version=4)
    options = {"timeout": TIME, "kernel_name": KERNEL, "allow_errors": True, "store_widget_state": False}
    options["extra_arguments"] = ["--log-level=ERROR"]
    client = NotebookClient(raw, resources={"metadata": {"path": str(notebook.path.parent)}}, **options)
    try:
        client.execute(env=os.environ | {"CHOREO_EXERCISES": str(exercises)})
    except CellTimeoutError:
        yield Fault(0, 0, f"a cell took more than {TIME} seconds; make it quicker.")
        return
    except DeadKernelError:
        yield Fault(0, 0, "its kernel died; run it in JupyterLab to see where.")
        return
    for cell, ran in zip(notebook.cells, json.loads(nbformat.writes(raw))["cells"], strict=True):
        if cell.kind == "code" and "raises-exception" not in cell.tags:
            yield from _faults_of(cell, ran["outputs"])


def _faults_of(cell: Cell, outputs: list[Mapping[str, Any]]) -> Iterator[Fault]:
    errors = [output for output in outputs if output.get("output_type") == "error"]
    yield from (raised(cell, error) for error in errors)
    if cell.outputs and not errors and shown(cell.outputs) != shown(outputs):
        yield Fault(cell.number, 0, "shows something else than what was saved; run all cells, and save.")


def shown(outputs: Any) -> list[str]:
    """What outputs say in plain text, all lines of it; addresses in memory are another at every run."""
    streams: dict[str, list[str]] = {}
    found = []
    for output in outputs:
        if output.get("output_type") == "stream":
            streams.setdefault(str(output.get("name")), []).append("".join(output.get("text", "")))
        else:
            found.append("".join(output.get("data", {}).get("text/plain", "")))
    said = [*found, *("".join(texts) for _, texts in sorted(streams.items()))]
    return [_ADDRESS.sub("0x", text).rstrip() for text in said]
