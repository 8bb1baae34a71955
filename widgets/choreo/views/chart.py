"""A Plotly chart without Plotly in the kernel."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from traitlets import Dict, Int, Unicode

from choreo.views.plot import Plot
from choreo.views.source import script, style


class Chart(Plot):
    """A figure drawn in the browser, updated in place.

    Its traces name roles (choreo/roles.py), or colours of the theme as "var(--choreo-others)"; the browser resolves them in
    light and dark.
    The chart draws a cursor at the time that a "choreo:cursor" event on its element names.
    """

    _esm = script(Path(__file__).with_suffix(".js"))
    _css = style(Path(__file__).with_suffix(".css"), "plot", "key")

    figure = Dict(help="a Plotly figure: data and layout").tag(sync=True)
    title = Unicode("", help="a heading above the chart, plain text").tag(sync=True)
    alt = Unicode("", help="what the chart shows, in one or two sentences").tag(sync=True)
    numbers = Dict(help="the same as a table: columns, and rows of cells").tag(sync=True)
    height = Int(300, help="px, kept free before the chart is drawn").tag(sync=True)

    def __init__(self, figure: Mapping[str, Any] | None = None, alt: str = "", **traits: Any) -> None:
        """A chart of `figure` ({"data": [...], "layout": {...}}), described by `alt`."""
        super().__init__(figure=dict(figure or {"data": [], "layout": {}}), alt=alt, **traits)
