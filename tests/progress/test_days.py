from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from choreo.progress.days import beginning, day_of, days_later

ZONES = [
    ZoneInfo(name) for name in ("America/Los_Angeles", "Europe/Berlin", "Asia/Kolkata", "Pacific/Apia", "Africa/Cairo")
]
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))


@given(MOMENTS, st.sampled_from(ZONES), st.integers(1, 60))
def test_a_day_later_is_the_next_day_whatever_the_hour_and_the_clock_change(moment, zone, days):
    due = days_later(moment, timedelta(days=days), zone)
    assert day_of(due, zone) >= day_of(moment, zone) + timedelta(days=days)
    assert day_of(due - timedelta(seconds=1), zone) < day_of(moment, zone) + timedelta(days=days)


@pytest.mark.parametrize(
    ("day", "zone", "begins"),
    [
        (date(2026, 10, 25), "Europe/Berlin", datetime(2026, 10, 24, 22, tzinfo=UTC)),  # 25 hours long
        (date(2026, 10, 26), "Europe/Berlin", datetime(2026, 10, 25, 23, tzinfo=UTC)),
        (
            date(2024, 4, 26),
            "Africa/Cairo",
            datetime(2024, 4, 25, 22, tzinfo=UTC),
        ),  # there is no midnight: it begins at 1
        (date(2026, 11, 20), "Asia/Kolkata", datetime(2026, 11, 19, 18, 30, tzinfo=UTC)),
    ],
)
def test_a_day_begins_where_somebody_is(day, zone, begins):
    assert beginning(day, ZoneInfo(zone)) == begins


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("day", [date.min, date.max])
def test_the_ends_of_time_are_days_like_others(zone, day):
    for moment in (datetime.combine(day, time.min, UTC), datetime.combine(day, time.max, UTC)):
        assert isinstance(day_of(moment, zone), date)
        assert days_later(moment, timedelta(days=3), zone).tzinfo is UTC
    assert beginning(day, zone).tzinfo is UTC
