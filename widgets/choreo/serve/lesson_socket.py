"""The websocket between a lesson's page and its kernel.

Opening it is asking for a kernel. Frames (see forking/wire.py) go through as they are, both ways; besides, the server says in
text: {"kernel": "new" | "same"} when there is one, {"place": n, "ticket": "..."} while the course is full, {"trouble": why} when
there can be none, {"move": true} when this server leaves and the page should ask another. It closes with a code of its own when
the kernel is gone. The page says "bye" when it is left for good.

Where there are several servers, a page may ask for less: `only=same` is the kernel that it has, wherever that is; `only=room`
one that is there at once; `only=queue` one that it waits for under the `ticket` it was told with its place (queue.py), where it
does not wait yet. A server that has not got it says before the websocket opens that another one may (drain.py).

A new kernel is asked at once for what the learner did, through the comm that the page names as `link`.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
from typing import Any

from tornado.websocket import WebSocketClosedError, WebSocketHandler

from choreo.serve.drain import Drain, pass_on
from choreo.serve.forking.nursery import NoLessonError, NurseryError
from choreo.serve.forking.wire import Message, pack
from choreo.serve.guard import GuardedHandler
from choreo.serve.passes import Passes
from choreo.serve.queue import FullError, Ticket
from choreo.serve.sessions import ENDED, Session, Sessions
from choreo.stores.chosen import own_cookies

log = logging.getLogger(__name__)

TROUBLE, MOVED = 4001, 4003  # closing codes: there can be no kernel; there can be none here, but perhaps elsewhere
QUEUE_LOOKS = 1.0  # seconds between two looks at the queue
STRANGER = (
    "This page no longer knows who you are, so nothing more can be kept. Open the lesson again from the home page; "
    "what you kept under your resume code is safe."
)
NOT_STARTED = (
    "The course’s computer could not start it just now. What you kept is safe. Wait a minute, then bring everything back; "
    "if it stays like this, please tell whoever runs the course."
)
CROWDED = (
    "Very many people wait for a place already. What you kept is safe. Wait some minutes, then bring everything back."
)
CHANGED = "It was changed after you opened it. What you kept is safe: bring everything back in its new form."


def _open(link: str) -> bytes:
    data = {"method": "custom", "content": {"type": "open"}}  # what views/link.js would say
    return pack(Message({"type": "comm_msg", "comm": link, "data": data, "metadata": {}}))


class LessonSocket(GuardedHandler, WebSocketHandler):
    """One page's connection."""

    def initialize(self, sessions: Sessions, passes: Passes, drain: Drain) -> None:
        """Take the sessions of this server, what knows learners' passes, and whether the server is leaving."""
        self._sessions = sessions
        self._passes = passes
        self._drain = drain
        self._session: Session | None = None
        self._opening: asyncio.Task[None] | None = None

    async def get(self, lesson: str) -> None:
        """Open the websocket, or send the page on to another server."""
        if self._is_for_another(lesson):
            pass_on(self)
        else:
            await super().get(lesson)

    def _is_for_another(self, lesson: str) -> bool:
        key = self._key()
        if key is None:
            return False  # it is told why
        found = self._sessions.found(key)
        if found is not None and found.lesson == lesson:
            return False
        if self._only == "room" and not self._sessions.has_room(self._address):
            return True
        if self._only == "queue":
            ticket = self._ticket(key[0])
            return self._drain.draining or ticket is None or not self._sessions.queue.takes(ticket, self._address)
        return self._drain.draining or self._only == "same"

    def _key(self) -> tuple[str, str] | None:
        """By what the page's session is found; None for a page without a name or a pass."""
        name = self.get_argument("page", "")[:64]
        learner = self._passes.learner(self.request.headers.get("Cookie", ""))
        return (learner, name) if name and learner is not None else None

    def _ticket(self, learner: str) -> Ticket | None:
        """Under which the page waits on another server, or did so a moment ago."""
        tickets = self._passes.tickets
        return tickets.read(self.get_argument("ticket", ""), learner) if tickets else None

    @property
    def _only(self) -> str:
        return self.get_argument("only", "")

    @property
    def _address(self) -> str:
        return self.request.remote_ip or ""

    def open(self, lesson: str) -> None:
        """Begin to look for a kernel; meanwhile the connection is kept alive, and its end is noticed."""
        self.set_nodelay(True)
        self._opening = asyncio.create_task(self._find_kernel(lesson))

    async def _find_kernel(self, lesson: str) -> None:
        try:
            await self._give_kernel(lesson)
        except NoLessonError as error:
            self._refuse(str(error))
        except FullError:
            self._sessions.measures.refused("full")
            self._refuse(CROWDED)
        except NurseryError as error:
            log.warning("%s", error)
            self._refuse(NOT_STARTED)
        except Exception:
            log.exception("A kernel of %s could not be given", lesson)
            self._refuse(NOT_STARTED)
        finally:
            self._sessions.queue.leave(self)

    async def _give_kernel(self, lesson: str) -> None:
        """Give the page its kernel: the one it had, or a new one, once there is room."""
        key, address = self._key(), self._address
        if key is None:
            self._sessions.measures.refused("pass")
            self._refuse(STRANGER)
            return
        session = self._sessions.found(key)
        if session is not None and session.lesson == lesson:
            if session.ended:
                session.ended(ENDED)  # the page's own older connection, that nobody has noticed to be dead
            self._join(session, "same")
            return
        ticket, told = self._ticket(key[0]) or Ticket(key), False
        while place := self._sessions.place(self, address, ticket):
            if self._drain.draining:
                self.close(MOVED)
                return
            if not told or self._only != "queue":  # a page goes by the place that its own server tells
                self._say({"place": place} | self._signed())
                told = True
            await asyncio.sleep(QUEUE_LOOKS)
            if self.ws_connection is None:
                return
        environ = {"HTTP_COOKIE": own_cookies(self.request.headers.get("Cookie", ""))}
        session = await self._sessions.begin(key, lesson, environ, self, address)
        shown = self.get_argument("version", "")
        if shown and shown != session.version:
            self._sessions.end(session)
            self._refuse(CHANGED)
        elif self.ws_connection is None:
            self._sessions.part(session)
        else:
            self._join(session, "new")
            if link := self.get_argument("link", "")[:64]:
                await self._sessions.hear(session, _open(link))

    def _signed(self) -> dict[str, str]:
        tickets = self._passes.tickets
        return {"ticket": tickets.signed(self._sessions.queue.ticket(self))} if tickets else {}

    def _join(self, session: Session, kind: str) -> None:
        self._session = session
        self._say({"kernel": kind})
        self._sessions.join(session, self._send, self._ended, lambda: self._say({"move": True}))

    async def on_message(self, message: str | bytes) -> None:
        """Hand a frame to the kernel, no faster than it listens; a "bye" ends it."""
        if self._session is None:
            return
        if isinstance(message, bytes):
            await self._sessions.hear(self._session, message)
        elif message == "bye":
            self._sessions.end(self._session)
            self._session = None

    def on_close(self) -> None:
        """The page is away, perhaps for a moment."""
        self._sessions.queue.leave(self)
        if self._session is not None:
            self._sessions.part(self._session)

    def _ended(self, code: int) -> None:
        self._session = None
        self.close(code)

    async def _send(self, frame: bytes) -> None:
        """Send a frame; return once the page has taken it. Raise ConnectionResetError if it has left."""
        try:
            await self.write_message(frame, binary=True)
        except WebSocketClosedError as error:
            raise ConnectionResetError from error

    def _say(self, content: dict[str, Any]) -> None:
        with contextlib.suppress(WebSocketClosedError):
            said = asyncio.ensure_future(self.write_message(json.dumps(content)))
            said.add_done_callback(lambda done: done.exception())  # a page that left is no error

    def _refuse(self, why: str) -> None:
        self._say({"trouble": why})
        self.close(TROUBLE)

    def get_compression_options(self) -> dict[str, Any]:
        """Compress: a run's frames shrink to a third."""
        return {"compression_level": 1, "mem_level": 5}
