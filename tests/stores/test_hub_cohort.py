"""The answers of others, asked from a hub."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from choreo.progress.store import StoreError
from choreo.stores.file import FileStore
from choreo.stores.hub import HubStore


class Hub(HTTPServer):
    """Says what it is told to say."""

    status = 200
    reply: Any = None
    asked = ""
    token = ""


class Handler(BaseHTTPRequestHandler):
    server: Hub

    def do_GET(self) -> None:  # the name that http.server calls
        self.server.asked, self.server.token = self.path, self.headers["Authorization"]
        body = json.dumps(self.server.reply).encode()
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: tests are quiet."""


@pytest.fixture
def hub() -> Iterator[Hub]:
    with Hub(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def store(hub: Hub) -> HubStore:
    return HubStore(f"http://127.0.0.1:{hub.server_port}", "pass.word")


def test_what_a_lesson_builds_on_is_asked_for_in_the_same_request(hub: Hub) -> None:
    hub.reply = {"entries": []}
    assert store(hub).entries("02-silos", "00-welcome/mine", "01-disconnect/plan") == []
    assert hub.asked == "/api/entries?lesson=02-silos&beside=00-welcome%2Fmine&beside=01-disconnect%2Fplan"


def test_answers_come_with_the_learners_pass(hub: Hub) -> None:
    hub.reply = {"answers": [{"x": 10}, {"x": 20}, "nonsense"]}
    assert store(hub).cohort("02-silos", "nine hospitals") == [{"x": 10}, {"x": 20}]
    assert (hub.asked, hub.token) == ("/api/cohort?lesson=02-silos&item=nine%20hospitals", "Bearer pass.word")


def test_too_few_people_are_nobody(hub: Hub) -> None:
    hub.reply = {"answers": None}
    assert store(hub).cohort("02-silos", "plane") is None


def test_a_refusal_is_said(hub: Hub) -> None:
    hub.status, hub.reply = 401, {"error": "This page was open for too long."}
    with pytest.raises(StoreError, match="open for too long"):
        store(hub).cohort("02-silos", "plane")


def test_without_a_hub_there_is_nobody_else(tmp_path: Path) -> None:
    assert FileStore(tmp_path).cohort("02-silos", "plane") is None
