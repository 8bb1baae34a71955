"""What happened where somebody predicted, drawn: for the portfolio and the pages of single lessons."""

from __future__ import annotations

from dataclasses import dataclass

from choreo.bank.loader import LessonBank
from choreo.explorables.compared import Compared
from choreo.hub.results import Results
from choreo.hub.svg_chart import SvgChart, svg_chart
from choreo.progress.chapter import Chapter


@dataclass(frozen=True)
class Shown:
    """What happened where something was predicted, drawn."""

    outcome: Compared
    chart: SvgChart | None


def foreseen(results: Results, bank: LessonBank | None, chapter: Chapter) -> dict[str, Shown]:
    """By prediction of the chapter, as far as an explorable or data can say."""
    outcomes = {one.item: results.of(bank, one.exercise, one.answer) for one in chapter.predictions}
    return {
        item: Shown(outcome, svg_chart(outcome.figure)) for item, outcome in outcomes.items() if outcome is not None
    }
