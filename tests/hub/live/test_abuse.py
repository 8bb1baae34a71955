"""What others try: each is refused, and the session goes on undisturbed."""

from __future__ import annotations

import asyncio
import json
import re
from pathlib import Path
from typing import Any

import pytest
from tests.hub.live.visiting import Server, coach, get, joined, line, phone, phones, post, serving
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus


@pytest.mark.parametrize("path", ["/live/phone", "/live/host", "/live/screen/socket"])
@pytest.mark.parametrize(
    "origin", ["http://evil.example", "https://127.0.0.1", "null", "http://127.0.0.1:1", "nonsense"]
)
def test_pages_of_other_sites_get_no_socket(server: Server, path: str, origin: str) -> None:
    async def knock() -> None:
        with pytest.raises(InvalidStatus, match="403"):
            async with line(server, path, {}, origin=origin):
                pass

    asyncio.run(knock())


@pytest.mark.parametrize("path", ["/live/phone", "/live/host", "/live/screen/socket"])
def test_a_name_that_is_not_the_hubs_gets_no_socket(server: Server, path: str) -> None:
    async def rebind() -> None:
        with pytest.raises(InvalidStatus, match="403"):
            async with connect(
                f"ws://evil.example:{server.port}{path}", host="127.0.0.1", port=server.port, proxy=None
            ):
                pass

    asyncio.run(rebind())


def test_forged_and_foreign_tokens_are_refused(server: Server) -> None:
    async def knock(path: str, first: Any) -> int:
        async with line(server, path, first) as door:
            code = await door.closed()
            assert not any(set(message) & {"welcome", "opened", "screen"} for message in door.heard)
            return code

    async def forge() -> None:
        async with coach(server) as one, coach(server) as two:
            pass_ = await joined(server, one.code)
            random = "A" * 22
            moved = pass_["secret"].replace(one.session, two.session)
            for secret in (f"p{one.session}.{random}", moved, one.host, one.screen, "", None, 7, [], "p" * 4000):
                assert await knock("/live/phone", {"secret": secret}) == 4401
            for host in (
                f"h{one.session}.{random}",
                one.host.replace(one.session, two.session),
                one.screen,
                pass_["secret"],
            ):
                assert await knock("/live/host", {"host": host}) == 4401
            as_host = "h" + one.screen[1:]
            assert await knock("/live/host", {"host": as_host}) == 4401
            for screen in (
                f"s{one.session}.{random}",
                one.screen.replace(one.session, two.session),
                "s" + one.host[1:],
            ):
                assert await knock("/live/screen/socket", {"screen": screen}) == 4401
            assert await knock("/live/host", {"host": f"h{'0' * 16}.{random}"}) == 4404
            assert await knock("/live/host", {"new": {"title": 3}}) == 4400
            assert await knock("/live/host", {"new": []}) == 4400
            for ticket in ("forged", (await one.do("ticket"))["ticket"][:-2] + "xx"):
                assert (await get(server, f"/live/export/{ticket}/session.json")).status_code == 404
            ticket = (await one.do("ticket"))["ticket"]
            assert (await get(server, f"/live/export/{ticket}/secrets.json")).status_code == 404
            reply = await post(server, "/live/phone/say", {"n": 1}, Authorization=f"Bearer {moved}")
            assert reply.status_code == 401

    asyncio.run(forge())


def test_tokens_are_long_and_kept_as_hashes_only(tmp_path: Path) -> None:
    async def look(server: Server) -> None:
        async with coach(server) as desk:
            pass_ = await joined(server, desk.code)
            for token in (desk.host, desk.screen, pass_["secret"]):
                assert re.fullmatch(r"[hsp][0-9a-f]{16}\.[A-Za-z0-9_-]{22}", token)
                assert token.split(".")[1].encode() not in server.files()

    with serving(tmp_path) as server:
        asyncio.run(look(server))


