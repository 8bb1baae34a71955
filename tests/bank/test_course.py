"""The course's promise says what its lessons take."""

import pytest
from tests.hub.learned import course

from choreo.bank.course import Course
from choreo.bank.spoken import in_hours, spoken

SAID = {"an hour": 60, "an hour and a half": 90} | {
    words.format(spoken(hours)): 60 * hours + extra
    for hours in range(1, 13)
    for words, extra in (("{} hours", 0), ("{} and a half hours", 30))
}


@pytest.mark.parametrize("minutes", [45, 74, 75, 104, 105, 134, 135, 164, 271, 285, 690])
def test_hours_are_said_to_the_nearest_half(minutes):
    assert abs(SAID[in_hours(minutes)] - minutes) <= 15


def test_less_than_three_quarters_of_an_hour_is_said_in_minutes():
    assert in_hours(44) == "44 minutes"


def test_the_promise_of_the_course_is_what_its_lessons_take():
    told = next(words for words in sorted(SAID, key=len, reverse=True) if f"about {words} " in course().promised)
    assert abs(SAID[told] - sum(lesson.minutes for lesson in course().lessons)) <= 15
    assert "{" not in course().promised


def test_lessons_have_the_number_in_their_name_or_that_of_their_place():
    names = ("00-hello", "01-one", "03-three", "more", "2026-plan")
    lessons = [{"name": name, "title": "T", "promise": "P", "minutes": 1} for name in names]
    course = Course.model_validate({"title": "T", "promise": "P", "lessons": lessons})
    assert [number for number, _ in course.numbered] == [0, 1, 3, 4, 5]
