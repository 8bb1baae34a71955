"""The seven stages in the gallery, each with a real model: played, scrubbed, by keyboard, touched, as stills, in words."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.browser.conftest import MOVING

pytestmark = pytest.mark.browser

STAGES = ("plaza", "people", "network", "territory", "relief", "scale", "ledger")
LATE = 60_000  # ms; seven of them come one after the other


def open_stages(page: Page, course) -> None:
    page.goto(f"{course.address}/lessons/gallery?all")
    page.wait_for_selector("html[data-ready]", timeout=LATE)
    page.locator("[data-choreo-item=stage-plaza]").scroll_into_view_if_needed(timeout=LATE)


def stage(page: Page, name: str) -> Locator:
    one = page.locator(f"[data-choreo-item=stage-{name}]")
    expect(one.locator(".choreo-player-number")).to_have_text(re.compile(r"\d"), timeout=LATE)
    return one


def draw_a_bridge(network: Locator) -> None:
    """Between two departments."""
    theatre = network.locator(".choreo-player-theatre")
    theatre.press("Escape")  # whoever was touched is let go
    theatre.press("Enter")
    theatre.press("Enter")
    expect(network).to_contain_text("in your hand")
    for _ in range(6):
        theatre.press("ArrowRight")
    theatre.press("Enter")
    expect(network).to_contain_text(re.compile("bridge"))


def test_every_stage_is_played_scrubbed_stepped_and_touched_and_a_bridge_drawn_by_keyboard(shared_course, new_learner):
    page = new_learner(**MOVING)
    open_stages(page, shared_course)
    for name in STAGES:
        one = stage(page, name)
        theatre, clock = one.locator(".choreo-player-theatre"), one.locator(".choreo-player-clock").first
        began = clock.inner_text()
        theatre.press(" ")
        expect(clock).not_to_have_text(began)
        one.get_by_role("slider", name=re.compile("[Mm]oment")).press("End")
        ended = clock.inner_text()
        assert ended != began, name
        theatre.press("ArrowLeft")
        expect(clock).not_to_have_text(ended)
        theatre.press("Enter")
        expect(one.locator(".choreo-player-bubble")).to_have_text(re.compile(r"\w+"))
    draw_a_bridge(stage(page, "network"))


def test_who_asked_for_less_motion_sees_moments_side_by_side_and_words(shared_course, new_learner):
    page = new_learner(viewport={"width": 390, "height": 844}, color_scheme="dark")
    open_stages(page, shared_course)
    for name in STAGES:
        one = stage(page, name)
        expect(one.locator(".choreo-player-still")).not_to_have_count(0)
        expect(one.locator(".choreo-player-trace li").first).to_be_attached()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
