"""A lesson's notebook, run once: what its cells show, and the state of all widgets."""

from __future__ import annotations

import logging
import re
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type
from traitlets.config import Config

from choreo.serve.capture import Capture, adopt
from choreo.serve.notebook import is_expected, read_cells
from choreo.serve.shell import set_up
from choreo.serve.taken import Taken

log = logging.getLogger(__name__)

AUTHORS = ("choreo.explorables.", "choreo.models.")  # modules that a lesson's author may have written


@dataclass(frozen=True)
class Recording:
    """What a page needs of a lesson that has run."""

    cells: Sequence[Mapping[str, Any]]  # of the notebook
    outputs: Mapping[int, Sequence[Mapping[str, Any]]]  # of each code cell, by its index
    widgets: Mapping[str, Any]  # the widgets' state, as ipywidgets embeds it

    @property
    def fault(self) -> str:
        """What the first cell that raised says; empty where all is well."""
        outputs = (shown for index, shown in self.outputs.items() if not is_expected(self.cells[index]))
        errors = (one for shown in outputs for one in shown if one["output_type"] == "error")
        return next((f"{error['ename']}: {error['evalue']}" for error in errors), "")


class _Hook(DisplayHook):
    """Takes what a cell's last expression shows to where `display` takes it, instead of printing it."""

    def quiet(self) -> bool:
        """Whether the cell ends in a semicolon; IPython would look that up in its history."""
        return bool(self.exec_result) and self.semicolon_at_end_of_expression(self.exec_result.info.raw_cell)

    def __call__(self, result: Any = None) -> None:
        if result is not None and not self.quiet():
            data, metadata = self.compute_format_data(result)
            self.update_user_ns(result)  # as `_`, for the next cell
            if data:
                self.shell.display_pub.publish(data, metadata)


class _Publisher(DisplayPublisher):
    """Takes what is displayed to where it goes just now."""

    capture: Capture

    def publish(
        self, data: Any, metadata: Any = None, source: Any = None, *, transient: Any = None, **how: Any
    ) -> None:
        transient = transient or {}
        if how.get("update"):
            self.capture.update(data, metadata or {}, transient.get("display_id", ""))
        else:
            self.capture.display(data, metadata or {}, transient)

    def clear_output(self, wait: bool = False) -> None:
        self.capture.clear(wait)


class _Shell(InteractiveShell):
    displayhook_class = Type(_Hook)
    display_pub_class = Type(_Publisher)
    capture: Capture
    traceback: Sequence[str] = ()  # of what a cell raised

    def enable_gui(self, gui: Any = None) -> None:
        """There is no window to draw into."""

    def _showtraceback(self, kind: Any, error: Any, lines: Sequence[str]) -> None:
        """Print nothing: `_run` says what a cell raised, and an Output widget what was raised in it."""
        if not self.capture.error(kind.__name__, str(error), lines):
            self.traceback = lines


def make_shell(capture: Capture) -> InteractiveShell:
    """IPython that hands to `capture` what is displayed; without history, which would be a thread and a file."""
    config = Config()
    config.HistoryManager.enabled = False
    shell = _Shell.instance(config=config)
    shell.capture = shell.display_pub.capture = capture
    set_up(shell)
    adopt(capture, shell)
    return shell


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
        taken, error = _run(shell, cell["source"])
        outputs[index] = taken.outputs
        if error is None:
            continue
        missing = getattr(error, "name", None) if isinstance(error, NameError) else None
        known = bool(missing) and re.search(rf"^{re.escape(str(missing))}\s*=", failed, re.MULTILINE)
        failed += cell["source"] + "\n"
        if not known:
            fault = str(error).replace(course, "")
            if not is_expected(cell):
                log.warning("%s: a cell raised %s: %s", path.stem, type(error).__name__, fault)
            taken.error(type(error).__name__, fault, shell.traceback if is_expected(cell) else (), place_of(error))
    return Recording(cells, outputs, Widget.get_manager_state(widgets=None)["state"])


def place_of(error: BaseException) -> tuple[str, int]:
    """Where a cell went wrong: a file of the author's, "" for the cell itself, and the line; 0 where nobody knows it."""
    if isinstance(error, SyntaxError) and error.lineno:
        return (error.filename if error.filename and error.filename.endswith(".py") else "", error.lineno)
    found = ("", 0)
    for frame, line in traceback.walk_tb(error.__traceback__):
        module = str(frame.f_globals.get("__name__", ""))
        if module == "__main__" or module.startswith(AUTHORS):
            found = ("" if module == "__main__" else frame.f_code.co_filename, line)
    return found


def _run(shell: InteractiveShell, source: str) -> tuple[Taken, BaseException | None]:
    taken = shell.capture.begin()
    try:
        result = shell.run_cell(source, store_history=False)
    finally:
        shell.capture.end()
    return taken, result.error_before_exec or result.error_in_exec
