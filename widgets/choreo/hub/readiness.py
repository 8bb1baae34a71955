"""Whether the hub can take new people now: its database is there, has the form of this version, and the hub does not end."""

from __future__ import annotations

import asyncio
import logging

import sqlalchemy as sa
from starlette.types import ASGIApp, Receive, Scope, Send

from choreo.hub import tables
from choreo.hub.database import Database
from choreo.hub.database_errors import DatabaseError
from choreo.hub.schema import is_newest

PATIENCE = 2.0  # seconds that the database has to answer
LOOK = 1.0  # seconds between two looks whether the database was migrated
ALWAYS = frozenset({"/health", "/live", "/ready", "/metrics"})  # addresses that are answered before it was
DRAINING = "this server is ending"
BEGINNING = "this server is beginning"
SILENT = f"the database did not answer within {PATIENCE:.0f} seconds"
OLDER = "the database has not the form that this version writes; `choreo migrate` brings it there"

log = logging.getLogger("choreo.hub")


class Readiness:
    """Asked by whoever shares people out among several hubs."""

    def __init__(self, database: Database, begun: bool) -> None:
        """Ask this database; `begun` says whether people can come in already, since it has been brought to the newest form.

        Once it was, a newer version may go on from there while this one still runs: that is no reason to send anybody away.
        """
        self.draining = False
        self.begun = begun
        self._database = database

    async def why_not(self) -> str:
        """Why nobody new should come in; empty if they may."""
        if self.draining:
            return DRAINING
        try:
            why = await asyncio.wait_for(asyncio.to_thread(self._look), PATIENCE)
        except TimeoutError:
            return SILENT
        return why or ("" if self.begun else BEGINNING)

    async def until_migrated(self) -> None:
        """Return once the database has the form that this version writes."""
        told = ""
        while why := await asyncio.to_thread(self._look):
            if why != told:
                log.warning("Nobody comes in yet: %s.", why.removesuffix("."))
            told = why
            await asyncio.sleep(LOOK)

    def _look(self) -> str:
        try:
            with self._database.reading() as connection:
                if not self.begun and not is_newest(connection):
                    return OLDER
                connection.execute(sa.select(tables.learner.c.id).limit(1)).first()
        except DatabaseError as error:
            return str(error)
        return ""


class Gate:
    """Closed until the database is migrated: what an older form would make of a request, nobody knows."""

    def __init__(self, app: ASGIApp, readiness: Readiness, closed: ASGIApp) -> None:
        """Before `app`; whoever comes too early is answered by `closed`."""
        self._app, self._readiness, self._closed = app, readiness, closed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let through, or not yet."""
        if self._readiness.begun or scope["type"] == "lifespan" or scope["path"] in ALWAYS:
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1013})
        else:
            await self._closed(scope, receive, send)
