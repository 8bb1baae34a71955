from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from tests.progress.test_entry import an_entry

from choreo.progress.entry import stamp
from choreo.progress.review import INTERVALS, due_now, schedule, taken

START = datetime(2026, 11, 20, 9, tzinfo=UTC)
DAY = timedelta(days=1)


def attempt(at=START):
    return an_entry(at=stamp(at))


def answer(at, score=1.0, item="q"):
    return an_entry(item=item, kind="review", score=score, at=stamp(at))


def test_a_lesson_not_begun_has_nothing_to_review():
    assert schedule(["q"], []) == []
    assert taken([an_entry(kind="prediction", score=None)]) is None


def test_a_question_first_comes_back_after_a_day():
    plan = schedule(["q"], [attempt()])
    assert plan[0].at == START + DAY
    assert due_now(plan, START + DAY - timedelta(seconds=1)) == []
    assert due_now(plan, START + DAY) == ["q"]


def test_remembered_questions_come_back_after_3_7_and_21_days_and_then_rest():
    entries, now = [attempt()], START + DAY
    for days in (3, 7, 21):
        entries.append(answer(now))
        assert schedule(["q"], entries)[0].at == now + timedelta(days=days)
        now += timedelta(days=days)
    entries.append(answer(now))
    assert schedule(["q"], entries)[0].at is None
    assert due_now(schedule(["q"], entries), now + 400 * DAY) == []


def test_a_missed_question_begins_again():
    entries = [attempt(), answer(START + DAY), answer(START + 4 * DAY, score=0.0)]
    due = schedule(["q"], entries)[0]
    assert (due.step, due.at) == (0, START + 5 * DAY)


def test_practising_before_the_time_changes_nothing():
    assert schedule(["q"], [attempt(), answer(START + timedelta(hours=1))]) == schedule(["q"], [attempt()])


@given(st.lists(st.tuples(st.integers(0, 60 * 24), st.sampled_from([0.0, 0.5, 1.0])), max_size=12))
def test_every_question_is_somewhere_on_the_schedule(history):
    entries = [attempt(), *(answer(START + timedelta(hours=hour), score) for hour, score in history)]
    due = schedule(["q"], entries)[0]
    assert 0 <= due.step <= len(INTERVALS)
    assert (due.at is None) == (due.step == len(INTERVALS))
