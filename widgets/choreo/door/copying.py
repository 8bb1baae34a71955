"""Copying bodies from one line to another, piece by piece as they come; none is held."""

from __future__ import annotations

import asyncio

from choreo.door.answer import AnswerError
from choreo.door.line import MOST, Line, TooLongError

LONGEST_SIZE = 1024  # bytes of the line in front of a chunk, and of one behind the last
CRLF = b"\r\n"


class Copying:
    """What a source says goes out on a sink: what has come together goes out together, so that few packets carry it."""

    def __init__(self, source: Line, sink: Line, said: bytes = b"") -> None:
        """Begin with what is to be `said` before."""
        self._source, self._sink, self._said = source, sink, bytearray(said)

    async def put(self, piece: bytes) -> None:
        """Send it, or keep it for what is here already; raise EndedError."""
        self._said += piece
        if not self._source.waiting or len(self._said) > MOST:
            await self.flush()

    async def flush(self) -> None:
        """Send what was kept; raise EndedError."""
        if self._said:
            said, self._said = bytes(self._said), bytearray()
            await self._sink.write(said)

    async def body(self, length: int, patience: float | None = None) -> None:
        """So many bytes; raise EndedError, or TimeoutError where the next piece takes longer than `patience` seconds."""
        while length:
            if not self._source.waiting:
                await self.flush()
                async with asyncio.timeout(patience):
                    await self._source.some()
            piece = self._source.take(min(length, MOST))
            length -= len(piece)
            await self.put(piece)

    async def chunks(self) -> None:
        """All chunks of a body and what follows the last; raise EndedError, AnswerError."""
        try:
            while True:
                line = await self._line()
                size = int(line.partition(b";")[0], 16)
                if not size:
                    break
                await self.body(size + len(CRLF))
            while line != CRLF:
                line = await self._line()
        except (ValueError, TooLongError) as error:
            raise AnswerError("its chunks are none") from error

    async def _line(self) -> bytes:
        await self.put(b"")
        line = await self._source.until(CRLF, LONGEST_SIZE)
        await self.put(line)
        return line

    async def rest(self) -> None:
        """Everything, until the source raises EndedError."""
        while True:
            await self.put(b"")
            await self._source.some()
            await self.put(self._source.take(MOST))
