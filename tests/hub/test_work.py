"""Taking one's work to another device, and having it forgotten."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.hub.visiting import LESSON, Browser, Hub

from choreo.hub.identity import ALPHABET, COOKIE, is_code, new_code
from choreo.stores import mark
from choreo.typed import code as code_of


def make_code(browser: Browser) -> str:
    page = browser.post("/resume/code").text
    return "".join(re.findall(r"<span>([A-Z2-8]{4}-?)</span>", page))


def note(page: str) -> str:
    return re.findall(r'name="note" value="([^"]+)"', page)[0]


def test_a_code_brings_the_work_to_another_browser(hub: Hub) -> None:
    first = hub.learner()
    record = hub.record()
    first.send(record)
    code = make_code(first)
    assert is_code(code)
    second = hub.browser()
    page = second.post("/resume", {"code": f"  {code.lower().replace('-', ' ')} "}).text
    assert "Welcome back" in page
    assert second.entries() == [record]
    assert first.entries() == [record]


def test_a_code_is_shown_once_and_a_new_one_ends_the_old(hub: Hub) -> None:
    learner = hub.learner()
    old, new = make_code(learner), make_code(learner)
    assert old not in learner.get("/resume").text
    assert hub.browser().post("/resume", {"code": old}).status_code == 400
    assert "Welcome back" in hub.browser().post("/resume", {"code": new}).text


def test_only_a_fingerprint_of_the_code_is_stored(hub: Hub) -> None:
    learner = hub.learner()
    code = make_code(learner)
    stored = b"".join(path.read_bytes() for path in hub.settings.data.iterdir())
    assert code.encode() not in stored
    assert code_of(code).encode() not in stored


def two(hub: Hub) -> tuple[Browser, Browser, str]:
    first, second = hub.learner(), hub.learner()
    first.send(hub.record("one"))
    second.send(hub.record("two"))
    page = second.post("/resume", {"code": make_code(first)}).text
    assert "has work of its own" in page
    assert len(second.entries()) == 1
    return first, second, note(page)


def test_work_of_this_browser_may_be_brought_along(hub: Hub) -> None:
    first, second, sealed = two(hub)
    second.post("/resume/choice", {"note": sealed, "choice": "bring"})
    assert {entry["item"] for entry in first.entries()} == {"one", "two"}
    assert second.entries() == first.entries()


def test_work_of_this_browser_may_be_left_and_reached_by_its_own_code(hub: Hub) -> None:
    first, second = hub.learner(), hub.learner()
    first.send(hub.record("one"))
    second.send(hub.record("two"))
    own = make_code(second)
    sealed = note(second.post("/resume", {"code": make_code(first)}).text)
    second.post("/resume/choice", {"note": sealed, "choice": "leave"})
    assert [entry["item"] for entry in second.entries()] == ["one"]
    third = hub.browser()
    third.post("/resume", {"code": own})
    assert [entry["item"] for entry in third.entries()] == ["two"]


def test_a_choice_without_a_code_or_from_another_browser_changes_nothing(hub: Hub) -> None:
    first, second, sealed = two(hub)
    thief = hub.learner()
    thief.send(hub.record("three"))
    for form in ({"note": sealed, "choice": "bring"}, {"note": "x", "choice": "bring"}, {}):
        thief.post("/resume/choice", form)
    second.post("/resume/choice", {"note": sealed, "choice": "both"})
    assert [len(browser.entries()) for browser in (first, second, thief)] == [1, 1, 1]


@pytest.mark.parametrize(
    ("code", "words"), [("", "sixteen"), ("ABCD", "sixteen"), ("A" * 16, "No work goes by this code")]
)
def test_a_code_that_does_not_fit_says_what_to_do(hub: Hub, code: str, words: str) -> None:
    reply = hub.browser().post("/resume", {"code": code})
    assert reply.status_code == 400
    assert words in reply.text
    assert "set-cookie" not in reply.headers


def test_guessing_is_slowed_down_and_a_right_code_always_works(hub: Hub) -> None:
    learner = hub.learner()
    code = make_code(learner)
    guesser = hub.browser()
    assert {guesser.post("/resume", {"code": new_code()}).status_code for _ in range(10)} == {400}
    reply = guesser.post("/resume", {"code": new_code()})
    assert reply.status_code == 429
    assert "Wait a minute" in reply.text
    assert "Welcome back" in hub.browser().post("/resume", {"code": code}).text  # from the same address
    hub.clock.pass_(minutes=1)
    assert guesser.post("/resume", {"code": new_code()}).status_code == 400


def test_forgetting_asks_first_then_deletes_everything_for_good(hub: Hub) -> None:
    learner, other = hub.learner(), hub.learner()
    learner.send(hub.record(answer={"text": "a very private thought"}))
    other.send(hub.record("two"))
    code, token = make_code(learner), str(learner.token)
    assert "1 answer in 1 lesson" in learner.get("/forget").text
    assert len(learner.entries()) == 1
    reply = learner.post("/forget").history[0]
    assert learner.token is None
    assert COOKIE in reply.headers["set-cookie"]
    assert learner.send(hub.record(), token=token).status_code == 401
    assert hub.browser().post("/resume", {"code": code}).status_code == 400
    assert len(other.entries()) == 1
    database = hub.database()
    with database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM entry").scalar() == 1
    database.close()


def test_over_https_no_cookie_travels_in_the_clear(hub: Hub) -> None:
    browser = hub.browser(origin="https://127.0.0.1:8000")
    cookies = browser.get(f"/lessons/{LESSON}").headers.get_list("set-cookie")
    assert [cookie.partition("=")[0] for cookie in cookies] == [COOKIE, mark.COOKIE]
    assert all({"secure", "samesite=lax"} <= set(cookie.lower().split("; ")) for cookie in cookies)


def test_forgetting_clears_by_name_what_the_browser_kept_and_leaves_a_coachs_desk(hub: Hub) -> None:
    learner = hub.learner()
    reply = learner.post("/forget", follow=False)
    assert "clear-site-data" not in reply.headers
    page = learner.get("/forgotten").text
    assert '<html lang="en" data-at="" data-forgotten>' in page
    script = learner.get(re.search(r'<script src="([^"]*start[^"]*)"', page)[1]).text
    personal = re.compile(re.search(r"personal = /(.*)/;", script)[1])
    assert personal.match("choreo-of:0123456789abcdef:choreo-unsent:02-silos")
    assert not any(personal.match(name) for name in ("choreo-live", "choreo-live-session", "live-desk"))


def test_a_stranger_has_nothing_to_forget(hub: Hub) -> None:
    stranger = hub.browser()
    assert "There is nothing to forget" in stranger.get("/forget").text
    assert stranger.post("/forget").status_code == 200


@pytest.mark.parametrize("path", ["/forget", "/resume", "/resume/code", "/resume/choice", "/review"])
@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "http://127.0.0.1:8001"},
        {"Origin": "null"},
    ],
)
def test_a_post_from_another_site_is_refused(hub: Hub, path: str, headers: dict[str, str]) -> None:
    import asyncio

    learner = hub.learner()
    learner.send(hub.record())
    reply = asyncio.run(learner.client.post(path, headers=headers))
    assert reply.status_code == 403
    assert "Nothing was changed" in reply.text
    assert len(learner.entries()) == 1


def test_a_form_that_is_too_large_is_refused(hub: Hub) -> None:
    assert hub.browser().post("/resume", {"code": "x" * 20_000}).status_code == 413
    assert hub.browser().post("/resume", {f"f{number}": "" for number in range(100)}).status_code == 400


@given(st.text(max_size=40))
def test_any_text_is_a_code_or_is_not(text: str) -> None:
    assert is_code(text) in (True, False)


@given(st.text(ALPHABET, min_size=16, max_size=16))
def test_a_code_may_be_typed_in_groups_or_small(code: str) -> None:
    grouped = "-".join(code[i : i + 4] for i in range(0, 16, 4))
    assert code_of(grouped.lower()) == code_of(f" {code} ") == code
