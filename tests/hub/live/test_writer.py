"""The one writer: what is committed, what is not, and what then is known."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
import sqlalchemy as sa
from tests.hub.live.bench import Bench, run

from choreo.hub.live import writer as writer_module
from choreo.hub.live.commands import do
from choreo.hub.live.writer import FULL, TROUBLE, Group, Writer


def test_a_full_disk_refuses_and_leaves_no_hole(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async def fill(found: Bench) -> None:
        who = await found.join("secret")
        await do(found.room, "begin", {"item": 2})
        before = found.room.session.last
        full = True

        @sa.event.listens_for(found.database.engine, "begin")
        def _(connection: sa.Connection) -> None:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar() if full else 1_000_000
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

        said = [found.say(who, "secret", n, {"taps": [n] * 60}) for n in range(1, 200)]
        outcomes = await asyncio.gather(*said)
        assert FULL in outcomes
        full = False
        again = [await found.say(who, "secret", n, {"taps": [n] * 60}) for n in range(1, 200)]
        assert set(again) == {""}
        log = [event for event in found.store.log(found.room.id) if event.kind == "say"]
        assert sorted(event.data["taps"][0] for event in log) == list(range(1, 200))
        numbers = [event.number for event in found.store.log(found.room.id)]
        assert numbers == list(range(1, found.room.session.last + 1))
        assert found.room.session.last >= before + 199

    run(tmp_path, fill)
    assert "the disk is full" in caplog.text


def test_one_bad_piece_of_work_does_not_take_the_others_with_it(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    class Bad:
        why = ""

        def write(self, group: Group) -> None:
            raise RuntimeError("a bug")

        def done(self) -> None:
            raise AssertionError

        def failed(self, why: str) -> None:
            self.why = why

    async def spoil(found: Bench) -> None:
        who = await found.join("secret")
        await do(found.room, "begin", {"item": 2})
        bad = Bad()
        first = asyncio.create_task(found.say(who, "secret", 1, {"taps": [1]}))
        await asyncio.sleep(0)
        found.writer.add(bad)
        assert await asyncio.gather(first, found.say(who, "secret", 2, {"taps": [2]})) == ["", ""]
        assert bad.why == TROUBLE
        numbers = [event.number for event in found.store.log(found.room.id)]
        assert numbers == list(range(1, len(numbers) + 1))

    run(tmp_path, spoil)
    assert "a bug" in caplog.text


def test_commits_are_made_in_groups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    groups: list[int] = []
    whole = Writer._group
    monkeypatch.setattr(
        Writer, "_group", lambda self, works, *more: (groups.append(len(works)), whole(self, works, *more))[1]
    )

    async def speak(found: Bench) -> None:
        who = await found.join("secret")
        await do(found.room, "begin", {"item": 2})
        groups.clear()
        assert set(await asyncio.gather(*(found.say(who, "secret", n, {"taps": [n]}) for n in range(1, 300)))) == {""}
        assert sum(groups) == 299
        assert len(groups) <= 4

    run(tmp_path, speak)


def test_the_writer_answers_when_it_is_overwhelmed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer_module, "MOST_WAITING", 5)

    async def flood(found: Bench) -> None:
        told: list[str] = []
        for _ in range(8):
            found.room.note("show", settle=told.append)
        await found.writer.written()
        assert sorted(told) == [""] * 5 + [writer_module.BUSY] * 3

    run(tmp_path, flood)
