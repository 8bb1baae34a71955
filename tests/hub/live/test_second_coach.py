"""A second coach: a link of their own, for what they may do and nothing else."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import pytest
from tests.hub.live.visiting import PULSE, WORDS, Coach, Line, Server, coach, line, phones

from choreo.hub.live.commands import COMMANDS, NO_SUCH
from choreo.hub.live.rights import NOT_YOURS, OF_THE_HUB, RIGHTS

EVERY = sorted(COMMANDS.keys() | OF_THE_HUB)
FIRST, LAST = (
    ("release", "withhold", "group", "ungroup"),
    ("end", "delete"),
)  # while there is something to show; after which there is nothing
GOOD: dict[str, dict[str, Any]] = {  # what makes a command one that can be done
    "begin": {"item": 0},
    "step": {"to": "ask"},
    "release": {"text": 0},
    "withhold": {"text": 0},
    "remove": {"who": "p1"},
    "bots": {"count": 0},
    "plan": {"plan": {"title": "Another", "items": [WORDS, PULSE]}},
    "picture": {"text": "https://example.org"},
    "countdown": {"seconds": 60},
    "group": {"texts": [0, 1], "name": "Alike"},
    "ungroup": {"text": 0},
}
AT_TIMES = (
    "undo",
    "guide",
    "groups",
    "look",
    "let_in",
    "recall",
)  # that fit at other moments only: refused for that, and not for a right


async def answered(opened: Line, what: str, n: int) -> dict[str, Any]:
    await opened.send({"n": n, "do": what} | GOOD.get(what, {}))
    return await opened.until(lambda message: n in (message.get("done"), message.get("refused")))


async def with_words(server: Server, story: Any) -> None:
    """A session whose five people have each written something, and its first coach."""
    plan = {"title": "Two coaches", "items": [WORDS]}
    async with coach(server, {"new": plan}) as first, phones(server, first.code, 5) as people:
        await first.do("begin", item=0)
        for number, one in enumerate(people):
            await one.view(lambda view: view["state"] == "activity")
            assert "ack" in await one.said({"answer": f"word {number}"})
        await first.do("step", to="show")
        await story(first)


def test_every_command_is_done_for_the_first_coach_and_two_for_the_second(server: Server) -> None:
    async def story(first: Coach) -> None:
        token = (await first.do("invite"))["second"]
        assert re.fullmatch(r"c[0-9a-f]{16}\.[A-Za-z0-9_-]{22}", token)  # 128 random bits
        async with coach(server, {"host": token}) as second:
            assert (second.role, second.screen, second.host) == ("second", "", token)
            for n, what in enumerate(EVERY, 100):
                found = await answered(second.line, what, n)
                assert ("done" in found) is (what in ("release", "withhold")), (what, found)
                assert "done" in found or found["why"] == NOT_YOURS
            for strange in (None, ["end"], "fly", "", {"do": "end"}):
                await second.line.send({"n": 300, "do": strange})
                assert (await second.line.until(lambda message: "refused" in message))["why"] == NOT_YOURS
            await second.line.send({"clock": 7})  # a sign of life
            assert (await second.line.until(lambda message: "clock" in message))["clock"] == 7
            released = await second.desk(lambda desk: desk["texts"])
            assert len(released["texts"]) == 5
        for n, what in enumerate([*FIRST, *(one for one in EVERY if one not in FIRST + LAST), *LAST], 100):
            found = await answered(first.line, what, n)
            assert "done" in found or (what in AT_TIMES and found["why"] not in (NOT_YOURS, NO_SUCH)), (what, found)

    asyncio.run(with_words(server, story))


def test_the_table_of_rights_holds_every_command_once() -> None:
    assert RIGHTS["first"] == set(EVERY)
    assert RIGHTS["second"] == {"release", "withhold"}


def test_a_link_that_was_taken_back_opens_nothing_and_closes_what_was_open(server: Server) -> None:
    async def story(first: Coach) -> None:
        token = (await first.do("invite"))["second"]
        assert (await first.desk(lambda desk: desk["second"]))["second"]
        async with coach(server, {"host": token}) as second:
            await first.do("withdraw")
            assert await second.line.closed() == 4401
        assert not (await first.desk(lambda desk: not desk["second"]))["second"]
        async with line(server, "/live/host", {"host": token}) as gone:
            assert "not valid any more" in (await gone.next())["why"]
        newer = (await first.do("invite"))["second"]
        again = (await first.do("invite"))["second"]
        async with line(server, "/live/host", {"host": newer}) as gone:
            assert "refused" in await gone.next()
        async with coach(server, {"host": again}) as second:
            await second.do("release", text=3)

    asyncio.run(with_words(server, story))


@pytest.mark.parametrize("kind", ["h", "s", "p"])
def test_the_second_coachs_token_is_nobody_elses(server: Server, kind: str) -> None:
    async def forge() -> None:
        async with coach(server) as first:
            token = (await first.do("invite"))["second"]
            path, first_word = {
                "h": ("/live/host", "host"),
                "s": ("/live/screen/socket", "screen"),
                "p": ("/live/phone", "secret"),
            }[kind]
            for forged in (token, kind + token[1:]) if kind != "h" else (kind + token[1:], "c" + first.host[1:]):
                async with line(server, path, {first_word: forged}) as refused:
                    assert "refused" in await refused.next()

    asyncio.run(forge())
