"""A page as one HTML file: no address in it, nothing to fetch; it brings along what draws its scenes."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from choreo.live.scene import Scene

KINDS = ("text/javascript", "module")  # Plotly wants the page's scope; the rest wants one of its own


@dataclass(frozen=True)
class Dress:
    """What a page brings along to draw its pictures: the texts of style sheets and scripts."""

    sheets: tuple[str, ...]  # the theme, the key, room/room.css, and the page's own
    plotly: str
    script: str  # room/report.js, with all that it imports


def one_file(title: str, body: str, scenes: Sequence[Scene], dress: Dress) -> str:
    """The file. `body` is HTML, in which an element with `data-scene` stands for each of the scenes, by its number."""
    data = json.dumps([scene.json() for scene in scenes], ensure_ascii=False).replace("<", "\\u003c")
    scripts = [_inline(dress.plotly), _inline(dress.script)]
    # Whatever goes wrong, this file loads nothing and runs nothing but the two scripts that it brings along.
    rule = f"default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src {' '.join(map(_hash, scripts))}"
    parts = (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n',
        f'<meta http-equiv="Content-Security-Policy" content="{rule}">\n',
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
        f"<title>{escape(title)} · Choreo</title>\n",
        '<style id="plotly.js-style-global">\n',
        *(sheet.replace("</", "<\\/") for sheet in dress.sheets),
        "</style>\n</head>\n",
        f"<body>\n<main>\n{body}\n</main>\n",
        f'<script type="application/json" id="scenes">{data}</script>\n',
        *(f'<script type="{kind}">{text}</script>\n' for kind, text in zip(KINDS, scripts, strict=True)),
        "</body>\n</html>\n",
    )
    return "".join(parts)


def _inline(script: str) -> str:
    return script.replace("</script", "<\\/script").replace("<!--", "<\\!--")


def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
