"""An exercise that no notebook shows, such as a review question, as a lesson of its own."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from choreo.bank.document import read_document
from choreo.bank.fault import BankError
from choreo.serve.forking.nursery import Nursery
from choreo.words import _

SEAM = "--"  # between a lesson's name and an exercise's
SHOWS = {"play": "explore", "goal": "explore"}  # the method that shows a kind; of others: exercise


def alone(lesson: str, item: str) -> str:
    """What the lesson is called that has this exercise only."""
    return f"{lesson}{SEAM}{item}"


class Alone(Nursery):
    """Runs lessons, and exercises alone."""

    def notebook(self, lesson: str) -> Path:
        """The lesson's notebook, or one made for the exercise."""
        bank, seam, item = lesson.partition(SEAM)
        path = self._exercises / bank / f"{item}.yaml"
        if not seam or not path.is_file():
            return super().notebook(lesson)
        text = json.dumps({"cells": list(_cells(bank, path)), "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
        made = Path(tempfile.gettempdir()) / "alone" / f"{lesson}.ipynb"
        made.parent.mkdir(exist_ok=True)
        if not made.is_file() or made.read_text(encoding="utf-8") != text:
            made.write_text(text, encoding="utf-8")
        return made

    def bank(self, lesson: str) -> str:
        """The folder of the lesson that the exercise belongs to."""
        return lesson.partition(SEAM)[0]


def _cells(lesson: str, path: Path) -> Iterator[dict[str, Any]]:
    """A title, the lesson, what must be predicted before, and the exercise."""
    try:
        data = read_document(path).data
    except BankError:  # the cell that reads it says so
        data = {}
    data = data if isinstance(data, dict) else {}
    asked = _("In review this is asked in a plain form.") if data.get("review") else ""
    yield {"cell_type": "markdown", "source": f"# {data.get('title', path.stem)}\n\n{asked}"}
    yield _code(f'from choreo.lesson import Lesson\nlesson = Lesson("{lesson}")\nlesson')
    after = data.get("after")
    for name in after if isinstance(after, list) else ():
        yield _code(f"lesson.predict({str(name)!r})")
    yield _code(f"lesson.{SHOWS.get(str(data.get('kind')), 'exercise')}({path.stem!r})")


def _code(source: str) -> dict[str, Any]:
    return {"cell_type": "code", "source": source, "outputs": [], "execution_count": None, "metadata": {}}
