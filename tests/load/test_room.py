"""A room of 200 phones: nothing that was acknowledged is lost, and nothing counts twice. Times are not looked at here."""

from __future__ import annotations

import asyncio
from pathlib import Path

from tests.hub.live.visiting import serving
from tests.load.room import Report, play


def test_two_hundred_phones_join_vote_tap_and_come_back_without_a_loss(tmp_path: Path) -> None:
    report = Report(200)
    with serving(tmp_path) as server:
        asyncio.run(play(server, report, join=2.0, spike=1.0, taps=4))
    assert (report.lost, report.doubled, report.unanswered, report.refused) == (0, 0, 0, 0), report.figures
