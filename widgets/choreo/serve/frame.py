"""What surrounds a lesson on its page: course, position, neighbours, and where scripts and styles are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import choreo.hub
from choreo.bank.course import Course
from choreo.bank.files import files
from choreo.bank.house import NAME
from choreo.bank.logo import LogoError, read_logo
from choreo.hub.public import ANYWHERE, Public
from choreo.serve.static_files import StaticFile, StaticFiles
from choreo.views.markdown import html
from choreo.views.source import PLOTLY, VIEWS
from choreo.views.typeface import FILES as TYPE_FILES
from choreo.views.typeface import faces

HERE = Path(__file__).parent
HUB = Path(choreo.hub.__file__).parent
HOSTS = {"components": "lesson.js", "widgets": "manager"}  # what shows a lesson's widgets -> the module that has it
STYLE = "".join(sheet.read_text(encoding="utf-8") for sheet in (VIEWS / "theme.css", HERE / "static" / "page.css"))
ICON = "data:image/svg+xml," + quote((HUB / "static" / "mark.svg").read_text(encoding="utf-8"), safe="")
START = (HERE / "static" / "start.js").read_text(encoding="utf-8")
EARLY = (HERE / "static" / "early.js").read_text(encoding="utf-8")


def page_files(public: Public = ANYWHERE) -> StaticFiles:
    """The files that a lesson's page loads; `public` is where the course is for everybody."""
    client = {f"client/{path.name}": path for path in files(HERE / "static" / "client", "*") if path.suffix != ".txt"}
    return StaticFiles(client | TYPE_FILES | {f"plotly-{build}.js": path for build, path in PLOTLY.items()}, public)


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
    at: str | None  # the path in front of all that the hub has ("", "/choreo"); None where there is no hub
    home: str
    models: str  # where the hub has its pages on models; "" where there is no hub
    before: Link | None
    after: Link | None
    style: str  # the page's own style sheet: in the page, so that its text waits for nothing
    start: str  # the script that stands in the head of every lesson's page
    early: str  # the script that stands in a recorded lesson's page itself
    script: str
    rich: str  # the style sheet of what an author's cells show besides components
    preloads: dict[str, list[str]]  # the modules that the script needs, by what shows the lesson's widgets
    plotly: dict[str, str]  # where each build is
    icon: str  # in the page, too: a request for it would come in the middle of all others
    house: str  # the name of who offers the course; "" where it is ours
    logo: str  # where the hub has its logo; "" where there is none, or no hub
    imprint: str  # HTML; "" where there is none


def lesson_frame(name: str, course: Course, folder: Path, hub: Public | None, static: StaticFiles) -> Frame:
    """The frame of lesson `name` in `folder`; `hub` is where the hub is for everybody, None where there is none."""
    names = [lesson.name for lesson in course.lessons]
    written = course.written(folder)
    at = names.index(name) if name in names else None
    numbers = {lesson.name: number for number, lesson in course.numbered}
    number = numbers.get(name)
    position = (
        f"Lesson {number} of {max(numbers.values())}" if number else ("Before the first lesson" if number == 0 else "")
    )
    return Frame(
        course=course.title,
        position=position,
        at=hub.front if hub else None,
        home=hub.home if hub else "/",
        models=hub.at("/models/") if hub else "",
        before=_link(course, [lesson.name for lesson in written if at and names.index(lesson.name) < at][-1:], hub),
        after=_link(
            course, [lesson.name for lesson in written if at is not None and names.index(lesson.name) > at][:1], hub
        ),
        style=faces(static.url) + STYLE + course.house.style,
        start=START,
        early=EARLY,
        script=static.url("client/lesson.js"),
        rich=static.url("client/rich.css"),
        preloads={host: _needed(static, entry) for host, entry in HOSTS.items()},
        plotly={build: static.url(f"plotly-{build}.js") for build in PLOTLY},
        icon=ICON,
        house=course.house.name if course.house.name != NAME else "",
        logo=_logo(course, folder, hub),
        imprint=html(course.house.imprint) if course.house.imprint else "",
    )


def _logo(course: Course, folder: Path, hub: Public | None) -> str:
    with suppress(LogoError):
        return hub.at(f"/house/{read_logo(folder, course.house.logo).name}") if hub and course.house.logo else ""
    return ""


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


def _link(course: Course, names: list[str], hub: Public | None) -> Link | None:
    title = {lesson.name: lesson.title for lesson in course.lessons}
    return Link((hub or ANYWHERE).at(f"/lessons/{names[0]}"), title[names[0]]) if names else None
