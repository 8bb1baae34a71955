"""An author at work beside `choreo preview`: what is saved is to be seen, and so is what is wrong with it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from tests.browser.authors import RunningPreview, lesson, own_copy, predict, replace
from tests.browser.axe import AFTER, BEFORE, glance
from tests.serve.course import own

pytestmark = pytest.mark.browser

FRESH = re.compile(r"Up to date, ([\d.]+) s after saving")
STAGE = "widgets/choreo/views/stages/network.js"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return own_copy(tmp_path_factory.mktemp("author"))


@pytest.fixture(scope="module")
def preview(folder):
    running = RunningPreview(folder, "02-silos", own(8820), folder / "log")
    yield running
    running.stop()


@pytest.fixture
def author(preview, new_learner):
    page = new_learner()
    page.goto(preview.address)
    expect(page.locator("[data-state]")).to_have_text(re.compile("Up to date"))
    return page


def faults(page):
    return page.get_by_role("complementary", name="Faults")


def test_each_kind_of_file_is_shown_when_it_is_saved(author, folder):
    predict(author)
    for path, old, new in (
        ("lessons/02-silos.ipynb", "It took fifty-one days", "From the notebook"),
        ("exercises/02-silos/three-or-all.yaml", "The same thirty-two people", "From the exercise"),
        ("widgets/choreo/explorables/silos.py", '_("Bridges")', '_("From Python")'),
        (STAGE, "A coat fills", "From the script"),
    ):
        replace(folder / path, old, new)
        expect(lesson(author).locator("main")).to_contain_text(new.removeprefix('_("').removesuffix('")'))
        expect(author.locator("[data-state]")).to_have_text(FRESH)


def test_place_and_answer_stay_when_a_file_is_saved(author, folder):
    card = predict(author)
    here = lesson(author).locator("#at-race-of-three")
    here.scroll_into_view_if_needed()
    top = here.bounding_box()["y"]
    replace(folder / "exercises/02-silos/race-of-three.yaml", "title: ", "title: Renamed, ")
    expect(here).to_contain_text("Renamed, ")
    expect(author.locator("[data-state]")).to_have_text(FRESH)
    expect(card).to_contain_text("Locked in.")
    assert abs(here.bounding_box()["y"] - top) < 4


def test_faults_stand_beside_the_lesson_with_line_and_remedy_until_they_are_mended(author, folder):
    for path, old, new, place, remedy in (
        (
            "exercises/02-silos/three-or-all.yaml",
            "\nmeasure:",
            "\nmesure:",
            "three-or-all.yaml, line 14",
            'did you mean "measure"?',
        ),
        (
            "lessons/02-silos.ipynb",
            'explore(\\"four',
            'explore(\\"fuor',
            "02-silos",
            'did you mean "four-departments"?',
        ),
        (
            "widgets/choreo/explorables/silos.py",
            "class Silos(",
            "class Silos((",
            "silos.py, line 40",
            "Mend it and save",
        ),
        (STAGE, "export function stage(", "export function stage((", "network.js, line 45", "Mend the line and save."),
    ):
        replace(folder / path, old, new)
        expect(faults(author)).to_contain_text(place)
        expect(faults(author)).to_contain_text(remedy)
        expect(lesson(author).locator("#at-three-or-all")).to_be_attached()  # what was well before is there still
        replace(folder / path, new, old)
        expect(faults(author)).to_be_hidden()


def test_what_breaks_while_it_is_drawn_is_told_with_its_line(preview, browser, folder):
    author = browser.new_page()  # one that may have script errors
    author.goto(preview.address)
    expect(author.locator("[data-state]")).to_have_text(re.compile("Up to date"))
    replace(folder / STAGE, "    says(at) {", "    says(at) {\n      nobody.knows();")
    expect(faults(author)).to_contain_text("nobody is not defined")
    expect(faults(author)).to_contain_text(re.compile(r"views/stages/network\.js, line \d+"))
    replace(folder / STAGE, "\n      nobody.knows();", "")
    expect(faults(author)).to_be_hidden()
    author.close()


def test_the_preview_is_for_everybody(author):
    glance(author, [*BEFORE, *AFTER])


def test_a_review_question_that_no_cell_shows_is_shown_by_itself(preview, new_learner):
    page = new_learner()
    page.goto(preview.address.replace("02-silos", "02-silos--when-samir-left"))
    expect(lesson(page).get_by_text("In review this is asked in a plain form.")).to_be_visible()
    expect(lesson(page).get_by_role("button", name="Check")).to_be_visible()
