"""Who is shown something old; the broadcaster shows them what is new."""

from __future__ import annotations

import asyncio


class Updates:
    """What is to be sent to clients, besides what the activity itself knows of."""

    def __init__(self) -> None:
        """Everybody wants to see something."""
        self.due = asyncio.Event()
        self.everybody = True  # whether all phones show something old
        self.phones: set[str] = set()  # whose phones do, besides
        self.urgent = False  # whether a coach has just done something

    def phone(self, who: str) -> None:
        """Somebody's phones show something old."""
        self.phones.add(who)

    def take(self) -> tuple[bool, set[str]]:
        """`everybody` and `phones`, which the caller now sees to."""
        taken = self.everybody, self.phones
        self.everybody, self.phones = False, set()
        return taken
