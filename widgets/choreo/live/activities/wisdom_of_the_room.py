"""Wisdom of the room: estimates made alone, and again after seeing others."""

from __future__ import annotations

from choreo.live.activity import Activity, Settings, Step


class WisdomOfTheRoomSettings(Settings):
    """The question."""


class WisdomOfTheRoom(Activity):
    """Everybody estimates alone, then again."""

    name = "wisdom-of-the-room"
    title = "Wisdom of the room"
    lesson = "08"
    minutes = 15
    steps = (Step("alone", "Estimate alone"), Step("again", "Estimate again"), Step("truth", "Show the truth"))
    Settings = WisdomOfTheRoomSettings
