"""Flash mob: everybody taps a rhythm on their phone, and the room finds a common one, or does not."""

from __future__ import annotations

from choreo.live.activity import Activity, Settings, Step


class FlashMob(Activity):
    """People tap; the activity follows their phases."""

    name = "flash-mob"
    title = "Flash mob"
    lesson = "09"
    minutes = 15
    steps = (Step("calibrate", "Calibrate"),)
    Settings = Settings
