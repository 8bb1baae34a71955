"""The portfolio: page, file, calendar, and bringing a file in."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import time
from html import unescape
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.hub.visiting import LESSON, Browser, Hub

from choreo.hub import portfolio_file
from choreo.progress.entry import to_json

EVIL = "</script><script>alert(1)</script> <img src=x onerror=alert(1)> \ud800 ü"
COMMIT = "id: promise\nversion: 1\nkind: commit\ntitle: My move\nprompt: One thing.\n"

GUESS = """
id: guess
version: 1
kind: predict
title: How soon?
prompt: Guess.
ask: {form: choice, options: [{id: slow, text: Rather slowly}, {id: soon, text: At once}]}
"""


@pytest.fixture
def learner(hub: Hub) -> Browser:
    (hub.settings.exercises / LESSON / "promise.yaml").write_text(COMMIT, encoding="utf-8")
    browser = hub.learner()
    answer = {"what": f"Ask, {EVIL[:-3]}", "whom": "Mara", "by": "2026-12-31"}
    assert browser.send(plain(hub.record("promise", kind="commitment", score=None, answer=answer))).status_code == 201
    assert browser.send(hub.record("one")).status_code == 201
    text = {"fields": {"seen": EVIL}, "met": []}
    assert browser.send(plain(hub.record("gone", kind="reflection", score=None, answer=text))).status_code == 201
    return browser


def plain(record: dict[str, Any]) -> bytes:
    """ASCII, because UTF-8 has no half characters."""
    return json.dumps(record).encode()


def upload(browser: Browser, content: bytes, path: str = "/portfolio/import") -> httpx.Response:
    name = "data" if path.endswith("bring") else "file"
    files = {name: ("portfolio.html", content, "text/html")} if name == "file" else {name: (None, content)}
    headers = {"Origin": browser.origin, "Sec-Fetch-Site": "same-origin"}
    return asyncio.run(browser.client.post(path, files=files, headers=headers, follow_redirects=True))


def bring(browser: Browser, content: bytes) -> httpx.Response:
    """Preview a file, then bring in what the preview offers."""
    page = upload(browser, content).text
    offered = re.search(r'name="data" value="([^"]*)"', page)
    assert offered, page
    return upload(browser, unescape(offered[1]).encode(), "/portfolio/import/bring")


def document(*entries: Any, **changes: Any) -> bytes:
    return json.dumps(
        {"format": portfolio_file.FORMAT, "version": 1, "made": "", "entries": entries, **changes}
    ).encode()


def test_whoever_has_done_nothing_is_told_what_a_portfolio_is(hub: Hub) -> None:
    stranger = hub.browser()
    assert "begins with a lesson" in stranger.get("/portfolio").text
    assert stranger.get("/portfolio/file").headers["location"] == "/portfolio"
    assert stranger.get("/portfolio/commitments.ics").status_code == 404
    assert stranger.token is None


def test_the_home_page_leads_to_it(learner: Browser) -> None:
    assert 'href="/portfolio"' in learner.get("/").text


def test_what_people_wrote_is_shown_as_text(learner: Browser) -> None:
    for path in ("/portfolio", "/portfolio/file"):
        page = learner.get(path).text
        assert "<img src=x" not in page
        assert "<script>alert" not in page
        assert "&lt;img src=x onerror=alert(1)&gt;" in page
    assert page.count("</script>") == 1


def test_the_file_needs_nothing_else_and_runs_nothing(learner: Browser) -> None:
    reply = learner.get("/portfolio/file")
    assert reply.headers["content-disposition"] == 'attachment; filename="choreo-portfolio-2026-11-20.html"'
    page = re.sub(r"<style>.*?</style>", "", reply.text, flags=re.DOTALL)
    assert not re.search(r"<link|<iframe|\bsrc=\"|url\(|\bhref=", page)
    assert re.findall(r"<script[^>]*>", page) == ['<script type="application/json" id="choreo-portfolio">']
    assert "@import" not in reply.text
    assert "url(" not in reply.text


def test_the_file_read_in_elsewhere_is_the_same_work(hub: Hub, learner: Browser) -> None:
    content = learner.get("/portfolio/file").content
    entries = learner.entries()
    learner.post("/forget")
    other = hub.browser()
    page = upload(other, content).text
    assert "1 commitment" in page
    assert other.token is None
    page = bring(other, content).text
    assert "3 entries have come in" in page
    assert other.entries() == entries
    assert "2 of 3 done" in other.get("/").text


def test_bringing_it_in_twice_changes_nothing(learner: Browser) -> None:
    content = learner.get("/portfolio/file").content
    before = learner.entries()
    page = upload(learner, content).text
    assert "Nothing new is in it" in page
    assert "3 entries are here already" in page
    upload(learner, document(*before), "/portfolio/import/bring")
    assert learner.entries() == before


def test_somebody_elses_entries_are_left_out_and_it_is_said(hub: Hub, learner: Browser) -> None:
    other = hub.learner()
    own = to_json(hub.entry("two"))
    theirs = learner.entries()
    page = upload(other, document(*theirs, own)).text
    assert "3 entries are left out" in re.sub(r"\s+", " ", page)
    bring(other, document(*theirs, own))
    assert [entry["id"] for entry in other.entries()] == [own["id"]]
    assert learner.entries() == theirs


def test_a_score_is_what_the_answer_earns_and_not_what_a_file_says(hub: Hub) -> None:
    learner = hub.learner()
    bring(learner, document(hub.record("one", answer={"chosen": ["steps"]}, score=1.0)))
    assert [entry["score"] for entry in learner.entries()] == [0.0]


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"answer": {"chosen": ["z"]}}, "does not fit"),
        ({"kind": "reflection"}, "is kept as attempt"),
        ({"at": "2031-01-01T00:00:00.000Z"}, "still to come"),
        ({"id": "short"}, "32 hex digits"),
        ({"surplus": 1}, "unknown field"),
        ({"at": "9999-12-31T23:59:59.000Z"}, "at: must be a time"),
        ({"kind": "settings", "answer": {"pinned": [{"settings": {"reach": float("inf")}}]}}, "a number in it"),
    ],
)
def test_entries_that_cannot_be_are_left_out_and_named(hub: Hub, changes: dict[str, Any], fault: str) -> None:
    page = unescape(upload(hub.learner(), document(hub.record("one") | changes, hub.record("two"))).text)
    assert "1 entry cannot be read and is left out" in page
    assert fault in page
    assert "Bring it in" in page


@pytest.mark.parametrize("number", ["9" * 4000, "9" * 5000, "-1e999", "1e300"])
def test_an_entry_with_a_number_without_measure_is_left_out_and_named(hub: Hub, number: str) -> None:
    odd = hub.record("gone", kind="goal", answer={"settings": {"reach": "NUMBER"}})
    content = document(odd, hub.record("two")).replace(b'"NUMBER"', number.encode())
    learner = hub.learner()
    assert "a number in it is none" in upload(learner, content).text
    bring(learner, content)
    assert [entry["item"] for entry in learner.entries()] == ["two"]
    assert learner.get("/portfolio").status_code == 200


def deep(levels: int) -> Any:
    value: Any = 1
    for _ in range(levels):
        value = [value]
    return value


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "this one is empty"),
        (b"\x89PNG\r\n\xff\xfe", "not a portfolio file"),
        (b"<html><body>Hello</body></html>", "not a portfolio file"),
        (b'{"entries": []}', "no portfolio of Choreo"),
        (b"[1, 2]", "no portfolio of Choreo"),
        (b"[" * 100_000, "not a portfolio file"),
        (b'<script type="application/json" id="choreo-portfolio">{"for</script>', "damaged"),
        (document(version=2), "newer Choreo"),
        (document(**{"entries": 7}), "no list of entries"),
        (document(**{"entries": [0] * 6000}), "up to 5000"),
    ],
)
def test_a_file_that_is_none_says_so(hub: Hub, content: bytes, fault: str) -> None:
    browser = hub.browser()
    for path in ("/portfolio/import", "/portfolio/import/bring"):
        reply = upload(browser, content, path)
        assert reply.status_code == 400
        assert fault in unescape(reply.text)
    assert browser.token is None


def test_a_file_that_is_too_large_is_refused(hub: Hub) -> None:
    assert upload(hub.browser(), b" " * 7_000_000).status_code == 413


PIECES = [
    b'<script id="choreo-portfolio">',
    b'<script id="choreo-portfolio"',
    b'id="choreo-portfolio"',
    b"<script ",
    b"<",
    b"[",
    b'{"a":',
    b"[],",
    b"9",
    b"\r\n--b",
    b"\r\n--boundary\r\n",
    b"\r\n\r\n",
]


@pytest.mark.parametrize("piece", PIECES)
def test_the_worst_file_is_refused_in_a_time_that_grows_with_its_length(hub: Hub, piece: bytes) -> None:
    began = time.process_time()
    assert upload(hub.browser(), piece * (6_000_000 // len(piece))).status_code in (400, 413)
    assert time.process_time() - began < 5  # what grows with its square takes minutes


def test_an_entry_nested_too_deep_is_left_out(hub: Hub) -> None:
    page = upload(hub.learner(), document(hub.record("one", answer={"x": deep(200)}))).text
    assert "nested deeper" in page


def test_a_form_of_another_kind_or_another_site_is_refused(hub: Hub) -> None:
    learner = hub.learner()
    for path in ("/portfolio/import", "/portfolio/import/bring"):
        assert learner.post(path, {"data": "x"}).status_code == 400
        reply = asyncio.run(learner.client.post(path, headers={"Sec-Fetch-Site": "cross-site"}))
        assert reply.status_code == 403


def test_the_commitments_come_as_a_calendar_file(learner: Browser) -> None:
    reply = learner.get("/portfolio/commitments.ics")
    assert reply.headers["content-type"] == "text/calendar; charset=utf-8"
    assert "DTSTART;VALUE=DATE:20261231" in reply.text
    assert reply.text.count("BEGIN:VEVENT") == 1


def test_plans_whose_day_is_over_where_the_learner_is_are_for_no_calendar(hub: Hub, learner: Browser) -> None:
    hub.clock.pass_(days=41, hours=8)  # 31 December in UTC
    assert learner.get("/portfolio/commitments.ics").status_code == 200
    assert "commitments.ics" in learner.get("/portfolio").text
    learner.client.cookies.set("choreo_zone", "Pacific/Auckland")
    assert learner.get("/portfolio/commitments.ics").status_code == 404
    assert "commitments.ics" not in learner.get("/portfolio").text


def test_work_in_a_lesson_beside_the_path_is_told_in_the_words_of_its_exercises(hub: Hub) -> None:
    folder = hub.settings.exercises / "gallery"
    folder.mkdir()
    (folder / "guess.yaml").write_text(GUESS, encoding="utf-8")
    (hub.settings.lessons / "gallery.ipynb").write_text("{}", encoding="utf-8")
    browser = hub.learner()
    guess = hub.record("guess", lesson="gallery", kind="prediction", score=None, answer={"chosen": "slow"})
    assert browser.send(guess).status_code == 201
    page = browser.get("/portfolio").text
    assert "The prediction: Rather slowly." in page
    assert "no longer here" not in page
    (folder / "guess.yaml").write_text(GUESS.replace("version: 1", "version: 2"), encoding="utf-8")
    assert "The question is no longer here as it was then" in browser.get("/portfolio").text


def test_somebody_elses_portfolio_is_not_shown(hub: Hub, learner: Browser) -> None:
    assert "Mara" in learner.get("/portfolio").text
    assert "Mara" not in hub.learner().get("/portfolio").text


@settings(max_examples=60)
@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")))
def test_any_file_is_read_or_refused(content: bytes) -> None:
    with contextlib.suppress(portfolio_file.FileError):
        assert isinstance(portfolio_file.records(content), list)
