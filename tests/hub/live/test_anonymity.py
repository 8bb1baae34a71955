"""Who said what in an anonymous step: from everything that is stored and shown, nobody can tell."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import sqlite3
from itertools import product
from pathlib import Path
from typing import Any

from tests.hub.live.visiting import Server, coach, get, joined, line, phone, phones, serving

MARK = "zebra"  # in what only one person says


def stored(server: Server) -> dict[str, list[dict[str, Any]]]:
    with sqlite3.connect(f"file:{server.data / 'choreo.db'}?mode=ro", uri=True) as connection:
        connection.row_factory = sqlite3.Row
        found = {
            table: [dict(row) for row in connection.execute(f"SELECT * FROM {table}")]
            for table in ("session", "participant", "event", "ballot")
        }
    connection.close()
    return found


def test_a_sealed_ballot_leads_to_nobody(tmp_path: Path) -> None:
    async def vote(server: Server) -> None:
        async with coach(server) as desk, line(server, "/live/screen/socket", {"screen": desk.screen}) as screen:
            await desk.do("begin", item=1)
            passes = [await joined(server, desk.code) for _ in range(6)]
            for number, pass_ in enumerate(passes):
                async with phone(server, pass_) as person:
                    assert "ack" in await person.said({"answer": MARK if number == 3 else f"word {number}"})
            await desk.desk(lambda desk: desk["ballots"] == 6)

            found = stored(server)
            assert set(found["ballot"][0]) == {"session", "run", "hash", "answer"}
            assert len({(row["session"], row["run"]) for row in found["ballot"]}) == 1
            assert [row["hash"] for row in found["ballot"]] == sorted(row["hash"] for row in found["ballot"])
            assert all(set(json.loads(row["answer"])) == {"answer"} for row in found["ballot"])
            assert "say" not in {row["kind"] for row in found["event"]}
            assert all(row["message"] is None for row in found["event"])
            _no_field_leads_to_a_ballot(found)
            assert MARK.encode() in server.files()  # whoever runs the server could read it: console and phones say so
            for pass_ in passes:  # what the phones keep, is nowhere
                assert pass_["secret"].encode() not in server.files()

            ticket = (await desk.do("ticket"))["ticket"]
            for name in ("session.json", "answers.csv", "taps.csv"):
                exported = (await get(server, f"/live/export/{ticket}/{name}")).text
                assert MARK not in exported
                assert not any(row["hash"] in exported for row in found["ballot"])
            assert not any(MARK in json.dumps(message) for message in [*desk.line.heard, *screen.heard])

            await desk.do("step", to="show")
            after = stored(server)
            assert after["ballot"] == []
            assert (after["session"][0]["ballot_run"], after["session"][0]["ballot_key"]) == (None, None)
            tally = next(row for row in after["event"] if row["kind"] == "tally")
            words = [ballot["answer"] for ballot in json.loads(tally["data"])["ballots"]]
            assert words == sorted(words)
            assert MARK in words
            await wiped(server, found["session"][0]["ballot_key"], *(row["hash"] for row in found["ballot"]))

    with serving(tmp_path) as server:
        asyncio.run(vote(server))


def _no_field_leads_to_a_ballot(found: dict[str, list[dict[str, Any]]]) -> None:
    """Try every stored value of every participant, alone and with the key, as what a ballot's hash was made of."""
    key, run = found["session"][0]["ballot_key"], found["session"][0]["ballot_run"]
    hashes = {row["hash"] for row in found["ballot"]}
    known = {
        str(value) for table in ("session", "participant", "event") for row in found[table] for value in row.values()
    }
    texts = known | {f"{one}{mark}{run}" for one, mark in product(known, ("", "|", ":", "."))}
    keys = [key.encode(), bytes.fromhex(key), *(one.encode() for one in known)]
    for text in texts:
        assert hashlib.sha256(text.encode()).hexdigest() not in hashes
        for one in keys:
            assert hmac.digest(one, text.encode(), "sha256").hex() not in hashes


async def wiped(server: Server, *traces: str) -> None:
    """Wait until none of these is in the database's files."""
    for _ in range(200):
        content = server.files()
        if not any(trace.encode() in content for trace in traces):
            return
        await asyncio.sleep(0.05)
    raise AssertionError("traces are left")


