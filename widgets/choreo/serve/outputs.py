"""What of a cell's outputs goes to the browser: for each the richest form that the page can show, ready to be shown.

A form is one of {"html": ...}, {"widget": id}, {"plotly": figure, "build": ..., "alt": ...} and {"error": what a cell raised};
"display" beside it is the name under which it may be shown anew (IPython's display_id).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from choreo.serve.json_tree import tree
from choreo.serve.terminal import as_html, plain
from choreo.serve.written import FRAME, TEX, alt_of, html, latex, markdown, note, picture
from choreo.views.figure import build_for, drawable, undrawn
from choreo.views.formula import unread
from choreo.views.prose import read
from choreo.words import _

SHOWN = "application/vnd.choreo.shown+json"  # what a kernel has made ready itself
WIDGET = "application/vnd.jupyter.widget-view+json"
PLOTLY = "application/vnd.plotly.v1+json"
JSON = "application/json"
PICTURES = tuple(f"image/{kind}" for kind in ("svg+xml", "png", "jpeg", "gif", "webp", "bmp"))
TEXT = "text/plain"
# JupyterLab's order. What JupyterLab would run as a script is named where it would stand.
ORDER = (SHOWN, WIDGET, PLOTLY, JSON, "text/html", "text/markdown", "text/latex", *PICTURES)
FOREIGN = {
    "application/javascript": "JavaScript",
    "text/javascript": "JavaScript",
    "application/pdf": "PDF",
    "application/vnd.bokehjs_exec.v0+json": "Bokeh",
    "application/vnd.holoviews_exec.v0+json": "HoloViews",
}
PAGES = (".html", ".htm")
VEGA = re.compile(r"application/vnd\.vega")
SCRIPT = re.compile(r"<script\b(?![^>]*\btype=[\"']?(?:application/json|text/plain))", re.IGNORECASE)
FETCHED = re.compile(
    r"<(?:img|video|audio|source|link)\b[^>]*?\b(?:src|href)=[\"']?(?P<source>(?:https?:)?//[^\"'\s>]+)", re.I
)
WARNING = re.compile(r"^\S*[^\s:]*:\d+: \w*Warning: .*\n?(?:^[ \t]+.*\n?)*", re.MULTILINE)
FOLDERS = re.compile(r"(?<![\w:/.])(?:/[\w.+-]+)*/(?:site-packages|python3\.\d+)/")  # the server's: nobody's business
FRAME_PATH = re.compile(r"(File )\S*[/\\]([^/\\\s]+)")

Output = Mapping[str, Any]
Form = dict[str, Any]


def shown(outputs: Sequence[Output], expected: bool = False) -> list[Form]:
    """The outputs as the page shows them. What a cell raised is told in one line, as a whole where it is `expected`."""
    return [form for output in outputs if (form := _form(output, expected))]


def unshown(outputs: Sequence[Output]) -> list[str]:
    """What of a code cell's saved outputs the page cannot show as JupyterLab does, each in a sentence: for the check."""
    found: list[str] = []
    for output in outputs:
        data = {mime: _joined(mime, value) for mime, value in output.get("data", {}).items()}
        mime = _richest(data)
        if mime == "text/markdown":
            found += read(data[mime]).unshown()
        elif mime == "text/latex":
            found += [
                f"a formula is shown as TeX, since {word} in it is not known; write it in other words."
                for match in TEX.finditer(data[mime])
                if (word := unread(next(filter(None, match.groups()))))
            ]
        elif why := _why_not(mime, data):
            found.append(why)
    return list(dict.fromkeys(found))


def wordless(outputs: Sequence[Output]) -> bool:
    """Whether a picture is shown of which nothing is said to those who cannot see it."""
    for output in outputs:
        mime, about = _richest(output.get("data", {})), output.get("metadata", {})
        if mime in PICTURES and not {**about, **about.get(mime, {})}.get("alt"):
            return True
    return False


