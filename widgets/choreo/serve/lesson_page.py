"""A lesson's notebook as a page: its title, and steps of prose and places for outputs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from choreo.views.prose import Prose as Cell
from choreo.views.prose import plain, read, slug

CALL = re.compile(r"""(?:lesson|coach)\.(\w+)\((?:["']([a-z0-9-]+)["'])?""")

RICH = re.compile(r'<(?:math|video|audio)\b|class="(?:choreo-t|footnotes)')


@dataclass(frozen=True)
class Prose:
    """A piece of text."""

    html: str


@dataclass(frozen=True)
class Place:
    """Where the outputs of one code cell go."""

    cell: int  # index in the notebook
    call: str  # "exercise", "explore", ...: how much room to keep free; "" for others
    item: str = ""  # what it is the first to show, so that a link can lead there: #at-my-next-move


@dataclass(frozen=True)
class Step:
    """One step of the lesson: what stands between two headings of the second level."""

    slug: str
    title: str  # as text
    heading: str  # as HTML
    blocks: tuple[Prose | Place, ...]


@dataclass(frozen=True)
class Page:
    """The lesson in the order of reading."""

    title: str  # as text
    heading: str  # as HTML
    lead: tuple[Prose | Place, ...]  # what stands before the first step
    steps: tuple[Step, ...]

    @property
    def rich(self) -> bool:
        """Whether the prose has formulas, notes, tasks or films, whose looks a style sheet of their own has."""
        blocks = (*self.lead, *(block for step in self.steps for block in step.blocks))
        return any(RICH.search(block.html) for block in blocks if isinstance(block, Prose)) or any(
            "<math" in step.heading for step in self.steps
        )


def lesson_page(cells: Sequence[Mapping[str, Any]], name: str = "") -> Page:
    """The page of a notebook's cells. The first `#` heading is the title; each `##` begins a step, and so do later `#`.

    A notebook that does not begin with a title has the `name` of its file for one.
    """
    found = _Reading()
    for index, cell in enumerate(cells):
        if cell["cell_type"] == "code":
            found.place(index, cell["source"])
        elif cell["cell_type"] == "markdown":
            found.prose(read(cell["source"], cell.get("attachments"), index))
    steps = (Step(slug, title, heading, tuple(blocks)) for slug, title, heading, blocks in found.steps)
    words = name.replace("-", " ").capitalize()
    return Page(found.title or words, found.heading or escape(words), tuple(found.lead), tuple(steps))


class _Reading:
    """What has been read of a notebook so far."""

    def __init__(self) -> None:
        self.title = self.heading = ""
        self.lead: list[Prose | Place] = []
        self.steps: list[tuple[str, str, str, list[Prose | Place]]] = []
        self._shown = {""}
        self._slugs: dict[str, int] = {}

    def add(self, block: Prose | Place) -> None:
        (self.steps[-1][3] if self.steps else self.lead).append(block)

    def place(self, index: int, source: str) -> None:
        call = CALL.search(source)
        item = (call[2] or "") if call else ""
        self.add(Place(index, call[1] if call else "", "" if item in self._shown else item))
        self._shown.add(item)

    def prose(self, cell: Cell) -> None:
        """The pieces of a Markdown cell, between the headings that no list or quotation holds."""
        at = 0
        for index, token in enumerate(cell.tokens):
            if token.type != "heading_open" or token.level:
                continue
            words = cell.tokens[index + 1]
            if token.tag in ("h1", "h2"):
                self.piece(cell, at, index)
                self.begin(token.tag, plain(words), cell.html(index + 1, index + 2))
                at = index + 3  # behind the heading, what it says, and its end
            else:
                token.attrSet("id", self.slug(plain(words)))
        self.piece(cell, at, len(cell.tokens))

    def piece(self, cell: Cell, start: int, end: int) -> None:
        if (html := cell.html(start, end)).strip():
            self.add(Prose(html))

    def begin(self, tag: str, title: str, heading: str) -> None:
        if tag == "h1" and not self.title and not self.steps:
            self.title, self.heading = title, heading
        else:
            self.steps.append((self.slug(title), title, heading, []))

    def slug(self, title: str) -> str:
        """The heading's address, another one than all before it."""
        made = slug(title) or "step"
        self._slugs[made] = used = self._slugs.get(made, 0) + 1
        return made if used == 1 else f"{made}-{used}"
