"""What a learner takes home, from nothing but entries."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.grading.samples import sample

from choreo.bank.course import Course, Lesson
from choreo.bank.loader import LessonBank, kind_named
from choreo.progress.certificate import certificate
from choreo.progress.entry import KINDS, Entry, new_entry
from choreo.progress.legible import in_words
from choreo.progress.portfolio import portfolio

START = datetime(2026, 11, 20, 9, tzinfo=UTC)
COURSE = Course(
    title="A course",
    promise="p",
    lessons=tuple(Lesson(name=name, title=f"About {name}", promise="p", minutes=5) for name in ("first", "second")),
)
PROFILE = {
    "kind": "profile",
    "scale": {"points": 5, "low": "never", "high": "always"},
    "dimensions": [{"id": name, "text": name.title(), "about": "a"} for name in ("rhythm", "language", "presence")],
    "statements": [
        {"id": "meet", "text": "We meet.", "dimension": "rhythm"},
        {"id": "words", "text": "We have words.", "dimension": "language"},
        {"id": "there", "text": "We are there.", "dimension": "presence"},
    ],
}


def question(name, fields):
    kind = kind_named(fields["kind"])
    return kind.model_validate({"id": name, "version": 1, "title": "A title", "prompt": "A prompt.", **fields})


REVIEWED = {
    "kind": "choice",
    "review": True,
    "options": [{"id": "left", "text": "A", "right": True, "why": "w"}, {"id": "other", "text": "B", "why": "w"}],
}
BANKS = {
    "first": LessonBank("first", (sample("one"), sample("count"), sample("card"), sample("next-move"))),
    "second": LessonBank("second", (sample("guess"), sample("together"), question("later", REVIEWED))),
}


def did(item, kind="attempt", answer=None, lesson="first", score=None, version=1, **later):
    return new_entry(lesson, item, kind, version, answer or {}, score, START + timedelta(**later))


def shown(*entries: Entry, banks=BANKS):
    return portfolio(COURSE, banks.get, entries)


def test_nobody_has_an_empty_portfolio():
    work = shown()
    assert (work.chapters, work.commitments, work.entries, work.begun) == ((), (), 0, None)


def test_the_first_prediction_counts_and_is_said_in_words():
    work = shown(
        did("count", "prediction", {"number": 40}),
        did("count", "prediction", {"number": 50}, days=1),
        did("guess", "prediction", {"chosen": "slow"}, lesson="second"),
    )
    assert [[p.said for p in chapter.predictions] for chapter in work.chapters] == [["40"], ["Slow"]]
    assert work.predictions == 2


def test_a_prediction_of_an_exercise_that_has_changed_stands_alone():
    work = shown(did("count", "prediction", {"number": 40}, version=3))
    assert work.chapters[0].predictions[0].exercise is None
    assert work.chapters[0].predictions[0].said == "40"


def test_an_alliance_that_was_drawn_is_told_in_words_and_the_newest_counts():
    banks = {"first": LessonBank("first", (sample("ours"),))}
    players = [{"name": name, "needs": 1} for name in ("Mill", "<i>Bakery", "School", "Market")]
    work = shown(
        did("ours", "reflection", {"players": players, "ties": [[0, 1]]}),
        did("ours", "reflection", {"players": players, "ties": [[1, 3]]}, days=1),
        banks=banks,
    )
    (writing,) = work.chapters[0].writings
    assert writing.versions == 2
    assert dict(writing.texts)["<i>Bakery"] == "Talks to Market. Needs first: one contact."
    assert shown(did("ours", "reflection", {"players": "older"}), banks=banks).chapters[0].writings == ()


def test_texts_carry_their_questions_and_the_newest_counts():
    work = shown(
        did("card", "reflection", {"fields": {"frame": "Old", "freedom": ""}, "met": []}),
        did("card", "reflection", {"fields": {"gone-since": "Kept too", "frame": "New"}, "met": []}, days=1),
    )
    (writing,) = work.chapters[0].writings
    assert writing.texts == (("The frame", "New"), ("Gone since", "Kept too"))
    assert (writing.versions, writing.on) == (2, date(2026, 11, 21))


def test_the_collaboration_is_shown_as_it_is_named_now_and_not_once_it_is_emptied():
    older, newer = ({"purpose": what, "people": "two ferries", "stuck": ""} for what in ("A plan", "One timetable"))
    taken_back = dict.fromkeys(older, "")
    (own,) = shown(did("mine", "collaboration", older), did("mine", "collaboration", newer, days=1)).collaborations
    assert (own.named.purpose, own.lesson, own.on) == ("One timetable", "About first", date(2026, 11, 21))
    assert (
        shown(did("mine", "collaboration", newer), did("mine", "collaboration", taken_back, days=1)).collaborations
        == ()
    )


def test_each_setting_that_reached_the_goal_is_there_once_with_its_best():
    def reached(far, order, held, **later):
        answer = {"settings": {"far": far}, "values": {"order": order}, "held": held, "of": 10}
        return did("together", "goal", answer, lesson="second", **later)

    work = shown(reached(40, 0.9, 10), reached(30, 0.86, 9, minutes=1), reached(40, 0.95, 9, minutes=2))
    found = [(dict(r.settings), dict(r.values), r.held) for r in work.chapters[0].reached]
    assert found == [({"far": 40}, {"order": 0.9}, 10), ({"far": 30}, {"order": 0.86}, 9)]


def test_what_the_goal_asks_for_comes_first_of_what_was_reached():
    values = {"neighbour_order": 0.97, "order": 0.9}
    answer = {"settings": {"far": 40}, "values": values, "held": 10, "of": 10}
    (reached,) = shown(did("together", "goal", answer, lesson="second")).chapters[0].reached
    assert list(reached.values) == ["order", "neighbour_order"]


@pytest.mark.parametrize("held", [11, -1, 10**15, 9.5, True, "9", None])
def test_a_goal_held_in_no_more_crowds_than_it_was_tried_with(held):
    answer = {"settings": {"far": 40}, "values": {"order": 0.9}, "held": held, "of": 10}
    work = shown(did("together", "goal", answer, version=7))
    assert work.chapters[0].reached[0].held is None
    record = certificate(work)
    assert (record.goals, record.crowds, record.held) == (1, 0, 0)


def test_what_was_reached_in_an_older_version_stays_readable():
    answer = {"settings": {"far": 40, "seed": 9}, "reached": True, "order": 0.93}
    (reached,) = shown(did("together", "goal", answer, lesson="second")).chapters[0].reached
    assert (dict(reached.values), reached.held) == ({"order": 0.93}, None)


GATED = {"kind": "play", "explorable": "choreography", "after": ["guess"]}


def came(*entries):
    banks = {"first": LessonBank("first", (sample("guess"), question("try-it", GATED)))}
    (chapter,) = shown(*entries, banks=banks).chapters
    return [prediction.came for prediction in chapter.predictions]


def test_whether_a_prediction_came_before_it_was_played_is_told_from_entries():
    guess = did("guess", "prediction", {"chosen": "slow"}, hours=1)
    assert came(guess) == ["unplayed"]
    assert came(guess, did("try-it", "played", {"settings": {}}, hours=2)) == ["before"]
    assert came(guess, did("try-it", "played", {"settings": {}})) == ["after"]
    assert came(did("guess", "prediction", {"declined": True})) == ["declined"]


def test_a_prediction_after_going_on_without_counts_and_is_told_as_made_afterwards():
    declined = did("guess", "prediction", {"declined": True})
    later = did("guess", "prediction", {"chosen": "slow"}, hours=1)
    assert came(declined, later) == ["late"]
    assert came(declined, later, did("try-it", "played", {"settings": {}}, hours=2)) == ["late"]
    work = shown(did("count", "prediction", {"declined": True}), did("count", "prediction", {"number": 10}, hours=1))
    (prediction,) = work.chapters[0].predictions
    assert (work.predictions, prediction.answer, prediction.came) == (1, {"number": 10}, "late")


def test_where_no_play_names_the_prediction_nothing_is_said_of_when():
    work = shown(did("count", "prediction", {"number": 40}))
    assert work.chapters[0].predictions[0].came == ""


def test_what_was_declined_is_no_prediction_that_was_made():
    work = shown(did("count", "prediction", {"declined": True}))
    assert (work.predictions, work.chapters[0].predictions[0].said) == (0, "")


def test_the_newest_list_of_settings_worth_keeping_counts_and_completes_nothing():
    one, two = ({"settings": {}, "words": words, "result": "12% together"} for words in ("quiet", "loud"))
    old = did("plaza", "settings", {"pinned": [one]})
    new = did("plaza", "settings", {"pinned": [two, one, "no setting"]}, hours=1)
    chapter = shown(new, old).chapters[0]
    assert [(pin.words, pin.result) for pin in chapter.pinned] == [("loud", "12% together"), ("quiet", "12% together")]
    assert chapter.progress.done == 0


def test_a_plan_is_told_in_one_sentence():
    plan = {"when": "When the call begins", "will": "I will ask Mara.", "whom": "Mara", "by": "2026-12-01"}
    (commitment,) = shown(did("next-move", "commitment", plan)).commitments
    assert commitment.what == "When the call begins, I will ask Mara."


def test_a_commitment_keeps_its_id_when_it_changes():
    first = did("next-move", "commitment", {"what": "Ask", "whom": "Mara", "by": "2026-12-01"})
    again = did("next-move", "commitment", {"what": "Ask twice", "whom": "Mara", "by": "2026-12-05"}, days=1)
    (commitment,) = shown(first, again).commitments
    assert (commitment.id, commitment.what, commitment.by, commitment.changes) == (
        first.id,
        "Ask twice",
        date(2026, 12, 5),
        1,
    )


def test_a_plan_that_was_told_as_done_is_not_open_any_more_until_it_is_changed():
    plan = {"when": "the call begins", "will": "ask Mara", "whom": "Mara", "by": "2026-12-01"}
    made = did("next-move", "commitment", plan)
    told = [did("next-move", "review", {"came": came}, days=1) for came in ("not-yet", "did")]
    changed = did("next-move", "commitment", plan | {"whom": "Tom"}, days=2)
    history = [made, told[0]], [made, told[1]], [made, told[1], changed]
    plans = [plan for entries in history for plan in shown(*entries).commitments]
    assert [plan.open(date(2026, 12, 1)) for plan in plans] == [True, False, True]
    assert not plans[0].open(date(2026, 12, 2))


def test_practice_tells_how_often_and_how_it_ended():
    work = shown(
        did("one", score=0.0), did("one", score=1.0, minutes=1), did("later", "review", lesson="second", score=1)
    )
    assert [(p.tries, p.score) for p in work.chapters[0].practice] == [(2, 1.0)]
    assert (work.exercises, work.attempts, work.reviews) == (1, 2, 1)


def test_a_profile_taken_again_in_another_lesson_is_laid_over_the_first():
    banks = {
        "first": LessonBank("first", (question("stand", PROFILE),)),
        "second": LessonBank("second", (question("stand-again", PROFILE | {"first": "first/stand"}),)),
    }

    def marks(mark):
        return {"marks": dict.fromkeys(("meet", "words", "there"), mark)}

    work = shown(
        did("stand", "profile", marks(2)),
        did("stand-again", "profile", marks(3), "second", days=1),
        did("stand-again", "profile", marks(5), "second", days=2),
        did("stand", "profile", {"marks": "nonsense"}, days=3),
        banks=banks,
    )
    (portrait,) = work.portraits
    assert portrait.axes == ("Rhythm", "Language", "Presence")
    assert portrait.times == ((date(2026, 11, 20), (2.0,) * 3), (date(2026, 11, 22), (5.0,) * 3))


def everything(**later):
    return [
        did("one", score=0.0, **later),
        did("count", "prediction", {"number": 1}, **later),
        did("card", "reflection", {"fields": {"frame": "x"}}, **later),
        did("next-move", "commitment", {"what": "x"}, **later),
        did("guess", "prediction", {"chosen": "slow"}, "second", **later),
        did("together", "goal", {"settings": {}}, "second", **later),
    ]


def certified(*entries, banks=BANKS):
    return certificate(shown(*entries, banks=banks))


def test_a_certificate_is_complete_with_the_last_item_of_the_last_lesson_and_not_before():
    done = everything()
    for missing in done:
        assert not certified(*(entry for entry in done if entry is not missing)).complete
    assert certified(*done).complete
    assert not certified(*done, banks={"first": BANKS["first"]}).complete  # a lesson of the path is not written


def test_a_lesson_is_finished_on_the_day_of_its_last_first_answer():
    late = did("together", "goal", {"settings": {}}, "second", days=4)
    record = certified(*everything()[:-1], late, did("one", score=1.0, days=9))
    assert [(one.title, one.on) for one in record.finished] == [
        ("About first", date(2026, 11, 20)),
        ("About second", date(2026, 11, 24)),
    ]
    assert (record.begun, record.last, record.days) == (date(2026, 11, 20), date(2026, 11, 29), 3)


def test_a_certificate_counts_what_was_done_and_no_more():
    assert certified() is None
    assert certified(did("x", score=1.0, lesson="other-course")) is None
    plan = {"when": "it rains", "will": "ask", "whom": "Mara", "by": "2026-12-01"}
    goal = {"settings": {"far": 40}, "values": {"order": 0.9}, "held": 9, "of": 10}
    record = certified(
        did("count", "prediction", {"declined": True}),
        did("guess", "prediction", {"chosen": "slow"}, "second"),
        did("together", "goal", goal | {"held": 10}, "second"),
        did("together", "goal", goal, "second", minutes=1),
        did("one", score=0.0),
        did("one", score=1.0, minutes=1),
        did("next-move", "commitment", plan),
        did("next-move", "review", {"came": "did"}, days=1),
    )
    assert ([one.title for one in record.finished], record.portraits) == (["About second"], ())
    assert (record.predictions, record.before) == (1, 0)
    assert (record.goals, record.held, record.crowds) == (1, 10, 10)
    assert (record.exercises, record.answers, record.texts, record.plans, record.kept) == (1, 2, 0, 1, 1)


def test_work_from_another_course_is_shown_after_the_path():
    work = shown(did("x", score=1.0, lesson="other-course"), did("one", score=1.0))
    assert [(chapter.title, chapter.number) for chapter in work.chapters] == [
        ("About first", 1),
        ("Other course", None),
    ]


def test_names_become_words():
    assert in_words("my-next-move") == "My next move"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(st.characters(), max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
parts = st.sampled_from(["fields", "settings", "order", "what", "whom", "by", "chosen", "curve", "number", "marks"])


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["one", "count", "card", "next-move", "guess", "together", "later", "unknown"]),
            st.sampled_from(KINDS),
            st.sampled_from(["first", "second", "third"]),
            st.dictionaries(parts, json_values, max_size=4),
            st.integers(1, 2),
        ),
        max_size=8,
    )
)
def test_whatever_entries_hold_there_is_a_portfolio(history):
    entries = [did(item, kind, answer, lesson, version=version) for item, kind, lesson, answer, version in history]
    work = shown(*entries)
    assert work.entries == len(entries)
    for text in [c.what for c in work.commitments] + [t for c in work.chapters for w in c.writings for _, t in w.texts]:
        text.encode()
