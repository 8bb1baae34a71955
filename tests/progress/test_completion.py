from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from tests.progress.test_entry import an_entry

from choreo.progress.completion import latest, progress

entries = st.lists(
    st.builds(
        lambda item, minute, kind: replace(an_entry(), item=item, kind=kind, at=f"2026-11-20T12:{minute:02}:00.000Z"),
        st.sampled_from(["a", "b", "c", "gone"]),
        st.integers(0, 59),
        st.sampled_from(["attempt", "review"]),
    )
)


def test_nothing_done_is_nothing_done():
    assert progress(["a", "b"], []).share == 0
    assert not progress([], []).complete


def test_a_wrong_answer_counts_as_done():
    assert progress(["a"], [an_entry(item="a", score=0.0)]).complete


def test_a_review_answer_does_not_count_as_the_exercise():
    assert progress(["a"], [an_entry(item="a", kind="review")]).done == 0


def test_the_newest_entry_is_the_present_state():
    old, new = an_entry(at="2026-11-20T12:00:00.000Z"), an_entry(at="2026-11-20T12:00:01.000Z")
    assert latest([new, old])[old.item] is new


@given(entries)
def test_progress_never_exceeds_the_lesson_and_ignores_items_that_are_gone(done):
    result = progress(["a", "b", "c"], done)
    assert 0 <= result.done <= result.total == 3
    assert result.done == len({e.item for e in done if e.kind == "attempt" and e.item != "gone"})


@given(entries, st.randoms())
def test_the_order_in_which_entries_arrive_does_not_matter(done, random):
    shuffled = list(done)
    random.shuffle(shuffled)
    assert progress(["a", "b", "c"], shuffled) == progress(["a", "b", "c"], done)
