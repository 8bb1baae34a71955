"""Who is signed in at a JupyterHub is the same learner everywhere; nobody becomes one by a forged way back."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import urljoin

import pytest
from tests.hub.jupyterhub.signing import FakeHub, rows, sign_in, signed_in
from tests.hub.test_public import behind
from tests.hub.visiting import LESSON, Hub, hub_in, learners

from choreo.hub.database import Database
from choreo.hub.database_errors import DatabaseError
from choreo.hub.identity import COOKIE, load_secret
from choreo.hub.jupyterhub import bond, gate
from choreo.hub.jupyterhub import sign_in as signing
from choreo.hub.jupyterhub.bond import SESSION, Bond
from choreo.hub.public import Public
from choreo.serve.passes import Passes


def test_one_user_is_one_learner_on_every_device_and_another_is_another(fake: FakeHub, hub: Hub) -> None:
    laptop, phone = signed_in(fake, hub, "ada"), signed_in(fake, hub, "ada")
    record = hub.record()
    laptop.send(record)
    assert phone.entries() == [record]
    assert signed_in(fake, hub, "ben").entries() == []
    assert (learners(hub), rows(hub)) == (2, 2)
    page = phone.get("/").text
    assert "on every device where you sign in" in page
    assert 'href="/hub/logout"' in page
    assert "resume code" not in page


def test_who_asks_for_a_lesson_comes_back_to_it(fake: FakeHub, hub: Hub) -> None:
    browser = hub.browser()
    back = sign_in(fake, browser, "ada", f"/lessons/{LESSON}?all")
    assert back.headers["location"] == f"/lessons/{LESSON}?all"
    assert browser.get(back.headers["location"]).headers["location"] == f"/lessons/{LESSON}/?all"
    assert learners(hub) == 1


def test_neither_a_name_nor_a_token_is_kept_anywhere(fake: FakeHub, hub: Hub) -> None:
    browser = signed_in(fake, hub, "ada.lovelace-of-the-test")
    stored = b"".join(path.read_bytes() for path in hub.settings.data.iterdir() if path.is_file())
    cookies = "".join(browser.client.cookies.values()).encode()
    for secret in ("ada.lovelace", "hush", *fake.tokens):
        assert secret.encode() not in stored + cookies
    assert "hush" not in repr(hub.settings)


@pytest.mark.parametrize("path", ["/join", "/live/screen", "/health", "/live/lessons", "/forgotten"])
def test_phones_and_projectors_need_no_sign_in(hub: Hub, path: str) -> None:
    reply = hub.browser().get(path)
    assert reply.status_code == 200
    assert signing.NONCE not in reply.headers.get("set-cookie", "")


def test_every_other_page_leads_to_the_sign_in(hub: Hub) -> None:
    paths = {route.path for route in hub.app.routes if not gate.OPEN.fullmatch(route.path)}
    assert {"/", "/lessons/{name}", "/review", "/portfolio", "/portfolio/import/bring", "/resume", "/forget"} <= paths
    for path in paths:
        assert hub.browser().get(path.replace("{name}", LESSON)).headers["location"].startswith("/hub/api/oauth2/")
    assert learners(hub) == 0


def test_a_form_that_comes_after_the_sign_in_is_kept_by_nobody_and_can_be_sent_again(fake: FakeHub, hub: Hub) -> None:
    browser = signed_in(fake, hub, "ada")
    session = str(browser.client.cookies.get(SESSION))
    browser.client.cookies.set(SESSION, "", domain="", path="/")
    reply = browser.post("/forget", follow=False)
    assert reply.status_code == 403
    assert "reload this page" in reply.text
    assert learners(hub) == 1
    browser.client.cookies.set(SESSION, session)
    assert browser.post("/forget", follow=False).headers["location"] == "/forgotten"


def test_too_many_at_once_are_told_to_wait(fake: FakeHub, hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signing, "SIGN_INS_EACH", 0)
    hub.restart()
    reply = sign_in(fake, hub.browser(), "ada")
    assert (reply.status_code, reply.headers["retry-after"]) == (503, "5")
    assert "Many people are signing in" in reply.text
    assert fake.asked == []


def test_a_database_that_is_away_lets_nobody_through(fake: FakeHub, hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = signed_in(fake, hub, "ada")

    def away(*_: object) -> None:
        raise DatabaseError("it is away")

    monkeypatch.setattr(Database, "has_learner", away)
    reply = browser.get("/")
    assert reply.status_code >= 500
    assert "cannot reach its storage" in reply.text


def test_signing_out_at_the_jupyterhub_ends_it_here_and_in_open_lessons(fake: FakeHub, hub: Hub) -> None:
    browser = signed_in(fake, hub, "ada")
    cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in browser.client.cookies.jar)
    passes = Passes(lambda: load_secret(hub.settings.data), signed=True)
    assert passes.learner(cookies)
    out = re.sub(rf"{SESSION}=[^;]*", f"{SESSION}=another", cookies)
    assert passes.learner(out) is None
    assert passes.learner(f"{COOKIE}={browser.token}") is None
    browser.client.cookies.delete(SESSION)
    assert browser.get("/portfolio").status_code == 303
    sign_in(fake, browser, "ben")
    assert browser.entries() == []


def test_after_half_a_day_the_jupyterhub_is_asked_again(
    fake: FakeHub, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = signed_in(fake, hub, "ada")
    assert browser.get("/").status_code == 200
    monkeypatch.setattr(signing, "AGE", timedelta(seconds=-1))
    assert browser.get("/").status_code == 303


def test_a_bond_is_no_other_learners(fake: FakeHub, hub: Hub) -> None:
    ada, ben = signed_in(fake, hub, "ada"), signed_in(fake, hub, "ben")
    for name in (bond.COOKIE, SESSION):
        ben.client.cookies.set(name, str(ada.client.cookies.get(name)), domain="127.0.0.1", path="/")
    assert ben.get("/").status_code == 303
    assert not Bond(b"x" * 32).holds("ada", "choreo_signed=forged; jupyterhub-session-id=x")


@pytest.mark.parametrize("fault", ["other browser", "no cookie", "forged", "late", "none"])
def test_a_way_back_that_did_not_begin_here_signs_nobody_in(
    fake: FakeHub, hub: Hub, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    attacker, victim = hub.browser(), hub.browser()
    victim.get("/")
    back = fake.authorize(attacker.get("/").headers["location"], "mallory")
    browser = victim if fault == "other browser" else attacker
    if fault == "no cookie":
        attacker.client.cookies.clear()
    if fault == "late":
        monkeypatch.setattr(signing, "WAY", timedelta(seconds=-1))
    back = {"forged": re.sub("state=..", "state=xx", back), "none": "/oauth_callback?code=x"}.get(fault, back)
    reply = browser.get(back)
    assert reply.status_code == 403
    assert "did not begin here" in reply.text
    assert browser.token is None
    assert fake.asked == []


def test_a_code_counts_once_and_a_refusal_is_told(fake: FakeHub, hub: Hub) -> None:
    browser = hub.browser()
    back = fake.authorize(browser.get("/").headers["location"], "ada")
    assert browser.get(back).status_code == 303
    again = browser.get(back)
    assert again.status_code == 403
    assert "You were not signed in" in again.text
    state = back.partition("state=")[2]
    assert browser.get(f"/oauth_callback?error=access_denied&state={state}").status_code == 403


@pytest.mark.parametrize(
    "path",
    ["//evil.example/", "//evil.example/x?y", "/\\evil.example", "/%0d%0aX: y", "/x?to=\\\\evil", "/" + "a" * 900],
)
def test_no_way_back_leads_to_another_host(fake: FakeHub, hub: Hub, path: str) -> None:
    browser = hub.browser()
    away = browser.get(f"{browser.origin}{path}")
    back = browser.get(fake.authorize(away.headers["location"], "ada")).headers["location"]
    assert urljoin(browser.origin, back).startswith(f"{browser.origin}/")
    assert not re.search(r"^//|[\\\s]", back)
    assert len(back) < 700


def test_two_windows_sign_in_side_by_side(fake: FakeHub, hub: Hub) -> None:
    browser = hub.browser()
    ways = [browser.get(path).headers["location"] for path in ("/review", "/portfolio")]
    ends = [browser.get(fake.authorize(way, "ada")).headers["location"] for way in ways]
    assert ends == ["/review", "/portfolio"]


@pytest.mark.parametrize(
    "answer",
    [
        (500, b"{}"),
        (200, b"no json"),
        (200, b"[]"),
        (200, b"{}"),
        (200, b'{"access_token": "a\\nb"}'),
        (200, b'{"access_token": "t", "name": ""}'),
        (200, b'{"access_token": "t", "name": "x", "kind": "service"}'),
        (302, b"http://127.0.0.1:9/"),
    ],
)
def test_a_jupyterhub_that_is_away_or_odd_is_told_with_what_to_do(
    fake: FakeHub, hub: Hub, caplog: pytest.LogCaptureFixture, answer: tuple[int, bytes]
) -> None:
    fake.answer = answer
    reply = sign_in(fake, hub.browser(), "ada")
    assert reply.status_code == 503
    assert reply.headers["retry-after"]
    assert "does not answer just now" in reply.text
    assert "tell whoever runs the course" in reply.text
    assert "JupyterHub could not say" in caplog.text
    assert "hush" not in caplog.text
    assert learners(hub) == 0


def test_a_jupyterhub_that_is_gone_is_told_as_well(fake: FakeHub, hub: Hub) -> None:
    gone = replace(fake.service, api="http://127.0.0.1:9/hub/api")
    hub = Hub(replace(hub.settings, jupyterhub=gone), hub.clock)
    assert sign_in(fake, hub.browser(), "ada").status_code == 503


@pytest.mark.parametrize("said", [False, True])
def test_a_path_in_front_is_in_every_address(fake: FakeHub, tmp_path: Path, said: bool) -> None:
    """Whether the course was started with it, or a named proxy says it."""
    with hub_in(tmp_path) as plain:
        public = Public("", "" if said else "/services/choreo")
        hub = Hub(replace(plain.settings, jupyterhub=fake.service, public=public), plain.clock)
        hub.app = behind(hub.app, "/services/choreo" if said else "")
        browser = hub.browser()
        away = browser.get("/")
        assert "Path=/services/choreo/;" in away.headers["set-cookie"]
        nonce = re.search(rf"{signing.NONCE}=(\w+)", away.headers["set-cookie"])[1]
        back = browser.get(
            fake.authorize(away.headers["location"], "ada"), headers={"Cookie": f"{signing.NONCE}={nonce}"}
        )
        assert back.headers["location"] == "/services/choreo/"
        assert all("Path=/services/choreo/" in cookie for cookie in back.headers.get_list("set-cookie"))
