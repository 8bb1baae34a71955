from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.grading.samples import sample
from tests.progress.test_entry import an_entry

from choreo.bank.loader import LessonBank
from choreo.progress.entry import moment, stamp
from choreo.progress.rehearsal import rehearsals
from choreo.progress.review import DAILY, INTERVALS, days_ahead, due_now, interleaved, room_today, schedule, waits
from choreo.progress.streak import within

START = datetime(2026, 11, 20, 9, tzinfo=UTC)
DAY = timedelta(days=1)
MORNING = datetime(2026, 11, 20, tzinfo=UTC)  # when the day of START begins
PACIFIC = ZoneInfo("America/Los_Angeles")
BANK = LessonBank(
    "lesson",
    (
        sample("one", id="first"),
        sample("one", id="second"),
        sample("one", id="third"),
        sample("one", id="q", review=True),
        sample("one", id="late", review=True, follows="third"),
    ),
)


def done(*items, at=START):
    return [an_entry(item=item, at=stamp(at + timedelta(minutes=number))) for number, item in enumerate(items)]


MET = [an_entry(item="first", at=stamp(START - DAY)), an_entry(item="second", at=stamp(START))]


def answer(at, score=1.0, item="q"):
    return an_entry(item=item, kind="review", score=score, at=stamp(at))


def plan(entries, question="q"):
    return schedule(BANK, [question], entries)


def test_a_lesson_not_begun_has_nothing_to_review():
    assert schedule(BANK, BANK.questions, []) == []
    assert schedule(BANK, BANK.questions, [an_entry(item="first", kind="settings", score=None, at=stamp(START))]) == []


def test_a_question_waits_until_half_of_its_lesson_is_done():
    assert plan(done("first", "first")) == []
    assert plan(MET)[0].at == MORNING + DAY


def test_a_question_that_follows_an_exercise_waits_for_that_one():
    assert plan(MET, "late") == []
    later = START + 5 * DAY
    assert plan([*MET, *done("third", at=later)], "late")[0].at == MORNING + 6 * DAY


def test_a_prediction_that_was_declined_is_met_as_well():
    declined = an_entry(item="third", kind="prediction", score=None, answer={"declined": True}, at=stamp(START))
    assert plan([declined], "late")[0].at == MORNING + DAY


def test_a_question_asked_before_stays_on_its_schedule():
    assert plan([answer(START)])[0].at == MORNING + INTERVALS[1]


def test_a_question_first_comes_back_the_next_day():
    assert due_now(plan(MET), MORNING + DAY - timedelta(seconds=1)) == []
    assert [due.item for due in due_now(plan(MET), MORNING + DAY)] == ["q"]


def test_the_next_day_is_the_learners():
    evening = datetime(2026, 10, 2, 3, tzinfo=UTC)  # 20:00 on 1 October in Los Angeles
    met = done("first", "second", at=evening)

    def due(at):
        return due_now(schedule(BANK, ["q"], met, PACIFIC), at)

    assert due(datetime(2026, 10, 2, 6, 59, tzinfo=UTC)) == []
    assert due(datetime(2026, 10, 2, 7, tzinfo=UTC))
    assert due(evening + DAY - timedelta(minutes=10))


