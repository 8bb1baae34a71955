"""What one answer earned, and what to tell the learner."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any


class AnswerError(ValueError):
    """An answer that is none: not of the kind's shape, or naming what is not there. It is no attempt."""


class UnknownPartError(AnswerError):
    """An answer that names what the exercise does not have, there."""

    def __init__(self, message: str, name: str, known: Collection[str]) -> None:
        """`known` are the names that there are."""
        super().__init__(message)
        self.name, self.known = name, tuple(known)


@dataclass(frozen=True)
class Note:
    """What is said about one part of an answer: an option, a card, a gap."""

    part: str  # the part's id
    right: bool | None  # None where nothing is right or wrong
    text: str  # Markdown


@dataclass(frozen=True)
class Verdict:
    """What one answer earned, and what to tell the learner."""

    score: float | None  # 0 to 1; None where nothing is right or wrong
    feedback: str  # Markdown, one short paragraph
    notes: tuple[Note, ...] = ()
    reveal: Mapping[str, Any] = field(default_factory=dict)  # shown only after an answer; its texts are Markdown
