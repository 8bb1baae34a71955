"""The server's side of a websocket, with a client that neither reads nor answers."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from typing import Any

import uvicorn

from choreo.hub.live.socket import LiveSocket

SHAKE = (
    "GET /live/phone HTTP/1.1\r\nHost: hub\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)


async def serve(app: Any, deaf: Callable[[int], Any], **options: Any) -> None:
    """Serve `app` while a client that reads nothing is connected."""
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        app, ws=LiveSocket, ws_per_message_deflate=False, lifespan="off", log_level="critical", **options
    )
    server = uvicorn.Server(config)
    running = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        await asyncio.wait_for(deaf(listener.getsockname()[1]), 30)
    finally:
        server.should_exit = True
        await running
        listener.close()


async def connected(port: int) -> socket.socket:
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
    client.setblocking(False)
    loop = asyncio.get_running_loop()
    await loop.sock_connect(client, ("127.0.0.1", port))
    await loop.sock_sendall(client, SHAKE.encode())
    return client


def test_who_does_not_answer_a_ping_is_cut_off_whatever_waits_for_them() -> None:
    ended = asyncio.Event()

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        try:
            while True:
                await send({"type": "websocket.send", "text": "x" * 10_000})
        finally:
            ended.set()

    async def deaf(port: int) -> None:
        with await connected(port):
            await ended.wait()

    asyncio.run(serve(app, deaf, ws_ping_interval=0.2, ws_ping_timeout=0.2))


def test_what_a_client_has_not_read_does_not_stay_after_the_end(monkeypatch: Any) -> None:
    monkeypatch.setattr("choreo.hub.live.socket.GRACE", 0.1)
    lost = asyncio.Event()
    ended = LiveSocket.connection_lost

    def connection_lost(self: LiveSocket, exc: Exception | None) -> None:
        ended(self, exc)
        lost.set()

    monkeypatch.setattr(LiveSocket, "connection_lost", connection_lost)

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        while True:
            try:
                await asyncio.wait_for(send({"type": "websocket.send", "text": "x" * 10_000}), 0.2)
            except TimeoutError:
                return

    async def deaf(port: int) -> None:
        with await connected(port):
            await lost.wait()

    asyncio.run(serve(app, deaf))
