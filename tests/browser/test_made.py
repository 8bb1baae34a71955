"""What `choreo new` makes, as learners and people with phones see it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from playwright.sync_api import expect
from tests.browser.authors import own_copy
from tests.live.backstage import coach_of
from tests.serve.course import own, running_course

pytestmark = pytest.mark.browser

MADE = (
    ("lesson", "11-our-town"),
    ("explorable", "walk-out"),
    ("exercise", "11-our-town/who-leaves", "--kind", "play", "--explorable", "walk-out"),
    ("activity", "yes-or-no"),
)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = own_copy(tmp_path_factory.mktemp("made"))
    environ = os.environ | {"PYTHONPATH": str(folder / "widgets")}
    for arguments in MADE:
        command = [sys.executable, "-m", "choreo.authoring", "new", *arguments]
        subprocess.run(command, cwd=folder, env=environ, check=True, capture_output=True)
    where = {"course": folder, "port": own(8840), "PYTHONPATH": str(folder / "widgets")}
    with running_course(folder / "data", **where) as course:
        yield course


def test_a_new_lesson_is_on_the_path_can_be_answered_and_played(made, learner):
    learner.goto(made.address)
    learner.get_by_role("link", name="Our town").first.click()
    learner.goto(f"{made.address}/lessons/11-our-town?all")
    learner.get_by_label("A board at the door").check()
    learner.get_by_role("button", name="Check").click()
    expect(learner.get_by_text("Both see it, and nobody has to be asked.")).to_be_visible()
    learner.get_by_role("button", name="Play").first.click()
    expect(learner.get_by_text("have left").first).to_be_visible()


def test_a_new_activity_runs_on_five_phones(made, new_learner):
    with coach_of(
        made.port, {"title": "A day", "items": [{"activity": "yes-or-no", "minutes": 5, "settings": {}}]}
    ) as coach:
        phones = [new_learner(viewport={"width": 390, "height": 844}) for _ in range(5)]
        for phone in phones:
            phone.goto(f"{made.address}/join/{coach.code}")
            expect(phone.get_by_role("heading", name="You are in.")).to_be_visible()
        coach.begin(0)
        for number, phone in enumerate(phones):
            phone.get_by_role("button", name="Yes" if number else "No").click()
            expect(phone.locator("main").get_by_text("Your answer is in.").first).to_be_visible()
        coach.do("step", to="show")
        expect(phones[0].get_by_text("The question is closed. Look at the screen in front.")).to_be_visible()
