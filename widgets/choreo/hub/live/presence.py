"""Who is connected to a session, and who has been away for so long that nobody waits for them."""

from __future__ import annotations

from collections.abc import Callable

from choreo.hub.limits import MOST_TABS
from choreo.hub.live.clock import Clock
from choreo.hub.live.connection import Connection
from choreo.hub.live.updates import Updates
from choreo.hub.live.writer import Settle
from choreo.live.session import Session

LEFT = 1000  # how the line of somebody closes who has left
AWAY = 20.0  # seconds without a connection until nobody waits for a phone any more

Note = Callable[[str, str, Settle], None]  # has "back" or "leave" written of somebody


class Presence:
    """The lines of phones, projectors and coaches; who comes and goes is noted in the log."""

    def __init__(
        self, session: Session, clock: Clock, updates: Updates, is_closing: Callable[[], bool], note: Note
    ) -> None:
        """Nobody is connected; who was here when the log ended is expected back. While the room `is_closing`, none moves."""
        self._session, self._clock, self._updates = session, clock, updates
        self._is_closing, self._note = is_closing, note
        self.phones: dict[str, list[Connection]] = {}
        self.screens: set[Connection] = set()
        self.coaches: set[Connection] = set()
        self.seconds: set[Connection] = set()  # of these, the second coach's
        now = clock()
        self._away = {who: now for who, person in session.people.items() if person.here and not person.virtual}
        self._moving: set[str] = set()  # whose coming or going is being written

    def connections(self) -> list[Connection]:
        """All lines."""
        return [*(line for lines in self.phones.values() for line in lines), *self.screens, *self.coaches]

    def coach_left(self, connection: Connection) -> None:
        """A coach's line has ended."""
        self.coaches.discard(connection)
        self.seconds.discard(connection)

    def here(self) -> int:
        """How many are here, bots included."""
        return sum(person.here for person in self._session.people.values())

    def people(self) -> int:
        """How many are here who are no bots."""
        return sum(person.here and not person.virtual for person in self._session.people.values())

    def expect(self, who: str) -> None:
        """Somebody has joined, and should be here soon."""
        if who not in self.phones:
            self._away[who] = self._clock()

    def enter(self, connection: Connection) -> None:
        """A phone has a line."""
        lines = self.phones.setdefault(connection.who, [])
        if len(lines) >= MOST_TABS:
            lines[0].drop(4409)
            del lines[0]
        lines.append(connection)
        self._away.pop(connection.who, None)
        self._updates.phone(connection.who)
        self._updates.due.set()
        self._move(connection.who)

    def leave(self, connection: Connection) -> None:
        """A phone's line has ended."""
        lines = self.phones.get(connection.who, [])
        if connection in lines:
            lines.remove(connection)
        if not lines:
            self.phones.pop(connection.who, None)
            self._away[connection.who] = self._clock()

    def go(self, who: str) -> None:
        """Somebody says that they leave for good: they are gone at once, in all their tabs."""
        for line in self.phones.pop(who, []):
            line.drop(LEFT)
        self._away.pop(who, None)
        self._move(who)

    def look_round(self) -> None:
        """Note who has been away for too long."""
        now = self._clock()
        for who, since in list(self._away.items()):
            if now - since > AWAY:
                del self._away[who]
                self._move(who)

    def _move(self, who: str) -> None:
        person = self._session.people.get(who)
        here = who in self.phones
        if self._is_closing() or self._session.ended:  # an event would change nothing: it would be tried for ever
            return
        if person is None or person.removed or person.here == here or who in self._moving:
            return
        self._moving.add(who)

        def settled(why: str) -> None:
            self._moving.discard(who)
            if why and who not in self.phones:
                self._away.setdefault(who, self._clock())  # tried again
            elif not why:
                self._move(who)  # they may have moved on meanwhile

        self._note("back" if here else "leave", who, settled)
