import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from choreo.progress.entry import (
    KINDS,
    LARGEST,
    EntryError,
    entries_in,
    from_json,
    moment,
    new_entry,
    stamp,
    to_json,
)

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)

json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**15), 10**15) | st.floats(-LARGEST, LARGEST) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)


def an_entry(**changes):
    return replace(new_entry("09-choreography", "quiet-months", "attempt", 1, {"chosen": ["a"]}, 1.0, NOON), **changes)


@given(
    item=st.from_regex(r"[a-z0-9][a-z0-9-]{0,79}", fullmatch=True),
    kind=st.sampled_from(KINDS),
    answer=st.dictionaries(st.text(), json_values, max_size=3),
    score=st.none() | st.floats(0, 1),
    now=st.datetimes(datetime(1970, 1, 2), datetime(2199, 12, 31), timezones=st.just(UTC)),
)
def test_an_entry_survives_its_journey_as_json(item, kind, answer, score, now):
    entry = new_entry("09-choreography", item, kind, 1, answer, score, now)
    assert from_json(json.loads(json.dumps(to_json(entry)))) == entry


@given(json_values)
def test_what_is_no_entry_is_refused_and_never_crashes(value):
    with pytest.raises(EntryError):
        from_json(value)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", "not hex"),
        ("lesson", "../secrets"),
        ("item", ""),
        ("kind", "gossip"),
        ("version", 0),
        ("version", True),
        ("answer", [1]),
        ("score", 1.5),
        ("score", float("nan")),
        ("at", "yesterday"),
        ("at", "2026-11-20T12:00:00"),
        ("at", "9999-12-31T23:59:59.000Z"),
        ("at", "1969-12-31T23:59:59.000Z"),
        ("answer", {"settings": {"reach": float("inf")}}),
        ("answer", {"deep": [{"number": float("nan")}]}),
        ("answer", {"number": -(10**4000)}),
    ],
)
def test_each_broken_field_is_named(field, value):
    with pytest.raises(EntryError, match=field):
        from_json(to_json(an_entry()) | {field: value})


def test_all_faults_are_told_at_once():
    record = to_json(an_entry(kind="gossip", version=0)) | {"extra": 1}
    del record["at"]
    with pytest.raises(EntryError) as error:
        from_json(record)
    assert all(name in str(error.value) for name in ("kind", "version", "extra", "at"))


def test_times_are_told_in_utc_whatever_the_learner_s_clock_says():
    there = NOON.astimezone(timezone(timedelta(hours=-8)))
    assert stamp(there) == "2026-11-20T12:00:00.000Z"
    assert moment(an_entry()) == NOON


def test_a_record_that_is_no_entry_costs_the_others_nothing():
    heard = []
    good, bad = an_entry(), to_json(an_entry()) | {"answer": {"number": float("inf")}}
    assert entries_in([bad, 7, to_json(good)], heard.append) == [good]
    assert bad["id"] in heard[0]
    assert "a number in it" in heard[0]
    assert len(heard) == 2
