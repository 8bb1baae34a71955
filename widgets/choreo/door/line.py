"""One end of a connection: what came and is not read yet, and what waits to be sent; neither grows beyond a bound."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

MOST = 64 * 1024  # bytes of each; whoever sends more waits until they are read
STALLED = 60.0  # seconds that somebody may take too little of what is sent to them
LINGER = 1.0  # seconds for the other side to hang up, too
END = b"\r\n\r\n"


class EndedError(Exception):
    """The other side has hung up."""


class TooLongError(Exception):
    """More came than may come before the end of a head."""


class Line(asyncio.Protocol):
    """A connection that is read in pieces, or spliced: then all that comes goes out on another one as it is."""

    def __init__(self, made: Callable[[Line], None] | None = None) -> None:
        """`made` is called once there is a connection."""
        self._made = made
        self._came = bytearray()
        self._news: asyncio.Future[None] | None = None  # what the reader waits for
        self._room: asyncio.Future[None] | None = None  # what the writer waits for
        self._full = False
        self._paused = False
        self._deaf = False
        self._dropped = False
        self._stalled: asyncio.TimerHandle | None = None
        self._onto: Line | None = None
        self._parting = LINGER  # seconds for that one to hang up, once this one has
        self._from: Line | None = None
        self.ended = False
        self.gone: Callable[[], object] | None = None  # called at the end

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        transport.set_write_buffer_limits(MOST)
        if self._made:
            self._made(self)

    def data_received(self, data: bytes) -> None:
        """Keep it for the reader, or pass it on."""
        if self._deaf:
            return
        if self._onto:
            self._onto.transport.write(data)
            return
        self._came += data
        if len(self._came) > MOST:
            self._pause()
        self._wake(self._news)

    def connection_lost(self, error: Exception | None) -> None:
        """Tell whoever waits."""
        self.ended = True
        self._move_on()
        self._wake(self._news)
        self._wake(self._room)
        if self._onto and (
            error or self._dropped
        ):  # broken off: who floods and runs away leaves nothing to be worked on
            self._onto.transport.abort()
        elif self._onto:
            self._onto.linger(self._parting)
        if self.gone:
            self.gone()

    def pause_writing(self) -> None:
        """The other side takes less than it is sent: whoever sends waits, but not for ever."""
        self._full = True
        self._stalled = asyncio.get_running_loop().call_later(STALLED, self._let_go)
        if self._from:
            self._from._pause()

    def resume_writing(self) -> None:
        """It goes on."""
        self._full = False
        self._move_on()
        self._wake(self._room)
        if self._from:
            self._from._resume()

    # -- reading -------------------------------------------------------------------------------------------------------

    async def more(self) -> None:
        """Return once more has come; raise EndedError if nothing comes any more."""
        if self.ended:
            raise EndedError
        self._resume()
        self._news = asyncio.get_running_loop().create_future()
        await self._news
        if self.ended and not self._came:
            raise EndedError

    async def some(self) -> None:
        """Return once there is something to take; raise EndedError."""
        if not self._came:
            await self.more()

    async def until(self, end: bytes, longest: int) -> bytes:
        """All that comes up to `end`, and that; raise TooLongError, EndedError."""
        looked = 0
        while (at := self._came.find(end, looked)) < 0:
            if len(self._came) > longest:
                raise TooLongError
            looked = max(0, len(self._came) - len(end))
            await self.more()
        if at > longest:
            raise TooLongError
        return self.take(at + len(end))

    def take(self, most: int) -> bytes:
        """What has come, at most so many bytes of it."""
        if most >= len(self._came):
            taken, self._came = bytes(self._came), bytearray()
        else:
            taken = bytes(memoryview(self._came)[:most])
            del self._came[:most]
        if len(self._came) <= MOST:
            self._resume()
        return taken

    @property
    def waiting(self) -> int:
        """How many bytes have come and were not taken yet."""
        return len(self._came)

    # -- writing -------------------------------------------------------------------------------------------------------

    async def write(self, data: bytes) -> None:
        """Send, and return once there is room for more; raise EndedError if the other side is gone or takes nothing."""
        if self.ended or self.transport.is_closing():
            raise EndedError
        self.transport.write(data)
        while self._full and not self.ended:
            self._room = asyncio.get_running_loop().create_future()
            await self._room

    def splice(self, other: Line) -> None:
        """From now on whatever comes on one of the two goes out on the other, no faster than it is taken there.

        A server behind `other` first hears all that its client has said, whatever that one still takes.
        """
        for one, onto, parting in ((self, other, STALLED), (other, self, LINGER)):
            one._onto, onto._from, one._parting = onto, one, parting
            if one._came:
                onto.transport.write(one.take(len(one._came)))
            if onto._full:
                one._pause()
            else:
                one._resume()
            if one.ended:
                onto.linger(parting)

    def close(self) -> None:
        """Hang up once all was taken; at once where that takes too long."""
        if not self.ended and not self.transport.is_closing():
            self.transport.close()
            if self.transport.get_write_buffer_size() and not self._stalled:
                self._stalled = asyncio.get_running_loop().call_later(STALLED, self._let_go)

    def end(self) -> None:
        """Hang up, also on the line that this one is spliced to."""
        for line in (self, self._onto):
            if line:
                line.close()

    def linger(self, patience: float | None = None) -> None:
        """Hang up in a way that what was said last arrives: what still comes meanwhile is taken, and forgotten."""
        if self.ended or self.transport.is_closing():
            return
        self._deaf = True
        self._came.clear()
        self._resume()
        if self.transport.can_write_eof():
            self.transport.write_eof()
        asyncio.get_running_loop().call_later(LINGER if patience is None else patience, self.close)

    def _pause(self) -> None:
        if not self._paused and not self.transport.is_closing():
            self._paused = True
            self.transport.pause_reading()

    def _resume(self) -> None:
        if self._paused and not self.transport.is_closing():
            self._paused = False
            self.transport.resume_reading()

    def _let_go(self) -> None:
        self._dropped = True
        self.transport.abort()

    def _move_on(self) -> None:
        if self._stalled:
            self._stalled.cancel()
            self._stalled = None

    @staticmethod
    def _wake(waiter: asyncio.Future[None] | None) -> None:
        if waiter and not waiter.done():
            waiter.set_result(None)
