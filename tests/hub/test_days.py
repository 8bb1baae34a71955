"""Days are those of the learner, wherever the server is: the browser names its time zone in a cookie."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from tests.hub.visiting import Browser, Hub

from choreo.hub.identity import COOKIE
from choreo.progress.entry import stamp
from choreo.stores import zone

EVENING = datetime(2026, 10, 2, 3, tzinfo=UTC)  # 20:00 on 1 October in Los Angeles


@pytest.fixture
def angelena(hub: Hub) -> Browser:
    """Somebody in Los Angeles, in the evening of 1 October."""
    hub.clock.time = EVENING
    browser = hub.learner()
    browser.client.cookies.set(zone.COOKIE, "America/Los_Angeles", domain="127.0.0.1")
    return browser


def page(browser: Browser, path: str) -> str:
    return re.sub(r"\s+", " ", browser.get(path).text)


def test_the_portfolio_has_the_learners_days(hub: Hub, angelena: Browser) -> None:
    angelena.send(hub.record())
    hub.clock.pass_(days=1)
    angelena.send(hub.record("two"))
    for path in ("/portfolio", "/portfolio/file"):
        assert "1 October 2026 to 2 October 2026" in page(angelena, path)
    assert "Made on 2 October 2026" in page(angelena, "/portfolio/file")
    name = angelena.get("/portfolio/file").headers["content-disposition"]
    assert "choreo-portfolio-2026-10-02.html" in name


def test_what_was_learned_in_the_evening_is_due_the_next_evening_ten_minutes_earlier(
    hub: Hub, angelena: Browser
) -> None:
    angelena.send(hub.record())
    hub.clock.pass_(hours=3, minutes=50)
    assert "comes back tomorrow" in page(angelena, "/review")
    hub.clock.pass_(hours=20)
    assert "2 questions are due" in page(angelena, "/")


def test_one_evening_is_one_day_of_a_row_and_five_evenings_are_five(hub: Hub, angelena: Browser) -> None:
    """Midnight in Greenwich, which is 17:00 in Los Angeles, ends no day."""
    database, learner = hub.database(), hub.identity().learner(angelena.client.cookies.get(COOKIE))
    for day in range(5):  # at 16:55 and at 17:05
        for minute in (0, 10):
            at = EVENING + timedelta(days=day, hours=-3, minutes=minute - 5)
            entry = hub.entry("later", kind="review", at=stamp(at))
            database.add(str(learner), entry, at)
        hub.clock.time = EVENING + timedelta(days=day)
        found = page(angelena, "/review")
        assert (f"{day + 1} review days in a row" in found) == (day > 0), found
    database.close()


@pytest.mark.parametrize("name", ["", "Europe/Atlantis", "../../etc/passwd", "x" * 4000, '"a b"'])
def test_a_zone_that_there_is_not_means_days_of_utc(hub: Hub, angelena: Browser, name: str) -> None:
    angelena.client.cookies.set(zone.COOKIE, name, domain="127.0.0.1")
    angelena.send(hub.record())
    assert "2 October 2026." in page(angelena, "/portfolio")


def test_the_zone_is_stored_nowhere_and_goes_with_the_learner(hub: Hub, angelena: Browser) -> None:
    angelena.send(hub.record())
    page(angelena, "/review")
    assert b"Los_Angeles" not in b"".join(path.read_bytes() for path in hub.settings.data.iterdir())
    gone = angelena.post("/forget").history[0].headers.get_list("set-cookie")
    assert {cookie.split("=")[0] for cookie in gone} == {"choreo_learner", "choreo_whose", "choreo_zone"}
    assert all("Max-Age=0" in cookie for cookie in gone)