MALFORMED = (
    "",
    "{",
    "[]",
    "null",
    "7",
    '"say"',
    '{"n": 1}',
    '{"say": {"answer": 1}}',
    '{"n": -1, "say": {"answer": 1}}',
    '{"n": true, "say": {"answer": 1}}',
    '{"n": 1.5, "say": {"answer": 1}}',
    '{"n": 99999999999999999999, "say": {"answer": 1}}',
    '{"n": 2, "say": [1]}',
    '{"n": 3, "say": {"answer": NaN}}',
    '{"n": 4, "say": {"answer": 1e999}}',
    '{"n": 5, "say": {"answer": "\\u0000"}}',
    '{"n": 6, "say": {"answer": "\\ud800"}}',
    '{"n": 7, "nickname": "Ada"}',
    '{"clock": "now"}',
    '{"clock": ' + "9" * 400 + "}",
    "[" * 2000,
    '{"n": 8, "say":' + '{"a":' * 600 + "1" + "}" * 601,
    b"\xff\xfe",
    b'{"n": 9}',
)


def test_malformed_messages_are_answered_and_change_nothing(server: Server) -> None:
    async def garble() -> None:
        async with coach(server) as desk, phones(server, desk.code, 2) as (bad, good):
            await desk.do("begin", item=0)
            for text in MALFORMED:
                await bad.send(text)
                assert (await bad.until(lambda message: "refused" in message))["why"]
            assert "ack" in await bad.said({"answer": 1}, 50)
            assert "ack" in await good.said({"answer": 1})
            for text in MALFORMED:
                await desk.line.send(text)
                assert (await desk.line.until(lambda message: "refused" in message))["why"]
            await desk.do("pause")

    asyncio.run(garble())


def test_a_message_that_is_too_long_ends_its_own_line_only(server: Server) -> None:
    async def shout() -> None:
        async with coach(server) as desk, phones(server, desk.code, 2) as (bad, good):
            await desk.do("begin", item=0)
            await bad.send(json.dumps({"n": 1, "say": {"answer": "x" * 5000}}))
            assert await bad.closed() == 1009
            assert "ack" in await good.said({"answer": 1})
            pass_ = await joined(server, desk.code)
            long = json.dumps({"n": 1, "say": {"answer": "x" * 5000}}).encode()
            reply = await post(server, "/live/phone/say", long, Authorization=f"Bearer {pass_['secret']}")
            assert reply.status_code == 413
            assert (await post(server, "/live/join", b"x" * 5000)).status_code == 400

    asyncio.run(shout())


def test_one_phone_that_floods_waits_and_nobody_else(server: Server) -> None:
    async def flood() -> None:
        async with coach(server) as desk, phones(server, desk.code, 6) as people:
            await desk.do("begin", item=2)
            loud = people[0]

            async def shout() -> None:
                for n in range(1, 3000):
                    await loud.send({"n": n, "say": {"taps": [n]}})

            shouting = asyncio.create_task(shout())
            for n in range(1, 21):
                for person in people[1:]:
                    assert await person.said({"taps": [n]}, n) == {"ack": n}
            shouting.cancel()
            ticket = (await desk.do("ticket"))["ticket"]
            log = (await get(server, f"/live/export/{ticket}/session.json")).json()["events"]
            said: dict[str, int] = {}
            for event in log:
                if event["kind"] == "say":
                    said[event["who"]] = said.get(event["who"], 0) + 1
            assert sorted(said.values())[:5] == [20] * 5
            assert max(said.values()) < 400

    asyncio.run(flood())


def test_a_removed_participant_says_and_sees_nothing(server: Server) -> None:
    async def remove() -> None:
        async with coach(server) as desk:
            await desk.do("begin", item=0)
            pass_ = await joined(server, desk.code)
            async with phone(server, pass_) as person, phones(server, desk.code, 1) as (other,):
                await desk.desk(lambda desk: desk["people"]["here"] == 2)
                await desk.do("remove", who=pass_["who"])
                assert "phone" not in await person.view(lambda view: view["state"] == "removed")
                assert "no longer" in (await person.said({"answer": 1}))["why"]
                assert "ack" in await other.said({"answer": 1})
            async with phone(server, pass_) as again:
                assert (await again.view())["state"] == "removed"
                assert "no longer" in (await again.said({"answer": 1}, 9))["why"]
            seen = await desk.desk(lambda desk: desk["ballots"] == 1)
            assert [person["removed"] for person in seen["persons"]] == [True, False]

    asyncio.run(remove())


