"""The frame of an explorable: stage, controls, chart, goal, and settings worth keeping."""

from __future__ import annotations

from pathlib import Path

from anywidget import AnyWidget
from ipywidgets import widget_serialization
from traitlets import Bool, Dict, Instance, List, Unicode

from choreo.views.chart import Chart
from choreo.views.controls import Controls
from choreo.views.source import script, style


class Explorable(AnyWidget):
    """Shows its parts, and what became of the goal.

    Messages from the browser: {"type": "save"} (keep the reached goal, after it was not stored), {"type": "hint"},
    {"type": "pin"} (put the present settings on the list), {"type": "unpin", "at": n}, {"type": "recall", "at": n}, and
    {"type": "draft", "settings": {...}, "pinned": [...]} (where this browser left off).
    """

    _esm = script(Path(__file__).with_suffix(".js"))
    _css = style(Path(__file__).with_suffix(".css"))

    stage = Instance(AnyWidget).tag(sync=True, **widget_serialization)
    controls = Instance(Controls).tag(sync=True, **widget_serialization)
    chart = Instance(Chart).tag(sync=True, **widget_serialization)
    item = Unicode("", help="name of the goal's exercise; empty without a goal").tag(sync=True)
    goal = Dict(help="title, text (HTML), target, limits").tag(sync=True)
    state = Dict(help="how far the learner has come; see Choreography").tag(sync=True)
    pinned = List(help="settings worth keeping").tag(sync=True)
    opened = Bool(False, help="whether saved work has come in").tag(sync=True)
