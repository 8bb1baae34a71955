"""Safe to say?: what people think of a delicate statement, and what they believe the others think. Sealed ballots."""

from __future__ import annotations

from choreo.live.activity import Activity, Settings, Step


class SafeToSaySettings(Settings):
    """The statement."""


class SafeToSay(Activity):
    """One sealed ballot each: one's own view, and a guess at the others'."""

    name = "safe-to-say"
    title = "Safe to say?"
    lesson = "04"
    minutes = 15
    steps = (Step("ask", "Ask", ballots=True), Step("show", "Show the gap"))
    Settings = SafeToSaySettings