def test_codes_cannot_be_guessed_for_long(tmp_path: Path) -> None:
    async def guess(server: Server) -> None:
        async with coach(server) as desk:
            wrong = "AAAAAA" if desk.code != "AAAAAA" else "BBBBBB"
            statuses = [(await post(server, "/live/join", {"code": wrong})).status_code for _ in range(90)]
            assert statuses[0] == 404
            assert 30 < statuses.count(404) < 85
            assert set(statuses) == {404, 429}
            for _ in range(100):  # in a few seconds the room can join again
                reply = await post(server, "/live/join", {"code": desk.code})
                if reply.status_code == 200:
                    break
                await asyncio.sleep(0.1)
            assert reply.status_code == 200

    with serving(tmp_path) as server:
        asyncio.run(guess(server))


@pytest.mark.parametrize("asked", [{}, {"code": 7}, {"code": "ABC"}, {"code": "ABCDE1"}, [], "x", b"\xff", b"{"])
def test_what_is_no_code_is_said_so(server: Server, asked: Any) -> None:
    reply = asyncio.run(post(server, "/live/join", asked))
    assert reply.status_code == 400
    assert "six letters" in reply.json()["error"]


def test_other_sites_cannot_join_in_a_visitors_name(server: Server) -> None:
    async def forge() -> None:
        async with coach(server) as desk:
            headers = {"Sec-Fetch-Site": "cross-site", "Origin": "http://evil.example"}
            assert (await post(server, "/live/join", {"code": desk.code}, **headers)).status_code == 403

    asyncio.run(forge())


def test_pages_say_what_may_frame_them_and_what_they_may_do(server: Server) -> None:
    screen = asyncio.run(get(server, "/live/screen"))
    assert "frame-ancestors 'self';" in screen.headers["content-security-policy"]
    assert "script-src 'self';" in screen.headers["content-security-policy"]
    join = asyncio.run(get(server, "/join/abc2ef"))
    assert "frame-ancestors 'none'" in join.headers["content-security-policy"]
    assert f"ws://{server.place}" in join.headers["content-security-policy"]
    assert "ABC2EF" in join.text
    assert "alert(1)" not in asyncio.run(get(server, "/join/%3Cscript%3Ealert(1)")).text
    picture = asyncio.run(get(server, "/live/qr/ABC2EF.svg"))
    assert picture.headers["content-type"] == "image/svg+xml"
    assert asyncio.run(get(server, "/live/qr/nonsense.svg")).status_code == 404


def test_a_session_opened_by_one_process_is_not_held_by_another(tmp_path: Path) -> None:
    async def ask(first: Server, second: Server) -> None:
        async with coach(first) as desk:
            reply = await post(second, "/live/join", {"code": desk.code})
            assert reply.status_code == 421
            assert reply.headers["x-choreo-process"] == "1"
            assert "process 1" in reply.json()["error"]
            pass_ = await joined(first, desk.code)
            async with line(second, "/live/phone", {"secret": pass_["secret"]}) as lost:
                told = await lost.next()
                assert told["process"] == "1"
                assert await lost.closed() == 4421
            async with coach(second) as other:
                reply = await post(second, "/live/join", {"code": other.code})
                assert reply.json()["session"] == other.session
                assert reply.cookies["choreo_process"] == "2"
                assert other.line.heard[0]["process"] == "2"

    with serving(tmp_path, CHOREO_PROCESS="1") as first, serving(tmp_path, CHOREO_PROCESS="2") as second:
        asyncio.run(ask(first, second))
