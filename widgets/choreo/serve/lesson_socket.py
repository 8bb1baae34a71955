"""The websocket between a lesson's page and its kernel.

Opening it is asking for a kernel. Frames (see forking/wire.py) go through as they are, both ways; besides, the server says in
text: {"kernel": "new" | "same"} when there is one, {"place": n} while the course is full, {"trouble": why} when there can be
none. It closes with a code of its own when the kernel is gone. The page says "bye" when it is left for good.
A new kernel is asked at once for what the learner did, through the comm that the page names as `link`.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
from typing import Any

from tornado.websocket import WebSocketClosedError, WebSocketHandler

from choreo.serve.forking.nursery import NurseryError
from choreo.serve.forking.wire import Message, pack
from choreo.serve.own_name import OwnName
from choreo.serve.sessions import ENDED, Session, Sessions
from choreo.stores.chosen import COOKIE

log = logging.getLogger(__name__)

TROUBLE = 4001  # closing code: there can be no kernel
QUEUE_LOOKS = 1.0  # seconds between two looks at the queue
STRANGER = (
    "This page no longer knows who you are, so nothing more can be kept. Open the lesson again from the home page; "
    "what you kept under your resume code is safe."
)
CHANGED = "It was changed after you opened it. What you kept is safe: bring everything back in its new form."


def _open(link: str) -> bytes:
    data = {"method": "custom", "content": {"type": "open"}}  # what views/link.js would say
    return pack(Message({"type": "comm_msg", "comm": link, "data": data, "metadata": {}}))


class LessonSocket(OwnName, WebSocketHandler):
    """One page's connection."""

    def initialize(self, sessions: Sessions, hub: str) -> None:
        """Take the sessions of this server, and the hub's address ("" where nobody needs a pass)."""
        self._sessions = sessions
        self._hub = hub
        self._session: Session | None = None
        self._opening: asyncio.Task[None] | None = None

    def open(self, lesson: str) -> None:
        """Begin to look for a kernel; meanwhile the connection is kept alive, and its end is noticed."""
        self.set_nodelay(True)
        self._opening = asyncio.create_task(self._find_kernel(lesson))

    async def _find_kernel(self, lesson: str) -> None:
        try:
            await self._give_kernel(lesson)
        except NurseryError as error:
            self._refuse(str(error))
        except Exception:
            log.exception("A kernel of %s could not be given", lesson)
            self._refuse("The course server made a mistake. Nothing saved is lost; try again.")
        finally:
            self._sessions.leave(self)

    async def _give_kernel(self, lesson: str) -> None:
        """Give the page its kernel: the one it had, or a new one, once there is room."""
        cookie = self.get_cookie(COOKIE, "")
        name = self.get_argument("page", "")[:64]
        if not name or (self._hub and not cookie):
            self._refuse(STRANGER)
            return
        key = (cookie.split(".")[0], name)  # the rest of the cookie changes when the home page renews it
        session = self._sessions.found(key)
        if session is not None and session.lesson == lesson:
            if session.ended:
                session.ended(ENDED)  # the page's own older connection, that nobody has noticed to be dead
            self._join(session, "same")
            return
        while place := self._sessions.place(self):
            self._say({"place": place})
            await asyncio.sleep(QUEUE_LOOKS)
            if self.ws_connection is None:
                return
        session = await self._sessions.begin(key, lesson, {"HTTP_COOKIE": f"{COOKIE}={cookie}"}, ticket=self)
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

    def _join(self, session: Session, kind: str) -> None:
        self._session = session
        self._say({"kernel": kind})
        self._sessions.join(session, self._send, self._ended)

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
        self._sessions.leave(self)
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
