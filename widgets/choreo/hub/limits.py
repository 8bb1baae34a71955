"""How much one client, one address and one session may ask for. A whole room may share one address."""

from __future__ import annotations

import math
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

MOST_PEOPLE = 2000  # that are in a session at the same time
MOST_JOINS = 10_000  # in the life of a session
MOST_BOTS = 1000
MOST_SESSIONS = 200  # open in one hub
SESSIONS_EACH = 25  # open from one address, in all hubs together
EMPTY_EACH = 5  # of those, without anybody in them: more give way at once when there are too many sessions
MOST_SOCKETS = 4000  # open from one address, in each hub as all that bounds its own memory
MOST_UPLOADS = 8  # files that are read at the same time: each is held whole
UPLOADS_EACH = 2  # of one address
MOST_SIGN_INS = 400  # that wait for a JupyterHub at the same time
SIGN_INS_EACH = 200  # of one address: a class signs in at once
MOST_TABS = 4  # lines of one phone
MOST_KNOWN = 10_000  # addresses remembered
HEAD = 10.0  # seconds for a request's head, from the first byte or the connection on
LONGEST_HEAD = 16 * 1024  # bytes


@dataclass(frozen=True)
class Rate:
    """So many at once, and then so many a second."""

    burst: float
    per_second: float


PHONE = Rate(30, 10)
HOST = Rate(40, 20)
JOINS = Rate(1500, 25)  # of one address, in each hub: a session is at one
WRONG_CODES = Rate(60, 0.5)  # for a session, of one address
WRONG_RESUME_CODES = Rate(10, 1 / 60)  # of one address; a right code always works
NEW_LEARNERS = Rate(1500, 0.1)  # of one address
NEW_SESSIONS = Rate(40, 1 / 60)  # of one address


class Bucket:
    """A bucket of tokens that fills up by itself."""

    __slots__ = ("_at", "_left", "_rate")

    def __init__(self, rate: Rate, now: float) -> None:
        """A full bucket."""
        self._rate, self._left, self._at = rate, rate.burst, now

    def _fill(self, now: float) -> None:
        passed = max(0.0, now - self._at)  # a clock that goes back takes nothing away
        self._left = min(self._rate.burst, self._left + passed * self._rate.per_second)
        self._at = now

    def take(self, now: float, count: float = 1) -> float:
        """Take one, or so many; the seconds to wait until it is there, 0 if it was. What was taken is taken."""
        self._fill(now)
        self._left -= count
        return 0.0 if self._left >= 0 else -self._left / self._rate.per_second

    def empty(self, now: float) -> bool:
        """Whether there is none left."""
        self._fill(now)
        return self._left < 1

    def full(self, now: float) -> bool:
        """Whether it has filled up again."""
        self._fill(now)
        return self._left >= self._rate.burst


class Buckets:
    """A bucket for each address; those that are full are forgotten. Any thread may ask."""

    def __init__(self, rate: Rate, now: Callable[[], float]) -> None:
        """Begin with full ones."""
        self._rate, self._now = rate, now
        self._buckets: dict[str, Bucket] = {}
        self._lock = threading.Lock()

    def take(self, address: str) -> bool:
        """Take one from the address's bucket; False, and nothing taken, if it is empty."""
        with self._lock:
            now = self._now()
            bucket = self._of(address, now)
            if bucket.empty(now):
                return False
            bucket.take(now)
            return True

    def empty(self, address: str) -> bool:
        """Whether nothing can be taken for this address now."""
        with self._lock:
            bucket = self._buckets.get(address)
            return bucket is not None and bucket.empty(self._now())

    def may_be_empty(self, address: str) -> bool:
        """Whether it is worth asking; this waits for nothing."""
        return self.empty(address)

    def _of(self, address: str, now: float) -> Bucket:
        if address not in self._buckets:
            if len(self._buckets) >= MOST_KNOWN:
                self._buckets = {name: bucket for name, bucket in self._buckets.items() if not bucket.full(now)}
            if len(self._buckets) >= MOST_KNOWN:
                del self._buckets[next(iter(self._buckets))]
            self._buckets[address] = Bucket(self._rate, now)
        return self._buckets[address]


class Held:
    """How much of something each address holds at the same time, such as open sockets."""

    def __init__(self, each: int, most: float = math.inf) -> None:
        """Nothing yet; an address may hold `each`, all together `most`."""
        self._each, self._most = each, most
        self._held: Counter[str] = Counter()

    def enter(self, address: str) -> bool:
        """Count one more; False if that is too many."""
        if not self.has_room(address):
            return False
        self._held[address] += 1
        return True

    def has_room(self, address: str) -> bool:
        """Whether one more would not be too many."""
        return self._held[address] < self._each and self._held.total() < self._most

    def leave(self, address: str) -> None:
        """Count one less."""
        self._held[address] -= 1
        if self._held[address] <= 0:
            del self._held[address]
