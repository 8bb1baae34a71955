"""Finds words from right to left that a page shows as if they went from left to right: in its HTML, and in a browser."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from playwright.sync_api import Frame, Page

HEBREW = "שלום, זה הרעיון שלי!"  # its marks stand on the wrong side, where the direction is not its own
LETTER = re.compile("[\u0590-\u08ff]")
ISOLATED = re.compile("\u2068[^\u2069]*\u2069")
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
UNSHOWN = {"script", "style", "title"}
WALK = """() => {
  const letter = /[\\u0590-\\u08ff]/;
  const free = (text) => letter.test(text.replace(/\\u2068[^\\u2069]*\\u2069/g, ""));
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { data, parentElement: parent } = walker.currentNode;
    if (!free(data) || parent.closest("script, style, svg")) continue;
    const near = parent.closest("[dir], bdi");
    if (near?.localName !== "bdi" && near?.dir !== "auto") found.push(parent.outerHTML.slice(0, 200));
  }
  for (const field of document.querySelectorAll("input, textarea"))
    if (letter.test(field.value) && field.type !== "hidden" && field.dir !== "auto") found.push(field.outerHTML);
  return found;
}"""


class Reader(HTMLParser):
    """Collects what goes astray in a text of HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []  # tags, and whether words in them go their own way
        self.seen = 0
        self.astray: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = dict(attrs)
        free = tag == "bdi" or (own["dir"] == "auto" if "dir" in own else bool(self.open) and self.open[-1][1])
        shown = own.get("value") if tag == "input" and own.get("type") != "hidden" else None
        if shown and LETTER.search(shown):
            self._look(f"<input {own}>", own.get("dir") == "auto")
        if tag not in VOID:
            self.open.append((tag, free))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if LETTER.search(data) and self.open[-1][0] not in UNSHOWN:
            self._look(f"<{self.open[-1][0]}>{data}", self.open[-1][1] or not LETTER.search(ISOLATED.sub("", data)))

    def _look(self, what: str, good: bool) -> None:
        self.seen += 1
        if not good:
            self.astray.append(what)


def astray(html: str) -> list[str]:
    """The places in a page that has words from right to left."""
    reader = Reader()
    reader.feed(html)
    assert reader.seen, "there is nothing to see from right to left"
    return reader.astray


def astray_in(page: Page | Frame) -> list[str]:
    """The same, of a page in a browser as it stands."""
    return list(page.evaluate(WALK))
