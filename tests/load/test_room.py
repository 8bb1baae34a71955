"""A room of 200 phones: nothing that was acknowledged is lost, and nothing counts twice. Times are not looked at here."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from tests.deploy.nginx import program
from tests.hub.live.visiting import serving
from tests.hub.postgres import programs
from tests.load.behind_nginx import behind_nginx
from tests.load.room import Report, play
from tests.load.wire import Hubs


def come_through(hubs: Hubs) -> None:
    report = Report(200)
    asyncio.run(play(hubs, report, join=2.0, spike=1.0, taps=4))
    assert (report.lost, report.doubled, report.unanswered, report.refused) == (0, 0, 0, 0), report.figures


def test_two_hundred_phones_join_vote_tap_and_come_back_without_a_loss(tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        come_through(Hubs.alone(server))


def test_so_they_do_through_nginx_with_tls_and_two_hubs_on_one_database(tmp_path: Path) -> None:
    program("nginx")
    if programs() is None:
        pytest.skip("no PostgreSQL on this machine (apt-get install postgresql)")
    with behind_nginx(tmp_path) as hubs:
        come_through(hubs)