def _form(output: Output, expected: bool) -> Form | None:
    if output["output_type"] == "error":
        if expected and output.get("traceback"):
            lines = FRAME_PATH.sub(r"\1\2", "\n".join(output["traceback"]))
            return {"html": f'<pre class="choreo-traceback">{as_html(lines)}</pre>'}
        return {"error": FOLDERS.sub("", plain(f"{output['ename']}: {output['evalue']}"))}
    if output["output_type"] == "stream":
        text = _joined(TEXT, output["text"])
        kind = "choreo-stderr" if output.get("name") == "stderr" else "choreo-stdout"
        if kind == "choreo-stderr":
            text = WARNING.sub("", text)  # the author's concern, and it names folders
        return {"html": f'<pre class="{kind}">{as_html(text)}</pre>'} if text else None
    data = {mime: _joined(mime, value) for mime, value in output.get("data", {}).items()}
    if not data:
        return None
    form = form_of(data, output.get("metadata", {}))
    display = output.get("transient", {}).get("display_id") or output.get("metadata", {}).get("choreo_display")
    return form | ({"display": display} if display else {})


def form_of(data: Mapping[str, Any], metadata: Mapping[str, Any]) -> Form:
    """The form of one MIME bundle."""
    mime = _richest(data)
    about = metadata.get(mime, metadata) if isinstance(metadata.get(mime, metadata), Mapping) else {}
    if mime == SHOWN:
        return dict(data[mime])
    if mime == WIDGET:
        return {"widget": data[mime]["model_id"]}
    why = _why_not(mime, data)
    if mime == PLOTLY and not why:
        figure = drawable(data[mime])
        return {"plotly": figure, "build": build_for(figure), "alt": alt_of(figure)}
    if mime == "text/html":
        return {"html": html(data[mime]) + (note(why) if why else "")}
    if why:
        return {"html": note(why)}
    if mime in PICTURES:
        return {"html": picture(mime, data[mime], about)}
    writers: dict[str, Callable[[Any], str]] = {
        JSON: lambda value: tree(value, str(about.get("root", "root")), bool(about.get("expanded"))),
        "text/markdown": markdown,
        "text/latex": latex,
    }
    return {"html": writers[mime](data[mime]) if mime in writers else f"<pre>{as_html(str(data.get(TEXT, '')))}</pre>"}


def _richest(data: Mapping[str, Any]) -> str:
    """The form that JupyterLab would show, or, where this page cannot, a picture that came along with it."""
    found = [mime for mime in ORDER if mime in data]
    found += [mime for mime in data if mime in FOREIGN or VEGA.match(mime)]
    able = [mime for mime in found if not _why_not(mime, data)]
    picture = next((mime for mime in able if mime in PICTURES), "")
    return next(iter(found[:1]), TEXT) if found[:1] == able[:1] else picture or found[0]


def _why_not(mime: str, data: Mapping[str, Any]) -> str:
    """Why this form cannot be shown here as in JupyterLab; "" where it can."""
    if mime == PLOTLY and (kinds := undrawn(data[mime])):
        return _(
            "a chart of kind {kinds} cannot be drawn here; draw lines, points, bars, boxes, histograms, heat maps or pies."
        ).format(kinds=", ".join(kinds))
    if mime in FOREIGN or VEGA.match(mime):
        name = FOREIGN.get(mime, "Vega")
        return _("what {name} makes cannot be shown here; use Plotly, matplotlib, ipywidgets or an anywidget.").format(
            name=name
        )
    if mime == "text/html" and SCRIPT.search(data[mime]):
        return _("a script in this output is not run here; use Plotly, ipywidgets or an anywidget.")
    if mime == "text/html" and (found := FETCHED.search(data[mime])):
        return _("{source} is not fetched from another host; put it beside the notebook.").format(
            source=found["source"]
        )
    if mime == "text/html" and (found := FRAME.search(data[mime])) and found["source"].split("?")[0].endswith(PAGES):
        return _("{source} is a page of its own, and not handed out; show in the notebook what it has.").format(
            source=found["source"]
        )
    return ""


def _joined(mime: str, value: Any) -> Any:
    """A notebook's file has long texts in lines."""
    return "".join(value) if isinstance(value, list) and not mime.endswith("json") else value


def figures(outputs: Iterable[Sequence[Form]]) -> list[Mapping[str, Any]]:
    """The Plotly figures among the forms of a page."""
    return [form["plotly"] for forms in outputs for form in forms if "plotly" in form]
