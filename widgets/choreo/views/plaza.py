"""The stage of lesson 09: a plaza full of people, each with a tempo, and their phases on a circle beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from anywidget import AnyWidget
from traitlets import Dict, Int

from choreo.views.source import script, style


class Plaza(AnyWidget):
    """People who raise their arms at their beat. The browser plays a run by itself.

    `run` is one message: `serial`, `phase` (bytes, frames x people, 256 steps to a turn), `frames`, `people`,
    `columns`, `seconds`, `beat` (turns per second that the stage adds to every phase: the tempo that all have in
    common), `far` (pairs [listener, heard]), `conductor`, `settled` (False while a control is being dragged: the end is
    shown, nothing replays, and only the last two frames come), `trace` (sentences) and `news` (what is read out once).
    Messages from the browser: {"type": "again"} (the same people) and {"type": "new"} (other people).
    """

    _esm = script(Path(__file__).with_suffix(".js"), "crowd", "phases")
    _css = style(Path(__file__).with_suffix(".css"))

    run: Dict[str, Any] = Dict(help="what is played").tag(sync=True)
    crowd = Int(0, help="the seed, shown as the crowd's number").tag(sync=True)
