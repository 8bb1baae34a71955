"""What the course says a lesson comes to, the lesson says itself, in bold."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from choreo.bank.course import load_course

LESSONS = Path(__file__).parents[2] / "lessons"
SAID = [lesson for lesson in load_course(LESSONS).written(LESSONS) if lesson.aha]


@pytest.mark.parametrize("lesson", SAID, ids=lambda lesson: lesson.name)
def test_a_lessons_sentence_stands_in_it_word_for_word(lesson) -> None:
    cells = json.loads((LESSONS / f"{lesson.name}.ipynb").read_text(encoding="utf-8"))["cells"]
    bold = re.findall(r"\*\*(.+?)\*\*", "\n".join("".join(cell["source"]) for cell in cells))
    assert lesson.aha in bold
