"""A learner and a live room, in real browsers, notice nothing while the servers that they share are attacked."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import expect
from tests.abuse.attacks import half_heads, hostile_files, unfinished_posts
from tests.browser import lesson09, walk
from tests.browser.hands import Mouse
from tests.browser.test_live import add, choose, go_on, open_console, open_session, sealed, session_of
from tests.serve.course import own, running_course

pytestmark = pytest.mark.browser


def test_a_learner_and_a_room_notice_no_attack(tmp_path, learner, new_learner, open_lesson):
    with running_course(tmp_path / "data", port=own(8920)) as course, ThreadPoolExecutor(1) as strangers:
        coach, hand = new_learner(), Mouse(learner)
        open_console(coach, course)
        add(coach, "Pulse")
        phones = session_of(coach, open_session(coach), new_learner, course, people=3)
        go_on(coach, "Begin: Pulse")
        open_lesson(learner, course)
        deeds = (
            lambda: lesson09.predict(hand),
            lambda: walk.choose(hand, "all-green", *lesson09.RIGHT["all-green"]),
            lambda: walk.order(hand, "eight-weeks", lesson09.EIGHT_WEEKS),
        )
        for number, attack in enumerate((hostile_files, half_heads, unfinished_posts)):
            raging = strangers.submit(attack, course)
            deeds[number]()
            choose(phones[number], number)
            sealed(coach, number + 1)
            raging.result()
        for page in (learner, coach, *phones):
            expect(page.get_by_role("alert").filter(visible=True)).to_have_count(0)
        learner.reload()
        lesson09.predicted(learner)
