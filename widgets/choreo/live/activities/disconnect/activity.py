"""Like me?: a yes or no about oneself, and how many others say the same. Sealed ballots; false consensus as it comes about."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import Field

from choreo.live.activities.disconnect import debrief, room, what_if
from choreo.live.activities.disconnect.answers import Answers
from choreo.live.activities.disconnect.room import TENTHS
from choreo.live.activity import Activity, Move, Settings, Step
from choreo.live.scene import Scene
from choreo.live.shift import Round
from choreo.words import _


class DisconnectSettings(Settings):
    """The question that people answer for themselves."""

    question: Annotated[
        str,
        Field(
            min_length=1,
            max_length=200,
            description="Answered for oneself with yes or no; it divides the room about half. Nothing that hurts to admit.",
            examples=[
                "Do you read a long report from its end?",
                "Would you rather hear a hard truth today than a kind one next week?",
                "Do you answer messages in the evening?",
                "Do you speak in the first five minutes of a meeting?",
                "Would you walk around here for half an hour with a board that says EAT AT JOE'S?",
            ],
        ),
    ] = "Would you rather hear a hard truth today than a kind one next week?"


class Disconnect(Activity):
    """One sealed ballot each: what I say, and how many of ten others say the same. First the guesses, then the truth."""

    name = "disconnect"
    title = "Like me?"
    lesson = "01"
    fills_up = False
    minutes = 10
    steps = (
        Step("ask", "Ask", ballots=True),
        Step("believed", "Show what we believe"),
        Step("truth", "Show what is true"),
    )
    Settings = DisconnectSettings

    def began(self, at: float) -> None:
        """No answers yet."""
        self.answers: Answers | None = None

    def refusal(self, who: str, say: Mapping[str, Any]) -> str:
        """Both answers at once and nothing else; none once the answers were counted, so that nobody can compare counts."""
        if self.step.name != "ask" or self.answers is not None:
            return _("The question is closed.")
        if not say.keys() <= {"own", "same", "virtual"}:
            return _("Please answer the two questions, nothing else.")
        if type(say.get("own")) is not bool:
            return _("Please say yes or no.")
        same = say.get("same")
        if type(same) is not int or same not in TENTHS:
            return _("Please choose how many of ten others say the same.")
        return ""

    def counted(self, ballots: Sequence[Mapping[str, Any]]) -> None:
        """Keep the answers; the question stays closed from now on."""
        own, same = ([ballot[key] for ballot in ballots] for key in ("own", "same"))
        self.answers = Answers(tuple(own), tuple(same))

    def to_show(self, ballots: Sequence[Mapping[str, Any]]) -> tuple[Round, ...]:
        """How many say what, how many made each guess, and who of either side made which."""
        told = {
            "own": [ballot["own"] for ballot in ballots],
            "same": [ballot["same"] for ballot in ballots],
            "both": [(ballot["own"], ballot["same"]) for ballot in ballots],
        }
        return tuple(Round.of(self.asked(part, self.settings.question), answers) for part, answers in told.items())

    def phone(self, who: str) -> dict[str, Any]:
        """The question; the same for all."""
        open_ = self.step.name == "ask" and self.answers is None
        return {"step": "ask" if open_ else "closed", "question": self.settings.question, "too_few": self.too_few}

    def room(self) -> Scene:
        """A count while the question is open; then what people believe of each other; then what is true."""
        question = self.settings.question
        if self.answers is None:
            if self.step.name != "ask":
                return self._nothing()
            ask = (
                _("Answer for yourself. And of ten others in this room, how many say the same as you?"),
                _("Nobody is shown who says what."),
            )
            more, facts = self.so_far()
            return Scene(question, (*ask, *more), facts)
        show = room.truth if self.step.name == "truth" else room.believed
        return show(question, self.answers)

    def debrief(self) -> Scene:
        """The gap between the two sides beside the published one, and beside who knows only their own answer."""
        return self._nothing() if self.answers is None else debrief.scene(self.settings.question, self.answers)

    def what_ifs(self) -> tuple[Scene, ...]:
        """The same room, had each of us heard a few others first."""
        return () if self.answers is None else what_if.scenes(self.answers)

    def _nothing(self) -> Scene:
        return Scene(self.settings.question, (self.unshown(),))

    @staticmethod
    def bot(view: Mapping[str, Any], chance: random.Random) -> Move | None:
        """Say yes more often than not, and believe that most say the same."""
        if view.get("step") != "ask" or "ballot" in view:
            return None
        same = 10 * round(10 * chance.betavariate(4, 2.5))
        return Move(chance.uniform(4, 25), {"own": chance.random() < 0.55, "same": same})
