"""How a lesson server gets empty, without any server."""

import asyncio
import time

import pytest
from tests.serve.test_sessions import counted, over, taken  # noqa: F401 - counted is a fixture

from choreo.serve import drain
from choreo.serve.drain import Drain
from choreo.serve.forking.nursery import POSSIBLE
from choreo.serve.sessions import Sessions

pytestmark = pytest.mark.skipif(not POSSIBLE, reason="this system cannot fork")


@pytest.fixture
def open_pages(counted):  # noqa: F811
    async def opened(count, move):
        sessions = Sessions(counted, limit=20, away=60, idle=3600)
        for number in range(count):
            session = await sessions.begin((f"learner-{number}", "page"), "probe", {})
            sessions.join(session, taken, lambda code: None, lambda session=session: move(sessions, session))
        return sessions

    return opened


def test_pages_are_told_one_after_another_and_once_and_the_server_ends_when_the_last_has_gone(open_pages, monkeypatch):
    monkeypatch.setattr(drain, "LOOK", 0.01)
    told = []

    async def work():
        def move(sessions, session):
            told.append(time.monotonic())
            asyncio.get_running_loop().call_later(0.1, sessions.end, session)

        sessions = await open_pages(4, move)
        leaving, began = Drain(sessions, 1.0), time.monotonic()
        assert not leaving.draining
        await leaving.leave()
        assert leaving.draining
        assert len(told) == 4
        assert 0.5 < told[-1] - began < 0.75  # within three quarters of the time
        assert time.monotonic() - began < 1.0
        await over(sessions)

    asyncio.run(work())


def test_a_page_that_stays_holds_a_server_until_its_time_is_over_and_one_that_comes_back_is_told_again(open_pages):
    told = []

    async def work():
        def stay(sessions, session):
            told.append(session.key)
            if len(told) == 1:  # its line breaks
                sessions.part(session)
                sessions.join(session, taken, lambda code: None, lambda: stay(sessions, session))

        sessions = await open_pages(1, stay)
        began = time.monotonic()
        await Drain(sessions, 0.5).leave()
        assert 0.5 <= time.monotonic() - began < 1
        assert len(told) == 2
        await over(sessions)

    asyncio.run(work())


def test_a_server_without_pages_or_without_time_has_nothing_to_wait_for(open_pages):
    async def work():
        sessions = await open_pages(0, None)
        assert not Drain(sessions, 0).takes_time
        assert not Drain(None, 60).takes_time
        await Drain(sessions, 60).leave()

    asyncio.run(work())
