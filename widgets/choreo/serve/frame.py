"""What surrounds a lesson on its page: course, position, neighbours, and where scripts and styles are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import choreo.hub
from choreo.bank.course import Course, load_course
from choreo.serve.static_files import StaticFile, StaticFiles
from choreo.views.source import PLOTLY, VIEWS

HERE = Path(__file__).parent
HUB = Path(choreo.hub.__file__).parent
HOSTS = {"components": "lesson.js", "widgets": "manager"}  # what shows a lesson's widgets -> the module that has it
STYLE = "".join(sheet.read_text(encoding="utf-8") for sheet in (VIEWS / "theme.css", HERE / "static" / "page.css"))
ICON = "data:image/svg+xml," + quote((HUB / "static" / "mark.svg").read_text(encoding="utf-8"), safe="")
EARLY = (HERE / "static" / "early.js").read_text(encoding="utf-8")


def page_files() -> StaticFiles:
    """The files that a lesson's page loads."""
    client = {f"client/{path.name}": path for path in (HERE / "static" / "client").iterdir() if path.suffix != ".txt"}
    return StaticFiles(client | {f"plotly-{build}.js": path for build, path in PLOTLY.items()})


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
    style: str  # the page's own style sheet: in the page, so that its text waits for nothing
    early: str  # the script that stands in a recorded lesson's page itself
    script: str
    preloads: dict[str, list[str]]  # the modules that the script needs, by what shows the lesson's widgets
    plotly: dict[str, str]  # where each build is
    icon: str  # in the page, too: a request for it would come in the middle of all others


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
        style=STYLE,
        early=EARLY,
        script=static.url("client/lesson.js"),
        preloads={host: _needed(static, entry) for host, entry in HOSTS.items()},
        plotly={build: static.url(f"plotly-{build}.js") for build in PLOTLY},
        icon=ICON,
    )


def _needed(static: StaticFiles, entry: str) -> list[str]:
    names = (name.removeprefix("client/") for name in static.files)
    module = next(name for name in names if name == entry or name.startswith(f"{entry}-"))
    needed = dict.fromkeys([*imported("lesson.js", static.files), *imported(module, static.files), module])
    return [static.url(f"client/{name}") for name in needed if name != "lesson.js"]


def imported(name: str, files: Mapping[str, StaticFile]) -> list[str]:
    """The modules beside it that a built module imports, and those that they import, in the order of need."""
    module = files[f"client/{name}"].content.decode()
    found = []
    for other in re.findall(r'(?:from|import)"\./([^"]+)"', module):
        found += [*imported(other, files), other]
    return list(dict.fromkeys(found))


def _link(course: Course, names: list[str], hub: str) -> Link | None:
    title = {lesson.name: lesson.title for lesson in course.lessons}
    return Link(f"{hub}/lessons/{names[0]}", title[names[0]]) if names else None
