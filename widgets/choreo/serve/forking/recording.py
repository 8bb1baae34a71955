"""A lesson's notebook, run once: what its cells show, and the state of all widgets."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import CapturingDisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from traitlets import Type
from traitlets.config import Config

from choreo.serve.notebook import read_cells

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Recording:
    """What a page needs of a lesson that has run."""

    cells: Sequence[Mapping[str, Any]]  # of the notebook
    outputs: Mapping[int, Sequence[Mapping[str, Any]]]  # of each code cell, by its index
    widgets: Mapping[str, Any]  # the widgets' state, as ipywidgets embeds it


class _Hook(DisplayHook):
    """Takes what a cell's last expression shows to where `display` takes it, instead of printing it."""

    def __call__(self, result: Any = None) -> None:
        if result is not None and not self.quiet():
            data, metadata = self.compute_format_data(result)
            self.shell.display_pub.publish(data, metadata)


class _Shell(InteractiveShell):
    displayhook_class = Type(_Hook)
    display_pub_class = Type(CapturingDisplayPublisher)

    def _showtraceback(self, *_: Any) -> None:
        """Print nothing: `_run` says what a cell raised."""


def make_shell() -> InteractiveShell:
    """IPython that records what is displayed; without history, which would be a thread and a file."""
    config = Config()
    config.HistoryManager.enabled = False
    return _Shell.instance(config=config)


def record(shell: InteractiveShell, path: Path) -> Recording:
    """Run the notebook at `path`; raise NotebookError. A cell that raises shows its error; the others run all the same.

    What a cell could not make is missed by the cells after it: that shows nothing more. Errors name places in the course.
    """
    from ipywidgets import Widget

    cells = read_cells(path)
    course = f"{path.parent.parent}/"
    outputs: dict[int, list[dict[str, Any]]] = {}
    failed = ""
    for index, cell in enumerate(cells):
        if cell["cell_type"] != "code":
            continue
        shown, error = _run(shell, cell["source"])
        if error is None:
            outputs[index] = shown
            continue
        missing = getattr(error, "name", None) if isinstance(error, NameError) else None
        known = bool(missing) and re.search(rf"^{re.escape(str(missing))}\s*=", failed, re.MULTILINE)
        failed += cell["source"] + "\n"
        if not known:
            fault = str(error).replace(course, "")
            log.warning("%s: a cell raised %s: %s", path.stem, type(error).__name__, fault)
            shown.append({"output_type": "error", "ename": type(error).__name__, "evalue": fault})
        outputs[index] = shown
    return Recording(cells, outputs, Widget.get_manager_state(widgets=None)["state"])


def _run(shell: InteractiveShell, source: str) -> tuple[list[dict[str, Any]], BaseException | None]:
    shell.display_pub.outputs.clear()
    with capture_output(stdout=True, stderr=True, display=False) as captured:
        result = shell.run_cell(source, store_history=False)
    shown: list[dict[str, Any]] = []
    if captured.stdout:
        shown.append({"output_type": "stream", "name": "stdout", "text": captured.stdout})
    shown += [{"output_type": "display_data", "data": output["data"]} for output in shell.display_pub.outputs]
    return shown, result.error_before_exec or result.error_in_exec
