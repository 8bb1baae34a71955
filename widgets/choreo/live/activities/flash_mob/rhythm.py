"""The rhythm of a room, from the times at which its people tapped.

Between two taps a person's phase grows evenly by one turn; after the last one it goes on at their own tempo for a while.
Taps come as one row per person, in seconds, rising, with nan in front for what is not there.
"""

from __future__ import annotations

import math

import numpy as np

from choreo.models.kuramoto import order

FADE = 4.0  # seconds after which somebody who stopped tapping no longer counts
LONGEST = 3.0  # seconds between two taps of one rhythm
RECENT = 6  # taps that say somebody's tempo


def medians(values: np.ndarray) -> np.ndarray:
    """The median of each row's numbers, leaving out nan; nan where there are none."""
    ranked = np.sort(values, axis=1)  # nan comes last
    count = (~np.isnan(values)).sum(axis=1)
    row = np.arange(len(values))
    middle: np.ndarray = (ranked[row, np.maximum(count - 1, 0) // 2] + ranked[row, count // 2]) / 2
    return middle


def median(values: np.ndarray) -> float:
    """The median of all numbers, leaving out nan; nan where there are none."""
    return float(medians(values[None])[0]) if len(values) else math.nan


def periods(taps: np.ndarray) -> np.ndarray:
    """Each person's time between taps (s), the median of the latest; nan under two taps."""
    gaps = np.diff(taps[:, -RECENT:], axis=1)
    return medians(np.where(gaps <= LONGEST, gaps, np.nan))


def phases(taps: np.ndarray, at: float) -> np.ndarray:
    """Each person's phase (rad, 0 to 2 pi) at the time `at`; nan for who has no rhythm then."""
    people, places = taps.shape
    row = np.arange(people)
    following = places - (taps > at).sum(axis=1)  # the place of the first tap after `at`
    before = np.where(following > 0, taps[row, following - 1], np.nan)
    after = np.where(following < places, taps[row, np.minimum(following, places - 1)], np.nan)
    gap, since = after - before, at - before
    turns = since / np.where(gap <= LONGEST, gap, periods(taps))
    angle: np.ndarray = np.where(since <= FADE, turns % 1, np.nan) * (2 * np.pi)
    return angle


def together(angles: np.ndarray) -> float | None:
    """The order parameter of those whose phase is known, 0 to 1; None for fewer than two people."""
    known = angles[~np.isnan(angles)]
    return float(order(known)) if len(known) > 1 else None


def common_period(taps: np.ndarray, angles: np.ndarray) -> float | None:
    """The time between taps (s) in the middle of those whose phase is known; None if nobody's is."""
    middle = median(np.where(np.isnan(angles), np.nan, periods(taps)))
    return None if math.isnan(middle) else middle
