"""A hub with a clock that the test sets, and browsers to visit it with."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
from tests.memory import in_memory

from choreo.hub.app import create_app
from choreo.hub.database import Database
from choreo.hub.engine import open_database
from choreo.hub.identity import COOKIE, Identity, load_secret
from choreo.hub.servers import Server
from choreo.hub.settings import Settings
from choreo.progress.entry import Entry, new_entry, to_json

LESSON = "09-flash-mob"
START = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)

COURSE = """
title: From silos to choreography
promise: A course for the test.
lessons:
  - {name: 08-wisdom, title: Wisdom or folly, promise: Not written yet., minutes: 25}
  - {name: 09-flash-mob, title: A flash mob, promise: Tune in., minutes: 20}
  - {name: 10-authoring, title: Authoring, promise: Write it., minutes: 20}
"""
CHOICE = """
id: {id}
version: 1
kind: choice
title: About {id}
prompt: "What does **{id}** need? <script>alert(1)</script>"
review: {review}
options:
  - {{id: frame, text: A frame, right: true, why: Because a frame leaves room.}}
  - {{id: steps, text: All steps, why: Because steps leave none.}}
"""


@dataclass
class Clock:
    """A clock that goes on by a second whenever somebody looks, and otherwise when it is moved."""

    time: datetime = START

    def __call__(self) -> datetime:
        self.time += timedelta(seconds=1)
        return self.time

    def pass_(self, **span: float) -> None:
        self.time += timedelta(**span)


class Browser:
    """One visitor: keeps cookies, follows redirects within the hub, and sends what browsers send with a post."""

    def __init__(self, app: Any, origin: str = "http://127.0.0.1:8000") -> None:
        self.origin = origin
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        self.client = httpx.AsyncClient(transport=transport, base_url=origin)

    def get(self, path: str, **options: Any) -> httpx.Response:
        return asyncio.run(self.client.get(path, **options))

    def post(self, path: str, fields: dict[str, Any] | None = None, follow: bool = True) -> httpx.Response:
        headers = {"Origin": self.origin, "Sec-Fetch-Site": "same-origin"}
        return asyncio.run(self.client.post(path, data=fields or {}, headers=headers, follow_redirects=follow))

    @property
    def token(self) -> str | None:
        return self.client.cookies.get(COOKIE)

    def send(self, content: Any, token: str | None = None) -> httpx.Response:
        """Post to the API as a lesson's kernel does."""
        headers = {"Authorization": f"Bearer {token or self.token}"}
        body = {"content": content} if isinstance(content, bytes) else {"json": content}
        return asyncio.run(self.client.post("/api/entries", headers=headers, **body))

    def entries(self, *beside: str) -> list[dict[str, Any]]:
        """Those of the lesson, and of exercises elsewhere."""
        asked = "".join(f"&beside={address}" for address in beside)
        reply = self.get(f"/api/entries?lesson={LESSON}{asked}", headers={"Authorization": f"Bearer {self.token}"})
        assert reply.status_code == 200, reply.text
        found: list[dict[str, Any]] = reply.json()["entries"]
        return found


@dataclass
class Hub:
    """The hub under test and its surroundings."""

    settings: Settings
    clock: Clock
    app: Any = field(init=False)

    def __post_init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        self.app = create_app(self.settings, self.clock)

    def browser(self, **options: Any) -> Browser:
        return Browser(self.app, **options)

    def learner(self) -> Browser:
        """A browser that has opened the lesson."""
        browser = self.browser()
        assert browser.get(f"/lessons/{LESSON}").status_code == 303
        return browser

    def database(self) -> Database:
        return open_database(self.settings.database_url)

    def identity(self) -> Identity:
        return Identity(load_secret(self.settings.data))

    def entry(self, item: str = "one", kind: str = "attempt", score: float | None = 1.0, **changes: Any) -> Entry:
        return replace(new_entry(LESSON, item, kind, 1, {"chosen": ["frame"]}, score, self.clock()), **changes)

    def record(self, item: str = "one", **changes: Any) -> dict[str, Any]:
        return to_json(self.entry(item, **changes))


@contextmanager
def hub_in(place: Path) -> Iterator[Hub]:
    """A hub with folders of its own, in that place."""
    lessons, exercises = place / "lessons", place / "exercises"
    lessons.mkdir()
    (lessons / "course.yaml").write_text(COURSE, encoding="utf-8")
    (lessons / f"{LESSON}.ipynb").write_text("{}", encoding="utf-8")
    folder = exercises / LESSON
    folder.mkdir(parents=True)
    for name, review in (("one", "false"), ("two", "false"), ("later", "true"), ("much-later", "true")):
        (folder / f"{name}.yaml").write_text(CHOICE.format(id=name, review=review), encoding="utf-8")
    with in_memory() as folder, socket.create_server(("127.0.0.1", 0)) as lesson_server:
        port = lesson_server.getsockname()[1]
        yield Hub(Settings(folder / "data", lessons, exercises, (Server("1", "127.0.0.1", port),)), Clock())


def learners(hub: Hub) -> int:
    """How many the hub knows."""
    database = hub.database()
    with database.reading() as connection:
        count = connection.exec_driver_sql("SELECT count(*) FROM learner").scalar_one()
    database.close()
    return int(count)
