"""The websocket between a lesson's page and its kernel.

Opening it is asking for a kernel. Frames (see forking/wire.py) go through as they are, both ways; besides, the server says in
text: {"kernel": "new" | "same"} when there is one, {"place": n} while the course is full, {"trouble": why} when there can be
none. It closes with a code of its own when the kernel is gone. The page says "bye" when it is left for good.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from typing import Any

from tornado.websocket import WebSocketClosedError, WebSocketHandler

from choreo.serve.forking.nursery import NurseryError
from choreo.serve.sessions import ENDED, Session, Sessions
from choreo.stores.chosen import COOKIE

TROUBLE = 4001  # closing code: there can be no kernel
QUEUE_LOOKS = 1.0  # seconds between two looks at the queue


class LessonSocket(WebSocketHandler):
    """One page's connection."""

    def initialize(self, sessions: Sessions) -> None:
        """Take the sessions of this server."""
        self._sessions = sessions
        self._session: Session | None = None
        self._key = ("", "")

    async def open(self, lesson: str) -> None:
        """Give the page its kernel: the one it had, or a new one, once there is room."""
        self.set_nodelay(True)
        self._key = (self.get_cookie(COOKIE, ""), self.get_argument("page", "")[:64])
        session = self._sessions.found(self._key)
        if session is not None and session.lesson == lesson:
            if session.ended:
                session.ended(ENDED)  # the page's own older connection, that nobody has noticed to be dead
            self._join(session, "same")
            return
        try:
            while place := self._sessions.place(self):
                self._say({"place": place})
                await asyncio.sleep(QUEUE_LOOKS)
                if self.close_code is not None or self.ws_connection is None:
                    return
            session = await self._sessions.begin(
                self._key, lesson, {"HTTP_COOKIE": self.request.headers.get("Cookie", "")}
            )
        except NurseryError as error:
            self._say({"trouble": str(error)})
            self.close(TROUBLE)
            return
        finally:
            self._sessions.leave(self)
        if self.ws_connection is None:
            self._sessions.part(session)
        else:
            self._join(session, "new")

    def _join(self, session: Session, kind: str) -> None:
        self._session = session
        self._say({"kernel": kind})
        self._sessions.join(session, self._send, self._ended)

    def on_message(self, message: str | bytes) -> None:
        """Hand a frame to the kernel; a "bye" ends it."""
        if self._session is None:
            return
        if isinstance(message, bytes):
            self._sessions.hear(self._session, message)
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

    def _send(self, frame: bytes) -> None:
        self._quietly(frame, binary=True)

    def _say(self, content: dict[str, Any]) -> None:
        self._quietly(json.dumps(content), binary=False)

    def _quietly(self, message: str | bytes, binary: bool) -> None:
        with contextlib.suppress(WebSocketClosedError):
            sent = asyncio.ensure_future(self.write_message(message, binary=binary))
            sent.add_done_callback(lambda done: done.exception())  # a page that left is no error

    def get_compression_options(self) -> dict[str, Any]:
        """Compress: a run's frames shrink to a third."""
        return {"compression_level": 1, "mem_level": 5}
