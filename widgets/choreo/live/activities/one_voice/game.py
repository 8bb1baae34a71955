"""One voice with weight, the game: a first judgement that nobody sees, one voice, and a second judgement.

The one who speaks is drawn by lot from those who have judged and are here. Nothing of it is shown until they say that
they speak; who would rather not, or says nothing for PATIENCE seconds, passes it on, and nobody sees that. If nobody
speaks, or the coach wants it so, a virtual voice does: it says what one in ten of us is beyond, high or low by lot, and it
is told that nobody said it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import Field, model_validator

from choreo.live.activities.one_voice.judgements import Judgements
from choreo.live.activities.wisdom_of_the_room.estimates import spelled, tidy
from choreo.live.activities.wisdom_of_the_room.question import Amount
from choreo.live.activity import FEWEST, Activity, Settings, Step
from choreo.live.shift import Round
from choreo.words import _

PATIENCE = 30.0  # seconds that who was drawn has to decide
ENDS = (0.1, 0.9)  # where a virtual voice stands among us


class OneVoiceSettings(Settings):
    """What is judged, within which bounds, and who speaks."""

    question: Annotated[
        str,
        Field(
            min_length=1,
            max_length=200,
            description="Something that people here can judge, and on which they differ.",
            examples=[
                "Of a hundred of our meetings, how many could be a message instead?",
                "How many working days will our next release really take?",
                "Of a hundred people who work here, how many would recommend it to a friend?",
            ],
        ),
    ] = "Of a hundred of our meetings, how many could be a message instead?"
    unit: Annotated[str, Field(max_length=20, description="meetings, days, %")] = "meetings"
    least: Annotated[Amount, Field(description="the lowest number allowed")] = 0
    most: Annotated[Amount, Field(description="the highest number allowed")] = 100
    truth: Annotated[Amount | None, Field(description="the true number, if there is one")] = None
    speaker: Annotated[
        Literal["one of us", "a virtual voice"], Field(description="who speaks: somebody drawn by lot, or nobody real")
    ] = "one of us"

    @model_validator(mode="after")
    def _fits(self) -> OneVoiceSettings:
        if not self.least < self.most:
            raise ValueError("the lowest number must be below the highest")
        if self.truth is not None and not self.least <= self.truth <= self.most:
            raise ValueError("the true number must lie within the bounds")
        return self


class Voices(Activity):
    """Who judged what, who was drawn, and what the voice said."""

    steps = (
        Step("alone", _("Judge alone")),
        Step("voice", _("Let one voice speak")),
        Step("moved", _("Show how far we moved"), shows=True),
    )
    Settings = OneVoiceSettings

    def began(self, at: float) -> None:
        """No judgements yet, and no voice."""
        self.alone: dict[str, float] = {}
        self.again: dict[str, float] = {}
        self.passed: set[str] = set()  # who was drawn and did not speak
        self.drawn_by_lot = ""  # who was drawn and has not decided
        self.speaker = ""  # who spoke; empty for a virtual voice, too
        self.voice: float | None = None
        self.told = False  # whether it was shown how far the room moved

    def stepped(self, at: float) -> None:
        """Draw who speaks, once there is anybody; what was shown stays shown."""
        if self.step.name == "moved" and self.voice is not None and not self.told:
            self.told = True
            self._show()
        if self.step.name == "voice" and self.voice is None:
            self._draw(at)

    def _show(self) -> None:
        """Let the room see how far it moved, unless that is too near to what it was shown before."""
        found = self.judgements()
        if found is None or self.rehearsal:
            return
        both = list(zip(found.alone, found.again, strict=True))
        told = {"alone": found.alone, "again": found.again, "both": both}
        rounds = [Round.of(self.asked(part, self.settings.question), judged) for part, judged in told.items()]
        self.shifts.take(rounds, len(both))

    def _draw(self, at: float) -> None:
        if self.drawn_by_lot and self.people[self.drawn_by_lot].here and self.drawn_by_lot not in self.passed:
            self.wake = at + PATIENCE
            return
        before, self.drawn_by_lot, self.wake = self.drawn_by_lot, "", None
        could = [who for who in self.alone if self.people[who].here and who not in self.passed]
        if could and self.settings.speaker == "one of us":
            self.drawn_by_lot, self.wake = could[int(self.rng.integers(len(could)))], at + PATIENCE
            self.touch(before, self.drawn_by_lot)
        elif self.alone:
            end = ENDS[int(self.rng.integers(2))]
            self._speak(tidy(float(np.quantile(list(self.alone.values()), end)), 3))

    def _speak(self, value: float) -> None:
        self.voice = min(max(value, self.settings.least), self.settings.most)
        self.drawn_by_lot, self.wake = "", None
        self.touch()

    def left(self, who: str, at: float) -> None:
        """Nobody waits for who was drawn and left."""
        if who == self.drawn_by_lot and self.step.name == "voice":
            self._draw(at)

    def ticked(self, at: float) -> None:
        """Who was drawn has said nothing: it is somebody else's turn."""
        if self.step.name == "voice" and self.drawn_by_lot:
            self.passed.add(self.drawn_by_lot)
            self._draw(at)

    def refusal(self, who: str, say: Mapping[str, Any]) -> str:
        """{"alone": number} until a voice was heard, {"speak": yes or no} from who was drawn, then {"again": number}."""
        if self.told or self.step.name == "moved":
            return _("It is shown already: look at the screen in front.")
        if len(say) != 1 or not say.keys() <= {"alone", "again", "speak"}:
            return _("Please give one number.")
        if "speak" in say:
            if self.step.name != "voice" or who != self.drawn_by_lot:
                return _("The lot has passed on to somebody else.")
            return "" if type(say["speak"]) is bool else _("Please say whether you speak first.")
        if "alone" in say and who == self.drawn_by_lot:
            return _("The lot fell on you: speak, or pass it on.")
        if "alone" in say and self.voice is not None:
            return _("A voice was heard already: judge again, if you judged before.")
        if "again" in say and (self.voice is None or who not in self.alone):
            return _("Please judge alone first, and wait for the voice.")
        if "again" in say and who == self.speaker:
            return _("You are the voice this time.")
        (value,) = say.values()
        good = isinstance(value, int | float) and not isinstance(value, bool)
        if not good or not self.settings.least <= value <= self.settings.most:
            low, high = spelled(self.settings.least), spelled(self.settings.most)
            return _("Please give a number from {low} to {high}.").format(low=low, high=high)
        return ""

    def said(self, who: str, say: Mapping[str, Any], at: float) -> None:
        """Keep the judgement, hear the voice, or draw somebody else."""
        if "again" in say:
            self.again[who] = float(say["again"])
        elif "alone" in say:
            self.alone[who] = float(say["alone"])
            if self.step.name == "voice" and not self.drawn_by_lot:
                self._draw(at)
        elif say["speak"]:
            self.speaker = who
            self._speak(self.alone[who])
        else:
            self.passed.add(who)
            self._draw(at)

    def judgements(self) -> Judgements | None:
        """Those of all who judged twice; None under five of them, while no voice was heard, and where they are held back."""
        twice = [who for who in self.alone if who in self.again]
        if self.shifts.held or self.voice is None or (len(twice) < FEWEST and not (self.rehearsal and twice)):
            return None
        alone, again = (tuple(given[who] for who in twice) for given in (self.alone, self.again))
        return Judgements(alone, again, self.voice, self.settings.unit, self.settings.truth)
