"""The home page, the doors to the lessons, and what protects all pages."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from tests.hub.visiting import LESSON, START, Hub, learners

from choreo.hub.identity import COOKIE
from choreo.hub.names import own_names
from choreo.hub.servers import Server


def test_a_first_visit_stores_nothing_and_sets_no_cookie(hub: Hub) -> None:
    reply = hub.browser().get("/")
    assert reply.status_code == 200
    assert "set-cookie" not in reply.headers
    assert "Begin: A flash mob" in reply.text
    assert learners(hub) == 0


def test_lessons_that_are_not_written_are_shown_but_are_no_links(hub: Hub) -> None:
    page = hub.browser().get("/").text
    assert "Wisdom or folly" in page
    assert set(re.findall(r'href="/lessons/([^"]+)"', page)) == {LESSON}
    reply = hub.browser().get("/lessons/08-wisdom")
    assert reply.status_code == 404
    assert "being written" in reply.text


def test_coaches_find_the_console_where_there_is_one(hub: Hub) -> None:
    assert "Run a live session" not in hub.browser().get("/").text
    (hub.settings.lessons / "live.ipynb").write_text("{}", encoding="utf-8")
    page = hub.browser().get("/").text
    assert 'href="/lessons/live"' in page
    assert 'href="/join"' in page


@pytest.mark.parametrize(
    ("asked", "goes_on"),
    [
        ("run=eyJ9-_", "?new&run=eyJ9-_"),
        ("all&run=eyJ9", "?new&all&run=eyJ9"),
        ("run=%3Cb%3E%0d%0aX", "?new&run=%3Cb%3E%0D%0AX"),
        ("run=", "?new&run="),
        (f"run={'a' * 5000}", f"?new&run={'a' * 80}"),
        ("other=x", "?new"),
    ],
)
def test_a_run_goes_on_into_the_lesson_as_it_was_asked_for(hub: Hub, asked: str, goes_on: str) -> None:
    reply = hub.browser().get(f"/lessons/{LESSON}?{asked}")
    assert reply.headers["location"] == f"/lessons/{LESSON}/{goes_on}"


def test_a_notebook_beside_the_path_opens_by_its_name_and_is_not_named_at_home(hub: Hub) -> None:
    (hub.settings.lessons / "gallery.ipynb").write_text("{}", encoding="utf-8")
    browser = hub.browser()
    assert "gallery" not in browser.get("/").text
    reply = browser.get("/lessons/gallery")
    assert reply.status_code == 303
    assert reply.headers["location"] == "/lessons/gallery/?new"
    for path in ("/lessons/course", "/lessons/..%2Fgallery", "/lessons/*", "/lessons/gallery.ipynb"):
        assert browser.get(path).status_code == 404, path


def test_a_notebook_beside_the_path_waits_for_the_lessons_as_well(hub: Hub) -> None:
    (hub.settings.lessons / "gallery.ipynb").write_text("{}", encoding="utf-8")
    hub.settings = replace(hub.settings, lesson_servers=(Server("1", "127.0.0.1", 1),))
    hub.restart()
    reply = hub.browser().get("/lessons/gallery")
    assert reply.status_code == 503
    assert 'href="/lessons/gallery"' in reply.text


def test_opening_a_lesson_makes_a_learner_and_goes_to_the_lesson_server(hub: Hub) -> None:
    browser = hub.browser(origin="http://localhost:8000")
    reply = browser.get(f"/lessons/{LESSON}")
    assert reply.status_code == 303
    lesson = f"/lessons/{LESSON}/"
    assert reply.headers["location"] == f"{lesson}?new"
    cookie = reply.headers["set-cookie"]
    assert cookie.startswith(f"{COOKIE}=")
    assert "HttpOnly" in cookie
    assert "samesite=lax" in cookie.lower()
    assert "Max-Age=34560000" in cookie
    assert "Secure" not in cookie
    first = hub.identity().learner(browser.token)
    assert browser.get(f"/lessons/{LESSON}").headers["location"] == lesson
    assert browser.get(lesson).status_code == 404  # never back to where it came from
    assert hub.identity().learner(browser.token) == first
    assert learners(hub) == 1


def test_over_https_the_cookie_is_secure(hub: Hub) -> None:
    hub.settings = replace(hub.settings, names=own_names("0.0.0.0", "https://course.example"))
    hub.restart()
    reply = hub.browser(origin="https://course.example").get(f"/lessons/{LESSON}")
    assert "; Secure" in reply.headers["set-cookie"]


def test_a_forged_cookie_makes_a_stranger(hub: Hub) -> None:
    learner = hub.learner()
    learner.send(hub.record())
    stranger = hub.browser()
    stranger.client.cookies.set(COOKIE, str(learner.token)[:-2] + "xx", domain="127.0.0.1")
    assert "done" not in stranger.get("/").text
    stranger.get(f"/lessons/{LESSON}")
    assert learners(hub) == 2


def test_a_visit_of_the_home_page_renews_the_cookie(hub: Hub) -> None:
    assert COOKIE in hub.learner().get("/").headers["set-cookie"]


def test_the_home_page_shows_progress_and_the_way_on(hub: Hub) -> None:
    learner = hub.learner()
    learner.send(hub.record("one"))
    page = learner.get("/").text
    assert "Continue where you were" in page
    assert "1 of 2 done" in page
    learner.send(hub.record("two"))
    page = learner.get("/").text
    assert "You have finished the lesson there is so far" in page
    assert "Continue where you were" not in page


def test_the_home_page_says_what_is_due(hub: Hub) -> None:
    learner = hub.learner()
    learner.send(hub.record())
    assert "comes back tomorrow" in learner.get("/").text
    hub.clock.pass_(days=1)
    page = learner.get("/").text
    assert "2 questions are due" in page
    assert 'href="/review"' in page


def test_a_broken_exercise_file_closes_its_lesson_only(hub: Hub, caplog: pytest.LogCaptureFixture) -> None:
    path = hub.settings.exercises / LESSON / "one.yaml"
    whole = path.read_text()
    path.write_text("id: one\nkind: nonsense\n")
    learner = hub.learner()
    reply = learner.get("/")
    assert reply.status_code == 200
    assert "cannot be read just now" in reply.text
    assert "one.yaml" in caplog.text
    assert learner.get("/review").status_code == 200
    path.write_text(whole + "\n")
    assert "cannot be read just now" not in learner.get("/").text


def test_files_that_break_while_it_runs_leave_everything_as_it_was(hub: Hub, caplog: pytest.LogCaptureFixture) -> None:
    learner = hub.learner()
    learner.send(hub.record())
    before = learner.get("/").text
    for path in (hub.settings.lessons / "course.yaml", hub.settings.exercises / LESSON / "one.yaml"):
        whole = path.read_text()
        path.write_text("title: [")
        assert [learner.get("/").text for _ in range(2)] == [before, before]
        assert caplog.text.count(f"{path}:") == 1
        assert "until this is mended" in caplog.text
        path.write_text(whole + "\n")
        assert learner.get("/").text == before
        caplog.clear()


def test_a_broken_course_file_is_a_page_and_not_a_crash(hub: Hub, caplog: pytest.LogCaptureFixture) -> None:
    (hub.settings.lessons / "course.yaml").write_text("title: [")
    hub.restart()
    reply = hub.browser().get("/")
    assert reply.status_code == 500
    assert "Nothing that was saved is lost" in reply.text
    assert "course.yaml" in caplog.text


def test_while_the_lessons_start_a_page_waits_and_makes_no_learner(hub: Hub) -> None:
    hub.settings = replace(hub.settings, lesson_servers=(Server("1", "127.0.0.1", 1),))
    hub.restart()
    browser = hub.browser()
    reply = browser.get(f"/lessons/{LESSON}")
    assert reply.status_code == 503
    assert reply.headers["retry-after"] == "2"
    assert "just starting" in reply.text
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in reply.text
    assert browser.get("/health/lessons").json() == {"ok": False}
    assert learners(hub) == 0


def test_unknown_pages_show_the_way_home(hub: Hub) -> None:
    for path in ("/nothing", "/lessons/nothing", "/static/nothing.css"):
        reply = hub.browser().get(path)
        assert reply.status_code == 404
        assert 'href="/"' in reply.text


@pytest.mark.parametrize(
    "path", ["/", "/review", "/resume", "/forget", "/nothing", f"/lessons/{LESSON}", "/api/entries"]
)
def test_every_answer_is_protected_and_kept_by_no_cache(hub: Hub, path: str) -> None:
    headers = hub.browser().get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"


def test_a_mistake_of_ours_is_a_protected_page(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = hub.browser()
    monkeypatch.setattr("choreo.hub.home.overview", lambda *_: 1 / 0)
    reply = browser.get("/")
    assert reply.status_code == 500
    assert "Nothing that was saved is lost" in reply.text
    assert "default-src 'none'" in reply.headers["content-security-policy"]


def test_pages_hold_no_inline_script_or_style_and_name_no_other_host(hub: Hub) -> None:
    learner = hub.learner()
    learner.send(hub.record())
    hub.clock.pass_(days=1)
    for path in ("/", "/review", "/resume", "/forget", "/nothing"):
        page = learner.get(path).text
        assert not re.search(r"<style|style=|<script(?![^>]*src=)|\son\w+=|https?://(?!www\.w3\.org)", page), path


def test_static_files_are_kept_for_good_and_change_their_name(hub: Hub) -> None:
    browser = hub.browser()
    addresses = re.findall(r'"(/static/[^"]+)"', browser.get("/").text)
    assert addresses
    for address in addresses:
        reply = browser.get(address)
        assert reply.status_code == 200
        assert "immutable" in reply.headers["cache-control"]
        assert re.search(r"\.[0-9a-f]{12}\.", address)
    sheet = browser.get(next(a for a in addresses if a.endswith(".css")))
    assert sheet.headers["content-encoding"] == "gzip"
    assert "--choreo-paper" in sheet.text


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "[", "[::2]"])
def test_other_host_names_are_refused(hub: Hub, host: str) -> None:
    assert hub.browser().get("/", headers={"Host": host}).status_code == 400


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost", "[::1]:8000", "LOCALHOST:1"])
def test_loopback_names_are_accepted(hub: Hub, host: str) -> None:
    assert hub.browser().get("/", headers={"Host": host}).status_code == 200


def test_a_learner_is_seen_again(hub: Hub) -> None:
    learner = hub.learner()
    hub.clock.pass_(days=3)
    learner.get("/")
    database = hub.database()
    with database.reading() as connection:
        created, seen = connection.exec_driver_sql("SELECT created_at, seen_at FROM learner").one()
    database.close()
    assert created.startswith(f"{START:%Y-%m-%d}")
    assert seen.startswith(f"{hub.clock():%Y-%m-%d}")


def test_a_lesson_is_finished_by_what_its_notebook_shows(hub: Hub) -> None:
    learner = hub.learner()
    learner.send(hub.record("one"))
    assert "Finished" not in learner.get("/").text
    cells = [{"cell_type": "code", "source": ['lesson.exercise("one")']}]
    (hub.settings.lessons / f"{LESSON}.ipynb").write_text(json.dumps({"cells": cells}), encoding="utf-8")
    assert "Finished" in learner.get("/").text


def test_what_is_open_stands_first_on_the_path(hub: Hub) -> None:
    page = hub.browser().get("/").text
    titles = re.findall(r'<li class="choreo-stop choreo-stop-([\w -]+)">', page)
    assert titles[0] == "fresh choreo-stop-next"
    assert set(titles[1:]) == {"waiting"}


def test_the_promise_and_the_way_to_go_are_counted(hub: Hub) -> None:
    course = hub.settings.lessons / "course.yaml"
    course.write_text(course.read_text().replace("A course for the test.", "It takes {hours}."))
    for name in ("08-wisdom", "10-authoring"):
        (hub.settings.lessons / f"{name}.ipynb").write_text("{}", encoding="utf-8")
        (hub.settings.exercises / name).symlink_to(hub.settings.exercises / LESSON)
    learner = hub.learner()
    assert "It takes an hour." in learner.get("/").text  # 25, 20 and 20 minutes
    assert "to go" not in learner.get("/").text
    learner.send(hub.record("one"))
    assert "None of three finished, about an hour to go" in learner.get("/").text
    learner.send(hub.record("two"))
    assert "One of three finished, about an hour to go" in learner.get("/").text  # 45 minutes
    learner.send(hub.record("one", lesson="08-wisdom"))
    learner.send(hub.record("two", lesson="08-wisdom"))
    page = learner.get("/").text
    assert "Two of three finished, about 20 minutes to go" in page
    assert 'href="/certificate"' in page
    for item in ("one", "two"):
        learner.send(hub.record(item, lesson="10-authoring"))
    page = learner.get("/").text
    assert "You have finished all three lessons" in page
    assert "to go" not in page


def test_a_phone_finds_the_lesson_of_an_activity_by_its_number_and_becomes_nobody_by_asking(hub: Hub) -> None:
    browser = hub.browser()
    reply = browser.get("/live/lessons")
    assert reply.json() == {"09": {"name": "09-flash-mob", "title": "A flash mob", "minutes": 20}}
    assert "set-cookie" not in reply.headers
