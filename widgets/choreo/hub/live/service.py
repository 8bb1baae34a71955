"""Live sessions as one service of the hub."""

from __future__ import annotations

import asyncio
import contextlib

from starlette.routing import BaseRoute

from choreo.hub.assets import Assets
from choreo.hub.database import Database
from choreo.hub.limits import MOST_SOCKETS, Held
from choreo.hub.live.admission import Admission
from choreo.hub.live.coaches import Coaches
from choreo.hub.live.door import Door
from choreo.hub.live.exports import Exports
from choreo.hub.live.holding import Holding
from choreo.hub.live.lease import lease_of
from choreo.hub.live.links import Links
from choreo.hub.live.pages import LivePages
from choreo.hub.live.phones import Phones
from choreo.hub.live.rooms import Rooms
from choreo.hub.live.screens import Screens
from choreo.hub.live.store import Store
from choreo.hub.live.tickets import Tickets
from choreo.hub.live.writer import Writer
from choreo.hub.measures import HubMeasures
from choreo.hub.rates import Rates
from choreo.hub.settings import Settings
from choreo.hub.web import Web

LAST_WORDS = 2.0  # seconds for what was said before the end to be written


class Live:
    """All of it, to be started with the hub and stopped before the database closes."""

    def __init__(
        self,
        settings: Settings,
        web: Web,
        assets: Assets,
        database: Database,
        secret: bytes,
        rates: Rates,
        measures: HubMeasures,
    ) -> None:
        """Put the parts together."""
        store, links, tickets = Store(database), Links(settings.public), Tickets(secret)
        admission = Admission(Held(MOST_SOCKETS), settings.process, settings.public, measures)
        self._writer = Writer(database, measures)
        self._lease = lease_of(database, settings.process, settings.data)
        self._rooms = Rooms(store, self._writer, Holding(database, self._lease), assets.live.address)
        total = self._rooms.total
        measures.rooms.set_function(total)
        measures.lines.labels("phone").set_function(lambda: total(lambda here: len(here.phones)))
        measures.lines.labels("screen").set_function(lambda: total(lambda here: len(here.screens)))
        measures.lines.labels("coach").set_function(lambda: total(lambda here: len(here.coaches)))
        self._links, self._coaches = links, Coaches(self._rooms, admission, tickets, links, rates)
        self._door: Door | None = None
        self._parts = (
            Phones(self._rooms, self._writer, admission, rates),
            self._coaches,
            Screens(self._rooms, admission, links),
            Exports(web, store, tickets),
            LivePages(web, links, settings.lessons),
        )

    def routes(self) -> list[BaseRoute]:
        """The addresses."""
        return [route for part in self._parts for route in part.routes()]

    def has(self, door: Door) -> None:
        """Coaches at this machine may open this door."""
        self._door = self._coaches.door = door

    async def open_again(self) -> None:
        """Let phones in where they were let in before the hub was killed."""
        if self._door is not None:
            await self._door.open_again(self._links)

    def claim(self) -> None:
        """Take this hub's name, if it has one; raise TakenError if another has it."""
        if self._lease is not None:
            self._lease.claim()

    def start(self) -> None:
        """Begin."""
        if self._lease is not None:
            self._lease.start()
        self._writer.start()
        self._rooms.start()

    def wipe(self) -> None:
        """Have all that was deleted wiped out of the database's files, soon; any thread may ask for it."""
        self._writer.wipe()

    async def hang_up(self) -> None:
        """End all lines at once: a stream would not end by itself, and the server waits for it.

        Where there are other hubs, they may take the sessions over from now on.
        """
        self._rooms.hang_up()
        if self._lease is not None:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._writer.written(), LAST_WORDS)
            await self._lease.stop()

    async def stop(self) -> None:
        """End all lines, and write what is there."""
        await self._rooms.stop()
        await self._writer.stop()
        if self._lease is not None:
            await self._lease.stop()
