"""The work of who is signed in: brought along from before, and forgotten with the way to it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.hub.jupyterhub.signing import FakeHub, rows, sign_in, signed_in
from tests.hub.visiting import Browser, Hub, learners
from typer.testing import CliRunner

from choreo.authoring.main import app
from choreo.hub.identity import COOKIE
from choreo.hub.jupyterhub import bond


def test_forgetting_takes_the_work_and_the_way_to_it(fake: FakeHub, hub: Hub) -> None:
    laptop, phone = signed_in(fake, hub, "ada"), signed_in(fake, hub, "ada")
    laptop.send(hub.record())
    assert "what led from your user name to it" in laptop.get("/forget").text
    page = laptop.post("/forget").text
    assert "still signed in at the JupyterHub" in page
    assert not {COOKIE, bond.COOKIE} & set(laptop.client.cookies)
    assert (learners(hub), rows(hub)) == (0, 0)
    assert phone.get("/").status_code == 303
    assert phone.send(hub.record()).status_code == 401
    assert signed_in(fake, hub, "ada").entries() == []


def test_who_runs_the_course_forgets_by_a_user_name(fake: FakeHub, hub: Hub) -> None:
    signed_in(fake, hub, "ada").send(hub.record())
    told = CliRunner().invoke(app, ["forget", "--jupyterhub-user", "ben", "--data", str(hub.settings.data), "--yes"])
    assert "nobody of this name" in told.output
    told = CliRunner().invoke(app, ["forget", "--jupyterhub-user", "ada", "--data", str(hub.settings.data), "--yes"])
    assert "Forgotten, with 1 entries." in told.output
    assert (learners(hub), rows(hub)) == (0, 0)
    assert "Say whom" in CliRunner().invoke(app, ["forget"]).output


def test_who_kept_nothing_is_swept_with_the_way_to_them(fake: FakeHub, hub: Hub) -> None:
    signed_in(fake, hub, "ada")
    database = hub.database()
    assert database.sweep_learners(hub.clock() + timedelta(days=8)) == 1
    database.close()
    assert rows(hub) == 0


def before(hub: Hub, fake: FakeHub) -> tuple[Browser, Hub]:
    """A browser with work from when there was no JupyterHub, and the hub of now."""
    plain = Hub(replace(hub.settings, jupyterhub=None), hub.clock)
    old = plain.learner()
    old.send(hub.record("two"))
    browser = hub.browser()
    browser.client.cookies.update(old.client.cookies)
    return browser, plain


@pytest.mark.parametrize(("choice", "found"), [("bring", {"one", "two"}), ("leave", {"one"})])
def test_work_from_before_is_brought_along_if_its_owner_says_so(
    fake: FakeHub, hub: Hub, choice: str, found: set[str]
) -> None:
    signed_in(fake, hub, "ada").send(hub.record("one"))
    browser, _ = before(hub, fake)
    page = sign_in(fake, browser, "ada", "/review").text
    assert "work from before you signed in" in page
    note = re.findall(r'name="note" value="([^"]+)"', page)[0]
    assert browser.get("/").status_code == 303  # nobody yet
    thief = signed_in(fake, hub, "mallory")
    assert thief.post("/signin/choice", {"note": note, "choice": "bring"}, follow=False).headers["location"] == "/"
    assert thief.entries() == []
    browser.post("/signin/choice", {"note": note, "choice": choice})
    assert browser.get("/").status_code == 200
    assert {entry["item"] for entry in browser.entries()} == found


def test_work_from_before_comes_by_its_code_too_once(fake: FakeHub, hub: Hub) -> None:
    old, plain = before(hub, fake)
    elder = plain.browser()
    elder.client.cookies.update(old.client.cookies)
    code = "".join(re.findall(r"<span>([A-Z2-8]{4}-?)</span>", elder.post("/resume/code").text))
    ada, ben = signed_in(fake, hub, "ada"), signed_in(fake, hub, "ben")
    assert "You need no code" in ada.get("/resume").text
    assert "one with yours" in ada.post("/resume", {"code": code}).text
    assert [entry["item"] for entry in ada.entries()] == ["two"]
    assert ben.post("/resume", {"code": code}).status_code == 400
    assert ben.post("/resume/code").status_code == 404
