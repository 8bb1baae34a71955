"""Times as people say them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.hub.visiting import START

from choreo.hub.timing import until


@pytest.mark.parametrize(
    ("left", "words"),
    [
        ({"seconds": -1}, "now"),
        ({"minutes": 20}, "within the hour"),
        ({"minutes": 65}, "in 1 hour"),
        ({"hours": 19}, "in 19 hours"),
        ({"hours": 23, "minutes": 59}, "in a day"),
        ({"days": 2, "hours": 23}, "in 3 days"),
    ],
)
def test_a_moment_is_as_far_away_as_people_say(left: dict[str, float], words: str) -> None:
    assert until(START + timedelta(**left), START) == words
