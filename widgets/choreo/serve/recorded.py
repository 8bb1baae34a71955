"""Lessons that were run beforehand: their pages and the parts of those, made when first asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import jinja2

from choreo.bank.course import Course
from choreo.serve.drain import pass_on
from choreo.serve.forking.nursery import Nursery, Template
from choreo.serve.frame import Frame
from choreo.serve.guard import GuardedHandler
from choreo.serve.pages import LessonPage, render_page
from choreo.serve.static_files import FOR_GOOD, StaticFile, send_file


class RecordedLessons:
    """Pages of recorded lessons, rendered once per recording."""

    def __init__(
        self, nursery: Nursery, folder: Path, frame: Callable[[str], Frame], course: Callable[[], Course]
    ) -> None:
        """`folder` holds the page's templates; `frame(lesson)` says what surrounds a lesson of the `course`."""
        self.nursery = nursery
        self._frame, self._course = frame, course
        loader = jinja2.FileSystemLoader(folder)
        self._html = jinja2.Environment(loader=loader, autoescape=True).get_template("recorded.html.j2")
        self._rendered: dict[str, tuple[Template, tuple[str, Course], LessonPage]] = {}
        self._before: dict[str, LessonPage] = {}  # of the recording before this one: somebody may be opening it

    async def page(self, lesson: str) -> LessonPage:
        """The lesson's page; raise NurseryError if it cannot be run."""
        template = await self.nursery.template(lesson)
        return self._render(lesson, template)

    def _render(self, lesson: str, template: Template) -> LessonPage:
        known = self._rendered.get(lesson)
        around = (template.note, self._course())
        if known is None or known[0] is not template or known[1][0] != around[0] or known[1][1] is not around[1]:
            if known is not None:
                self._before[lesson] = known[2]
            frame = self._frame(lesson)
            made = render_page(self._html, lesson, template.recording, template.version, frame, template.note)
            known = self._rendered[lesson] = (template, around, made)
        return known[2]

    def part(self, name: str) -> StaticFile | None:
        """A part of any page, by the name that its address carries."""
        found: Mapping[str, StaticFile]
        for page in (*(page for *_, page in self._rendered.values()), *self._before.values()):
            found = page.parts
            if name in found:
                return found[name]
        return None


class PartHandler(GuardedHandler):
    """A part of a recorded lesson's page: the state of its widgets, a component's module, the style sheet."""

    def initialize(self, recorded: RecordedLessons) -> None:
        """Take the recorded lessons."""
        self._recorded = recorded

    def get(self, name: str) -> None:
        """Send the part; its name is its hash, so it is kept for good. The page that names it may be another server's."""
        part = self._recorded.part(name)
        if part is None:
            pass_on(self)
        else:
            send_file(self, part, FOR_GOOD)
