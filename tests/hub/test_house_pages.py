"""The house on every page: name, logo, colours, imprint; and ours where there is none."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.hub.visiting import COURSE, Hub

LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30"><rect width="90" height="30" fill="#7a1f5c"/></svg>'
HOUSE = """
house:
  name: Night <School>
  logo: logo.svg
  colours:
    you: {light: "#7a1f5c", dark: "#f2a7d4"}
  imprint: |
    Night School, 1 Example Street. <b>Not bold</b> [Write](mailto:x@example.org)
"""
PAGES = ("/", "/portfolio", "/certificate", "/join", "/live/screen", "/models", "/resume", "/nothing", "/imprint")


@pytest.fixture
def dressed(hub: Hub) -> Hub:
    (hub.settings.lessons / "logo.svg").write_text(LOGO)
    (hub.settings.lessons / "course.yaml").write_text(COURSE + HOUSE)
    hub.restart()
    return hub


@pytest.mark.parametrize("path", PAGES)
def test_every_page_wears_the_house(dressed: Hub, path: str) -> None:
    browser = dressed.learner()
    browser.send(dressed.record())
    text = browser.get(path).text
    assert "Night &lt;School&gt;" in text
    assert "· Night &lt;School&gt;</title>" in text
    assert "/house/logo." in text
    assert 'href="/house/house.' in text
    assert 'href="/imprint"' in text
    assert "<svg xmlns" not in text


@pytest.mark.parametrize("path", [path for path in PAGES if path != "/imprint"])
def test_without_a_house_it_is_ours(hub: Hub, path: str) -> None:
    text = hub.browser().get(path).text
    assert "· Choreo</title>" in text
    assert "/house/" not in text
    assert "mprint" not in text


def test_the_logo_is_a_picture_that_can_do_nothing(dressed: Hub) -> None:
    browser = dressed.browser()
    text = browser.get("/").text
    address = text.split('src="/house/')[1].split('"')[0]
    reply = browser.get(f"/house/{address}")
    assert reply.headers["content-type"] == "image/svg+xml"
    assert "sandbox" in reply.headers["content-security-policy"]
    assert "script" not in reply.headers["content-security-policy"]
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert reply.text == LOGO
    for other in ("logo.svg", "course.yaml", "..%2fcourse.yaml", "logo.0000000000000000.svg"):
        assert browser.get(f"/house/{other}").status_code == 404
    sheet = text.split('href="/house/house.')[1].split('"')[0]
    assert ":root:root { --choreo-you: #7a1f5c;" in browser.get(f"/house/house.{sheet}").text


def test_the_imprint_is_a_page_of_text_or_none(dressed: Hub) -> None:
    text = dressed.browser().get("/imprint").text
    assert "&lt;b&gt;Not bold&lt;/b&gt;" in text
    assert 'href="mailto:x@example.org"' in text
    (dressed.settings.lessons / "course.yaml").write_text(COURSE)
    assert dressed.browser().get("/imprint").status_code == 404


def test_what_is_taken_home_needs_no_server(dressed: Hub) -> None:
    browser = dressed.learner()
    browser.send(dressed.record())
    text = browser.get("/portfolio/file").text
    assert 'src="data:image/svg+xml;base64,' in text
    assert "img-src data:" in text
    assert "--choreo-you: #7a1f5c;" in text
    assert "1 Example Street" in text
    assert "/house/" not in text


def test_a_change_is_seen_at_once_and_a_broken_one_changes_nothing(dressed: Hub) -> None:
    browser, path = dressed.browser(), dressed.settings.lessons / "course.yaml"
    assert "Night &lt;School&gt;" in browser.get("/join").text
    path.write_text(COURSE + HOUSE.replace("Night <School>", "Day School"))
    assert "Day School" in browser.get("/join").text
    path.write_text(COURSE + HOUSE.replace("#7a1f5c", "#ffeeff").replace("Night", "Other"))
    _touch(path)
    for page in ("/", "/join"):
        text = browser.get(page).text
        assert "Day School" in text
        assert "Other" not in text
    before = browser.get("/").text
    path.write_text(COURSE + HOUSE.replace("Night <School>", "Day School"))
    (dressed.settings.lessons / "logo.svg").write_text(LOGO.replace("90", "80"))
    assert browser.get("/").text != before


def test_a_house_that_was_never_well_leaves_ours(hub: Hub) -> None:
    (hub.settings.lessons / "course.yaml").write_text(COURSE + HOUSE)  # without the logo that it names
    hub.restart()
    reply = hub.browser().get("/")
    assert reply.status_code == 500
    assert "· Choreo</title>" in reply.text


def _touch(path: Path) -> None:
    os.utime(path, (path.stat().st_atime + 5, path.stat().st_mtime + 5))
