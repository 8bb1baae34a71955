"""Authors' Markdown as HTML. HTML in it is shown as text; links open safely. What a notebook may say besides is in prose.py.

One thing is taken over from HTML, as Jupyter shows it too: what may stay folded until a reader opens it.

    <details>
    <summary>The studies, one by one</summary>

    Markdown.

    </details>
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from html import escape
from pathlib import PurePosixPath
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from mdit_py_plugins.amsmath import amsmath_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin

from choreo.bank.beside import SHOWN, TAKEN
from choreo.views.formula import formula
from choreo.words import _

SUMMARY = re.compile(r"<summary>(.+)</summary>")
TASK = re.compile(r"\[([ xX])\]\s+")
# What Jupyter takes for a formula besides $x$ and $$x$$: \\(x\\), \\[x\\] and $ x $. One space alone is money: $5 and $10.
BRACKETS = re.compile(r"\\\\\((.+?)\\\\\)|\\\\\[(.+?)\\\\\]|\$ ([^$\n]+?) \$(?![\d$])", re.DOTALL)
LEADS = re.compile(r"[a-z][a-z0-9+.-]*:|[/#?]", re.IGNORECASE)  # what is not written as a file beside the notebook
ELSEWHERE = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
FOLDER = "folder"  # in what the renderers are given
FORMULAS = ("math_inline", "math_inline_double", "math_block", "amsmath")  # tokens of the plugins'


def html(text: str, folder: str = "") -> str:
    """Paragraphs, lists, quotes, formulas and pictures as HTML.

    `folder` is where a page that lies elsewhere than the lessons finds the files beside the notebooks.
    """
    return str(_markdown().render(text, {FOLDER: folder}))


def line(text: str, folder: str = "") -> str:
    """One line without a paragraph around it, for labels."""
    return str(_markdown().renderInline(text, {FOLDER: folder})).strip()


def tokens(text: str) -> list[Token]:
    """What a text is made of, as it is shown: a block for each paragraph, heading, cell of a table, with its parts."""
    return _markdown().parse(text)


@cache
def _markdown() -> MarkdownIt:
    return parser()


def parser(tags: bool = False) -> MarkdownIt:
    """A reader of authors' Markdown; one that reads HTML tags as well has to say what becomes of them."""
    markdown = MarkdownIt("commonmark", {"html": tags, "typographer": True}).enable(
        ["table", "strikethrough", "smartquotes", "replacements"]
    )
    markdown.use(dollarmath_plugin, allow_labels=False, allow_space=False, allow_digits=False, double_inline=True).use(
        amsmath_plugin
    )
    markdown.inline.ruler.before("escape", "brackets", _brackets)
    markdown.block.ruler.before("html_block", "fold", _fold, {"alt": ["paragraph", "list"]})
    markdown.core.ruler.push("tasks", _tasks)
    for name in FORMULAS:
        markdown.add_render_rule(name, _formula)
    markdown.add_render_rule("task", _task)
    markdown.add_render_rule("link_open", _link_open)
    markdown.add_render_rule("image", image)
    return markdown


def _brackets(state: StateInline, silent: bool) -> bool:
    found = BRACKETS.match(state.src, state.pos)
    if found is None:
        return False
    if not silent:
        token = state.push("math_inline_double" if found[2] else "math_inline", "math", 0)
        token.content = found[1] or found[2] or found[3]
    state.pos = found.end()
    return True


def _formula(self: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: dict[str, Any]) -> str:
    token = tokens[index]
    if (
        token.type == "math_inline_double"
    ):  # in the middle of a sentence, where nothing with a line of its own may stand
        return formula(token.content).replace('display="inline"', 'display="block"', 1)
    return formula(token.content, block=token.type != "math_inline")


def _tasks(state: StateCore) -> None:
    """A list's items that begin with [ ] or [x] get a sign for it."""
    for at, token in enumerate(state.tokens[2:], 2):
        found = TASK.match(token.content) if token.type == "inline" else None
        if not found or [one.type for one in state.tokens[at - 2 : at]] != ["list_item_open", "paragraph_open"]:
            continue
        first = (token.children or [Token("text", "", 0)])[0]
        first.content = first.content[found.end() :]
        sign = Token("task", "", 0, content=found[1].strip())
        token.children = [sign, *(token.children or [])]
        state.tokens[at - 2].attrSet("class", "choreo-task")


def _task(self: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: dict[str, Any]) -> str:
    words, sign = (_("done"), "☑") if tokens[index].content else (_("to do"), "☐")
    return f'<span role="img" aria-label="{escape(words)}">{sign}</span> '


def _fold(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The lines from <details> to </details>, their content as Markdown; False, so that they stay text, if one lacks."""

    def said(line: int) -> str:
        return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].strip()

    summary = SUMMARY.fullmatch(said(start + 1)) if said(start) == "<details>" and start + 1 < end else None
    close = next((line for line in range(start + 2, end) if said(line) == "</details>"), None)
    if summary is None or close is None:
        return False
    if not silent:
        state.push("details_open", "details", 1).map = [start, close]
        state.push("summary_open", "summary", 1)
        title = state.push("inline", "", 0)
        title.content, title.map, title.children = summary[1], [start + 1, start + 1], []
        state.push("summary_close", "summary", -1)
        last, state.lineMax = state.lineMax, close
        state.md.block.tokenize(state, start + 2, close)
        state.lineMax = last
        state.push("details_close", "details", -1)
        state.line = close + 1
    return True


def _link_open(self: RendererHTML, tokens: list[Token], index: int, options: OptionsDict, env: dict[str, Any]) -> str:
    """A link that hands nothing to the page it opens."""
    tokens[index].attrSet("rel", "noopener noreferrer")
    address = str(tokens[index].attrGet("href"))
    if address.startswith(("http:", "https:")):
        tokens[index].attrSet("target", "_blank")
    tokens[index].attrSet("href", _found(address, env))
    return self.renderToken(tokens, index, options, env)


def image(self: RendererHTML, tokens: list[Token], index: int, options: OptionsDict, env: dict[str, Any]) -> str:
    """A picture; one of another host as a link to it, since nothing is fetched from there."""
    address = str(tokens[index].attrGet("src"))
    alt = self.renderInlineAsText(tokens[index].children, options, env)
    if ELSEWHERE.match(address):
        return elsewhere(address, alt)
    tokens[index].attrSet("src", _found(address, env))
    return self.image(tokens, index, options, env)


def _found(address: str, env: dict[str, Any]) -> str:
    """The address of a file beside the notebooks, as this page finds it; any other as it is."""
    ending = PurePosixPath(re.split(r"[?#]", address.lower())[0]).suffix
    beside = not LEADS.match(address) and ending in (*SHOWN, *TAKEN)
    return env.get(FOLDER, "") + address if beside else address


def elsewhere(address: str, words: str = "") -> str:
    """A link to something that another host has, in its place."""
    host = escape(ELSEWHERE.sub("", address).split("/")[0])
    said = _("{words} (at {host}, not fetched from there)").format(words=escape(words or _("A picture")), host=host)
    return f'<a href="{escape(address)}" rel="noopener noreferrer" target="_blank">{said}</a>'
