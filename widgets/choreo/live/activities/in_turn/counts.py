"""What came of all questions, counted: hints, rows, votes, and who left their own hint."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from choreo.live.activities.in_turn.game import Question

TELLING = 3  # people who spoke in a row: in a shorter one there is nothing to follow
RIGHT, WRONG, TIE = 1, -1, 0


@dataclass(frozen=True)
class Voice:
    """What somebody had as a hint, and said: true where it was right."""

    hint: bool
    said: bool


@dataclass(frozen=True)
class Counts:
    """Of one question or more; who said nothing is left out."""

    rows: tuple[tuple[Voice, ...], ...]
    once: tuple[tuple[Voice, ...], ...]  # by question
    longest: int  # places of the longest row, whoever spoke
    at_once: int  # people who could answer at once, of the question with the most

    @property
    def turns(self) -> list[Voice]:
        """Everybody who spoke in turn."""
        return [voice for row in self.rows for voice in row]

    @property
    def voices(self) -> list[Voice]:
        """Everybody who spoke."""
        return self.turns + [voice for votes in self.once for voice in votes]

    @property
    def lasts(self) -> list[bool]:
        """Whether the last voice of a row was right, of rows with enough voices."""
        return [row[-1].said for row in self.rows if len(row) >= TELLING]

    @property
    def votes(self) -> list[int]:
        """What those who answered at once decide by most voices, question by question."""
        return [vote(votes) for votes in self.once if votes]

    @property
    def left(self) -> tuple[int, int]:
        """In turn: how many said other than their hint; and of them, for how many the hint was right."""
        gone = [voice for voice in self.turns if voice.said != voice.hint]
        return len(gone), sum(voice.hint for voice in gone)


def vote(voices: Sequence[Voice]) -> int:
    """RIGHT, WRONG or TIE, as most voices are."""
    balance = sum(1 if voice.said else -1 for voice in voices)
    return (balance > 0) - (balance < 0)


def counted(questions: Sequence[Question]) -> Counts:
    """The counts of these questions."""
    rows, once = [], []
    for question in questions:
        hints = {who: hint == question.truth for who, hint in question.hints.items()}
        for row in question.rows:
            spoke = zip(row.members, row.said, strict=False)
            rows.append(tuple(Voice(hints[who], said == question.truth) for who, said in spoke if said is not None))
        votes = [(who, said) for who, said in question.once.items() if said is not None]
        once.append(tuple(Voice(hints[who], said == question.truth) for who, said in votes))
    return Counts(
        rows=tuple(row for row in rows if row),
        once=tuple(once),
        longest=max((len(row.members) for question in questions for row in question.rows), default=0),
        at_once=max(map(len, once), default=0),
    )
