"""Authors' Markdown as HTML. HTML in it is shown as text; links open safely."""

from __future__ import annotations

from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict


def html(text: str) -> str:
    """Paragraphs, lists, quotes and pictures as HTML."""
    return str(_markdown().render(text))


def line(text: str) -> str:
    """One line without a paragraph around it, for labels."""
    return str(_markdown().renderInline(text)).strip()


@cache
def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False, "typographer": True}).enable(
        ["table", "smartquotes", "replacements"]
    )
    markdown.add_render_rule("link_open", _link_open)
    return markdown


def _link_open(self: RendererHTML, tokens: list[Token], index: int, options: OptionsDict, env: dict[str, Any]) -> str:
    """A link that hands nothing to the page it opens."""
    tokens[index].attrSet("rel", "noopener noreferrer")
    if str(tokens[index].attrGet("href")).startswith(("http:", "https:")):
        tokens[index].attrSet("target", "_blank")
    return self.renderToken(tokens, index, options, env)
