"""Which of a phone's messages were taken."""

from __future__ import annotations

from collections.abc import Iterable

KEPT = 1024  # numbers below the newest that are told apart; older ones count as taken


class Seen:
    """The numbers of messages, in little memory."""

    __slots__ = ("_below", "_numbers", "newest")

    def __init__(self, numbers: Iterable[int] = ()) -> None:
        """Begin with these."""
        self._numbers = set(numbers)
        self.newest = max(self._numbers, default=0)
        self._below = -1  # all up to this one count as taken
        self._forget()

    def __contains__(self, n: int) -> bool:
        """Whether it was taken."""
        return n <= self._below or n in self._numbers

    def add(self, n: int) -> None:
        """It was."""
        self._numbers.add(n)
        if n > self.newest:
            self.newest = n
        if len(self._numbers) > 2 * KEPT:
            self._forget()

    def _forget(self) -> None:
        if len(self._numbers) > 2 * KEPT:
            kept = sorted(self._numbers)[-KEPT:]
            self._below = kept[0] - 1
            self._numbers = set(kept)
