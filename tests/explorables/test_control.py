"""A control takes what it can of whatever comes."""

from __future__ import annotations

from typing import Any

import pytest

from choreo.explorables.control import Control


@pytest.mark.parametrize(
    ("wanted", "kept"),
    [(10**400, 10), (-(10**400), 0), (1e308, 10), (float("inf"), 3), (float("nan"), 3), (True, 3), ("7", 3), ([7], 3)],
)
def test_a_slider_stays_within_its_bounds_whatever_comes(wanted: Any, kept: int) -> None:
    assert Control("push", "Push", 0, 10).sound(wanted, 3) == kept
