"""Outputs as HTML: pictures, Markdown, formulas, an author's own, and a sentence in the place of what cannot be shown."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from html import escape
from typing import Any

from choreo.views.formula import formula
from choreo.views.markdown import ELSEWHERE, elsewhere
from choreo.views.prose import read
from choreo.words import _

FRAME = re.compile(r"<iframe\b[^>]*?\bsrc=([\"']?)(?P<source>[^\"'\s>]+)\1[^>]*>(?:\s*</iframe>)?", re.IGNORECASE)
NAMELESS = re.compile(r"<svg(?=[\s>])(?![^>]*\sxmlns=)")  # such a drawing is none outside a page
TEX = re.compile(r"\$\$(.+?)\$\$|\$(.+?)\$|\\\[(.+?)\\\]|\\\((.+?)\\\)|(\\begin\{(\w+\*?)\}.+?\\end\{\6\})", re.DOTALL)


def note(why: str) -> str:
    """A sentence in the place of what cannot be shown."""
    return f'<p class="choreo-unshown">{escape(_("This cannot be shown: {why}").format(why=why))}</p>'


def html(text: str) -> str:
    """An author's HTML; pages of other hosts are links."""

    def linked(found: re.Match[str]) -> str:
        return elsewhere(found["source"], _("A page")) if ELSEWHERE.match(found["source"]) else found[0]

    return FRAME.sub(linked, text)


def picture(mime: str, value: str, about: Mapping[str, Any]) -> str:
    """A picture, with what its author says that it shows."""
    value = NAMELESS.sub('<svg xmlns="http://www.w3.org/2000/svg"', value, count=1)
    coded = b64encode(value.encode()).decode() if mime == "image/svg+xml" else "".join(value.split())
    size = "".join(
        f' {name}="{int(about[name])}"' for name in ("width", "height") if isinstance(about.get(name), int | float)
    )
    alt = about.get("alt") or _("A picture; its author has not described it.")
    return f'<img src="data:{mime};base64,{coded}" alt="{escape(str(alt))}"{size}>'


def markdown(text: str) -> str:
    """What IPython's Markdown shows."""
    prose = read(text, cell="o")
    for token in prose.tokens:
        if token.type.startswith("heading") and token.tag in ("h1", "h2"):
            token.tag = "h3"  # the page's own headings are its steps
    return f'<div class="choreo-prose">{prose.html()}</div>'


def latex(text: str) -> str:
    """Text with formulas in it."""
    parts, at = [], 0
    for found in TEX.finditer(text):
        double, single, brackets, round_, block, _name = found.groups()
        parts.append(escape(text[at : found.start()], quote=False))
        inline = single or round_
        alone = double or brackets or block or ("\\displaystyle" in (inline or "") and inline)
        parts.append(formula(alone, block=True) if alone else formula(inline))
        at = found.end()
    return f"<div>{''.join(parts)}{escape(text[at:], quote=False)}</div>"


def alt_of(figure: Mapping[str, Any]) -> str:
    """What a Plotly figure shows: `layout.meta.alt`, or its title."""
    layout = figure["layout"]
    title = layout.get("title", "")
    meta = layout.get("meta")
    said = meta.get("alt") if isinstance(meta, Mapping) else ""
    text = said or (title.get("text", "") if isinstance(title, Mapping) else title)
    return " ".join(re.sub(r"<[^>]+>", " ", str(text or "")).split()) or _("Chart")
