"""What docs/showing.md shows is what works."""

from __future__ import annotations

import re
from pathlib import Path

from choreo.bank.beside import TAKEN
from choreo.lesson import Lesson
from choreo.serve.lesson_page import lesson_page
from choreo.views.chart import Chart
from choreo.views.prose import read

TEXT = (Path(__file__).parents[2] / "docs" / "showing.md").read_text(encoding="utf-8")


def test_its_chart_is_drawn() -> None:
    code = re.search(r"^```python\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)
    assert code
    *before, last = code[1].strip().splitlines()
    place: dict[str, object] = {"lesson": Lesson("gallery")}
    exec("\n".join(before), place)
    chart = eval(last, place)
    assert isinstance(chart, Chart)
    assert chart.numbers["rows"] == [["0", "1"], ["1", "3"], ["2", "2"]]


def test_what_it_says_to_write_is_shown() -> None:
    rows = re.findall(r"^\| ([^|]+) \| (.+) \|$", TEXT.split("## In a code cell")[0], re.MULTILINE)
    written = [one.replace("\\|", "|") for _, text in rows for one in re.findall(r"`([^`]+)`", text)]
    assert len(written) > 8
    for one in written:
        assert read(one).unshown() == [], one
    assert "<video" in lesson_page([{"cell_type": "markdown", "source": written[1]}]).lead[0].html  # type: ignore[union-attr]


def test_it_names_every_kind_of_data_that_is_handed_out() -> None:
    named = re.search(r"data \(([^)]+)\)", TEXT)
    assert named
    assert {f".{one.strip()}" for one in named[1].split(",")} == set(TAKEN)
