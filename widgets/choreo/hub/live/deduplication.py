"""Each message of a phone counts once, however often it is sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from choreo.hub.live.writer import Settle

KEPT = 1024  # numbers below the newest that are told apart; older ones count as taken


class Taken:
    """The numbers of the messages that were taken from one phone, in little memory."""

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


class Deduplication:
    """The messages of all phones of a room: those that were taken, and those that are on their way to the log."""

    def __init__(self, messages: Mapping[str, Iterable[int]]) -> None:
        """Begin with the numbers that are in the log, by participant."""
        self._taken = {who: Taken(numbers) for who, numbers in messages.items()}
        self._waiting: dict[tuple[str, int], list[Settle]] = {}  # who wants to hear when a message is committed

    def newest(self, who: str) -> int:
        """The highest number of a message from this participant."""
        return self._taken[who].newest if who in self._taken else 0

    def is_known(self, who: str, n: int, settle: Settle) -> bool:
        """Whether this message was here before; then it is answered as it was, or will be."""
        if (who, n) in self._waiting:
            self._waiting[who, n].append(settle)
            return True
        if who in self._taken and n in self._taken[who]:
            settle("")
            return True
        return False

    def take(self, who: str, n: int, settle: Settle) -> Settle:
        """Take a new message; what is returned is to be called once it is committed or refused."""
        asking = self._waiting[who, n] = [settle]

        def settled(why: str) -> None:
            del self._waiting[who, n]
            if not why:
                self._taken.setdefault(who, Taken()).add(n)
            for each in asking:
                each(why)

        return settled
