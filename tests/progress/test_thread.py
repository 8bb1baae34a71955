"""One's own collaboration, and what was said about it in other lessons."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.grading.samples import ANSWERS, sample

from choreo.grading.collaboration import Named
from choreo.progress.entry import Entry, new_entry
from choreo.progress.thread import LONGEST, TOLD, Thread

START = datetime(2026, 11, 20, 9, tzinfo=UTC)
MINE = "first/mine"
THREAD = Thread(
    MINE,
    {f"{lesson}/{name}": sample(name) for lesson in ("second", "third") for name in ("card", "next-move")},
    {"second": "The second"},
)


def did(address: str, kind: str, answer: dict[str, Any], minutes: int = 0) -> Entry:
    lesson, item = address.split("/")
    return new_entry(lesson, item, kind, 1, answer, None, START + timedelta(minutes=minutes))


def wrote(address: str, frame: str, minutes: int = 0) -> Entry:
    return did(address, "reflection", {"fields": {"frame": frame, "freedom": ""}, "met": []}, minutes)


def test_the_newest_name_counts_and_can_be_taken_back() -> None:
    first, second = did(MINE, "collaboration", ANSWERS["mine"]), did(MINE, "collaboration", {"people": "us"}, 1)
    assert THREAD.named([second, first]) == Named("", "us", "")
    assert THREAD.named([first, did(MINE, "collaboration", dict.fromkeys(ANSWERS["mine"], ""), 2)]) is None
    assert THREAD.named([]) is None


def test_what_was_said_elsewhere_comes_newest_first_and_each_in_its_newest_version() -> None:
    plan = did("third/next-move", "commitment", ANSWERS["next-move"], 2)
    entries = [wrote("second/card", "Old"), wrote("second/card", "New", 1), plan]
    assert [(said.lesson, said.texts) for said in THREAD.said(entries, here="fourth")] == [
        ("third", (("", "When we meet, I will ask for a cue."),)),
        ("The second", (("The frame", "New"),)),
    ]


def test_what_was_said_here_is_not_said_before_nor_what_belongs_to_no_part_of_the_thread() -> None:
    entries = [wrote("second/card", "Here"), wrote("second/gone", "Gone"), did("third/card", "attempt", {})]
    assert THREAD.said(entries, here="second") == ()


def test_it_stays_short() -> None:
    many = [
        *(wrote(f"{lesson}/card", "long " * 200) for lesson in ("second", "third")),
        *(did(f"{lesson}/next-move", "commitment", ANSWERS["next-move"]) for lesson in ("second", "third")),
    ]
    said = THREAD.said(many, here="")
    assert len(said) == TOLD
    assert all(len(text) <= LONGEST + 1 for one in said for _label, text in one.texts)


JSON = st.recursive(
    st.none() | st.integers() | st.text(st.characters(exclude_categories=())),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["fields", "frame", "when"]), inner),
    max_leaves=6,
)


@pytest.mark.parametrize(("address", "kind"), [(MINE, "collaboration"), ("second/card", "reflection")])
@given(answer=st.dictionaries(st.sampled_from(["fields", "met", "purpose", "people", "stuck"]), JSON))
def test_whatever_entries_hold_is_told_as_far_as_it_can_be(address: str, kind: str, answer: dict[str, Any]) -> None:
    entry = did(address, kind, answer)
    THREAD.named([entry])
    for said in THREAD.said([entry], here="fourth"):
        assert [text.encode() for _label, text in said.texts]
