"""Texts of others as our Markdown: what HTML says stays, what it does goes. Nothing of it can run, load or lead astray."""

from __future__ import annotations

import re
from html.parser import HTMLParser

BLOCKS = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "table",
        "tr",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "pre",
        "blockquote",
        "figure",
        "figcaption",
        "hr",
    ]
)
HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*"}
UNSEEN = frozenset(("script", "style", "head", "template", "noscript", "iframe", "object", "svg", "math"))
SAFE = ("http://", "https://", "mailto:")
MARKED = re.compile(r"[\\`*_\[\]<>&{}|~$]")
BEGINS = re.compile(r"(?m)^(\s*)([#+-]|\d+(?=[.)]))")
PICTURE = re.compile(r"!\[([^\]\[]*)\](?:\([^)]*\)|\[[^\]]*\])")
UNPRINTED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")


def printable(text: str) -> str:
    """The text with one kind of line end and without signs that nobody sees."""
    return UNPRINTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def literal(text: str) -> str:
    r"""Plain text as Markdown that shows exactly it.

    >>> literal("5 * 3 <b>\n# one")
    '5 \\* 3 \\<b\\>\n\\# one'
    """
    marked = MARKED.sub(lambda found: f"\\{found[0]}", printable(text))
    return BEGINS.sub(lambda found: found[1] + _harmless(found[2]), marked)


def _harmless(sign: str) -> str:
    return f"\\{sign}" if not sign.isdigit() else f"{sign}\\"


def from_markdown(text: str) -> tuple[str, list[str]]:
    """Somebody's Markdown as ours, and what was left out. HTML in it is shown as text anyway."""
    found = printable(text)
    dropped = ["a picture"] * len(PICTURE.findall(found))
    return PICTURE.sub(lambda picture: picture[1], found).strip(), dropped


def from_html(text: str) -> tuple[str, list[str]]:
    """HTML as Markdown, and what was left out.

    >>> from_html("<p>Say <b>it</b>.<script>alert(1)</script></p>")
    ('Say **it**.', ['a script'])
    """
    reader = _Reader()
    reader.feed(printable(text))
    reader.close()
    return reader.markdown(), reader.dropped


class _Reader(HTMLParser):
    """Collects Markdown; whatever is not known is read as the text in it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.dropped: list[str] = []
        self._parts: list[str] = []
        self._unseen = 0
        self._lists: list[int] = []  # the number of the last item; -1 where there are no numbers
        self._links: list[str] = []
        self._code = 0

    def markdown(self) -> str:
        """What was read."""
        text = re.sub(r"[ \t]+\n", "\n", "".join(self._parts))
        return re.sub(r"\n{3,}", "\n\n", re.sub(r"\*{4}|(?<!\*)\*\* \*\*(?!\*)", "", text)).strip()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNSEEN:
            self._unseen += 1
            self.dropped.append("a script" if tag == "script" else f"<{tag}>")
        if self._unseen:
            return
        values = dict(attrs)
        if tag in ("ul", "ol"):
            self._lists.append(0 if tag == "ol" else -1)
        if tag == "li":
            self._item()
        elif tag in BLOCKS or tag in HEADINGS:
            self._parts.append("" if tag in ("ul", "ol") and len(self._lists) > 1 else "\n\n")
        if tag in HEADINGS:
            self._parts.append("**")
        elif tag == "br":
            self._parts.append("\n")
        elif tag in ("td", "th"):
            self._parts.append(" ")
        elif tag in ("code", "tt"):
            self._code += 1
            self._parts.append("`")
        elif tag in ("img", "video", "audio"):
            self.dropped.append("a picture" if tag == "img" else "a film" if tag == "video" else "a sound")
            self._parts.append(literal(values.get("alt") or ""))
        elif tag == "a":
            self._link(values.get("href") or "")
        elif tag in MARKS:
            self._parts.append(MARKS[tag])

    def handle_endtag(self, tag: str) -> None:
        if tag in UNSEEN:
            self._unseen = max(self._unseen - 1, 0)
            return
        if self._unseen:
            return
        if tag in HEADINGS:
            self._parts.append("**")
        if tag in ("ul", "ol") and self._lists:
            self._lists.pop()
        if tag in BLOCKS or tag in HEADINGS:
            self._parts.append("\n\n" if not self._lists else "\n")
        elif tag in ("code", "tt") and self._code:
            self._code -= 1
            self._parts.append("`")
        elif tag == "a" and self._links:
            address = self._links.pop()
            self._parts.append(f"]({address})" if address else "")
        elif tag in MARKS:
            self._parts.append(MARKS[tag])

    def handle_data(self, data: str) -> None:
        if self._unseen:
            return
        text = re.sub(r"[ \t\n]+", " ", data)
        if not self._parts or self._parts[-1].endswith(("\n", "- ")):
            text = text.lstrip()
        self._parts.append(text.replace("`", "'") if self._code else literal(text))

    def _item(self) -> None:
        at = self._lists[-1] if self._lists else -1
        if at >= 0:
            self._lists[-1] = at = at + 1
        self._parts.append("\n" + "   " * max(len(self._lists) - 1, 0) + (f"{at}. " if at > 0 else "- "))

    def _link(self, address: str) -> None:
        safe = address if address.lower().startswith(SAFE) and not re.search(r"[\s()<>\\]", address) else ""
        if address and not safe:
            self.dropped.append("a link")
        self._links.append(safe)
        self._parts.append("[" if safe else "")
