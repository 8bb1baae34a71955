"""A notebook's text as HTML: Markdown as exercises have it, and what Jupyter shows besides.

That is HTML tags that run nothing (tags.py), pictures that are attached to their cell, notes at the foot, bare addresses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from html import escape
from typing import Any
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.gfm_autolink import gfm_autolink_plugin

from choreo.views import markdown
from choreo.views.formula import unread
from choreo.views.tags import Tags, balanced
from choreo.words import _

SHOWN_AS = ("image/svg+xml", "image/png", "image/jpeg", "image/webp", "image/gif")
Attachments = Mapping[str, Mapping[str, Any]]


@dataclass
class Prose:
    """One Markdown cell, read: its tokens, to be written in pieces."""

    tokens: Sequence[Token]
    env: dict[str, Any] = field(default_factory=dict)

    def html(self, start: int = 0, end: int | None = None) -> str:
        """The tokens from `start` to `end` as HTML."""
        self.env["tagged"] = False
        written = str(_markdown().renderer.render(self.tokens[start:end], _markdown().options, self.env))
        return balanced(written) if self.env["tagged"] else written

    def unshown(self) -> list[str]:
        """What of it cannot be shown as it is meant, but for its pictures; each in a sentence, for the check."""
        every = [*self.tokens, *(child for one in self.tokens for child in one.children or ())]
        return list(dict.fromkeys(fault for token in every for fault in _faults(token, self.env)))


def read(text: str, attachments: Attachments | None = None, cell: int | str = 0) -> Prose:
    """A Markdown cell; `cell` tells its notes at the foot from those of others."""
    env: dict[str, Any] = {"docId": str(cell), "attachments": attachments or {}}
    return Prose(_markdown().parse(text, env), env)


def plain(token: Token) -> str:
    """What stands in a heading, as text."""
    parts = [
        one.content if one.type != "softbreak" else " " for one in token.children or [] if one.type != "html_inline"
    ]
    return re.sub(r"\s+", " ", "".join(parts)).strip()


def slug(text: str) -> str:
    """A heading as an address: "What is it?" -> "what-is-it"."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def _faults(token: Token, env: Mapping[str, Any]) -> Iterator[str]:
    if token.type in markdown.FORMULAS and (word := unread(token.content)):
        yield f"a formula is shown as TeX, since {word} in it is not known; write it in other words."
    elif token.type in ("html_inline", "html_block"):
        tags = Tags(lambda address: _attached(address, env))
        tags.feed(token.content)
        tags.close()
        yield from (f"<{tag}> is shown as text; write it in Markdown." for tag in tags.refused)
        yield from map(_not_fetched, tags.elsewhere)


def _not_fetched(address: str) -> str:
    return f"{address} is not fetched from another host, and shown as a link; put it beside the notebook."


@cache
def _markdown() -> MarkdownIt:
    made = markdown.parser(tags=True).use(footnote_plugin).use(gfm_autolink_plugin)
    made.add_render_rule("html_inline", _tag)
    made.add_render_rule("html_block", _tag)
    made.add_render_rule("image", _image)
    made.add_render_rule("footnote_anchor", _back)
    inner = made.renderer.rules["link_open"]  # type: ignore[attr-defined]

    def link(self: RendererHTML, tokens: list[Token], index: int, options: OptionsDict, env: dict[str, Any]) -> str:
        """Links to headings find them by the page's own addresses."""
        address = str(tokens[index].attrGet("href"))
        if address.startswith("#"):
            tokens[index].attrSet("href", "#" + slug(unquote(address)))
        return str(inner(tokens, index, options, env))

    made.add_render_rule("link_open", link)
    return made


def _tag(self: RendererHTML, tokens: list[Token], index: int, options: OptionsDict, env: dict[str, Any]) -> str:
    tags = Tags(lambda address: _attached(address, env))
    tags.feed(tokens[index].content)
    tags.close()
    env["tagged"] = True
    return "".join(tags.said)


def _image(self: RendererHTML, tokens: list[Token], index: int, options: OptionsDict, env: dict[str, Any]) -> str:
    tokens[index].attrSet("src", _attached(str(tokens[index].attrGet("src")), env))
    return markdown.image(self, tokens, index, options, env)


def _attached(address: str, env: Mapping[str, Any]) -> str:
    """Where a picture is: one that is attached to the cell comes along with the page."""
    if not address.startswith("attachment:"):
        return address
    bundle = env["attachments"].get(unquote(address.removeprefix("attachment:")), {})
    kind = next((kind for kind in SHOWN_AS if kind in bundle), "")
    return f"data:{kind};base64,{''.join(''.join(bundle[kind]).split())}" if kind else ""


def _back(self: RendererHTML, tokens: list[Token], index: int, options: OptionsDict, env: dict[str, Any]) -> str:
    """The way back from a note at the foot."""
    meta = tokens[index].meta
    again = f":{meta['subId']}" if meta.get("subId", 0) else ""
    return (
        f' <a href="#fnref-{env["docId"]}-{meta["id"] + 1}{again}" aria-label="{escape(_("Back to the text"))}">↩</a>'
    )
