"""What a learner predicted beside what happened."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from traitlets import Dict, Unicode

from choreo.grading.exercise import Answer, Exercise
from choreo.progress.entry import Entry
from choreo.views.plot import Plot
from choreo.views.source import script, style


@dataclass(frozen=True)
class Compared:
    """One prediction beside what happened, as far as it is known."""

    figure: Mapping[str, Any]  # a Plotly figure; empty while nothing can be drawn
    sentence: str  # in the learner's own numbers, plain text
    alt: str = ""
    note: str = ""  # what was run: people, seeds
    numbers: Mapping[str, Any] = field(default_factory=dict)  # columns, rows
    working: str = ""  # what is still being tried; empty when all is known


Compare = Callable[[Answer], Iterator[Compared]]


class Comparison(Plot):
    """An invitation until the prediction is locked; then, when it comes into view, prediction and result.

    `state`: stage ("invite", "ready", "working", "there"), and what `Compared` has. Nothing of the result is computed
    or sent before the learner has predicted. Message from the browser: {"type": "look"}.
    """

    _esm = script(Path(__file__).with_suffix(".js"), "plot")
    _css = style(Path(__file__).with_suffix(".css"), "plot")

    item = Unicode(help="the prediction's exercise").tag(sync=True)
    title = Unicode().tag(sync=True)
    state = Dict().tag(sync=True)

    def __init__(self, exercise: Exercise, compare: Compare) -> None:
        """`compare` yields what is known so far, again and again, until all is."""
        super().__init__(item=exercise.id, title=exercise.title, state={"stage": "invite"})
        self._compare = compare
        self._answer: Answer | None = None
        self.on_msg(self._receive)

    def __repr__(self) -> str:
        """Short, and the same at every run."""
        return f"Comparison({self.item})"

    @property
    def item_names(self) -> tuple[str, ...]:
        """None: to compare is nothing to complete."""
        return ()

    def restore(self, entries: Sequence[Entry]) -> None:
        """Take the locked prediction, the first that was made, if there is one."""
        for entry in sorted(entries, key=lambda e: (e.at, e.id)):
            self.follow(entry)

    def follow(self, entry: Entry) -> None:
        """Take note of a prediction that was made just now."""
        if entry.item == self.item and entry.kind == "prediction" and self._answer is None:
            self._answer = entry.answer
            self.state = {"stage": "ready"}

    def look(self) -> None:
        """Work out what happened and show it, step by step where it takes a while."""
        if self._answer is None or self.state["stage"] in ("working", "there"):
            return
        self.state = {"stage": "working"}
        for compared in self._compare(self._answer):
            self.state = {
                "stage": "working" if compared.working else "there",
                "figure": dict(compared.figure),
                "sentence": compared.sentence,
                "alt": compared.alt,
                "note": compared.note,
                "numbers": dict(compared.numbers),
                "working": compared.working,
            }

    def _receive(self, _widget: object, content: object, _buffers: object) -> None:
        if isinstance(content, dict) and content.get("type") == "look":
            self.look()
