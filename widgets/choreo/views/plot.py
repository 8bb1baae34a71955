"""Plotly for the browser: handed over by the kernel where no page serves it."""

from __future__ import annotations

from typing import Any

from anywidget import AnyWidget

from choreo.views.source import PLOTLY


class Plot(AnyWidget):
    """A component that draws with Plotly (views/shared/plot.js).

    The page that serves plotly.js says where, by <meta name="choreo-plotly-basic" content="URL"> and one for
    "cartesian"; elsewhere (JupyterLab, stock Voilà) the first plot of the page asks for it here, once.
    """

    def __init__(self, **traits: Any) -> None:
        """Take the traits, and listen for the browser's question."""
        super().__init__(**traits)
        self.on_msg(_hand_over)


def _hand_over(widget: AnyWidget, content: object, buffers: object) -> None:
    if not isinstance(content, dict) or content.get("type") != "plotly":
        return
    build = PLOTLY["basic" if content.get("build") == "basic" else "cartesian"]
    try:
        widget.send({"type": "plotly"}, buffers=[build.read_bytes()])
    except OSError as error:
        fault = f"{build.name} cannot be read ({error.strerror}); install Choreo again"
        widget.send({"type": "plotly", "error": fault})
