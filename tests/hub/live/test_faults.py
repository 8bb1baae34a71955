"""What breaks, and what is there afterwards."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from pathlib import Path

from tests.hub.live.streaming import stream
from tests.hub.live.visiting import Line, Server, coach, get, joined, line, phone, phones, serving
from websockets.exceptions import ConnectionClosed


async def log_of(server: Server, host: str) -> list[dict[str, object]]:
    async with coach(server, {"host": host}) as desk:
        ticket = (await desk.do("ticket"))["ticket"]
    reply = await get(server, f"/live/export/{ticket}/session.json")
    assert reply.status_code == 200
    events: list[dict[str, object]] = reply.json()["events"]
    return events


def test_every_acknowledged_answer_is_there_after_a_kill_in_the_middle_of_a_vote(tmp_path: Path) -> None:
    async def vote(person: Line, acknowledged: list[int]) -> None:
        """Change one's mind until the hub is gone."""
        with contextlib.suppress(ConnectionClosed, OSError):
            for n in range(1, 10_000):
                if "ack" in await person.said({"answer": n % 5}, n):
                    acknowledged.append(n)

    async def kill(server: Server) -> None:
        async with coach(server) as desk:
            await desk.do("begin", item=0)
            passes = [await joined(server, desk.code) for _ in range(8)]
            heard: list[list[int]] = [[] for _ in passes]
            async with contextlib.AsyncExitStack() as stack:
                lines = [await stack.enter_async_context(phone(server, one)) for one in passes]
                votes = [asyncio.create_task(vote(one, two)) for one, two in zip(lines, heard, strict=True)]
                while min(map(len, heard)) < 3:
                    await asyncio.sleep(0.01)
                server.kill()
                await asyncio.gather(*votes)
        server.start()
        async with coach(server, {"host": desk.host}) as after:
            assert (await after.desk())["ballots"] == 8
            for pass_, acknowledged in zip(passes, heard, strict=True):
                async with phone(server, pass_) as person:
                    view = await person.view()
                    last = acknowledged[-1]  # the next may have been committed, though nobody was told
                    assert view["phone"]["ballot"]["answer"] in (last % 5, (last + 1) % 5)
                    await person.said({"answer": 4}, last + 2)
            await after.do("step", to="show")
        tallies = [event["data"] for event in await log_of(server, desk.host) if event["kind"] == "tally"]
        assert tallies == [{"ballots": [{"answer": 4}] * 8}]

    with serving(tmp_path) as server:
        asyncio.run(kill(server))


def test_what_comes_twice_or_late_counts_once_even_over_a_restart(tmp_path: Path) -> None:
    async def repeat(server: Server) -> None:
        async with coach(server) as desk:
            pass_ = await joined(server, desk.code)
            async with phone(server, pass_) as person:
                await desk.do("begin", item=2)
                tap = round(time.time() * 1000)
                for n, late in ((1, 0), (3, 1000), (2, 500), (3, 1000), (1, 0)):
                    assert await person.said({"taps": [tap + late]}, n) == {"ack": n}
                await desk.do("begin", item=0)
                assert await person.said({"answer": 3}, 6) == {"ack": 6}
                assert await person.said({"answer": 1}, 5) == {"ack": 5}  # the older one took a longer way
                assert (await person.view(lambda view: "ballot" in view["phone"]))["phone"]["ballot"] == {"answer": 3}
                await desk.do("begin", item=2)
        server.kill()
        server.start()
        async with phone(server, pass_) as person:
            for n, late in ((1, 0), (2, 500), (3, 1000)):
                assert await person.said({"taps": [tap + late]}, n) == {"ack": n}
        log = await log_of(server, desk.host)
        assert [event["data"]["taps"][0] - tap for event in log if event["kind"] == "say"] == [0, 1000, 500]  # type: ignore[index]
        assert [event["number"] for event in log] == list(range(1, len(log) + 1))

    with serving(tmp_path) as server:
        asyncio.run(repeat(server))


def test_an_answer_to_a_question_that_is_over_does_not_count_for_the_next(server: Server) -> None:
    async def answer_late() -> None:
        async with coach(server) as desk, phones(server, desk.code, 1) as (person,):
            await desk.do("begin", item=0)
            old = await person.view(lambda view: view["state"] == "activity")
            await desk.do("begin", item=0)
            for when in ({"turn": old["turn"]}, {"run": old["run"]}):
                assert "over" in (await person.said({"answer": 1}, **when))["why"]
            new = await person.view(lambda view: view["run"] == 2)
            assert "ack" in await person.said({"answer": 1}, turn=new["turn"], run=new["run"])

    asyncio.run(answer_late())


