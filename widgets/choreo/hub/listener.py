"""Taking connections: never more than there are files for, and never so many of one address that others find no place."""

from __future__ import annotations

import errno
import logging
import os
import socket
from collections import Counter
from collections.abc import Callable, Container
from typing import Any

log = logging.getLogger("choreo")

FILES = 8192  # that a server asks the system for; a quarter is for the database, kernels and what is read
MOST_UNANSWERED = 2048  # connections that have not been answered anything yet
AT_ONCE = 64  # connections taken before the others are served again
NONE_LEFT = (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM)


def places(most: int = FILES) -> int:
    """How many connections this process has files for, once it has asked the system for as many as it gives, up to `most`."""
    try:
        import resource
    except ImportError:  # Windows counts otherwise, and gives plenty
        return most // 2
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = most if hard == resource.RLIM_INFINITY else min(hard, most)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        soft = wanted
    files = most if soft == resource.RLIM_INFINITY else soft
    return max(1, files - files // 4 - 2 * AT_ONCE)


class Guest(socket.socket):
    """A connection that tells its listener when it is answered for the first time, and when it is closed."""

    def __init__(self, listener: Listener, address: str, handle: int) -> None:
        """Take over the connection behind `handle`, which comes from `address`."""
        super().__init__(listener.family, listener.type, listener.proto, fileno=handle)
        self.address = address
        self._listener: Listener | None = listener

    def send(self, *data: Any) -> int:
        """Send, as every socket does."""
        if self._listener:
            self._listener.answered(self)
        return super().send(*data)

    def close(self) -> None:
        """Close, and make room."""
        listener, self._listener = self._listener, None
        if listener:
            listener.left(self)
        super().close()


class Listener(socket.socket):
    """A listening socket for a server's loop. Whoever was never answered and waits the longest makes way for others."""

    def __init__(
        self,
        bound: socket.socket,
        most: int,
        proxies: Container[str] = (),
        refused: Callable[[], object] = lambda: None,
    ) -> None:
        """Take over a bound socket; `most` connections at once, half of them from one address that is no proxy.

        `refused` is called for each that was turned away.
        """
        # Loops send what is small at once (TCP_NODELAY) only where a socket names its protocol.
        super().__init__(bound.family, bound.type, socket.IPPROTO_TCP, fileno=bound.detach())
        self.setblocking(False)
        self._most, self._each, self._proxies = most, max(1, most // 2), proxies
        self._open: Counter[str] = Counter()
        self._unanswered: dict[Guest, None] = {}  # the longest waiting first
        self._taken, self._refused = 0, refused
        self._spare = os.open(os.devnull, os.O_RDONLY)

    def accept(self) -> tuple[socket.socket, Any]:
        """The next connection that may come in; raise BlockingIOError when there is none, or others have their turn."""
        while True:
            self._taken += 1
            if self._taken % AT_ONCE == 0:
                raise BlockingIOError(errno.EAGAIN, "others first")
            try:
                handle, address = self._accept()  # type: ignore[attr-defined]
            except OSError as error:
                if error.errno not in NONE_LEFT:
                    raise
                self._refuse_one()
                raise BlockingIOError(errno.EAGAIN, "no file left") from error
            guest = Guest(self, address[0], handle)
            self._open[guest.address] += 1
            self._unanswered[guest] = None
            if self._open[guest.address] <= self._each or guest.address in self._proxies:
                self._make_room()
                return guest, address
            self._refused()
            guest.close()

    def answered(self, guest: Guest) -> None:
        """The connection was sent something."""
        self._unanswered.pop(guest, None)

    def left(self, guest: Guest) -> None:
        """The connection is over."""
        self._unanswered.pop(guest, None)
        self._open[guest.address] -= 1
        if not self._open[guest.address]:
            del self._open[guest.address]

    def close(self) -> None:
        """Take no more."""
        if self._spare >= 0:
            os.close(self._spare)
            self._spare = -1
        super().close()

    def _make_room(self) -> None:
        """Have the longest waiting hang up, if there are too many; whoever serves it sees its end."""
        if len(self._unanswered) > MOST_UNANSWERED or self._open.total() > self._most:
            waiting = next(iter(self._unanswered))
            self.answered(waiting)
            self._refused()
            try:
                waiting.shutdown(socket.SHUT_RDWR)
            except OSError:
                return  # it has hung up by itself

    def _refuse_one(self) -> None:
        """Take a connection with the file kept for this, and hang up: left waiting, it would wake the loop for ever."""
        log.error("No files are left for new connections.")
        os.close(self._spare)
        try:
            handle, _ = self._accept()  # type: ignore[attr-defined]
            os.close(handle)
            self._refused()
        except OSError:
            return
        finally:
            self._spare = os.open(os.devnull, os.O_RDONLY)
