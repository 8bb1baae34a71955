"""Each message counts once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from choreo.hub.live.deduplication import KEPT, Deduplication, Taken


@given(st.lists(st.integers(0, 40), max_size=60))
def test_every_number_counts_once_in_whatever_order_it_comes(numbers: list[int]) -> None:
    taken, known = Taken(), set()
    for n in numbers:
        assert (n in taken) == (n in known)
        taken.add(n)
        known.add(n)


def test_what_is_long_past_counts_as_taken() -> None:
    taken = Taken(range(10_000))
    assert taken.newest == 9999
    assert all(n in taken for n in range(10_000))
    assert 10_000 not in taken
    late = Taken([*range(0, 6 * KEPT, 2)])
    assert 1 in late
    assert 6 * KEPT - 1 not in late


def test_a_message_that_is_said_again_is_answered_as_the_first_one() -> None:
    told: list[str] = []
    messages = Deduplication({"p1": [3]})
    assert messages.newest("p1") == 3
    assert messages.is_known("p1", 3, told.append)
    assert not messages.is_known("p1", 4, told.append)
    settle = messages.take("p1", 4, told.append)
    assert messages.is_known("p1", 4, told.append)
    assert told == [""]
    settle("The disk is full.")
    assert told == ["", "The disk is full.", "The disk is full."]
    assert not messages.is_known("p1", 4, told.append)
    messages.take("p1", 4, told.append)("")
    assert (told[3:], messages.newest("p1")) == ([""], 4)
