"""What surrounds a lesson on its page: course, position, neighbours, and where scripts and styles are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import choreo.hub
from choreo.bank.course import Course, load_course
from choreo.serve.static_files import StaticFiles
from choreo.views.source import VIEWS

HERE = Path(__file__).parent
HUB = Path(choreo.hub.__file__).parent


def page_files() -> StaticFiles:
    """The files that a lesson's page loads."""
    client = {f"client/{path.name}": path for path in (HERE / "static" / "client").iterdir() if path.suffix != ".txt"}
    return StaticFiles(
        {
            **client,
            "theme.css": VIEWS / "theme.css",
            "page.css": HERE / "static" / "page.css",
            "mark.svg": HUB / "static" / "mark.svg",
            "plotly.js": VIEWS / "plotly" / "plotly-cartesian.min.js.gz",
        }
    )


@dataclass(frozen=True)
class Link:
    """A lesson to go to."""

    url: str
    title: str


@dataclass(frozen=True)
class Frame:
    """What the page's template says around the lesson."""

    course: str
    position: str
    home: str
    before: Link | None
    after: Link | None
    style: str
    theme: str
    script: str
    preloads: list[str]  # the modules that the script imports at once
    plotly: str
    icon: str


def lesson_frame(name: str, folder: Path, hub: str, static: StaticFiles) -> Frame:
    """The frame of lesson `name`; `hub` is the home page's address, "" where there is no hub."""
    course = load_course(folder)
    names = [lesson.name for lesson in course.lessons]
    written = course.written(folder)
    at = names.index(name) if name in names else None
    position = f"Lesson {at} of {len(names) - 1}" if at else ("Before the first lesson" if at == 0 else "")
    return Frame(
        course=course.title,
        position=position,
        home=f"{hub}/",
        before=_link(course, [lesson.name for lesson in written if at and names.index(lesson.name) < at][-1:], hub),
        after=_link(
            course, [lesson.name for lesson in written if at is not None and names.index(lesson.name) > at][:1], hub
        ),
        style=static.url("page.css"),
        theme=static.url("theme.css"),
        script=static.url("client/lesson.js"),
        preloads=[static.url(f"client/{name}") for name in imported(static.files["client/lesson.js"].content.decode())],
        plotly=static.url("plotly.js"),
        icon=static.url("mark.svg"),
    )


def imported(module: str) -> list[str]:
    """The names of the modules beside it that a built module imports when it is loaded."""
    return re.findall(r'(?:from|import)"\./([^"]+)"', module)


def _link(course: Course, names: list[str], hub: str) -> Link | None:
    title = {lesson.name: lesson.title for lesson in course.lessons}
    return Link(f"{hub}/lessons/{names[0]}", title[names[0]]) if names else None
