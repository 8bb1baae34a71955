"""A self-profile as a radar."""

from __future__ import annotations

from datetime import date

from choreo.hub.radar import CENTRE, RADIUS, radar
from choreo.progress.portrait import Portrait


def test_a_radar_begins_at_the_top_and_its_names_stand_outside() -> None:
    times = ((date(2026, 11, 20), (5.0, 2.5, 1.0, 5.0)),)
    drawn = radar(Portrait("L", "T", "never", "always", 5, ("A", "B", "C", "D"), times))
    assert drawn.shapes[0][0] == (CENTRE[0], CENTRE[1] - RADIUS)
    assert drawn.shapes[0][1] == (CENTRE[0] + RADIUS / 2, CENTRE[1])
    assert [axis.anchor for axis in drawn.axes] == ["middle", "start", "middle", "end"]
    assert len(drawn.rings) == 5
