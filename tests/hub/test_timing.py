"""Times as people say them."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.hub.visiting import START

from choreo.hub.timing import until


@pytest.mark.parametrize(
    ("left", "words"),
    [
        ({"seconds": -1}, "now"),
        ({"hours": 10}, "later today"),
        ({"hours": 15}, "tomorrow"),
        ({"days": 1, "hours": 14}, "tomorrow"),
        ({"days": 2, "hours": 15}, "in 3 days"),
    ],
)
def test_a_moment_is_as_far_away_as_people_say(left: dict[str, float], words: str) -> None:
    assert until(START + timedelta(**left), START) == words


def test_days_are_those_of_whoever_is_told() -> None:
    evening = datetime(2026, 10, 1, 20, tzinfo=ZoneInfo("America/Los_Angeles"))
    assert until(evening + timedelta(hours=3), evening) == "later today"
    assert until(evening + timedelta(hours=4), evening) == "tomorrow"
