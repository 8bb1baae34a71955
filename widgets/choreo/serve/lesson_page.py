"""A lesson's notebook as a page: its title, and steps of prose and places for outputs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from choreo.views.markdown import html

CALL = re.compile(r"(?:lesson|coach)\.(\w+)\(")


@dataclass(frozen=True)
class Prose:
    """A piece of text."""

    html: str


@dataclass(frozen=True)
class Place:
    """Where the outputs of one code cell go."""

    cell: int  # index in the notebook
    call: str  # "exercise", "explore", ...: how much room to keep free; "" for others


@dataclass(frozen=True)
class Step:
    """One step of the lesson: what stands between two headings of the second level."""

    slug: str
    title: str
    blocks: tuple[Prose | Place, ...]


@dataclass(frozen=True)
class Page:
    """The lesson in the order of reading."""

    title: str
    lead: tuple[Prose | Place, ...]  # what stands before the first step
    steps: tuple[Step, ...]


def lesson_page(cells: Sequence[Mapping[str, Any]]) -> Page:
    """The page of a notebook's cells. A `# ` heading is the title; each `## ` heading begins a step."""
    title, lead, steps = "", list[Prose | Place](), list[tuple[str, list[Prose | Place]]]()
    for index, cell in enumerate(cells):
        blocks = steps[-1][1] if steps else lead
        if cell["cell_type"] == "code":
            call = CALL.search(cell["source"])
            blocks.append(Place(index, call[1] if call else ""))
        elif cell["cell_type"] == "markdown":
            for part in re.split(r"(?m)^(?=#{1,2} )", cell["source"]):
                heading = re.match(r"(#{1,2}) +(.+?)[ #]*(?:\n|$)", part)
                text = part[heading.end() :] if heading else part
                if heading and len(heading[1]) == 1:
                    title = heading[2]
                elif heading:
                    steps.append((heading[2], []))
                if text.strip():
                    (steps[-1][1] if steps else lead).append(Prose(html(text)))
    return Page(title, tuple(lead), tuple(Step(slug, name, tuple(blocks)) for slug, (name, blocks) in _slugs(steps)))


def _slugs(steps: list[tuple[str, list[Prose | Place]]]) -> list[tuple[str, tuple[str, list[Prose | Place]]]]:
    used: dict[str, int] = {}
    found = []
    for step in steps:
        slug = re.sub(r"[^a-z0-9]+", "-", step[0].lower()).strip("-") or "step"
        used[slug] = used.get(slug, 0) + 1
        found.append((slug if used[slug] == 1 else f"{slug}-{used[slug]}", step))
    return found
