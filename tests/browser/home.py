"""What a learner of the whole course finds outside its lessons: on the home page, in the portfolio, and taken elsewhere."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from types import ModuleType

from playwright.sync_api import Page, expect
from tests.browser.gate import behind_gates
from tests.browser.walk import SOON, Plan, card
from tests.hub.test_certificate import text_of
from tests.serve.course import PATIENCE, ROOT, RunningCourse

from choreo.bank.course import load_course

PATH = load_course(ROOT / "lessons").lessons


def time_passes(course: RunningCourse, span: str) -> None:
    """All that was kept is that much older."""
    with closing(sqlite3.connect(course.data / "choreo.db", timeout=PATIENCE)) as kept, kept:
        kept.execute("UPDATE entry SET at = strftime('%Y-%m-%dT%H:%M:%fZ', at, ?)", (f"-{span}",))


def untouched(page: Page, lesson: ModuleType) -> None:
    """Nothing is done, chosen, written or open that this learner did, chose, wrote or opened in another lesson."""
    for said in behind_gates(lesson):
        expect(card(page, said["id"]).locator(".choreo-player-gate")).to_have_count(1)
    for done in ("[data-saved=yes]", "[data-reached]", ".choreo-card input:checked", ".choreo-card-hints li"):
        expect(page.locator(done)).to_have_count(0)
    assert not any(box.input_value() for box in page.locator("textarea").all())
    expect(page.locator(".choreo-outline progress")).to_have_js_property("value", 0)


def due(page: Page, course: RunningCourse) -> int:
    """How many questions the home page says are due."""
    page.goto(course.address)
    told = re.search(r"(\d+) questions? (?:is|are) due", page.locator("main").inner_text())
    return int(told[1]) if told else 0


@dataclass(frozen=True)
class TakenHome:
    """What a learner has at the end, in words."""

    portfolio: str
    certificate: str
    plans: str
    review: str


def taken_home(page: Page, course: RunningCourse) -> TakenHome:
    def fetch(path: str) -> str:
        reply = page.request.get(course.address + path)
        assert reply.ok, path
        return reply.text()

    def part(path: str, pattern: str) -> str:
        found = re.search(pattern, fetch(path), re.DOTALL)
        assert found, path
        return text_of(found[0])

    return TakenHome(
        part("/portfolio", r'<header class="choreo-folio-head">.*</section>'),
        part("/certificate", r'<section class="choreo-diploma".*Made on'),
        fetch("/portfolio/commitments.ics"),
        ", ".join(re.findall(r"DTSTART;VALUE=DATE:\d+|SUMMARY:.*", fetch("/review/days.ics"))),
    )


def everything_is_said(page: Page, course: RunningCourse, found: TakenHome, lessons: list[ModuleType]) -> None:
    """The portfolio has a chapter for each lesson, the certificate names them all, and each plan has its day."""
    page.goto(f"{course.address}/portfolio")
    chapters = page.locator(".choreo-chapter")
    expect(chapters.get_by_role("heading", level=2)).to_have_text([lesson.TITLE for lesson in lessons])
    for chapter in chapters.all():
        expect(chapter).to_contain_text("before it was played")
        expect(chapter).to_contain_text("finished on")
        expect(chapter).to_contain_text(Plan().will)
    assert found.plans.count("BEGIN:VEVENT") == len(lessons)
    assert found.plans.count(f"DTSTART;VALUE=DATE:{SOON:%Y%m%d}") == len(lessons)
    for lesson in lessons:
        assert lesson.TITLE in found.certificate
    assert ("has worked through all" in found.certificate) == (len(lessons) == len(PATH))


def with_code(page: Page, new_learner: Callable[..., Page], course: RunningCourse) -> Page:
    """The same learner in another browser, by a resume code."""
    page.goto(f"{course.address}/resume")
    page.get_by_role("button", name="Make a resume code").click()
    expect(page.locator(".choreo-code")).to_be_visible()
    code = "".join(page.locator(".choreo-code span").all_inner_texts())
    other = new_learner()
    other.goto(f"{course.address}/resume")
    other.get_by_label("Resume code").fill(code)
    other.get_by_role("button", name="Bring my work here").click()
    expect(other.get_by_text("Welcome back")).to_be_visible()
    return other


def read_in(page: Page, course: RunningCourse, new_learner: Callable[..., Page], there: RunningCourse) -> Page:
    """A learner of another installation who brings the portfolio file of this one."""
    file = page.request.get(f"{course.address}/portfolio/file").body()
    other = new_learner()
    other.goto(f"{there.address}/portfolio/import")
    other.get_by_label("Portfolio file").set_input_files(
        {"name": "choreo-portfolio.html", "mimeType": "text/html", "buffer": file}
    )
    other.get_by_role("button", name="Look what is in it").click()
    other.get_by_role("button", name="Bring all").click(timeout=60_000)  # every comparison of the course is computed
    expect(other.get_by_role("status")).to_contain_text("have come in")
    return other
