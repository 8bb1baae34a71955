"""Live sessions as one service of the hub."""

from __future__ import annotations

from starlette.routing import BaseRoute

from choreo.hub.assets import Assets
from choreo.hub.database import Database
from choreo.hub.live.coaches import Coaches
from choreo.hub.live.door import Door
from choreo.hub.live.limits import Sockets
from choreo.hub.live.links import Links
from choreo.hub.live.pages import LivePages
from choreo.hub.live.phones import Phones
from choreo.hub.live.rooms import Rooms
from choreo.hub.live.screens import Screens
from choreo.hub.live.store import Store
from choreo.hub.live.takeaway import Takeaway
from choreo.hub.live.tickets import Tickets
from choreo.hub.live.writer import Writer
from choreo.hub.settings import Settings
from choreo.hub.web import Web

ONLY = "1"  # the name of a process that shares its database with no other


class Live:
    """All of it, to be started with the hub and stopped before the database closes."""

    def __init__(self, settings: Settings, web: Web, assets: Assets, database: Database, secret: bytes) -> None:
        """Put the parts together."""
        store, links, door = Store(database), Links(settings.address), Door(Sockets(), settings.process)
        tickets = Tickets(secret)
        self._writer = Writer(database)
        self._rooms = Rooms(store, self._writer, settings.process or ONLY, assets.live.address)
        self._parts = (
            Phones(self._rooms, self._writer, door),
            Coaches(self._rooms, door, tickets, links),
            Screens(self._rooms, door, links),
            Takeaway(web, assets.live.address, store, tickets),
            LivePages(web, links, settings.lesson_port),
        )

    def routes(self) -> list[BaseRoute]:
        """The addresses."""
        return [route for part in self._parts for route in part.routes()]

    def start(self) -> None:
        """Begin."""
        self._writer.start()
        self._rooms.start()

    def hang_up(self) -> None:
        """End all lines at once: a stream would not end by itself, and the server waits for it."""
        self._rooms.hang_up()

    async def stop(self) -> None:
        """End all lines, and write what is there."""
        await self._rooms.stop()
        await self._writer.stop()
