"""A phone where no websocket gets through."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import httpx
from tests.hub.live.visiting import PATIENCE, Server


class Stream:
    """Server-sent events in, posts out."""

    def __init__(self, client: httpx.AsyncClient, events: AsyncIterator[str]) -> None:
        self._client, self._events = client, events

    async def next(self) -> dict[str, Any]:
        while True:
            text = await asyncio.wait_for(anext(self._events), PATIENCE)
            if text.startswith("data:"):
                message: dict[str, Any] = json.loads(text.removeprefix("data:"))
                return message

    async def view(self, good: Callable[[dict[str, Any]], Any] = bool) -> dict[str, Any]:
        while True:
            message = await self.next()
            if "view" in message and good(message["view"]):
                view: dict[str, Any] = message["view"]
                return view

    async def post(self, message: Any) -> dict[str, Any]:
        reply = await self._client.post("/live/phone/say", json=message)
        assert reply.status_code == 200, reply.text
        answer: dict[str, Any] = reply.json()
        return answer


@asynccontextmanager
async def stream(server: Server, secret: str) -> AsyncIterator[Stream]:
    headers = {"Authorization": f"Bearer {secret}", "Accept-Encoding": "gzip"}
    async with (
        httpx.AsyncClient(base_url=server.url, headers=headers, trust_env=False, timeout=PATIENCE) as client,
        client.stream("GET", "/live/phone/stream") as reply,
    ):
        assert reply.status_code == 200
        assert reply.headers["content-type"].startswith("text/event-stream")
        yield Stream(client, reply.aiter_lines())
