"""How the server holds websockets: small messages, little memory, and no patience with who reads nothing."""

from __future__ import annotations

from asyncio.transports import BaseTransport, Transport
from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

LONGEST = 4096  # bytes of a message from a phone or a screen
LONGEST_OF_COACH = 64 * 1024  # a plan with its settings
MOST_UNREAD = 32 * 1024  # bytes that wait in this process for one client
GRACE = 2.0  # seconds that a closed client has to read what is on its way


class LiveSocket(WebSocketsSansIOProtocol):
    """A websocket that takes 4 KB from phones, and is cut off when its client leaves what was sent to it unread."""

    def connection_made(self, transport: BaseTransport) -> None:
        """Bound what may wait for this client."""
        super().connection_made(transport)
        if isinstance(transport, Transport):
            transport.set_write_buffer_limits(high=MOST_UNREAD)

    def handle_connect(self, event: Any) -> None:
        """Bound what this client may say."""
        self.conn.max_message_size = LONGEST_OF_COACH if event.path.startswith("/live/host") else LONGEST
        super().handle_connect(event)

    def keepalive_timeout(self) -> None:
        """End a connection whose other side is gone, without waiting until it has read everything."""
        super().keepalive_timeout()
        self.transport.abort()

    async def run_asgi(self) -> None:
        """Serve; afterwards what was not read within the grace is dropped."""
        await super().run_asgi()
        if self.transport.get_write_buffer_size():
            self.loop.call_later(GRACE, self.transport.abort)
