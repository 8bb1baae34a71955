"""A lesson that has run, as a page: rendered once, sent to everybody; its parts at addresses that never change."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import jinja2

from choreo.serve.bundle import WHICH, bundle, fits
from choreo.serve.forking.recording import Recording
from choreo.serve.frame import Frame
from choreo.serve.lesson_page import lesson_page
from choreo.serve.outputs import shown
from choreo.serve.static_files import StaticFile
from choreo.views.source import SHEET_SEAM

LINK = "choreo.views.link.Link"
BASIC = ("scatter", "bar")  # what Plotly's basic build draws; views/shared/plot.js knows it, too


@dataclass(frozen=True)
class LessonPage:
    """The page's HTML and the parts that it loads, by name; a part's name carries its hash."""

    html: StaticFile
    etag: str
    parts: Mapping[str, StaticFile]


def render_page(template: jinja2.Template, lesson: str, recording: Recording, version: str, frame: Frame) -> LessonPage:
    """The page of a recorded lesson; it names `version` when it asks for a kernel. The frame's addresses are this browser's."""
    parts: dict[str, StaticFile] = {}

    def part(content: str, ending: str, media_type: str) -> str:
        name = hashlib.sha256(content.encode()).hexdigest()[:20] + ending
        parts.setdefault(name, file_of(content, media_type))
        return f"/parts/{name}"

    host, widgets = shown_by(json.loads(json.dumps(recording.widgets)))
    states = [widget["state"] for widget in widgets.values()]
    together = list(dict.fromkeys(state["_esm"] for state in states if state.get("_esm") and fits(state["_esm"])))
    bundled = part(bundle(together), ".js", "text/javascript") if together else ""
    modules: dict[str, None] = {}
    sheets: dict[str, None] = {}
    for state in states:
        if state.get("_esm") in together:
            state["_esm"], state[WHICH] = bundled, together.index(state["_esm"])
        elif state.get("_esm"):
            state["_esm"] = part(state["_esm"], ".js", "text/javascript")
        if state.get("_esm"):
            modules.setdefault(state["_esm"])
        if state.get("_css"):
            sheets.setdefault(state["_css"])
            state["_css"] = ""
    sheet = part(one_sheet(sheets), ".css", "text/css") if sheets else ""
    state_url = part(
        json.dumps({"version_major": 2, "version_minor": 0, "state": widgets}), ".json", "application/json"
    )
    html = template.render(
        lesson=lesson,
        version=version,
        page=lesson_page(recording.cells),
        frame=frame,
        sheet=sheet,
        modules=list(modules),
        widgets=state_url,
        link=next((id for id, widget in widgets.items() if widget["state"].get("_anywidget_id") == LINK), ""),
        host=host,
        plotly=plotly_for(states),
        outputs={index: shown(output) for index, output in recording.outputs.items()},
    )
    file = file_of(html, "text/html; charset=utf-8")
    return LessonPage(file, hashlib.sha256(file.content).hexdigest()[:20], parts)


def shown_by(widgets: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """What can show these widgets (one of frame.HOSTS), and those of them that it asks for.

    The course's own components need no more than a small host of our own; anything else needs ipywidgets' library.
    """
    own = {name: widget for name, widget in widgets.items() if _is_own(widget)}
    rest = (widget["model_name"] for name, widget in widgets.items() if name not in own)
    plain = all(model == "LayoutModel" for model in rest)  # every component has one, and ours leave it alone
    return ("components", own) if plain else ("widgets", widgets)


def plotly_for(states: Iterable[Mapping[str, Any]]) -> str:
    """The build of Plotly (a name in views.source.PLOTLY) that draws all these widgets' figures; "" where there are none."""
    traces = [trace for state in states for trace in (state.get("figure") or {}).get("data", ())]
    if not traces:
        return ""
    return "basic" if all(trace.get("type", "scatter") in BASIC for trace in traces) else "cartesian"


def one_sheet(sheets: Iterable[str]) -> str:
    """All rules of these style sheets (of views.source.style), what they share once and first."""
    shared: dict[str, None] = {}
    own: dict[str, None] = {}
    for sheet in sheets:
        *before, last = sheet.split(SHEET_SEAM)
        shared.update(dict.fromkeys(before))
        own[last] = None
    return "\n".join([*shared, *own])


def _is_own(widget: Mapping[str, Any]) -> bool:
    return str(widget["state"].get("_anywidget_id", "")).startswith("choreo.")


def file_of(content: str, media_type: str) -> StaticFile:
    """Text as a file to send, compressed once."""
    data = content.encode()
    return StaticFile(data, gzip.compress(data, 9, mtime=0), media_type)
