"""In turn or at once, the game: one of two bags is the right one, and everybody has a hint of their own.

One half of the room sits in rows and speaks in turn: each sees what those before them in the row said, and not their hints.
The other half answers at once, each alone. With the next question, a new bag, the halves change places. All rows go on side
by side, each at its own pace, and who says nothing within `seconds`, or is not here, is passed over: so a question takes
at most as many turns as the longest row has places, however large the room is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import Field

from choreo.live.activity import Activity, RoundOn, Settings, Step
from choreo.live.event import Event
from choreo.words import _

BAGS = ("A", "B")
LEAST_TURNS = 3  # that those who answer at once have time for, however short the rows are


class InTurnSettings(Settings):
    """How good a hint is, and how long it takes."""

    right: Annotated[int, Field(ge=51, le=95, description="of a hundred hints, so many are right")] = 60
    places: Annotated[int, Field(ge=3, le=12, description="people in a row at most")] = 8
    seconds: Annotated[int, Field(ge=5, le=60, description="seconds that a turn takes at most")] = 11
    questions: Annotated[int, Field(ge=1, le=6, description="bags; with each the two halves change places")] = 2


@dataclass
class Row:
    """People who speak in turn."""

    members: list[str]
    due: float  # when the turn that is on is over
    said: list[int | None] = field(default_factory=list)  # in turn; None: was passed over

    @property
    def now(self) -> str:
        """Whose turn it is; empty when all had theirs."""
        return self.members[len(self.said)] if len(self.said) < len(self.members) else ""


@dataclass
class Question:
    """One bag: which is right, who has which hint, and what they said."""

    truth: int
    ends: float  # for those who answer at once
    rows: list[Row] = field(default_factory=list)
    hints: dict[str, int] = field(default_factory=dict)
    seat: dict[str, tuple[int, int]] = field(default_factory=dict)  # row and place of who speaks in turn
    once: dict[str, int | None] = field(default_factory=dict)  # who answers at once, and what they said

    @property
    def turns(self) -> int:
        """How many turns there is time for, at once too."""
        return max([LEAST_TURNS, *(len(row.members) for row in self.rows)])


class Turns(Activity):
    """The questions as they were played."""

    steps = (
        Step("explain", _("Explain")),
        Step("play", _("Deal the hints and play")),
        Step("show", _("Show what was right"), shows=True),
    )
    Settings = InTurnSettings

    def began(self, at: float) -> None:
        """Nothing was dealt yet."""
        self.questions: list[Question] = []
        self.over = False  # whether the last question is answered
        self.held = False  # whether the clocks stand still because nobody is here

    @property
    def on(self) -> Question | None:
        """The question that is on."""
        return self.questions[-1] if self.step.name == "play" and self.questions and not self.over else None

    def playing(self) -> list[str]:
        """Who takes part and is here."""
        return [who for who in self.here() if self.ours(who)]

    def stepped(self, at: float) -> None:
        """A new game."""
        if self.step.name == "play":
            self.questions, self.over, self.held = [], False, False
            self._deal(at)

    def _deal(self, at: float) -> None:
        """A new bag, for halves that change places."""
        before = self.questions[-1].seat if self.questions else {}
        who = self.playing()
        order = sorted((who[index] for index in self.rng.permutation(len(who)).tolist()), key=lambda one: one in before)
        half, seconds = -(-len(order) // 2), self.settings.seconds
        many = -(-half // self.settings.places)
        question = Question(int(self.rng.integers(2)), at)
        question.rows = [Row(order[:half][start::many], at + seconds) for start in range(many)]
        for row, one in enumerate(question.rows):
            question.seat |= {member: (row, place) for place, member in enumerate(one.members)}
        question.ends = at + seconds * question.turns
        question.once = dict.fromkeys(order[half:])
        for member in order:
            self._hint(question, member)
        self.questions.append(question)
        self.touch()
        self._go_on(at)

    def _hint(self, question: Question, who: str) -> None:
        right = 100 * self.rng.random() < self.settings.right
        question.hints[who] = question.truth if right else 1 - question.truth

    # -- whose turn it is ----------------------------------------------------------------------------------------------

    def _go_on(self, at: float) -> None:
        """Pass over who is not here or had their time; go on to the next question when all is answered."""
        question, self.wake = self.on, None
        if question is None:
            return
        self.held = not self.playing()
        if self.held:
            return
        for row in question.rows:
            while row.now and (row.due <= at or not self.people[row.now].here):
                self._turn(row, None, at)
        due = [row.due for row in question.rows if row.now]
        if question.ends > at and any(said is None and self.people[who].here for who, said in question.once.items()):
            due.append(question.ends)
        if due:
            self.wake = min(due)
        elif len(self.questions) < self.settings.questions:
            self._deal(at)
        else:
            self.over = True
            self.touch()

    def _turn(self, row: Row, said: int | None, at: float) -> None:
        row.said.append(said)
        row.due = at + self.settings.seconds
        self.touch(*row.members)

    def take(self, event: Event) -> None:
        """As in every activity; a pause costs nobody their turn, nor does a look at the debrief."""
        paused, since = self.paused, self._paused_at
        super().take(event)
        question = self.on
        if question is None:
            return
        if event.kind == "resume" and paused:
            for row in question.rows:
                row.due += event.at - since
            question.ends += event.at - since
            self._go_on(event.at)
        elif event.kind == "step" and event.data.get("to") == "play":
            self._afresh(question, event.at)

    def _afresh(self, question: Question, at: float) -> None:
        """Everybody whose turn it is has their whole time again."""
        for row in question.rows:
            row.due = max(row.due, at + self.settings.seconds)
        question.ends = max(question.ends, at + self.settings.seconds)
        self.touch()
        self._go_on(at)

    def joined(self, who: str, at: float) -> None:
        """Who comes late answers at once, with a hint of their own."""
        question = self.on
        if question is None or not self.ours(who) or who in question.hints:
            return
        self._hint(question, who)
        question.once[who] = None
        if self.held:
            self._afresh(question, at)
        elif not self.paused:
            self._go_on(at)

    def came_back(self, who: str, at: float) -> None:
        """Their turn may still come; who was not dealt to answers at once."""
        if self.on is not None and self.held and self.ours(who):
            self._afresh(self.on, at)
        self.joined(who, at)

    def left(self, who: str, at: float) -> None:
        """Nobody waits for them."""
        if not self.paused:
            self._go_on(at)

    def ticked(self, at: float) -> None:
        """Somebody's time is over."""
        self._go_on(at)

    # -- what people say -----------------------------------------------------------------------------------------------

    def refusal(self, who: str, say: Mapping[str, Any]) -> str:
        """{"question": its number, "say": 0 or 1}, in one's turn or at once; what was said stays said."""
        question, number = self.on, say.get("question")
        if question is None or type(number) is not int or number != len(self.questions):
            return _("That question is over.")
        if say.keys() != {"question", "say"} or type(say["say"]) is not int or say["say"] not in (0, 1):
            return _("Please say A or B.")
        if who in question.seat:
            row, place = question.seat[who]
            there = len(question.rows[row].said)
            if place != there:
                return _("Your turn is over.") if place < there else _("It is not your turn yet.")
            return ""
        if who not in question.once:
            return _("You are in from the next question on.")
        return "" if question.once[who] is None else _("You have answered already.")

    def said(self, who: str, say: Mapping[str, Any], at: float) -> None:
        """Pass the turn on, or note what was said at once."""
        question = self.on
        assert question is not None
        if who in question.seat:
            self._turn(question.rows[question.seat[who][0]], say["say"], at)
        else:
            question.once[who] = say["say"]
        self._go_on(at)

    def round_on(self) -> RoundOn | None:
        """Which question is on, and how many have answered it."""
        question = self.on
        if question is None:
            return None
        said: Sequence[int | None] = [one for row in question.rows for one in row.said] + list(question.once.values())
        moved = sum(one is not None for one in said)
        due = sum(self.people[who].here for row in question.rows for who in row.members[len(row.said) :])
        due += sum(one is None and self.people[who].here for who, one in question.once.items())
        return RoundOn(len(self.questions), self.settings.questions, moved, due)
