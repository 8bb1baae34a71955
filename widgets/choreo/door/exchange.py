"""One question after another to the servers behind the door, and where each one's answer is read."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from choreo.door.answer import Answer, AnswerError, read_answer
from choreo.door.copying import Copying
from choreo.door.head import Head
from choreo.door.line import END, EndedError, Line, TooLongError
from choreo.hub.servers import Server

LONGEST_ANSWER = 64 * 1024  # bytes of an answer's head
CONNECT = 3.0  # seconds until a server takes a connection
ANSWER = 180.0  # seconds until it begins to answer: a lesson may run for a minute before it is shown for the first time
PIECE = 20.0  # seconds until the next piece of a body has to be there
ASKING = (b"GET", b"HEAD")  # what can be asked twice


class NoAnswerError(Exception):
    """A server does not answer."""

    def __init__(self, again: bool) -> None:
        """`again`: the same can be asked of another server, because this one has done nothing or was only asked."""
        super().__init__()
        self.again = again


@dataclass(frozen=True)
class Asked:
    """A request as a server gets it."""

    head: Head
    said: bytes  # the head, and the body if it is held
    held: bool  # whether all of it is there; else the body is still to come from the client


class Exchange:
    """A client's lines to the servers; at most one is asked at a time."""

    def __init__(self, client: Line) -> None:
        """Bodies that are not held come from `client`."""
        self._client = client
        self._lines: dict[Server, Line] = {}  # kept for the next question
        self._asked: Server | None = None
        self._saying: asyncio.Task[None] | None = None

    @property
    def line(self) -> Line:
        """Where the answer comes."""
        assert self._asked
        return self._lines[self._asked]

    @property
    def said(self) -> bool:
        """Whether the request was said to its end."""
        return self._saying is None or (self._saying.done() and not self._saying.exception())

    async def ask(self, server: Server, asked: Asked) -> Answer:
        """The head of the server's answer; raise NoAnswerError."""
        self._asked, twice = server, asked.head.method in ASKING
        kept = self._lines.pop(server, None)
        if kept and twice and asked.held and not kept.ended and not kept.waiting:
            self._lines[server] = kept
            try:
                return await self._answer(kept, asked)
            except EndedError:  # it had hung up just then
                self.give_up().close()
        elif kept:
            kept.close()
        try:
            async with asyncio.timeout(CONNECT):
                _, line = await asyncio.get_running_loop().create_connection(Line, server.host, server.port)
        except (OSError, TimeoutError):
            raise NoAnswerError(again=asked.held) from None
        self._lines[server] = line
        try:
            return await self._answer(line, asked)
        except EndedError:
            self.give_up().close()
            raise NoAnswerError(again=asked.held and twice) from None

    async def _answer(self, line: Line, asked: Asked) -> Answer:
        await line.write(asked.said)
        if not asked.held:
            self._saying = asyncio.create_task(self._say(line, asked.head.length))
        while True:
            try:
                async with asyncio.timeout(ANSWER):
                    answer = read_answer(await line.until(END, LONGEST_ANSWER), asked.head.method)
            except TooLongError:
                raise AnswerError("its head is too long") from None
            except TimeoutError:
                self.give_up().close()
                raise NoAnswerError(again=False) from None
            if answer.status >= 200 or (answer.status == 101 and asked.head.upgrades):
                return answer
            await self._client.write(answer.raw)

    async def _say(self, line: Line, length: int) -> None:
        copying = Copying(self._client, line)
        await copying.body(length, PIECE)
        await copying.flush()

    def done(self, answer: Answer) -> None:
        """The answer was read to its end: the line can be used again, if the server keeps it."""
        if not (answer.keeps and self.said):
            self.give_up().close()

    def give_up(self) -> Line:
        """The line, which is somebody else's from now on."""
        assert self._asked
        return self._lines.pop(self._asked)

    def close(self) -> None:
        """Hang up everywhere."""
        if self._saying and not self.said:
            self._saying.cancel()
        for line in self._lines.values():
            line.close()
