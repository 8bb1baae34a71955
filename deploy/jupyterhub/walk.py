"""Walks through a course that is a service of a JupyterHub, as try.sh starts it: python walk.py http://hub.localhost:8800.

Each line says what was found; the first thing that is not as it should be ends the walk with what was seen in its place.
"""

from __future__ import annotations

import base64
import http.client
import json
import re
import secrets
import sys
import time
from datetime import UTC, datetime
from html import unescape
from urllib.parse import urljoin, urlsplit

from browser import Answer, Browser, WrongError
from choreo.progress.entry import new_entry, to_json

PREFIX = "/services/choreo"
LESSON = "02-silos"
PATIENCE = 90  # seconds for everything to start


class Walk:
    """The course and the JupyterHub before it, and what one does there."""

    def __init__(self, hub: str) -> None:
        """`hub` is where browsers find the JupyterHub."""
        self.hub, at = hub, urlsplit(hub)
        self.course = f"{at.scheme}://choreo--service.{at.netloc}{PREFIX}"

    def wait(self) -> None:
        """Until the course leads to the sign-in."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                if Browser().ask(f"{self.course}/")[0] == 303:
                    return
            except OSError:
                pass
            time.sleep(0.5)
        raise WrongError(f"{self.course}/ does not lead to a sign-in after {PATIENCE} seconds")

    def sign_in(self, browser: Browser, user: str, path: str = "/") -> Answer:
        """Open a page of the course, and sign in on the way; what is there in the end."""
        page = browser.go(f"{self.course}{path}")
        form = re.search(r'<form[^>]*action="([^"]*login[^"]*)"', page.text)
        if not form:
            return page
        hidden = dict(re.findall(r'name="(_xsrf)"\s+value="([^"]*)"', page.text))
        fields = {**hidden, "username": user, "password": "any"}
        return browser.go(urljoin(page.address, unescape(form[1])), fields)

    def token(self, browser: Browser) -> str:
        """The learner's pass."""
        return browser.cookies(f"{self.course}/").get("choreo_learner", "").strip('"')

    def entries(self, browser: Browser, token: str = "") -> list[str] | int:
        """The ids of what is kept, as a lesson's kernel asks for it, or the status of a refusal."""
        bearer = {"Authorization": f"Bearer {token or self.token(browser)}"}
        status, _, text = browser.ask(f"{self.course}/api/entries?lesson={LESSON}", headers=bearer)
        return [entry["id"] for entry in json.loads(text)["entries"]] if status == 200 else status

    def keep(self, browser: Browser) -> str:
        """Keep an answer, as a lesson's kernel does; its id."""
        entry = to_json(new_entry(LESSON, "walk", "attempt", 1, {"chosen": ["x"]}, 1.0, datetime.now(UTC)))
        at = urlsplit(f"{self.course}/api/entries")
        line = http.client.HTTPConnection("127.0.0.1", at.port or 80, timeout=20)
        headers = {
            "Host": at.netloc,
            "Authorization": f"Bearer {self.token(browser)}",
            "Content-Type": "application/json",
        }
        line.request("POST", at.path, json.dumps(entry), headers)
        reply = line.getresponse()
        expect(reply.status in (200, 201), f"an answer is kept ({reply.status} {reply.read()[:200]!r})", quiet=True)
        line.close()
        return str(entry["id"])

    def socket(self, browser: Browser) -> int:
        """The status of a lesson's websocket."""
        key = base64.b64encode(secrets.token_bytes(16)).decode()
        asked = {
            "Connection": "Upgrade",
            "Upgrade": "websocket",
            "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": key,
        }
        origin = self.course.removesuffix(PREFIX)
        return browser.ask(f"{self.course}/lessons/{LESSON}/kernel?page=walk", headers={**asked, "Origin": origin})[0]

    def strange_links(self, page: Answer) -> list[str]:
        """Addresses of this host on a page that forget the path in front of the course."""
        found = re.findall(r'(?:href|src|action|data-at)="(/[^"]*)"', page.text)
        return [address for address in found if not f"{address}/".startswith(f"{PREFIX}/")]


def expect(right: bool, what: str, quiet: bool = False) -> None:
    """Say what was found; raise WrongError where it is not so."""
    if not right:
        raise WrongError(what)
    if not quiet:
        print(f"  {what}", flush=True)


