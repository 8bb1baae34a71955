"""A lesson is finished by what its notebook shows."""

from __future__ import annotations

import json
from pathlib import Path

from choreo.bank.notebook import calls, needed


def laid(folder: Path, *sources: str) -> Path:
    path = folder / "09-test.ipynb"
    cells = [{"cell_type": "code", "source": source.splitlines(keepends=True)} for source in sources]
    path.write_text(json.dumps({"cells": [*cells, {"cell_type": "markdown", "source": ['lesson.exercise("prose")']}]}))
    return path


def test_what_a_cell_shows_is_needed_and_what_is_there_for_who_likes_is_not(tmp_path):
    path = laid(
        tmp_path,
        'lesson.predict("guess")',
        "lesson.exercise('first')\nlesson.exercise(\"second\")",
        'lesson.compare("guess")',
        'lesson.extra("more")',
        "lesson.later()",
    )
    assert needed(path) == {"guess", "first", "second"}
    assert calls(path) == {"guess": "predict", "first": "exercise", "second": "exercise", "more": "extra"}


def test_a_comparison_that_stands_first_does_not_excuse_from_the_prediction(tmp_path):
    assert needed(laid(tmp_path, 'lesson.compare("guess")', 'lesson.predict("guess")')) == {"guess"}


def test_a_file_that_is_no_notebook_says_nothing_about_what_is_needed(tmp_path):
    path = tmp_path / "broken.ipynb"
    assert needed(path) is None
    path.write_text("{}", encoding="utf-8")
    assert needed(path) is None
