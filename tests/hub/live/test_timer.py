"""The clock of an activity goes on, whatever the computer's does."""

from __future__ import annotations

import asyncio
import time
from itertools import pairwise
from pathlib import Path

import pytest
from tests.hub.live.bench import Bench, run

from choreo.hub.live.commands import do


def test_times_in_the_log_never_go_back_even_if_the_computers_clock_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def begin(found: Bench) -> None:
        await do(found.room, "begin", {"item": 2})
        session = found.room.id
        yesterday = time.time() - 86_400
        monkeypatch.setattr(time, "time", lambda: yesterday)
        await found.rooms._put_away(found.room, "", 0)
        room = await found.rooms.get(session)
        assert room is not None
        assert room is not found.room
        started = room.session.last
        while room.session.last < started + 2:  # its timer goes on as well
            await asyncio.sleep(0.05)
        log = found.store.log(session)
        assert [event.kind for event in log[-2:]] == ["tick", "tick"]
        assert all(one.at <= two.at for one, two in pairwise(log))

    run(tmp_path, begin)
