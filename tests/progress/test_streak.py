from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from choreo.progress.streak import in_a_row

TODAY = date(2026, 11, 20)


def days(*ago):
    return {TODAY - timedelta(days=n) for n in ago}


def row(came, waited=()):
    return in_a_row(came, lambda day: day in waited, TODAY)


def test_who_never_came_has_no_row():
    assert row(set()) == 0


def test_days_on_which_nothing_waited_are_no_gap():
    assert row(days(0, 3, 10)) == 3


def test_a_day_on_which_something_waited_ends_the_row():
    assert row(days(0, 3, 10), waited=days(5)) == 2


def test_today_is_not_over():
    assert row(days(1, 2), waited=days(0)) == 2


@given(st.sets(st.integers(0, 60)), st.sets(st.integers(0, 60)))
def test_a_row_is_never_longer_than_the_days_that_were_come(came, waited):
    assert 0 <= row(days(*came), days(*waited)) <= len(came)
