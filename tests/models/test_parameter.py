"""Parameter records: what they accept, how they refuse, and how they describe themselves."""

from __future__ import annotations

import math
from dataclasses import FrozenInstanceError, dataclass
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from choreo.models.parameter import ParameterError, Parameters, Spec, choice, number, whole


@dataclass(frozen=True)
class Orchard(Parameters):
    """An example record."""

    rain: float = number(0.5, 0, 1, "how much it rains", "m")
    trees: int = whole(10, 1, 100, "how many trees stand")
    fruit: str = choice("apple", ("apple", "pear"), "what grows")


@given(st.floats(0, 1), st.integers(1, 100), st.sampled_from(["apple", "pear"]))
def test_values_within_bounds_are_kept(rain: float, trees: int, fruit: str) -> None:
    orchard = Orchard(rain, trees, fruit)
    assert (orchard.rain, orchard.trees, orchard.fruit) == (rain, trees, fruit)


@given(st.floats().filter(lambda value: not 0 <= value <= 1))
def test_numbers_out_of_bounds_are_refused(rain: float) -> None:
    with pytest.raises(ParameterError, match=r"Orchard.rain = .*0 to 1"):
        Orchard(rain=rain)


@pytest.mark.parametrize("rain", [math.nan, math.inf, -math.inf, True, "0.5", None, [0.5]])
def test_what_is_no_number_is_refused(rain: Any) -> None:
    with pytest.raises(ParameterError, match="must be a number from 0 to 1"):
        Orchard(rain=rain)


@pytest.mark.parametrize("trees", [2.5, math.nan, math.inf, True, "3", None])
def test_what_is_not_whole_is_refused(trees: Any) -> None:
    with pytest.raises(ParameterError, match="must be a whole number from 1 to 100"):
        Orchard(trees=trees)


@pytest.mark.parametrize("trees", [np.int64(20), np.uint8(20), np.float32(20)])
def test_numbers_of_numpy_are_numbers(trees: Any) -> None:
    assert type(Orchard(trees=trees).trees) is int
    assert type(Orchard(rain=np.float32(0.5)).rain) is float
    assert type(Orchard(rain=np.int64(1)).rain) is float


@pytest.mark.parametrize("size", [10**400, -(10**400), 10**9000], ids=["long", "negative", "too long to print"])
def test_a_number_too_long_for_a_float_is_refused_in_words(size: int) -> None:
    with pytest.raises(ParameterError, match=r"Orchard.trees = more than 30 digits: must lie from 1 to 100"):
        Orchard(trees=size)
    with pytest.raises(ParameterError, match=r"Orchard.rain = more than 30 digits: must lie from 0 to 1"):
        Orchard(rain=size)


def test_a_whole_float_becomes_an_int() -> None:
    trees = Orchard(trees=7.0).trees  # type: ignore[arg-type]  # sliders send floats
    assert trees == 7
    assert type(trees) is int


@pytest.mark.parametrize("fruit", ["plum", "", 3, None])
def test_a_word_that_is_no_option_is_refused_and_the_options_are_named(fruit: Any) -> None:
    with pytest.raises(ParameterError, match=r"Orchard.fruit = .*must be one of apple, pear"):
        Orchard(fruit=fruit)


def test_every_fault_is_reported_at_once() -> None:
    with pytest.raises(ParameterError) as caught:
        Orchard(rain=2, trees=0, fruit="plum")
    for fault in ("Orchard.rain = 2", "Orchard.trees = 0", "Orchard.fruit = 'plum'"):
        assert fault in str(caught.value)


def test_records_are_frozen_and_equal_by_value() -> None:
    orchard = Orchard()
    with pytest.raises(FrozenInstanceError):
        orchard.rain = 1.0  # type: ignore[misc]
    assert orchard == Orchard(0.5, 10, "apple")
    assert hash(orchard) == hash(Orchard())


def test_specs_describe_every_parameter_in_order_for_the_controls() -> None:
    assert Orchard.specs() == (
        Spec("rain", "how much it rains", 0.5, 0, 1, "m"),
        Spec("trees", "how many trees stand", 10, 1, 100, whole=True),
        Spec("fruit", "what grows", "apple", options=("apple", "pear")),
    )


def test_every_default_passes_its_own_check() -> None:
    assert all(spec.check(spec.default) is None for spec in Orchard.specs())


@given(st.floats(allow_nan=True) | st.integers() | st.text() | st.none())
def test_a_spec_says_no_exactly_when_the_record_refuses(value: Any) -> None:
    for spec in Orchard.specs():
        refused = False
        try:
            Orchard(**{spec.name: value})
        except ParameterError:
            refused = True
        assert refused == (spec.check(value) is not None)
