"""A coach and a few phones, over real sockets."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime, timedelta

from tests.hub.live.visiting import PLAN, Server, coach, get, joined, line, phone, phones, post


def test_a_vote_goes_from_the_phones_to_the_room(server: Server) -> None:
    async def vote() -> None:
        async with coach(server) as desk, line(server, "/live/screen/socket", {"screen": desk.screen}) as screen:
            assert desk.join == f"{server.url}/join"
            first = await screen.until(lambda message: message["screen"]["state"] == "waiting")
            assert first["screen"]["code"] == desk.code
            async with phones(server, desk.code, 6) as people:
                assert (await people[0].view())["state"] == "waiting"
                await desk.do("begin", item=0)
                view = await people[0].view(lambda view: view["state"] == "activity")
                assert view["phone"]["question"] == "How are we?"
                module = await get(server, view["module"])
                assert "// The phone's part of the pulse" in module.text
                assert module.headers["cache-control"].endswith("immutable")
                for number, person in enumerate(people):
                    assert (await person.said({"answer": number % 5}, run=view["run"], turn=view["turn"]))["ack"] == 1
                own = await people[3].view(lambda view: "ballot" in view["phone"])
                assert own["phone"]["ballot"] == {"answer": 3}
                counted = await screen.until(lambda message: message["screen"]["scene"]["facts"] == [["answers", "6"]])
                assert "3" not in json.dumps(counted["screen"]["scene"]["figures"])
                assert (await desk.desk(lambda desk: desk["ballots"] == 6))["people"]["here"] == 6
                await desk.do("step", to="show")
                shown = await screen.until(lambda message: message["screen"]["scene"]["figures"])
                assert shown["screen"]["scene"]["figures"][0]["data"][0]["y"] == [2, 1, 1, 1, 1]
                await desk.do("finish")
                await screen.until(lambda message: message["screen"]["state"] == "debrief")
                await desk.do("hide")
                hidden = await screen.until(lambda message: not message["screen"]["shown"])
                assert hidden["screen"]["scene"] is None
                await desk.do("end")
                assert (await people[5].view(lambda view: view["state"] == "ended"))["run"] == 1
                reply = await post(server, "/live/join", {"code": desk.code})
                assert reply.status_code == 410

    asyncio.run(vote())


def test_a_phone_comes_back_as_the_same_person_with_its_ballot(server: Server) -> None:
    async def come_back() -> None:
        async with coach(server) as desk:
            await desk.do("begin", item=0)
            pass_ = await joined(server, desk.code)
            async with phone(server, pass_) as before:
                await before.said({"answer": 4})
            async with phone(server, pass_) as after:
                assert (await after.view())["phone"]["ballot"] == {"answer": 4}
                await after.said({"answer": 1}, 2)
            async with phone(server, pass_) as again:
                assert (await again.view())["phone"]["ballot"] == {"answer": 1}
            seen = await desk.desk(lambda desk: desk["ballots"] == 1)
            assert [person["who"] for person in seen["persons"]] == [pass_["who"]]

    asyncio.run(come_back())


def test_the_console_finds_its_session_again(server: Server) -> None:
    async def find() -> None:
        async with coach(server) as before:
            await before.do("begin", item=0)
        async with coach(server, {"host": before.host}) as after:
            assert (after.session, after.code, after.screen) == (before.session, before.code, before.screen)
            desk = await after.desk()
            assert (desk["at"], desk["step"], desk["plan"]["title"]) == (0, "ask", PLAN["title"])
            assert "first answer" in desk["plan"]["items"][0]["notes"]

    asyncio.run(find())


def test_the_coachs_link_becomes_a_picture_and_the_end_is_told(server: Server) -> None:
    async def keep() -> None:
        async with coach(server) as desk:
            week = datetime.fromisoformat(desk.ends) - datetime.now(UTC)
            assert timedelta(days=6, hours=23) < week <= timedelta(days=7)
            picture = (await desk.do("picture", text=f"http://127.0.0.1:8001/lessons/live#coach={desk.host}"))[
                "picture"
            ]
            assert picture.startswith("<svg")
            for text in ("", "x" * 601, 7, None):
                await desk.line.send({"n": 99, "do": "picture", "text": text})
                answer = await desk.line.until(lambda message: message.get("refused") == 99)
                assert "1 to 600 characters" in answer["why"]

    asyncio.run(keep())