def test_under_five_people_nothing_is_kept_or_shown(tmp_path: Path) -> None:
    async def vote(server: Server) -> None:
        async with coach(server) as desk, line(server, "/live/screen/socket", {"screen": desk.screen}) as screen:
            await desk.do("begin", item=1)
            await desk.do("bots", count=3)
            async with phones(server, desk.code, 4) as people:
                for person in people:
                    assert "ack" in await person.said({"answer": MARK, "virtual": True})
                await desk.desk(lambda desk: desk["ballots"] >= 4)
                await desk.do("step", to="show")
                await screen.until(lambda message: "Fewer than 5" in json.dumps(message))
                await wiped(server, MARK)
            ticket = (await desk.do("ticket"))["ticket"]
            log = (await get(server, f"/live/export/{ticket}/session.json")).json()["events"]
            assert [event["data"] for event in log if event["kind"] == "tally"] == [{"ballots": []}]

    with serving(tmp_path) as server:
        asyncio.run(vote(server))


def test_every_way_out_of_a_question_counts_and_destroys_its_ballots(server: Server) -> None:
    async def leave(how: str, **more: Any) -> None:
        async with coach(server) as desk, phones(server, desk.code, 5) as people:
            await desk.do("begin", item=0)
            for person in people:
                await person.said({"answer": 1})
            await desk.do(how, **more)
            session = desk.session
            ticket = (await desk.do("ticket"))["ticket"]
            log = (await get(server, f"/live/export/{ticket}/session.json")).json()["events"]
            assert [event["kind"] for event in log[-2:]] == ["tally", how]
            assert len(log[-2]["data"]["ballots"]) == 5
            assert not [row for row in stored(server)["ballot"] if row["session"] == session]
            assert "refused" in await people[0].said({"answer": 2})

    for how, more in (("step", {"to": "show"}), ("begin", {"item": 1}), ("finish", {}), ("end", {})):
        asyncio.run(leave(how, **more))


def test_asked_again_after_too_few_answers_everybody_answers_anew(server: Server) -> None:
    async def ask_again() -> None:
        async with coach(server) as desk, phones(server, desk.code, 5) as people:
            await desk.do("begin", item=0)
            for person in people[:4]:
                assert "ack" in await person.said({"answer": 1})
            await desk.do("step", to="show")
            shown = await people[0].view(lambda view: view["phone"]["step"] == "show")
            await desk.do("step", to="ask")
            view = await people[0].view(lambda view: view["phone"]["step"] == "ask" and view["turn"] > shown["turn"])
            assert "ballot" not in view["phone"]
            assert (await desk.desk(lambda desk: desk["step"] == "ask" and desk["ballots"] == 0))["turn"] == view[
                "turn"
            ]
            for person in people:
                assert "ack" in await person.said({"answer": 2}, 9)
            await desk.do("step", to="show")
            ticket = (await desk.do("ticket"))["ticket"]
            log = (await get(server, f"/live/export/{ticket}/session.json")).json()["events"]
            tallies = [event["data"]["ballots"] for event in log if event["kind"] == "tally"]
            assert tallies == [[], [{"answer": 2}] * 5]

    asyncio.run(ask_again())


def test_deleting_a_session_leaves_nothing_in_the_files(tmp_path: Path) -> None:
    async def delete(server: Server) -> None:
        async with coach(server, {"new": {"title": "Okapi", "items": [{"activity": "pulse", "minutes": 5}]}}) as desk:
            other = await joined(server, desk.code)
            async with (
                phone(server, other) as person,
                line(server, "/live/screen/socket", {"screen": desk.screen}) as screen,
            ):
                await person.view()
                await desk.do("begin", item=0)
                await person.said({"answer": 3})
                found = stored(server)
                ticket = (await desk.do("ticket"))["ticket"]
                await desk.do("delete")
                assert await person.closed() == 4404
                assert await screen.closed() == 4404
            traces = [desk.session, "Okapi", found["participant"][0]["secret_hash"], found["ballot"][0]["hash"]]
            await wiped(server, *traces, found["session"][0]["ballot_key"], found["session"][0]["host_hash"])
            assert (await get(server, f"/live/export/{ticket}/session.json")).status_code == 404
            async with line(server, "/live/phone", {"secret": other["secret"]}) as gone:
                assert "not there any more" in (await gone.next())["why"]
                assert await gone.closed() == 4404

    with serving(tmp_path) as server:
        asyncio.run(delete(server))