def walk(hub: str) -> None:
    """All of it."""
    there = Walk(hub)
    there.wait()
    laptop, phone, other, nobody = Browser(), Browser(), Browser(), Browser()

    home = there.sign_in(laptop, "ada")
    signs = any("/oauth_callback" in way for way in home.ways)
    expect(home.status == 200 and signs, f"home leads to the sign-in and back: {home.address} ({home.status})")
    expect("on every device where you sign in" in home.text, "home says whose work it is")
    kept = there.keep(laptop)
    lesson = there.sign_in(phone, "ada", f"/lessons/{LESSON}")
    at = lesson.address.removeprefix(there.course)
    expect(lesson.status == 200 and at == f"/lessons/{LESSON}/", f"a lesson leads there as well, and back to it: {at}")
    expect(there.entries(phone) == [kept], "two devices, one user: the same work on both")
    expect(there.socket(phone) == 101, "the lesson's kernel answers through the JupyterHub's proxy (101)")
    there.sign_in(other, "ben")
    expect(there.entries(other) == [], "another user: another learner, with nothing yet")
    names = [value for browser in (laptop, phone) for value in browser.cookies(f"{there.course}/").values()]
    expect(not any("ada" in value for value in names), "no cookie of the course names a user")

    join, screen = nobody.go(f"{there.course}/join"), nobody.go(f"{there.course}/live/screen")
    expect(join.status == 200 and not join.ways, "a phone joins without a sign-in: /join (200)")
    expect(screen.status == 200 and not screen.ways, "the projector needs none: /live/screen (200)")
    status = nobody.ask(f"{there.course}/lessons/{LESSON}/")[1].get("location", "")
    expect(status == f"{PREFIX}/lessons/{LESSON}", "a lesson's own address sends a stranger to the sign-in")
    forged = nobody.go(f"{there.course}/oauth_callback?code=x&state=y")
    expect(forged.status == 403 and not forged.ways, "a forged way back is refused (403)")
    pages = [
        home,
        lesson,
        join,
        screen,
        forged,
        *(laptop.go(f"{there.course}{path}") for path in ("/resume", "/forget")),
    ]
    strange = [f"{page.address}: {link}" for page in pages for link in there.strange_links(page)]
    strange = [link for link in strange if not link.endswith("/hub/logout")]
    expect(not strange, f"the path is in every link of {len(pages)} pages {strange or ''}")

    laptop.go(f"{there.hub}/hub/logout")
    out = laptop.go(f"{there.course}/portfolio")
    expect("/hub/login" in out.address, "signed out at the JupyterHub: the course asks again")
    status = laptop.ask(f"{there.course}/lessons/{LESSON}/")[0]
    expect(status == 303, "and so does an open lesson's address")
    token = there.token(phone)
    gone = phone.go(f"{there.course}/forget", {})
    expect(gone.address.endswith("/forgotten"), "forgotten on one device")
    expect(there.entries(nobody, token) == 401, "a pass of before opens nothing (401)")
    there.sign_in(laptop, "ada")
    expect(there.entries(laptop) == [], "who signs in again begins anew")

    spawn = laptop.go(f"{there.hub}/hub/spawn")
    expect(spawn.status == 403, "a learner starts no server (403)")
    author(there)


def author(there: Walk) -> None:
    """An author gets a JupyterLab with the course's folder."""
    grace, at = Browser(), urlsplit(there.hub)
    there.sign_in(grace, "grace")
    lab = f"{at.scheme}://grace.{at.netloc}/user/grace"
    grace.go(f"{there.hub}/hub/spawn")
    end, page = time.monotonic() + PATIENCE, Answer(0, "", "", [])
    while time.monotonic() < end and not (page.status == 200 and page.address.startswith(lab)):
        time.sleep(1)
        page = grace.go(f"{lab}/lab/tree/lessons")
    expect(page.address == f"{lab}/lab/tree/lessons", f"an author's JupyterLab opens: {page.address} ({page.status})")
    listing = grace.go(f"{lab}/api/contents/lessons")
    expect(listing.status == 200, f"it answers ({listing.status} {listing.text[:200]!r})", quiet=True)
    names = [file["name"] for file in json.loads(listing.text)["content"]]
    expect(
        f"{LESSON}.ipynb" in names and "course.yaml" in names, f"it has the course's folder: {', '.join(sorted(names))}"
    )


if __name__ == "__main__":
    try:
        walk(sys.argv[1])
    except WrongError as wrong:
        sys.exit(f"NOT SO: {wrong}")
    print("All is well.")
