"""The pages of the author's preview: a frame with the lesson, and what is wrong with it beside."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jinja2
from tornado.web import HTTPError

from choreo.bank.course import CourseFile
from choreo.bank.fault import BankError
from choreo.hub.public import Public
from choreo.serve.forking.nursery import Nursery
from choreo.serve.guard import GuardedHandler
from choreo.serve.preview.alone import SEAM
from choreo.serve.preview.preview import Preview, written_in
from choreo.serve.preview.watching import PACKAGE
from choreo.serve.recorded import RecordedLessons

HERE = Path(__file__).parent
# JupyterLab shows the preview beside the notebook; it is another program on this machine.
FRAMES = "'self' http://127.0.0.1:* http://localhost:*"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; img-src data:; "
    f"base-uri 'none'; form-action 'none'; frame-ancestors {FRAMES}"
)
PAGE = jinja2.Environment(loader=jinja2.FileSystemLoader(HERE), autoescape=True).get_template("preview.html.j2")


class PreviewPage(GuardedHandler):
    """The preview of one lesson."""

    def initialize(self, public: Public, lessons: Path, course: CourseFile, nursery: Nursery) -> None:
        """Take where the course is for everybody, the folder of notebooks, the course, and what runs lessons."""
        self._public, self._lessons, self._course, self._nursery = public, lessons, course, nursery

    def get(self, lesson: str) -> None:
        """Send the page."""
        try:
            known = [(one.name, one.title) for one in self._course.read().written(self._lessons)]
        except BankError:
            known = []
        names = {name for name, _ in known}
        known += [(path.stem, path.stem) for path in sorted(self._lessons.glob("*.ipynb")) if path.stem not in names]
        if lesson not in dict(known):
            known.insert(0, (lesson, lesson.replace(SEAM, "/")))
            if SEAM not in lesson or not self._nursery.notebook(lesson).is_file():
                raise HTTPError(404, f"There is no lesson {lesson}.")
        self.set_header("Content-Security-Policy", POLICY)
        self.set_header("Cache-Control", "no-store")
        self.finish(PAGE.render(at=self._public.at, lesson=lesson, known=known, item=self.get_query_argument("at", "")))


class PreviewNews(GuardedHandler):
    """What is new about a lesson."""

    def initialize(self, preview: Preview, nursery: Nursery) -> None:
        """Take what knows it, and what runs lessons."""
        self._preview, self._nursery = preview, nursery

    async def get(self, lesson: str) -> None:
        """Send it as soon as there is some."""
        since = self.get_query_argument("since", "0")
        news = await self._preview.news(
            lesson, int(since) if since.isdecimal() and len(since) < 10 else 0, self._nursery
        )
        self.set_header("Cache-Control", "no-store")
        self.finish(news)


class PreviewSheet(GuardedHandler):
    """The preview's style."""

    def get(self) -> None:
        """Send it as it is now."""
        sheets = (PACKAGE / "views" / "theme.css", HERE / "preview.css")
        self.set_header("Content-Type", "text/css")
        self.set_header("Cache-Control", "no-cache")
        self.finish("".join(sheet.read_text("utf-8") for sheet in sheets))


class PreviewSource(GuardedHandler):
    """A script as it is written: the preview's own, and browser halves, so that the browser says what it does not understand."""

    def get(self, name: str) -> None:
        """Send it; what precedes its name in the address only makes it another one at every saving."""
        path = (PACKAGE / name).resolve()
        if not any(path.is_relative_to(folder) for folder in (PACKAGE / "views", HERE)) or not path.is_file():
            raise HTTPError(404)
        self.set_header("Content-Type", "text/javascript")
        self.set_header("Cache-Control", "no-store")
        self.finish(path.read_text("utf-8"))


class PreviewPlace(GuardedHandler):
    """Which line of which file a line of a page's script was made from."""

    def initialize(self, recorded: RecordedLessons) -> None:
        """Take the pages and their parts."""
        self._recorded = recorded

    def get(self, part: str, line: str) -> None:
        """Send {"file", "line"}; 404 where nobody can tell."""
        found = self._recorded.part(part)
        lines = found.content.decode().splitlines() if found else []
        place = written_in(lines[int(line) - 1]) if 0 < int(line) <= len(lines) else None
        if place is None:
            raise HTTPError(404)
        self.finish({"file": place[0], "line": place[1]})


def pages(preview: Preview, nursery: Nursery, recorded: RecordedLessons, shell: dict[str, Any]) -> list[Any]:
    """The preview's addresses."""
    return [
        (r"/preview/([a-z0-9-]+)", PreviewPage, {**shell, "nursery": nursery}),
        (r"/preview/([a-z0-9-]+)/news", PreviewNews, {"preview": preview, "nursery": nursery}),
        (r"/preview/preview\.css", PreviewSheet),
        (r"/preview/source/\d+/([\w/-]+\.js)", PreviewSource),
        (r"/preview/place/([0-9a-f]+\.js)/(\d{1,6})", PreviewPlace, {"recorded": recorded}),
    ]
