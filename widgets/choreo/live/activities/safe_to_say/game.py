"""Safe to say?, the question: what people think of a delicate statement, and what they believe the others think."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median
from typing import Annotated, Any

from pydantic import Field

from choreo.live.activity import Activity, Settings, Step
from choreo.live.shift import Round

VIEWS = ("strongly disagree", "rather disagree", "rather agree", "strongly agree")
AGREES = 2  # from this view on
TENTHS = range(0, 101, 10)  # guesses are "so many of ten", so that no odd number is anybody's mark


class SafeToSaySettings(Settings):
    """The statement that people think about."""

    statement: Annotated[
        str,
        Field(
            min_length=1,
            max_length=200,
            description="The statement. People have a view on it and seldom say it; short, in the first person, about work.",
            examples=[
                "I often keep quiet in meetings although I disagree.",
                "I would tell my boss about a mistake of mine before anybody notices it.",
                "Some of our projects go on only because nobody wants to say stop.",
                "I answer messages in the evening because I think that the others expect it.",
                "I could explain our strategy to a newcomer.",
            ],
        ),
    ] = "Our meetings would be better if we disagreed more openly."


class Views(Activity):
    """What people think, and how many others they believe to agree; counted, without whose it was."""

    fills_up = False
    steps = (
        Step("ask", "Ask", ballots=True),
        Step("believed", "Show what we believe of each other", shows=True),
        Step("gap", "Show what we think", shows=True),
    )
    Settings = SafeToSaySettings

    def began(self, at: float) -> None:
        """No answers yet."""
        self.own: list[int] = []  # indexes of VIEWS; in the order of the ballots, like
        self.others: list[int] = []  # the guesses in percent

    def refusal(self, who: str, say: Mapping[str, Any]) -> str:
        """Both answers at once and nothing else; none once the answers were counted, so that nobody can compare counts."""
        if self.step.name != "ask" or self.own:
            return "The question is closed."
        own, others = say.get("own"), say.get("others")
        if not say.keys() <= {"own", "others", "virtual"}:
            return "Please answer the two questions, nothing else."
        if type(own) is not int or not 0 <= own < len(VIEWS):
            return "Please choose what you think."
        if type(others) is not int or others not in TENTHS:
            return "Please choose how many of ten others agree."
        return ""

    def counted(self, ballots: Sequence[Mapping[str, Any]]) -> None:
        """Keep the answers; the question stays closed from now on."""
        self.own, self.others = [ballot["own"] for ballot in ballots], [ballot["others"] for ballot in ballots]

    def to_show(self, ballots: Sequence[Mapping[str, Any]]) -> tuple[Round, ...]:
        """How many hold each view, and how many made each guess."""
        guesses = self.asked("others", self.settings.statement)
        return (
            self._views([ballot["own"] for ballot in ballots]),
            Round.of(guesses, [ballot["others"] for ballot in ballots]),
        )

    def _views(self, own: Sequence[int]) -> Round:
        return Round.of(self.asked("own", self.settings.statement), own)

    def views_before_and_now(self) -> tuple[Round, Round] | None:
        """What people thought in the first round, and now; None where this is the first."""
        now = self._views(self.own)
        before = self.shifts.earlier(now.asked)
        return (before[0], now) if before and self.own else None

    def share(self) -> float:
        """The share that agrees, in percent. It is also what the others think, seen by everyone in turn, on average."""
        return 100 * sum(view >= AGREES for view in self.own) / len(self.own)

    def norm(self) -> tuple[bool, float, float]:
        """The view that looks more common than it is: whether it is to agree, its true and its believed share (0 to 1)."""
        share, guess = self.share() / 100, median(self.others) / 100
        return (True, share, guess) if guess >= share else (False, 1 - share, 1 - guess)
