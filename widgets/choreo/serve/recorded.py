"""Lessons that were run beforehand: their pages and the parts of those, made when first asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import jinja2

from choreo.bank.course import Course
from choreo.hub.public import ANYWHERE, Public
from choreo.serve.drain import pass_on
from choreo.serve.forking.nursery import Nursery, Template
from choreo.serve.frame import Frame
from choreo.serve.guard import GuardedHandler
from choreo.serve.pages import LessonPage, render_page
from choreo.serve.static_files import FOR_GOOD, StaticFile, send_file

FRONTS = 8  # paths in front of the course by which a lesson's pages are kept; a page of another one is made anew


@dataclass(frozen=True)
class _Rendered:
    """A page, and what it was made of."""

    template: Template
    note: str
    course: Course
    page: LessonPage
    before: LessonPage | None  # of the recording before this one: somebody may be opening it


class RecordedLessons:
    """Pages of recorded lessons, rendered once per recording, for each path by which people come."""

    def __init__(
        self,
        nursery: Nursery,
        folder: Path,
        frame: Callable[[str], Frame],
        course: Callable[[], Course],
        public: Public = ANYWHERE,
    ) -> None:
        """`folder` holds the page's templates; `frame(lesson)` says what surrounds a lesson of the `course`.

        `public` is where that is for everybody.
        """
        self.nursery = nursery
        self._frame, self._course, self._public = frame, course, public
        loader = jinja2.FileSystemLoader(folder)
        self._html = jinja2.Environment(loader=loader, autoescape=True).get_template("recorded.html.j2")
        self._rendered: dict[str, dict[str, _Rendered]] = {}  # by lesson, then by path in front; the last used last

    async def page(self, lesson: str) -> LessonPage:
        """The lesson's page; raise NurseryError if it cannot be run."""
        template = await self.nursery.template(lesson)
        return self._render(lesson, template)

    def _render(self, lesson: str, template: Template) -> LessonPage:
        pages, front = self._rendered.setdefault(lesson, {}), self._public.front
        known, note, course = pages.get(front), template.note, self._course()
        if known is None or known.template is not template or known.note != note or known.course is not course:
            frame = self._frame(lesson)
            made = render_page(self._html, lesson, template.recording, template.version, frame, note, self.part)
            known = _Rendered(template, note, course, made, known.page if known else None)
        pages.pop(front, None)
        pages[front] = known
        if len(pages) > FRONTS:
            del pages[next(iter(pages))]
        return known.page

    def part(self, name: str) -> StaticFile | None:
        """A part of any page, by the name that its address carries."""
        for rendered in (one for pages in self._rendered.values() for one in pages.values()):
            for page in (rendered.page, rendered.before):
                if page and name in page.parts:
                    return page.parts[name]
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
