"""What a learner takes home, from nothing but entries."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from tests.grading.samples import sample

from choreo.bank.course import Course, Lesson
from choreo.bank.loader import LessonBank, kind_named
from choreo.progress.entry import KINDS, Entry, new_entry
from choreo.progress.portfolio import in_words, portfolio

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
    assert (work.chapters, work.commitments, work.entries, work.begun, work.certificate) == ((), (), 0, None, None)


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


def test_texts_carry_their_questions_and_the_newest_counts():
    work = shown(
        did("card", "reflection", {"fields": {"frame": "Old", "freedom": ""}, "met": []}),
        did("card", "reflection", {"fields": {"gone-since": "Kept too", "frame": "New"}, "met": []}, days=1),
    )
    (writing,) = work.chapters[0].writings
    assert writing.texts == (("The frame", "New"), ("Gone since", "Kept too"))
    assert (writing.versions, writing.on) == (2, date(2026, 11, 21))


def test_each_setting_that_reached_the_goal_is_there_once_with_its_best_order():
    def reached(far, order, **later):
        answer = {"settings": {"far": far}, "reached": True, "order": order}
        return did("together", "goal", answer, lesson="second", **later)

    work = shown(reached(40, 0.9), reached(30, 0.86, minutes=1), reached(40, 0.95, minutes=2))
    assert [(dict(r.settings), r.order) for r in work.chapters[0].reached] == [({"far": 40}, 0.95), ({"far": 30}, 0.86)]


def test_the_newest_list_of_settings_worth_keeping_counts_and_completes_nothing():
    one, two = ({"settings": {}, "words": words, "result": "12% together"} for words in ("quiet", "loud"))
    old = did("plaza", "settings", {"pinned": [one]})
    new = did("plaza", "settings", {"pinned": [two, one, "no setting"]}, hours=1)
    chapter = shown(new, old).chapters[0]
    assert [(pin.words, pin.result) for pin in chapter.pinned] == [("loud", "12% together"), ("quiet", "12% together")]
    assert chapter.progress.done == 0


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


def test_the_certificate_comes_with_the_last_item_of_the_last_lesson_and_not_before():
    done = everything()
    for missing in done:
        assert shown(*(entry for entry in done if entry is not missing)).certificate is None
    late = did("together", "goal", {"settings": {}}, "second", days=4)
    certificate = shown(*done[:-1], late, did("one", score=1.0, days=9)).certificate
    assert certificate is not None
    assert (certificate.begun, certificate.finished) == (date(2026, 11, 20), date(2026, 11, 24))
    assert (certificate.days, certificate.lessons, certificate.exercises, certificate.attempts) == (2, 2, 6, 2)


def test_there_is_no_certificate_while_a_lesson_of_the_path_is_not_written():
    assert shown(*everything(), banks={"first": BANKS["first"]}).certificate is None


def test_work_from_another_course_is_shown_after_the_path():
    work = shown(did("x", score=1.0, lesson="other-course"), did("one", score=1.0))
    assert [(chapter.title, chapter.number) for chapter in work.chapters] == [
        ("About first", 0),
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
