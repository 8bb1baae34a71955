"""Servers, kernels and the database are killed under people who write and vote: nothing acknowledged is lost."""

from __future__ import annotations

from tests.hub.postgres import programs
from tests.load.chaos import trial


def test_whatever_is_killed_nothing_acknowledged_is_lost_and_everybody_is_back() -> None:
    report = trial(seconds=12, seed=38, learners=4, voters=6, every=1.5, pause=0.5)
    assert report.lost.total() == report.away == 0, str(report)
    assert report.kills.total() >= 4, str(report)
    assert bool(report.kills["postmaster"]) == (programs() is not None), str(report)
    assert min(report.acknowledged.values()) >= 8, str(report)
