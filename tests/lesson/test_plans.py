"""What the last lesson gathers: all plans in one list, and one page filled from what earlier lessons kept."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml
from tests.grading.samples import _RECORDS
from tests.progress.memory import NOON, Memory

from choreo.lesson import Lesson
from choreo.progress.entry import new_entry

PLAN = {"when": "we meet", "will": "ask for a cue", "whom": "Mara", "by": "2026-12-01"}


def course(folder: Path, store: Memory) -> Lesson:
    """A first lesson with a plan and a text, and the last one, which gathers them."""
    card = {"card": {**_RECORDS["card"], "fields": [{"id": "frame", "label": "F"}], "example": {}}}
    page = {"kind": "canvas", "fields": [field("intent", "02-silos/card/frame"), field("pull", "10-last/next-move")]}
    for lesson, records in (
        ("02-silos", {"next-move": _RECORDS["next-move"], **card}),
        ("10-last", {"next-move": _RECORDS["next-move"], "page": page}),
    ):
        (folder / lesson).mkdir(parents=True)
        for name, record in records.items():
            said = {"id": name, "version": 1, "title": "T", "prompt": "P", **record}
            (folder / lesson / f"{name}.yaml").write_text(yaml.safe_dump(said), encoding="utf-8")
    return Lesson("10-last", folder=folder, store=lambda: store)


def field(name: str, source: str) -> dict[str, Any]:
    return {"id": name, "label": name, "help": "?", "from": [source]}


def keep(store: Memory, item: str, kind: str, answer: dict[str, Any], minute: int, lesson: str = "02-silos") -> None:
    store.add(new_entry(lesson, item, kind, 1, answer, None, NOON + timedelta(minutes=minute)))


def test_plans_of_all_lessons_stand_in_one_list_newest_version_next_one_first_and_those_done_last(
    tmp_path: Path,
) -> None:
    store = Memory()
    keep(store, "next-move", "commitment", {**PLAN, "whom": "Nobody"}, 1)
    keep(store, "next-move", "commitment", PLAN, 2)
    lesson = course(tmp_path, store)
    plans, own = lesson.plans(), lesson.commit("next-move")
    lesson.open()
    told = {"sentence": "When we meet, I will ask for a cue.", "whom": "Mara", "by": "2026-12-01", "done": False}
    assert [dict(plan) for plan in plans.plans] == [{**told, "lesson": "lesson 2, Silos"}]
    own._handle_custom_msg({"type": "answer", "answer": {**PLAN, "by": "2099-01-01"}}, [])
    assert [plan["lesson"] for plan in plans.plans] == ["lesson 2, Silos", "lesson 10, Last"]
    assert store.reads == 1
    keep(store, "next-move", "review", {"came": "did"}, 3)
    again = course(tmp_path / "again", store)
    plans = again.plans()
    again.open()
    assert [(plan["lesson"], plan["done"]) for plan in plans.plans] == [
        ("lesson 10, Last", False),
        ("lesson 2, Silos", True),
    ]


def test_a_page_offers_what_earlier_lessons_kept_and_what_is_kept_meanwhile_in_this_one(tmp_path: Path) -> None:
    store = Memory()
    keep(store, "card", "reflection", {"fields": {"frame": "Noon"}, "met": []}, 1)
    keep(store, "card", "reflection", {"fields": {"frame": "<b>Clean by May"}, "met": []}, 2)
    lesson = course(tmp_path, store)
    page, plan = lesson.canvas("page"), lesson.commit("next-move")
    lesson.open()
    assert page.state["earlier"] == {"intent": [{"lesson": "lesson 2, Silos", "said": "<b>Clean by May"}]}
    assert not page.state["done"]
    plan._handle_custom_msg({"type": "answer", "answer": {**PLAN, "by": "2099-01-01"}}, [])
    assert page.state["earlier"]["pull"] == [
        {"lesson": "lesson 10, Last", "said": "When we meet, I will ask for a cue."}
    ]
    page._handle_custom_msg({"type": "answer", "answer": {"fields": {"intent": "A lake", "pull": ""}}}, [])
    assert page.state["saved"] == "yes"
    assert "intent" in page.state["earlier"]
