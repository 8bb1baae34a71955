"""One client's connection: its requests, one after another, each passed on to the server that its path names."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Container, Iterator
from dataclasses import dataclass

from choreo.door.answer import Answer, AnswerError
from choreo.door.away import away, refused
from choreo.door.backends import Backends
from choreo.door.copying import Copying
from choreo.door.errands import Errands
from choreo.door.exchange import PIECE, Asked, Exchange, NoAnswerError
from choreo.door.forwarded import came, request
from choreo.door.head import Head, HeadError, read_head
from choreo.door.line import END, EndedError, Line, TooLongError
from choreo.door.routes import kind_of, without
from choreo.hub.limits import HEAD, LONGEST_HEAD
from choreo.hub.public import Public
from choreo.hub.servers import Server

log = logging.getLogger("choreo.door")

LONGEST = LONGEST_HEAD - 1024  # bytes of a head: with what the door adds it still fits the backends
KEPT = 16 * 1024  # bytes of a body that is held until the request is answered, so that it can be said to another server
IDLE = 30.0  # seconds that a connection may wait for its next request
NEXT, HELD_BY = b"x-choreo-next", b"x-choreo-process"


@dataclass(frozen=True)
class Around:
    """What all visits share."""

    backends: Backends
    public: Public
    proxies: Container[str]
    errands: Errands


class Visit:
    """Serves one connection until it ends."""

    def __init__(self, client: Line, around: Around) -> None:
        """`client` is the line to the browser."""
        self._client, self._around = client, around
        self._exchange = Exchange(client)
        self._spliced = False
        peer = client.transport.get_extra_info("peername")
        self._peer = peer[0] if peer else ""

    async def serve(self) -> None:
        """Until the client goes, or is told to."""
        try:
            patience = HEAD
            while await self._next(patience):
                patience = IDLE
        except HeadError as error:
            self._client.transport.write(refused(error.status, str(error)))
        except AnswerError as error:
            log.error("A server's answer could not be read: %s.", error)
        except (EndedError, OSError):
            pass
        finally:
            self._exchange.close()
            if not self._spliced:
                self._client.linger()

    async def _next(self, patience: float) -> bool:
        """Serve the next request; whether there may be another one after it."""
        head = await self._head(patience)
        by = came(head, self._peer, self._around.proxies, self._around.public)
        target = without(by.front, head.target)
        kind = kind_of(target.partition(b"?")[0].decode("latin-1"))
        if kind == "door":
            return await self._errand(head, target)
        said = request(head, target, by)
        if held := head.length <= KEPT:
            said += await self._body(head.length)
        backends = self._around.backends
        servers = (backends.for_lesson if kind == "lessons" else backends.for_hub)(head, by.address)
        answer = await self._answered(Asked(head, said, held), servers)
        if answer is None:
            await self._client.write(away(head))
            return False
        return await self._tell(head, answer)

    async def _errand(self, head: Head, target: bytes) -> bool:
        """Answer what is asked of the door itself."""
        if head.length > KEPT:
            raise HeadError(413, "This is too long.")
        await self._client.write(
            await self._around.errands.done(head, target.decode("latin-1"), await self._body(head.length))
        )
        return False

    async def _head(self, patience: float) -> Head:
        try:
            async with asyncio.timeout(patience):
                await self._client.some()
            async with asyncio.timeout(HEAD):
                return read_head(await self._client.until(END, LONGEST))
        except TimeoutError:
            if self._client.waiting:
                raise HeadError(408, "The request did not come to its end in time.") from None
            raise EndedError from None
        except TooLongError:
            raise HeadError(431, "The head of this request is too long.") from None

    async def _body(self, length: int) -> bytes:
        body = bytearray()
        try:
            while len(body) < length:
                async with asyncio.timeout(PIECE):
                    await self._client.some()
                body += self._client.take(length - len(body))
        except TimeoutError:
            raise HeadError(408, "The request did not come to its end in time.") from None
        return bytes(body)

    async def _answered(self, asked: Asked, servers: Iterator[Server], led: bool = False) -> Answer | None:
        """The answer of the first server that has one, to be read from there on; None where all are away.

        `led`: a hub has named this one; where it names another one in turn, the client hears so.
        """
        for server in servers:
            try:
                answer = await self._exchange.ask(server, asked)
            except NoAnswerError as error:
                if error.again:
                    continue
                return None
            if asked.held and answer.status == 503 and answer.field(NEXT):
                self._exchange.give_up().close()
                continue
            if answer.status == 421 and asked.held and not led:
                holder = self._around.backends.hub(answer.field(HELD_BY))
                if holder and holder != server:
                    self._exchange.give_up().close()
                    return await self._answered(asked, iter((holder,)), led=True)
            return answer
        return None

    async def _tell(self, head: Head, answer: Answer) -> bool:
        """Pass the answer on; whether the client may ask for more afterwards."""
        client, line = self._client, self._exchange.line
        if answer.status == 101:
            await client.write(answer.raw)
            self._spliced = True
            client.splice(self._exchange.give_up())
            return False
        ends = answer.chunked or answer.length is not None
        keeps = ends and head.keeps and self._exchange.said
        copying = Copying(line, client, answer.written(close=not keeps))
        if answer.chunked:
            await copying.chunks()
        elif answer.length is not None:
            await copying.body(answer.length)
        else:
            await copying.rest()
        await copying.flush()
        self._exchange.done(answer)
        return keeps and self._exchange.said
