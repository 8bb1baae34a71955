"""course.yaml is checked: unknown fields, texts that a # cuts off, names that no notebook has."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.authoring.check.course import COURSE, faults, laid


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("    minutes: 5", "    minuts: 5", '7: lessons.0.minuts: unknown field; did you mean "minutes"?'),
        ("promise: It", "promis: It", '2: promis: unknown field; did you mean "promise"?'),
        ("title: One", "title: One: all", "5: the text of title has a colon in it"),
        ("title: One", "title: Lesson # 1", '5: title: "# 1" is read as a comment and not shown'),
        ("    minutes", "\tminutes", "7: a tab; YAML is indented by spaces"),
        ("01-one", "01-own", '4: there is no notebook "01-own"; did you mean "01-one"?'),
        ("    minutes: 5", "    minutes: 5\n  - {name: 01-one, title: T, promise: P, minutes: 1}", '8: "01-one" is there twice'),
    ],
)  # fmt: skip
def test_a_fault_of_the_path_is_told_with_its_line(tmp_path: Path, old: str, new: str, fault: str) -> None:
    found = faults(laid(tmp_path, **{"lessons__course.yaml": COURSE.replace(old, new)}))
    assert any(one.startswith(f"lessons/course.yaml:{fault}") for one in found), found


def test_a_lesson_that_is_not_written_yet_is_no_fault(tmp_path: Path) -> None:
    later = COURSE + "  - {name: 02-two, title: T, promise: P, minutes: 1}\n"
    assert faults(laid(tmp_path, **{"lessons__course.yaml": later})) == []
