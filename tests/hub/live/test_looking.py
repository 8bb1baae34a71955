"""A debrief, screen by screen: what the room, the coach and each phone see of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.hub.live.bench import Bench, run
from tests.live.rooms import play

from choreo.hub.live.commands import CommandError, do
from choreo.hub.live.looking import Looking
from choreo.hub.live.views import PhoneViews, desk
from choreo.live.guide import HAPPENED, WHY
from choreo.live.scene import Scene
from choreo.live.session import REHEARSAL, Session


async def debriefed(looking: Looking) -> Scene:
    """What the room sees once the debrief has been thought out."""
    looking.screens()
    assert looking._thinking is not None
    await looking._thinking
    scene = looking.scene()
    assert scene is not None
    return scene


def test_a_debrief_of_virtual_answers_is_called_a_rehearsal_and_ends_with_it(tmp_path: Path) -> None:
    async def rehearse(found: Bench) -> None:
        for number in range(8):
            await found.join(f"bot{number}", virtual=True)
        await do(found.room, "begin", {"item": 0})
        for number, who in enumerate(found.room.session.people):
            found.room.say_virtually(who, {"answer": number % 5})
        await do(found.room, "step", {"to": "show"})
        await do(found.room, "finish", {})
        looking = Looking(found.room)
        scene = await debriefed(looking)
        assert scene.lines[0] == REHEARSAL
        assert dict(scene.facts) == {"answers": "8"}
        await found.join("somebody")
        scene = await debriefed(looking)
        assert REHEARSAL not in scene.lines
        assert not scene.facts

    run(tmp_path, rehearse)


def test_the_coach_goes_through_the_screens_and_what_ifs_are_marked(tmp_path: Path) -> None:
    async def look(found: Bench) -> None:
        with pytest.raises(CommandError, match="nothing to look at"):
            await do(found.room, "look", {"screen": 1})
        await do(found.room, "begin", {"item": 0})
        await do(found.room, "finish", {})
        session = found.room.session
        session.activity = play("wisdom-of-the-room", 12, seed=2).activity
        looking = Looking(found.room)
        first = await debriefed(looking)
        screens = json.loads(desk(found.room, looking.screens()))["desk"]["screens"]
        assert [one["what_if"] for one in screens] == sorted(one["what_if"] for one in screens)
        assert screens[0]["title"] == first.title
        assert not screens[0]["what_if"]
        assert screens[-1]["what_if"]
        await do(found.room, "look", {"screen": len(screens) - 1})
        last = looking.scene()
        assert last is not None
        assert last.title == screens[-1]["title"] == session.scene().title
        await do(found.room, "look", {"screen": 39})
        assert looking.scene() == last, "where there are fewer, the last one stays"
        for bad in (-1, 40, True, "1", None):
            with pytest.raises(CommandError, match="no such screen"):
                await do(found.room, "look", {"screen": bad})
        assert json.loads(desk(found.room, looking.screens()))["desk"]["look"] == len(screens) - 1
        await do(found.room, "finish", {})
        await do(found.room, "begin", {"item": 0})
        await do(found.room, "finish", {})
        assert session.look == 0

    run(tmp_path, look)


def test_the_guide_asks_what_happened_over_the_first_screen_and_why_beside_the_model(tmp_path: Path) -> None:
    async def look(found: Bench) -> None:
        await do(found.room, "begin", {"item": 0})
        await do(found.room, "finish", {})
        session = found.room.session
        session.activity = played = play("trust-over-time", 12, seed=2).activity
        looking = Looking(found.room)
        first = await debriefed(looking)
        await do(found.room, "look", {"screen": 39})
        for screen, wanted in ((HAPPENED, first), (WHY, played.further()[-1])):
            await do(found.room, "guide", {"screen": screen})
            scene = looking.scene()
            assert scene is not None
            assert scene.title == wanted.title
        await do(found.room, "guide", {"screen": None})
        scene = looking.scene()
        assert scene is not None
        assert scene.title == played.what_ifs()[-1].title
        await do(found.room, "end", {})
        assert looking.farewell() == scene, "phones go home with what the room saw last"

    run(tmp_path, look)


def test_a_phone_keeps_its_own_result_through_the_debrief(tmp_path: Path) -> None:
    async def look(found: Bench) -> None:
        await do(found.room, "begin", {"item": 0})
        await do(found.room, "finish", {})
        found.room.session.activity = played = play("wisdom-of-the-room", 12, seed=2).activity
        who = next(one for one in played.people if played.result_of(one).lines)
        view = json.loads(PhoneViews(found.room, "/phone.js").view(who, ""))
        assert view["view"]["state"] == "debrief"
        assert view["view"]["phone"]["own"]["lines"]
        stranger = json.loads(PhoneViews(found.room, "/phone.js").view("nobody", ""))
        assert stranger["view"]["phone"] == {}

    run(tmp_path, look)


def test_a_log_that_looks_anywhere_shows_a_screen_or_the_last_one() -> None:
    room = play("safe-to-say", 12, seed=2)
    for screen in (1, 39):
        room.event("look", screen=screen)
    for screen in (-1, 40, 1e9, "2", None, True):
        room.event("look", screen=screen)
        assert room.session.look == 39
    assert Session.replay(room.log).scene() == room.what_ifs[-1]
