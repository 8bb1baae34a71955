"""Lessons that were run beforehand: their pages and the parts of those, made when first asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import jinja2

from choreo.serve.forking.nursery import Nursery, Template
from choreo.serve.frame import Frame
from choreo.serve.pages import LessonPage, render_page
from choreo.serve.static_files import StaticFile

PAGES = 64  # lessons times names under which one server is reached; the oldest beyond that is rendered anew


class RecordedLessons:
    """Pages of recorded lessons, rendered once per recording and address of the hub."""

    def __init__(self, nursery: Nursery, folder: Path, frame: Callable[[str, str], Frame]) -> None:
        """`folder` holds the page's templates; `frame(lesson, hub)` says what surrounds a lesson."""
        self.nursery = nursery
        self._frame = frame
        loader = jinja2.FileSystemLoader(folder)
        self._html = jinja2.Environment(loader=loader, autoescape=True).get_template("recorded.html.j2")
        self._pages: dict[tuple[str, str], tuple[Template, LessonPage]] = {}

    async def page(self, lesson: str, hub: str) -> LessonPage:
        """The lesson's page for browsers that reach the hub at `hub`; raise NurseryError if it cannot be run."""
        template = await self.nursery.template(lesson)
        known = self._pages.get((lesson, hub))
        if known is None or known[0] is not template:
            if len(self._pages) >= PAGES:
                del self._pages[next(iter(self._pages))]
            frame = self._frame(lesson, hub)
            known = template, render_page(self._html, lesson, template.recording, template.version, frame)
            self._pages[lesson, hub] = known
        return known[1]

    def part(self, name: str) -> StaticFile | None:
        """A part of any page, by the name that its address carries."""
        found: Mapping[str, StaticFile]
        for _, page in self._pages.values():
            found = page.parts
            if name in found:
                return found[name]
        return None
