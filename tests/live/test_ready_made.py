"""The running orders that come with Choreo fit their time, their room and what is there."""

import re
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from choreo.live.activities import activities
from choreo.live.plan import PlanError, read_plan
from choreo.live.ready_made import length, ready_made

PLANS = ready_made()


def test_there_are_some_from_twenty_to_a_hundred_and_twenty_minutes() -> None:
    lengths = {"twenty": 20, "forty-five": 45, "sixty": 60, "ninety": 90, "two-hours": 120}
    assert [(name, length(plan)) for name, plan in PLANS.items()] == list(lengths.items())


def test_every_activity_is_in_one_of_them_but_for_questions_of_the_coachs_own() -> None:
    planned = {item.activity for plan in PLANS.values() for item in plan.items}
    assert set(activities()) - planned == {"wisdom-of-the-room", "ten-dots"}


@pytest.mark.parametrize("name", PLANS)
def test_the_notes_say_when_each_item_begins_and_how_long_it_takes(name: str) -> None:
    plan = PLANS[name]
    told = [
        (int(begin), int(minutes)) for begin, minutes in re.findall(r"^\| (\d+) \|.*\((\d+)\) \|$", plan.notes, re.M)
    ]
    begin, expected = 0, []
    for item in plan.items:
        expected.append((begin, item.minutes))
        begin += item.minutes
    assert told == expected
    assert "<table>" in MarkdownIt("commonmark").enable("table").render(plan.notes)


@pytest.mark.parametrize("name", PLANS)
def test_no_item_gets_much_less_time_than_its_activity_needs(name: str) -> None:
    kinds = activities()
    for item in PLANS[name].items:
        assert item.minutes >= kinds[item.activity].minutes - 2, item.activity


@pytest.mark.parametrize("name", PLANS)
def test_activities_come_in_the_order_of_the_course(name: str) -> None:
    kinds = activities()
    lessons = [kinds[item.activity].lesson for item in PLANS[name].items]
    assert [lesson for lesson in lessons if lesson] == sorted(lesson for lesson in lessons if lesson)


@pytest.mark.parametrize("name", PLANS)
def test_a_plan_is_the_same_after_a_round_through_json(name: str) -> None:
    assert read_plan(PLANS[name].model_dump(mode="json")) == PLANS[name]


def test_a_faulty_file_is_named_with_its_fault(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(
        "title: Mine\nitems: [{activity: flash-mob, minutes: 5, settings: {tempo: 500}}]\n"
    )
    with pytest.raises(PlanError, match=r"mine\.yaml: item 1 \(flash-mob\), settings tempo"):
        ready_made(tmp_path)
    (tmp_path / "mine.yaml").write_text("title: [")
    with pytest.raises(PlanError, match=r"mine\.yaml"):
        ready_made(tmp_path)
