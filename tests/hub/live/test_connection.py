"""A client that reads nothing makes nobody wait."""

from __future__ import annotations

import asyncio
import time

import pytest

from choreo.hub.live.connection import Connection


def test_who_reads_nothing_is_dropped_and_only_they(monkeypatch: pytest.MonkeyPatch) -> None:
    async def listen() -> None:
        read: list[str] = []
        never: asyncio.Future[None] = asyncio.get_running_loop().create_future()

        async def swallow(text: str) -> None:
            read.append(text)

        async def clog(_text: str) -> None:
            await never

        async def wait() -> None:
            await asyncio.Event().wait()

        good, deaf = Connection("p1"), Connection("p2")
        lines = [asyncio.create_task(good.serve(wait, swallow)), asyncio.create_task(deaf.serve(wait, clog))]
        for number in range(5):
            for connection in (good, deaf):
                connection.show(f"view {number}")
                connection.tell(f"ack {number}")
            await asyncio.sleep(0)
        await asyncio.sleep(0.01)
        assert read[0] == "ack 0"
        assert read[-1] == "view 4"
        assert not good.stuck(time.monotonic() + 60)
        assert deaf.stuck(time.monotonic() + 60)
        deaf.drop(4408)
        assert await lines[1] == 4408
        for number in range(1000):
            deaf.tell(f"ack {number}")  # nobody minds
        good.drop(4404)
        assert await lines[0] == 4404

    asyncio.run(listen())
