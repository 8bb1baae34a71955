"""A comparison tells the truth about what was drawn, whatever it is."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from choreo.explorables.shape import compared, shape

PLACES = (0, 0.5, 1, 1.5, 2, 2.5, 3)
LEAPS = [4, 10, 71, 92, 96, 97, 98]
FALLS = [40, 23, 5, 1, 1, 1, 1]


def say(value: float) -> str:
    return f"{value:.0f}%"


def told(drawn: list[float] | None, real: list[float] | None = None) -> str:
    return compared(PLACES, drawn, real or LEAPS, 100, say)


def test_a_straight_line_has_no_leap():
    words = told([4, 19, 35, 50, 66, 81, 96])
    assert "The line you drew rises step by step." in words
    assert "your leap" not in words
    assert "you drew the leap" not in words.lower()


def test_what_was_drawn_exactly_is_said_to_be_so():
    words = told([float(value) for value in LEAPS])
    assert words.startswith("You drew very nearly what happened: everywhere within 1%.")
    assert "That is where you drew your leap, too." in words
    assert "widest gap" not in words


@pytest.mark.parametrize(
    ("drawn", "words"),
    [
        ([50] * 7, "The line you drew is nearly flat."),
        ([96, 81, 66, 50, 35, 19, 4], "The line you drew falls step by step."),
        ([0, 90, 10, 80, 20, 95, 5], "The line you drew goes up and down."),
        ([0, 2, 4, 6, 90, 95, 96], "You drew the leap later, between 1.5 and 2."),
        ([0, 80, 85, 88, 90, 92, 94], "You drew the leap earlier, between 0 and 0.5."),
        ([95, 92, 20, 15, 12, 10, 8], "You drew a drop between 0.5 and 1."),
    ],
)
def test_each_kind_of_drawing_gets_its_own_sentence(drawn, words):
    assert words in told(drawn)


def test_who_drew_nothing_is_told_what_happened_only():
    assert told(None) == "Between 0.5 and 1 it leaps from 10% to 71%."


def test_a_falling_course_is_told_as_one():
    assert told(None, FALLS) == "It falls from 40% to 1%, fastest between 0.5 and 1."


@given(st.lists(st.integers(0, 100), min_size=7, max_size=7), st.lists(st.integers(0, 100), min_size=7, max_size=7))
def test_no_sentence_says_what_is_not_so(drawn, real):
    words = compared(PLACES, drawn, real, 100, say)
    gaps = [abs(a - b) for a, b in zip(drawn, real, strict=True)]
    assert ("very nearly" in words) == (max(gaps) <= 10)
    if found := re.search(r"everywhere within (\d+)%", words):
        assert max(gaps) <= int(found[1])
    for place, said, was in re.findall(r"at ([\d.]+): you said (\d+)%, it was (\d+)%", words):
        at = PLACES.index(float(place))
        assert (drawn[at], real[at]) == (int(said), int(was))
    if found := re.search(r"widest gap is at ([\d.]+)", words):
        assert gaps[PLACES.index(float(found[1]))] == max(gaps)
    if found := re.search(r"closest at ([\d.]+)", words):
        assert gaps[PLACES.index(float(found[1]))] == min(gaps)
    if "The line you drew rises" in words:
        assert drawn[-1] > drawn[0]
    if "The line you drew falls" in words:
        assert drawn[-1] < drawn[0]
    if "it leaps from" in words:
        low, high = map(int, re.search(r"it leaps from (\d+)% to (\d+)%", words).groups())
        assert high > low
    if "where you drew your leap, too" in words:
        assert shape(PLACES, drawn, 100).at == shape(PLACES, real, 100).at


@given(st.floats(0, 40), st.floats(11, 60))
def test_any_straight_line_is_straight(low, rise):
    assert shape(PLACES, [low + rise * x / 3 for x in PLACES], 100).kind == "even"


@given(st.lists(st.integers(1, 30), min_size=3, max_size=9, unique=True), st.integers(12, 90))
def test_a_straight_line_over_uneven_places_is_straight_too(places, rise):
    rising = sorted(places)
    values = [rise * (x - rising[0]) / (rising[-1] - rising[0]) for x in rising]
    assert shape(rising, values, 100).kind == "even"
