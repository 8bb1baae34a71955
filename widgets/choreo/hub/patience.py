"""How long the hub waits for a request: heads and bodies come within a time, or their connection ends."""

from __future__ import annotations

import asyncio
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from choreo.hub.limits import HEAD

BODY = 120.0  # seconds for a body: 6 MB over a slow phone


class PatientHttp(H11Protocol):
    """HTTP that ends connections which keep it waiting."""

    _deadline: asyncio.TimerHandle | None = None
    _awaited: object = None  # h11's state of the client that the deadline is for

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a head."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Hear, and wait for what is to come."""
        super().data_received(data)
        self._wait()

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no HTTP; whoever was to answer it hears that the visitor is gone, and has nothing to say any more."""
        if self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            super().send_400_response(msg)
        else:  # the answer is on its way already
            self.transport.close()
        if self.cycle is not None:
            self.cycle.disconnected = True
            self.cycle.message_event.set()

    def on_response_complete(self) -> None:
        """Answered: what comes next has a time of its own."""
        super().on_response_complete()
        self._forget()
        if self.timeout_keep_alive_task is None:  # the next request was here already
            self._wait()

    def handle_websocket_upgrade(self, event: Any) -> None:
        """Somebody else serves this connection from now on."""
        self._forget()
        super().handle_websocket_upgrade(event)
        self._awaited = h11.SWITCHED_PROTOCOL

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        self._forget()
        super().connection_lost(exc)

    def _wait(self) -> None:
        state = self.conn.their_state
        if state is self._awaited or self._awaited is h11.SWITCHED_PROTOCOL:
            return
        self._forget()
        if state in (h11.IDLE, h11.SEND_BODY) and not self.transport.is_closing():
            self._awaited = state
            self._deadline = self.loop.call_later(HEAD if state is h11.IDLE else BODY, self.transport.abort)

    def _forget(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
        self._deadline = self._awaited = None