@pytest.mark.parametrize("zone", [UTC, PACIFIC, ZoneInfo("Asia/Kolkata")])
@given(st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 1)), st.lists(st.integers(0, 23 * 60), min_size=8))
def test_who_comes_every_day_meets_a_question_on_the_days_that_were_said(zone, first, minutes):
    """Whatever the hour, also where clocks change: after 1, 3, 7 days."""
    start = first.replace(hour=0, minute=0, tzinfo=zone)
    entries = done("first", "second", at=start + timedelta(minutes=minutes[0]))
    asked = []
    for day, minute in enumerate([*minutes, *minutes][:12]):
        now = (start + timedelta(days=day)).replace(hour=minute // 60, minute=minute % 60).astimezone(UTC)
        if due_now(schedule(BANK, ["q"], entries, zone), now):
            entries.append(answer(now))
            asked.append(day)
    assert asked == [day for day in (1, 4, 11) if day < min(12, 2 * len(minutes))]


@given(
    st.lists(st.tuples(st.integers(0, 40), st.sampled_from(["q", "late"]), st.sampled_from([0.0, 1.0])), max_size=25),
    st.lists(st.tuples(st.integers(0, 40), st.sampled_from(["first", "second", "third"])), max_size=4),
)
def test_when_something_waited_is_what_the_plan_of_that_day_said(reviews, items):
    entries = [answer(START + day * DAY, score, item) for day, item, score in reviews]
    entries += [entry for day, item in items for entry in done(item, at=START + day * DAY)]
    waited = within(waits(BANK, BANK.questions, entries, PACIFIC))
    for day in range(60):
        midnight = MORNING + day * DAY
        before = [entry for entry in entries if moment(entry) < midnight]
        assert waited(midnight) == bool(due_now(schedule(BANK, BANK.questions, before, PACIFIC), midnight)), day


def test_remembered_questions_come_back_after_3_7_21_and_60_days_and_then_rest():
    entries, now = [*MET], START + DAY
    for days in (3, 7, 21, 60):
        entries.append(answer(now))
        assert plan(entries)[0].at == now + timedelta(days=days) - (START - MORNING)
        now += timedelta(days=days)
    entries.append(answer(now))
    assert plan(entries)[0].at is None
    assert due_now(plan(entries), now + 400 * DAY) == []


def test_a_missed_question_begins_again():
    due = plan([*MET, answer(START + DAY), answer(START + 4 * DAY, score=0.0)])[0]
    assert (due.step, due.at) == (0, MORNING + 5 * DAY)


def test_practising_before_the_time_changes_nothing():
    assert plan([*MET, answer(START + timedelta(hours=1))]) == plan(MET)


@given(st.lists(st.tuples(st.integers(0, 60 * 24), st.sampled_from([0.0, 0.5, 1.0])), max_size=12))
def test_every_question_is_somewhere_on_the_schedule(history):
    entries = [*MET, *(answer(START + timedelta(hours=hour), score) for hour, score in history)]
    due = plan(entries)[0]
    assert 0 <= due.step <= len(INTERVALS)
    assert (due.at is None) == (due.step == len(INTERVALS))


def test_a_day_has_room_for_twelve_questions_and_asking_again_takes_none():
    now = START + timedelta(hours=5)
    entries = [answer(START, item=f"q{number}") for number in range(5)] + [answer(START, item="q0")]
    assert room_today([*MET, *entries], now) == DAILY - 5
    assert room_today([answer(START, item=f"q{number}") for number in range(20)], now) == 0
    assert room_today(entries, now + DAY) == DAILY
    assert room_today(entries, (START - timedelta(hours=2)).astimezone(PACIFIC)) == DAILY  # 23:00 the day before


@given(st.dictionaries(st.sampled_from("abcd"), st.lists(st.integers(), max_size=5)))
def test_lessons_take_turns_and_nothing_is_lost(groups):
    named = {name: [(name, number) for number in group] for name, group in groups.items()}
    mixed = interleaved(named)
    assert sorted(mixed) == sorted(one for group in named.values() for one in group)
    for at, (before, after) in enumerate(pairwise(mixed)):
        if before[0] == after[0]:
            assert {name for name, _ in mixed[at:]} == {before[0]}  # nothing else is left


def promise(at=START, **changes):
    words = {"when": "the call begins", "will": "ask", "whom": "Mara", "by": "2026-12-01", **changes}
    return an_entry(item="move", kind="commitment", score=None, answer=words, at=stamp(at))


def test_a_plan_is_called_to_mind_once_the_day_after_it_was_last_changed():
    first, second = promise(), promise(START + DAY, will="I will ask Mara.")
    assert [(one.at, one.when, one.will) for one in rehearsals([first, second])] == [
        (MORNING + 2 * DAY, "the call begins", "ask Mara")
    ]
    asked = an_entry(item="move", kind="review", score=None, answer={"came": "did"}, at=stamp(START + 2 * DAY))
    assert rehearsals([first, second, asked]) == []
    assert rehearsals([first, second, asked, promise(START + 9 * DAY)]) == []


def test_an_older_commitment_has_no_moment_to_be_asked_about():
    older = an_entry(item="move", kind="commitment", score=None, answer={"what": "Ask", "whom": "M", "by": "x"})
    assert rehearsals([older]) == []


def ahead(questions=(), plans=(), room=DAILY):
    found = days_ahead([MORNING + day * DAY for day in questions], [MORNING + day * DAY for day in plans], room, START)
    return [((day - START.date()).days, count) for day, count in found]


def test_days_of_review_are_told_with_what_is_overdue_today():
    assert ahead() == []
    assert ahead([-3, 0, 2], [2]) == [(0, 2), (2, 2)]


def test_what_a_day_has_no_room_for_is_told_for_the_next_day():
    assert ahead([0] * (DAILY + 3), room=DAILY) == [(0, DAILY), (1, 3)]
    assert ahead([0, 0, 1, 5], plans=[0], room=1) == [(0, 2), (1, 2), (5, 1)]
    assert ahead([0], room=0) == [(1, 1)]


@given(
    st.lists(st.integers(-5, 90), max_size=80),
    st.lists(st.integers(-5, 90), max_size=5),
    st.integers(0, DAILY),
)
def test_every_question_has_its_day_and_none_comes_before_it(questions, plans, room):
    found = ahead(questions, plans, room)
    assert sum(count for _, count in found) == len(questions) + len(plans)
    assert [day for day, _ in found] == sorted({day for day, _ in found})
    for at, _ in found:
        by_then = sum(count for day, count in found if day <= at)
        assert by_then <= sum(day <= at for day in (*questions, *plans))
