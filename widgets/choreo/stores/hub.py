"""Entries kept by the hub, over its progress API."""

from __future__ import annotations

import http.client
import json
import logging
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from choreo.progress.entry import Entry, entries_in, to_json
from choreo.progress.store import StoreError
from choreo.stores.mark import mark

log = logging.getLogger(__name__)

PATIENCE = 8.0  # seconds for one request


class HubStore:
    """One learner's entries at a hub.

    `url` is the hub's address ("http://127.0.0.1:8000"); `token` the learner's signed token, out of their cookie.
    """

    def __init__(self, url: str, token: str) -> None:
        """Keep address and token; nothing is opened before it is needed."""
        self._url = urlsplit(url)
        self._token = token

    @property
    def whose(self) -> str:
        """The learner's mark."""
        return mark(self._token)

    def add(self, entry: Entry) -> None:
        """Send the entry and wait until it is committed, or raise StoreError."""
        self._request("POST", "/api/entries", to_json(entry))

    def entries(self, lesson: str, *beside: str) -> list[Entry]:
        """All entries of a lesson, and with them those of the exercises in `beside`, oldest first."""
        asked = urlencode([("lesson", lesson), *(("beside", address) for address in beside)])
        record = self._request("GET", f"/api/entries?{asked}")
        try:
            return entries_in(record["entries"], log.warning)
        except (KeyError, TypeError) as error:
            raise StoreError(
                f"The course server sent work that this page cannot read ({error}). Reload the page; nothing saved is lost."
            ) from error

    def cohort(self, lesson: str, item: str) -> list[dict[str, Any]] | None:
        """Everybody's newest answers to an exercise; None if they are too few to show."""
        found = self._request("GET", f"/api/cohort?lesson={quote(lesson)}&item={quote(item)}").get("answers")
        return [answer for answer in found if isinstance(answer, dict)] if isinstance(found, list) else None

    def _request(self, method: str, path: str, body: object = None) -> Any:
        connection = http.client.HTTPConnection(self._url.hostname or "", self._url.port, timeout=PATIENCE)
        headers = {"Authorization": f"Bearer {self._token}", "Content-Type": "application/json"}
        try:
            connection.request(method, path, None if body is None else json.dumps(body), headers)
            reply = connection.getresponse()
            text = reply.read()
        except (OSError, http.client.HTTPException) as error:
            raise StoreError(
                "The course server does not answer. Your work stays on this page; try again in a moment."
            ) from error
        finally:
            connection.close()
        try:
            record = json.loads(text)
            if not isinstance(record, dict):
                raise ValueError("not an object")
        except ValueError as error:
            raise StoreError(
                f"The course server gave an answer that is none ({reply.status}). Try again in a moment."
            ) from error
        if reply.status >= 400:
            raise StoreError(str(record.get("error", f"The course server refused this ({reply.status}).")))
        return record
