"""The whole course is checked."""

from __future__ import annotations

from pathlib import Path

from tests.authoring.check.course import WELL, code, faults, laid, text
from tests.serve.course import ROOT

from choreo.authoring.check.whole import course_faults


def test_the_course_is_well() -> None:
    assert course_faults(ROOT) == []


def test_faults_come_in_the_order_of_files_cells_and_lines(tmp_path: Path) -> None:
    cells = [text(f"![A plaza]({number}.png)") for number in range(12)]
    found = faults(laid(tmp_path, *WELL, *cells, code('lesson.commit("x")\nlesson.commit("y")')))
    numbers = [int(fault.split(", cell ")[1].split(",")[0]) for fault in found if " cell " in fault]
    assert numbers == sorted(numbers)
    assert len(numbers) == 14
