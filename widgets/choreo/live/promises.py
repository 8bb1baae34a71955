"""What a room promised, as it saw it, and what a plan remembers of that for the next time.

Of a promise nothing is kept beyond what stood on the screen: how many people promised something, and the words that the
coach showed. Under five people nothing is; of a rehearsal neither.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, field_validator

from choreo import typed
from choreo.live.activity import FEWEST, Activity, Promised
from choreo.live.days import day_of, spelled
from choreo.live.scene import Scene
from choreo.words import _

MOST_WORDS = 40  # that a plan remembers: those that most people wrote
LONGEST = 60  # characters of one of them


class LastTime(BaseModel):
    """What a room promised when it was here before; part of a plan."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    day: date
    question: Annotated[str, Field(min_length=1, max_length=200)]
    count: Annotated[int, Field(ge=FEWEST)]  # people who promised something
    words: Annotated[tuple[tuple[str, Annotated[int, Field(ge=1)]], ...], Field(max_length=MOST_WORDS)] = ()

    @field_validator("words")
    @classmethod
    def _as_lines(cls, words: tuple[tuple[str, int], ...]) -> tuple[tuple[str, int], ...]:
        lines = ((typed.line(text, LONGEST), count) for text, count in words)
        return tuple((text, count) for text, count in lines if text)

    def scene(self) -> Scene:
        """How a session opens with it."""
        told = _("On {day}, {count} people answered: “{question}”")
        line = told.format(day=spelled(self.day), count=self.count, question=self.question)
        title, ask = _("Last time we promised"), _("What became of it, and what stood in the way?")
        return Scene(title, (line,), words=self.words, ask=ask)


class Promises:
    """What the people of a session have promised in it so far."""

    def __init__(self) -> None:
        """Nothing yet."""
        self._newest: Promised | None = None  # with the words that the room has seen
        self._run, self._at = 0, 0.0

    def look(self, run: int, activity: Activity, at: float, shown: bool) -> None:
        """Look at the running activity anew; `shown`: whether the room sees what comes of it.

        What is taken back is forgotten; what is let through while nothing is shown has not been seen.
        """
        promised = None if activity.rehearsal else activity.promised()
        if promised is None or promised.count < FEWEST:
            return
        before = self._newest.shown if self._newest is not None and self._run == run else ()
        seen = promised.shown if shown else tuple(one for one in before if one in promised.shown)
        self._newest, self._run, self._at = replace(promised, shown=seen), run, at

    def json(self) -> dict[str, Any] | None:
        """The newest, as a plan can remember it; None where nothing was promised."""
        if self._newest is None:
            return None
        question, count, words = self._newest.question, self._newest.count, self._newest.shown[:MOST_WORDS]
        return LastTime(day=day_of(self._at), question=question, count=count, words=words).model_dump(mode="json")
