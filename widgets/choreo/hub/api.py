"""The progress API: a lesson's kernel keeps and fetches one learner's entries."""

from __future__ import annotations

import contextlib
import json
import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from choreo.hub.body import NotJsonError, TooLargeError, read_body, read_json
from choreo.hub.database import Database
from choreo.hub.database_errors import DatabaseError, DiskFullError, NobodyError, NotYoursError
from choreo.hub.identity import Identity
from choreo.hub.quota import QuotaError
from choreo.progress.entry import MAX_ANSWER, Entry, EntryError, from_json, to_json

MAX_BODY = 64 * 1024
MOST_BESIDE = 100  # exercises of other lessons that one lesson asks for
ENDED = (
    "This page was open for too long, or your work was deleted meanwhile. Open the lesson again from the home page; "
    "what was saved is there, and what you were writing is kept in this browser."
)

log = logging.getLogger("choreo.hub")


class Api:
    """Keeps and fetches entries for whoever holds a learner's token."""

    def __init__(self, database: Database, identity: Identity, now: Callable[[], datetime]) -> None:
        """Keep the collaborators."""
        self._database = database
        self._identity = identity
        self._now = now

    def routes(self) -> list[Route]:
        """The API's addresses."""
        return [
            Route("/api/entries", self.add, methods=["POST"]),
            Route("/api/entries", self.list, methods=["GET"]),
        ]

    async def add(self, request: Request) -> Response:
        """Keep one entry; 201 once it is committed."""
        learner = self._identity.bearer(request)
        if learner is None:
            return refusal(401, ENDED)
        try:
            entry = read_entry(await read_body(request, MAX_BODY))
        except TooLargeError:
            return refusal(413, f"This is too long to keep (over {MAX_BODY // 1024} KB). Shorten it, then save again.")
        except EntryError as error:
            return refusal(400, f"This entry cannot be kept: {error}.")
        try:
            await run_in_threadpool(self._database.add, learner, entry, self._now())
        except NotYoursError:
            return refusal(409, f"Entry {entry.id} was stored for somebody else. Give it a new id, then save again.")
        except NobodyError:
            return refusal(401, ENDED)
        except QuotaError as error:
            return refusal(413, str(error))
        return answer({"stored": entry.id}, 201)

    async def list(self, request: Request) -> Response:
        """All of a lesson's entries, oldest first; with those of exercises elsewhere that are named as `beside`."""
        learner = self._identity.bearer(request)
        lesson = request.query_params.get("lesson")
        if learner is None or not await run_in_threadpool(self._database.has_learner, learner):
            return refusal(401, ENDED)
        if not lesson:
            return refusal(400, "Which lesson? Ask for /api/entries?lesson=NAME.")
        with contextlib.suppress(DatabaseError):  # a disk that is full must not close the lesson
            await run_in_threadpool(self._database.see_learner, learner, self._now())
        beside = request.query_params.getlist("beside")
        if len(beside) > MOST_BESIDE:
            return refusal(400, f"Too many exercises at once; name at most {MOST_BESIDE} as `beside`.")
        entries = await run_in_threadpool(self._database.entries, learner, lesson, beside=beside)
        return answer({"entries": [to_json(entry) for entry in entries]})


def read_entry(body: bytes) -> Entry:
    """The entry in a request's body; raise EntryError for anything else."""
    try:
        return entry_in(read_json(body))
    except NotJsonError as error:
        raise EntryError("it is not JSON in UTF-8") from error


def entry_in(record: object) -> Entry:
    """The entry in a JSON record; raise EntryError, also for an answer that is too long to keep."""
    entry = from_json(record)
    if len(json.dumps(entry.answer)) > MAX_ANSWER:
        raise EntryError(f"answer: longer than {MAX_ANSWER:,} characters; shorten it")
    return entry


def database_refusal(error: DatabaseError) -> Response:
    """The answer when the database does not work; the details are for the log."""
    log.error("%s", error)
    if isinstance(error, DiskFullError):
        return refusal(
            507, "The course server's disk is full, so this is not saved yet. Nothing saved is lost. "
            "Ask whoever runs the server to make room, then save again."
        )  # fmt: skip
    return refusal(
        503, "The course server cannot reach its storage just now, so this is not saved yet. "
        "Nothing saved is lost. Try again in a moment."
    )  # fmt: skip


def refusal(status: int, message: str) -> Response:
    """An error, in the learner's words."""
    return answer({"error": message}, status)


def answer(record: dict[str, Any], status: int = 200) -> Response:
    """A JSON answer in ASCII, because what people typed may hold half a character that UTF-8 cannot carry."""
    return Response(json.dumps(record), status, media_type="application/json")
