"""The whole course is checked, in less than two seconds."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.authoring.check.course import WELL, code, faults, laid, text
from tests.serve.course import ROOT

from choreo.authoring.check.whole import course_faults


def test_the_course_is_well() -> None:
    assert course_faults(ROOT) == []


def test_it_takes_less_than_two_seconds_of_one_core() -> None:
    """From nothing, imports and all; in seconds of the processor, so that other tests beside it do not count."""
    command = "from choreo.authoring.main import app; app(['check'], standalone_mode=False)"
    measured = f"{command}; import time; print(time.process_time())"
    run = [sys.executable, "-c", measured]
    took = [subprocess.run(run, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split()[-1] for _ in "12"]
    assert min(map(float, took)) < 2


def test_faults_come_in_the_order_of_files_cells_and_lines(tmp_path: Path) -> None:
    cells = [text(f"![A plaza]({number}.png)") for number in range(12)]
    found = faults(laid(tmp_path, *WELL, *cells, code('lesson.commit("x")\nlesson.commit("y")')))
    numbers = [int(fault.split(", cell ")[1].split(",")[0]) for fault in found if " cell " in fault]
    assert numbers == sorted(numbers)
    assert len(numbers) == 14
