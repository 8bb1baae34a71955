"""Where what is printed and displayed goes: to the Output widget that is entered, else to the cell that runs.

JupyterLab's page finds this out from the names of requests; here it is known where it happens, in the kernel, for both kinds of
kernels. An Output widget's `outputs` say to Python what JupyterLab's would, and to the page what it can show (outputs.py).
"""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from weakref import WeakSet

from choreo.serve.outputs import Form, form_of, shown
from choreo.serve.taken import Taken, clean

SOON = 0.1  # seconds between two looks of the page at an Output widget that goes on being written to


class Capture:
    """The outputs of all cells, and of the Output widgets that are entered."""

    def __init__(self, tell: Callable[[Form], None] = lambda form: None) -> None:
        """`tell` hears what is displayed anew, for the page."""
        self.cells: list[Taken] = []
        self.cell: Taken | None = None  # that runs
        self._entered: list[tuple[Any, Taken]] = []
        self._widgets: WeakSet[Any] = WeakSet()
        self._told = 0.0
        self._tell = tell

    def begin(self) -> Taken:
        """The outputs of a cell that is about to run."""
        self.cell = Taken()
        self.cells.append(self.cell)
        return self.cell

    def end(self) -> None:
        """No cell runs."""
        self.cell = None

    @property
    def inside(self) -> bool:
        """Whether an Output widget is entered."""
        return bool(self._entered)

    @property
    def open(self) -> Taken | None:
        """Where outputs go now; None for nowhere here."""
        return self._entered[-1][1] if self._entered else self.cell

    def enter(self, widget: Any) -> None:
        """From now on outputs are this widget's."""
        self._widgets.add(widget)
        self._entered.append((widget, Taken(widget.outputs)))

    def leave(self) -> None:
        """Outputs are whose they were before."""
        widget, taken = self._entered.pop()
        widget.outputs = tuple(taken.outputs)

    def stream(self, name: str, text: str) -> bool:
        """Take what is printed; False if nobody here does."""
        if (taken := self.open) is None:
            return False
        taken.stream(name, text)
        self._soon()
        return True

    def display(self, data: Mapping[str, Any], metadata: Mapping[str, Any], transient: Mapping[str, Any]) -> bool:
        """Take what is displayed; False if nobody here does."""
        if (taken := self.open) is None:
            return False
        taken.display(data, metadata, transient)
        self._soon()
        return True

    def update(self, data: Mapping[str, Any], metadata: Mapping[str, Any], display: str) -> None:
        """Show anew what was displayed under a name, wherever it was."""
        for taken in (*self.cells, *(taken for _, taken in self._entered)):
            taken.update(display, data, metadata)
        for widget in self._widgets - {widget for widget, _ in self._entered}:
            taken = Taken(widget.outputs)
            if taken.update(display, data, metadata):
                widget.outputs = tuple(taken.outputs)
        self._tell(form_of(clean(data), clean(metadata)) | {"display": display})

    def clear(self, wait: bool) -> bool:
        """Clear where outputs go now; False if that is nowhere here."""
        if (taken := self.open) is None:
            return False
        taken.clear(wait)
        return True

    def error(self, name: str, value: str, traceback: Sequence[str]) -> bool:
        """Take what was raised inside an Output widget; False outside."""
        if self._entered:
            self._entered[-1][1].error(name, value, traceback)
        return self.inside

    def _soon(self) -> None:
        if self._entered and (now := time.monotonic()) - self._told > SOON:
            self._told = now
            widget, taken = self._entered[-1]
            widget.outputs = tuple(taken.outputs)


class Stream(io.TextIOBase):
    """Standard output or error: what nobody takes goes where it went before."""

    def __init__(self, name: str, capture: Capture, before: Any) -> None:
        """`name` is "stdout" or "stderr"."""
        self._name, self._capture, self._before = name, capture, before

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """The encoding of what it stands for."""
        return str(self._before.encoding)

    def write(self, text: str) -> int:
        """Take text; its length."""
        if not self._capture.stream(self._name, str(text)):
            self._before.write(text)
        return len(text)

    def flush(self) -> None:
        """Have it written, where it is not taken."""
        self._before.flush()

    def fileno(self) -> int:
        """The file beneath: what programs of other languages write to."""
        return int(self._before.fileno())

    def writable(self) -> bool:
        """Yes."""
        return True

    def __getattr__(self, name: str) -> Any:
        return getattr(self._before, name)


def adopt(capture: Capture, shell: Any) -> None:
    """Have every Output widget and every print of this process go through `capture`."""
    from ipywidgets import Output

    def enter(widget: Any) -> None:
        capture.enter(widget)

    def leave(widget: Any, kind: Any, error: Any, traceback: Any) -> bool:
        if kind is not None:
            shell.showtraceback((kind, error, traceback), tb_offset=0)
        capture.leave()
        return True

    Output.__enter__, Output.__exit__ = enter, leave
    Output.outputs.tag(to_json=lambda outputs, widget: shown(outputs, expected=True))
    sys.stdout, sys.stderr = Stream("stdout", capture, sys.stdout), Stream("stderr", capture, sys.stderr)
