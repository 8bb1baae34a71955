"""The room's picture on phones: where the coach wants it, no more often than once a second, and at the end."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.hub.live.bench import Bench, run

from choreo.hub.live import picture as pictures
from choreo.hub.live.commands import do
from choreo.hub.live.picture import Picture
from choreo.hub.live.views import PhoneViews
from choreo.live.scene import Figure, Scene

SEEN = Scene("Seen", figures=(Figure(({"type": "bar", "x": [1]},), {}, "One bar."),))


def seen(found: Bench, picture: Picture) -> dict[str, Any] | None:
    view = json.loads(PhoneViews(found.room, "/m.js", picture.text).view("p1", ""))["view"]
    shown: dict[str, Any] | None = view.get("picture")
    return shown


def test_phones_show_the_picture_only_where_the_coach_wants_it(tmp_path: Path) -> None:
    async def look(found: Bench) -> None:
        await found.join("somebody")
        picture = Picture(found.room)
        await do(found.room, "begin", {"item": 0})
        picture.look(lambda: SEEN, found.room.session.farewell)
        assert seen(found, picture) is None
        await do(found.room, "share", {})
        found.room.updates.everybody = False
        assert picture.look(lambda: SEEN, found.room.session.farewell) == 0.0
        assert seen(found, picture) == json.loads(json.dumps(SEEN.json()))
        assert found.room.updates.everybody
        assert picture.look(lambda: Scene("Next"), found.room.session.farewell) > 0
        assert (seen(found, picture) or {})["title"] == "Seen"
        await do(found.room, "hide", {})
        picture.look(lambda: SEEN, found.room.session.farewell)
        assert seen(found, picture) is None
        await do(found.room, "show", {})
        await do(found.room, "unshare", {})
        picture.look(lambda: SEEN, found.room.session.farewell)
        assert seen(found, picture) is None

    run(tmp_path, look)


def test_a_large_picture_comes_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def look(found: Bench) -> None:
        monkeypatch.setattr(pictures, "LARGEST", 60)
        picture = Picture(found.room)
        await do(found.room, "begin", {"item": 0})
        await do(found.room, "share", {})
        picture.look(lambda: SEEN, found.room.session.farewell)
        told = seen(found, picture) or {}
        assert (told["figures"], told["lines"]) == ([], ["One bar."])

    run(tmp_path, look)


def test_at_the_end_every_phone_has_the_last_picture_though_nobody_shared_it(tmp_path: Path) -> None:
    async def look(found: Bench) -> None:
        people = [(await found.join(f"s{number}"), f"s{number}") for number in range(5)]
        picture = Picture(found.room)
        await do(found.room, "begin", {"item": 0})
        for number, (who, secret) in enumerate(people):
            assert await found.say(who, secret, 1, {"answer": number}) == ""
        await do(found.room, "step", {"to": "show"})
        await do(found.room, "end", {})
        picture.look(lambda: None, found.room.session.farewell)
        last = seen(found, picture) or {}
        assert last["figures"][0]["data"][0]["y"] == [1, 1, 1, 1, 1]

    run(tmp_path, look)


def test_what_the_room_was_not_shown_goes_home_with_nobody(tmp_path: Path) -> None:
    async def look(found: Bench) -> None:
        people = [(await found.join(f"s{number}"), f"s{number}") for number in range(5)]
        picture = Picture(found.room)
        await do(found.room, "begin", {"item": 0})
        for number, (who, secret) in enumerate(people):
            assert await found.say(who, secret, 1, {"answer": number}) == ""
        await do(found.room, "end", {})
        picture.look(lambda: None, found.room.session.farewell)
        assert seen(found, picture) is None

    run(tmp_path, look)
