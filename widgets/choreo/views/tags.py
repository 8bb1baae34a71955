"""What of HTML a notebook's prose may say: words, pictures, films and tables, as Jupyter shows them; nothing that runs."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from html.parser import HTMLParser

from choreo.views.markdown import ELSEWHERE, elsewhere
from choreo.words import _


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


VOID = _names("br col hr img source track wbr")
TAGS = VOID | _names(
    "a abbr audio b bdi bdo blockquote caption center cite code colgroup dd del details dfn div dl dt em figcaption figure "
    "h3 h4 h5 h6 i ins kbd li mark ol p picture pre q rp rt ruby s samp small span strike strong sub summary sup table "
    "tbody td tfoot th thead time tr tt u ul var video"
)
SEEN = _names("align alt colspan datetime dir height id lang rowspan scope start title valign width")
PLAYED = _names("controls default kind label loop muted open poster preload src srclang type")
ADDRESSES = ("src", "href", "poster")
LOWER = {"h1": "h3", "h2": "h3"}  # the page's own headings are its steps
LINKED = re.compile(r"(?:https?:|mailto:|[^:/?#]*(?:[/?#]|$))", re.IGNORECASE)
PICTURED = re.compile(
    r"data:(?:image/(?:png|jpeg|gif|webp|svg\+xml)|video/\w+|audio/\w+);|(?![a-z][a-z0-9+.-]*:)", re.I
)


class Tags(HTMLParser):
    """Takes a piece of HTML; what it may say is in `said`, the names of other tags, which stay text, in `refused`.

    What it would fetch from other hosts is in `elsewhere`.
    """

    def __init__(self, address: Callable[[str], str] = lambda address: address) -> None:
        """`address` says where a picture is that the text names otherwise: one that is attached."""
        super().__init__(convert_charrefs=False)
        self.said: list[str] = []
        self.refused: list[str] = []
        self.elsewhere: list[str] = []
        self._address = address

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag that begins."""
        tag = LOWER.get(tag, tag)
        if tag == "iframe" and ELSEWHERE.match(source := dict(attrs).get("src") or ""):
            self._link(source, dict(attrs).get("title") or _("A page"))
            return
        if tag not in TAGS:
            self._refuse(tag, str(self.get_starttag_text()))
            return
        given = {name: value or "" for name, value in attrs if name in SEEN | PLAYED | {"href"}}
        given |= {name: self._address(given[name]) for name in ("src", "poster") if name in given}
        source = given.get("src", "")
        if ELSEWHERE.match(source):
            self._link(source, given.get("alt", ""))
            return
        kept = {name: value for name, value in given.items() if name not in ADDRESSES or _leads(name, value)}
        if tag == "video" or tag == "audio":
            kept |= {"controls": "", "preload": kept.get("preload", "metadata")}
        if tag == "a" and kept.get("href", "").startswith("http"):
            kept["target"] = "_blank"
        if tag == "a":
            kept["rel"] = "noopener noreferrer"
        if tag == "img":
            kept.setdefault("alt", "")
        written = "".join(f' {name}="{escape(value)}"' for name, value in kept.items())
        self.said.append(f"<{tag}{written}>")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag that ends where it begins, as HTML has it: <br/> does, <div/> does not."""
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """A tag that ends."""
        tag = LOWER.get(tag, tag)
        if tag == "iframe" and self.said and self.said[-1].endswith("</a>"):
            return
        if tag not in TAGS:
            self._refuse("", f"</{tag}>")
        elif tag not in VOID:
            self.said.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        """Text; also what is left of a tag that was begun and not ended."""
        self.said.append(escape(data, quote=False))

    def handle_entityref(self, name: str) -> None:
        """A character by its name."""
        self.said.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        """A character by its number."""
        self.said.append(f"&#{name};")

    def _link(self, source: str, words: str) -> None:
        self.elsewhere.append(source)
        self.said.append(elsewhere(source, words))

    def _refuse(self, tag: str, text: str) -> None:
        self.refused += [tag] if tag else []
        self.said.append(escape(text, quote=False))


def _leads(name: str, address: str) -> bool:
    return bool((LINKED if name == "href" else PICTURED).match(address))


class _Balance(HTMLParser):
    """Writes HTML anew: tags that were never begun are left out, tags that were never ended end."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.said: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.said.append(str(self.get_starttag_text()))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.said.append(str(self.get_starttag_text()))

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.open:
            return
        while self.open:
            last = self.open.pop()
            self.said.append(f"</{last}>")
            if last == tag:
                return

    def handle_data(self, data: str) -> None:
        self.said.append(data)

    def handle_entityref(self, name: str) -> None:
        self.said.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.said.append(f"&#{name};")


def balanced(html: str) -> str:
    """The same HTML with every tag ended, so that nothing of it reaches into what follows."""
    parser = _Balance()
    parser.feed(html)
    parser.close()
    return "".join([*parser.said, *(f"</{tag}>" for tag in reversed(parser.open))])
