"""What a coach can have done, and what not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.hub.live.bench import Bench, run
from tests.hub.live.visiting import PLAN

from choreo.hub import tables
from choreo.hub.live.commands import CommandError, do
from choreo.hub.live.looking import Screens
from choreo.hub.live.room import Room
from choreo.hub.live.views import desk, screen
from choreo.live.open_answers import OpenAnswers


def test_commands_that_do_not_fit_are_refused_and_change_nothing(tmp_path: Path) -> None:
    async def ask(found: Bench) -> None:
        for what, asked in (
            ("begin", {"item": 7}),
            ("begin", {"item": True}),
            ("begin", {}),
            ("step", {"to": "show"}),
            ("finish", {}),
            ("release", {"text": 1}),
            ("group", {"texts": [1, 2]}),
            ("group", {"texts": []}),
            ("group", {"texts": "all"}),
            ("ungroup", {"text": 1}),
            ("remove", {"who": "p99"}),
            ("remove", {"who": ["p1"]}),
            ("bots", {"count": 1001}),
            ("bots", {"count": -1}),
            ("plan", {"plan": {"title": ""}}),
            ("plan", {"plan": None}),
            ("recall", {"on": True}),
            ("fly", {}),
        ):
            with pytest.raises(CommandError):
                await do(found.room, what, asked)
        assert found.room.session.last == 1
        await do(found.room, "begin", {"item": 1})
        with pytest.raises(CommandError, match="stay where they are"):
            await do(found.room, "plan", {"plan": {"title": "Other", "items": PLAN["items"][1:]}})
        await do(found.room, "end", {})
        with pytest.raises(CommandError, match="over"):
            await do(found.room, "begin", {"item": 0})

    run(tmp_path, ask)


def test_a_session_opens_with_what_the_plan_remembers(tmp_path: Path) -> None:
    async def ask(found: Bench) -> None:
        room = found.room
        last = {"day": "2026-11-30", "question": "Which move?", "count": 6, "words": [["ask Ann", 2]]}
        await do(room, "plan", {"plan": {**PLAN, "last_time": last}})
        assert json.loads(desk(room, Screens()))["desk"]["plan"]["last_time"] == last
        with pytest.raises(CommandError):
            await do(room, "recall", {"on": 1})
        await do(room, "recall", {"on": True})
        shown = json.loads(screen(room, room.session.scene()))
        assert shown["recalled"]
        assert shown["scene"]["words"] == [["ask Ann", 2]]
        await do(room, "recall", {"on": False})
        assert not json.loads(screen(room, room.session.scene()))["recalled"]

    run(tmp_path, ask)


def test_a_question_opened_by_mistake_is_taken_back_and_what_was_sealed_in_it_is_destroyed(tmp_path: Path) -> None:
    async def ask(found: Bench) -> None:
        room = found.room
        who = await found.join("secret")
        await do(room, "begin", {"item": 0})
        assert await found.say(who, "secret", 1, {"answer": 1}) == ""
        undo = json.loads(desk(room, Screens()))["desk"]["undo"]
        assert (undo["label"], undo["said"]) == ("Pulse", 1)
        with pytest.raises(CommandError, match="cannot be taken back"):
            await do(room, "undo", {"move": undo["move"] + 1})
        turn = room.turn
        await do(room, "undo", {"move": undo["move"]})
        assert room.session.activity is None
        assert room.turn != turn
        assert found.rows(tables.ballot) == []
        assert '"answer"' not in "".join(row.data for row in found.rows(tables.event))
        with pytest.raises(CommandError, match="cannot be taken back"):
            await do(room, "undo", {"move": undo["move"]})

    run(tmp_path, ask)


def test_a_question_that_was_closed_empty_by_mistake_is_open_again(tmp_path: Path) -> None:
    async def ask(found: Bench) -> None:
        room = found.room
        who = await found.join("secret")
        plan = {"title": "Goals", "items": [{"activity": "push-and-pull", "minutes": 20}]}
        await do(room, "plan", {"plan": plan})
        await do(room, "begin", {"item": 0})
        await do(room, "step", {"to": "write"})
        await do(room, "step", {"to": "goal"})
        await do(room, "undo", {"move": room.session.before.move if room.session.before else 0})
        assert room.ballots.run == room.turn
        assert await found.say(who, "secret", 1, {"text": "Fill every pot"}) == ""
        assert room.answered() == 1

    run(tmp_path, ask)


def test_a_move_that_was_meant_for_an_earlier_turn_is_refused(tmp_path: Path) -> None:
    async def ask(found: Bench) -> None:
        room, turn = found.room, found.room.turn
        await do(room, "begin", {"item": 0, "turn": turn})
        with pytest.raises(CommandError, match="moved on"):
            await do(room, "begin", {"item": 0, "turn": turn})
        assert room.session.begun == 1
        await do(room, "step", {"to": "show", "turn": room.turn})

    run(tmp_path, ask)


def test_a_timer_stands_on_desk_and_screen_and_outlasts_the_hub(tmp_path: Path) -> None:
    async def ask(found: Bench) -> None:
        room = found.room
        for wrong in (-1, 7201, 1.5, True, "60", None):
            with pytest.raises(CommandError, match="minutes"):
                await do(room, "countdown", {"seconds": wrong})
        await do(room, "countdown", {"seconds": 360})
        written = found.store.load(room.id)
        assert written is not None
        again = Room(written, found.writer)
        for one in (room, again):
            for shown in (json.loads(desk(one, Screens()))["desk"], json.loads(screen(one, None))):
                assert shown["countdown"]["seconds"] == 360
                assert 350 < shown["countdown"]["ends"] - shown["countdown"]["now"] <= 360
        await do(room, "countdown", {"seconds": 0})
        assert json.loads(screen(room, None))["countdown"] is None

    run(tmp_path, ask)


def test_what_counts_as_the_same_is_shown_and_taken_back_together(tmp_path: Path) -> None:
    async def ask(found: Bench) -> None:
        room = found.room
        await do(room, "begin", {"item": 0})
        activity = room.session.activity
        assert activity is not None
        activity.wrote = OpenAnswers(["Trust", "trust", "time", "money"])
        await do(room, "release", {"text": 2})
        assert activity.wrote.words() == (("Trust", 2),)
        await do(room, "group", {"texts": [1, 0], "name": "What is scarce"})
        await do(room, "release", {"text": 0})
        assert activity.wrote.words() == (("What is scarce", 2), ("Trust", 2))
        await do(room, "withhold", {"text": 1})
        await do(room, "ungroup", {"text": 0})
        assert [group.name for group in activity.wrote.groups() if group.left_out] == ["money", "time"]

    run(tmp_path, ask)
