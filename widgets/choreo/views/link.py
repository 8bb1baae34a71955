"""The thread between a lesson's page and its learner: says when the page has opened, and shows what went wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import anywidget
from traitlets import Bool, Unicode

from choreo.views.source import VIEWS, script, style


class Link(anywidget.AnyWidget):
    """Shows nothing while all is well. When the browser first draws it, the lesson opens."""

    _esm = script(Path(__file__).with_suffix(".js"))
    _css = style(VIEWS / "theme.css") + style(Path(__file__).with_suffix(".css"))
    opened = Bool(False, help="whether what the learner did has been brought back").tag(sync=True)
    whose = Unicode("", help="a mark of the learner, for what this browser keeps").tag(sync=True)
    trouble = Unicode("", help="why it has not, in the learner's words").tag(sync=True)

    def __init__(self, on_open: Callable[[], None]) -> None:
        """Call `on_open` whenever the browser asks for what the learner did."""
        super().__init__()
        self._on_open = on_open
        self.on_msg(self._hear)

    def _hear(self, _widget: Any, message: Any, _buffers: Any) -> None:
        if isinstance(message, dict) and message.get("type") == "open":
            self._on_open()
