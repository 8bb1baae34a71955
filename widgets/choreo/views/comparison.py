"""What a learner predicted beside what happened."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from traitlets import Dict, Unicode

from choreo.explorables.outcome import outcomes
from choreo.grading.exercise import Answer
from choreo.grading.predict import Predict, is_declined
from choreo.progress.entry import Entry, in_order
from choreo.views.packed import sendable
from choreo.views.plot import Plot
from choreo.views.source import script, style
from choreo.words import _


class Comparison(Plot):
    """An invitation until the prediction is locked; then, when it comes into view, prediction and result.

    `state`: stage ("invite", "ready", "working", "there"), and what `Compared` has. Nothing of the result is computed
    or sent before the learner has predicted. Message from the browser: {"type": "look"}.
    """

    _esm = script(Path(__file__).with_suffix(".js"))
    _css = style(Path(__file__).with_suffix(".css"), "plot", "key")

    item = Unicode(help="the prediction's exercise").tag(sync=True)
    title = Unicode().tag(sync=True)
    above = Unicode(help="what stands here, above the title").tag(sync=True)
    state = Dict().tag(sync=True)

    def __init__(self, prediction: Predict) -> None:
        """Wait for the prediction, which an explorable answers."""
        super().__init__(
            item=prediction.id,
            title=prediction.title,
            above=_("What you predict, and what happens"),
            state={"stage": "invite"},
        )
        self._prediction = prediction
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
        """Take the locked prediction, the first that was made, if there is one; to have gone on without gives way to it."""
        for entry in in_order(entries):
            self.follow(entry)

    def follow(self, entry: Entry) -> None:
        """Take note of a prediction that was made just now."""
        if entry.item != self.item or entry.kind != "prediction" or entry.answer == self._answer:
            return
        if self._answer is None or is_declined(self._answer):
            self._answer = entry.answer
            declined = is_declined(entry.answer)
            self.above = (
                _("What happens, without a prediction") if declined else _("What you predicted, and what happened")
            )
            self.state = {"stage": "ready"}

    def look(self) -> None:
        """Work out what happened and show it, step by step where it takes a while."""
        if self._answer is None or self.state["stage"] in ("working", "there"):
            return
        self.state = {"stage": "working"}
        for compared in outcomes(self._prediction, self._answer):
            self.state = {
                "stage": "working" if compared.working else "there",
                "figure": sendable(compared.figure),
                "sentence": compared.sentence,
                "alt": compared.alt,
                "note": compared.note,
                "numbers": dict(compared.numbers),
                "working": compared.working,
            }

    def _receive(self, _widget: object, content: object, _buffers: object) -> None:
        if isinstance(content, dict) and content.get("type") == "look":
            self.look()