def test_a_running_game_goes_on_after_a_restart(tmp_path: Path) -> None:
    async def go_on(server: Server) -> None:
        async with coach(server) as desk:
            await desk.do("begin", item=2)
        ticks = sum(event["kind"] == "tick" for event in await log_of(server, desk.host))
        server.stop()
        server.start()
        async with coach(server, {"host": desk.host}) as after, phones(server, after.code, 1) as (person,):
            first = (await person.view(lambda view: view["state"] == "activity"))["phone"]["now"]
            await person.view(lambda view: view["phone"]["now"] > first)  # it asked to be woken, and was
        assert sum(event["kind"] == "tick" for event in await log_of(server, desk.host)) > ticks

    with serving(tmp_path) as server:
        asyncio.run(go_on(server))


def test_leaving_and_returning_a_hundred_times_loses_no_answer(server: Server) -> None:
    async def return_often() -> None:
        async with coach(server) as desk:
            await desk.do("begin", item=2)
            pass_ = await joined(server, desk.code)
            unheard: dict[int, str] = {}
            for n in range(1, 101):
                async with phone(server, pass_) as person:
                    unheard[n] = json.dumps({"n": n, "say": {"taps": [n]}})
                    for text in unheard.values():
                        await person.send(text)
                    if n % 3 == 0:  # otherwise it goes before it has heard anything
                        while unheard:
                            unheard.pop((await person.until(lambda message: "ack" in message))["ack"], None)
            async with phone(server, pass_) as person:
                for n, text in unheard.items():
                    await person.send(text)
                    await person.until(lambda message, n=n: message.get("ack") == n)
        said = [event["data"]["taps"][0] for event in await log_of(server, desk.host) if event["kind"] == "say"]  # type: ignore[index]
        assert sorted(said) == list(range(1, 101))

    asyncio.run(return_often())


def test_a_phone_without_websockets_votes_by_stream_and_post(server: Server) -> None:
    async def vote() -> None:
        async with coach(server) as desk:
            await desk.do("begin", item=0)
            pass_ = await joined(server, desk.code)
            async with stream(server, pass_["secret"]) as person:
                assert (await person.next())["welcome"]["who"] == pass_["who"]
                assert (await person.view())["phone"]["question"] == "How are we?"
                assert await person.post({"n": 1, "say": {"answer": 2}}) == {"ack": 1}
                assert await person.post({"n": 1, "say": {"answer": 2}}) == {"ack": 1}
                clock = await person.post({"clock": 12.5})
                assert clock["clock"] == 12.5
                assert abs(clock["in"] - time.time() * 1000) < 60_000
                assert clock["in"] <= clock["out"]
                assert (await person.view(lambda view: "ballot" in view["phone"]))["phone"]["ballot"] == {"answer": 2}
                assert (await desk.desk(lambda desk: desk["ballots"]))["ballots"] == 1
                assert "choose" in (await person.post({"n": 2, "say": {"answer": 77}}))["why"]

    asyncio.run(vote())


def test_a_hub_that_is_stopped_goes_at_once_and_everybody_comes_back(tmp_path: Path) -> None:
    async def stop(server: Server) -> None:
        async with coach(server) as desk, line(server, "/live/screen/socket", {"screen": desk.screen}) as screen:
            await desk.do("bots", count=50)
            await desk.do("begin", item=2)
            pass_, other = await joined(server, desk.code), await joined(server, desk.code)
            async with phone(server, pass_) as person, stream(server, other["secret"]) as streamed:
                await streamed.view()
                await asyncio.to_thread(server.stop)
                for gone in (person, screen, desk.line):
                    assert await gone.closed() == 1012
        await asyncio.to_thread(server.start)
        async with phone(server, pass_) as person:
            assert (await person.view())["state"] == "activity"

    with serving(tmp_path / "data") as server:
        asyncio.run(stop(server))


def test_a_client_that_reads_nothing_disturbs_nobody(server: Server) -> None:
    async def read_nothing() -> None:
        async with coach(server) as desk:
            deaf = await joined(server, desk.code)
            async with line(server, "/live/phone", {"secret": deaf["secret"]}), phones(server, desk.code, 5) as people:
                await desk.do("begin", item=0)
                for n in range(1, 21):
                    assert "ack" in await people[n % 5].said({"answer": 1}, n)
                assert (await desk.desk(lambda desk: desk["ballots"] == 5))["people"]["here"] == 6

    asyncio.run(read_nothing())
