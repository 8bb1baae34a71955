"""A lesson that has run, as a page: rendered once, sent to everybody; its parts at addresses that never change."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import jinja2

from choreo.serve.bundle import WHICH, bundle, fits
from choreo.serve.forking.recording import Recording
from choreo.serve.frame import Frame
from choreo.serve.lesson_page import lesson_page
from choreo.serve.notebook import is_expected
from choreo.serve.outputs import figures, shown
from choreo.serve.static_files import StaticFile
from choreo.views.figure import build_for
from choreo.views.source import SHEET_SEAM

# A picture of more than 3 kB that came along in the text, which need not wait for it.
PICTURE = re.compile(r"data:image/(?P<kind>png|jpeg|gif|webp|avif);base64,(?P<data>[A-Za-z0-9+/]{4000,}=*)")
LINK = "choreo.views.link.Link"


@dataclass(frozen=True)
class LessonPage:
    """The page's HTML and the parts that it loads, by name; a part's name carries its hash."""

    html: StaticFile
    etag: str
    parts: Mapping[str, StaticFile]


def render_page(
    template: jinja2.Template,
    lesson: str,
    recording: Recording,
    version: str,
    frame: Frame,
    note: str = "",
    made: Callable[[str], StaticFile | None] = lambda name: None,
) -> LessonPage:
    """The page of a recorded lesson; it names `version` when it asks for a kernel.

    `note` tells the author why newer files are not shown; `made(name)` is a part that another page has, too.
    """
    parts: dict[str, StaticFile] = {}

    def part(content: str | bytes, ending: str, media_type: str) -> str:
        data = content if isinstance(content, bytes) else content.encode()
        name = hashlib.sha256(data).hexdigest()[:20] + ending
        parts[name] = parts.get(name) or made(name) or file_of(data, media_type)
        return f"{frame.at or ''}/parts/{name}"

    def picture(found: re.Match[str]) -> str:
        return part(base64.b64decode(found["data"]), f".{found['kind']}", f"image/{found['kind']}")

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
    outputs = {index: shown(output, is_expected(recording.cells[index])) for index, output in recording.outputs.items()}
    html = template.render(
        version=version,
        page=lesson_page(recording.cells, lesson),
        frame=frame,
        sheet=sheet,
        modules=list(modules),
        widgets=state_url,
        link=next((id for id, widget in widgets.items() if widget["state"].get("_anywidget_id") == LINK), ""),
        host=host,
        note=note,
        plotly=plotly_for([*states, *({"figure": figure} for figure in figures(outputs.values()))]),
        outputs=outputs,
    )
    file = file_of(PICTURE.sub(picture, html).encode(), "text/html; charset=utf-8")
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
    """The build of Plotly (a name in views.source.PLOTLY) that these widgets will draw with; "" where they draw nothing.

    A stage has no chart yet while its prediction is missing; what explorables draw is basic.
    """
    drawing = [state.get("figure") or _chart(state) for state in states]
    builds = {build_for(figure) for figure in drawing if figure is not None}
    return "cartesian" if "cartesian" in builds else "".join(builds)


def _chart(state: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """A stage's chart, empty before there is one; None for all that is no stage with a chart."""
    chart = state.get("chart")
    if chart is None or state.get("task", {}).get("small"):
        return None
    return chart.get("figure") or {}


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


def file_of(data: bytes, media_type: str) -> StaticFile:
    """A file to send, compressed once; a picture is compressed already."""
    small = data if media_type.startswith("image/") else gzip.compress(data, 9, mtime=0)
    return StaticFile(data, small, media_type)
