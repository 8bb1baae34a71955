"""A lesson's notebook, run once: what its cells show, and the state of all widgets."""

from __future__ import annotations

import json
import logging
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
    """Run the notebook at `path`. A cell that raises shows its error; the others run all the same."""
    from ipywidgets import Widget

    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    outputs = {}
    for index, cell in enumerate(cells):
        cell["source"] = "".join(cell["source"])
        if cell["cell_type"] == "code":
            outputs[index] = _run(shell, cell["source"])
    return Recording(cells, outputs, Widget.get_manager_state(widgets=None)["state"])


def _run(shell: InteractiveShell, source: str) -> list[dict[str, Any]]:
    shell.display_pub.outputs.clear()
    with capture_output(stdout=True, stderr=True, display=False) as captured:
        result = shell.run_cell(source, store_history=False)
    shown: list[dict[str, Any]] = []
    if captured.stdout:
        shown.append({"output_type": "stream", "name": "stdout", "text": captured.stdout})
    shown += [{"output_type": "display_data", "data": output["data"]} for output in shell.display_pub.outputs]
    error = result.error_before_exec or result.error_in_exec
    if error is not None:
        log.warning("A cell of the lesson raised %s: %s", type(error).__name__, error)
        shown.append({"output_type": "error", "ename": type(error).__name__, "evalue": str(error)})
    return shown
