"""One voice with weight: a judgement kept secret, one voice, a judgement again, and how far a room goes to that voice."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

from choreo.live.activities.one_voice import debrief, room, what_if
from choreo.live.activities.one_voice.game import Voices
from choreo.live.activities.wisdom_of_the_room.estimates import tidy
from choreo.live.activity import Move
from choreo.live.result import Result
from choreo.live.scene import Scene


class OneVoice(Voices):
    """The judgements as phones, room and coach see them. Whose they are is known to the log, and told to nobody."""

    name = "one-voice"
    title = "One voice with weight"
    lesson = "05"
    fills_up = False  # a room can only go to a voice of its own
    minutes = 10
    keeps = "What is kept: your numbers, whether you spoke when you were drawn, and when."

    def phone(self, who: str) -> dict[str, Any]:
        """The question, the own judgements, and what the voice says once it has spoken."""
        settings = self.settings
        return {
            "step": self._step(who),
            "question": settings.question,
            "unit": settings.unit,
            "least": settings.least,
            "most": settings.most,
            "alone": self.alone.get(who),
            "again": self.again.get(who),
            "voice": self.voice,
            "virtual": self.voice is not None and not self.speaker,
            "drawn": settings.speaker == "one of us",
        }

    def _step(self, who: str) -> str:
        if self.told or self.step.name == "moved":
            return "closed"
        if self.voice is not None:
            return "spoke" if who == self.speaker else "again" if who in self.alone else "late"
        if who == self.drawn_by_lot and self.step.name == "voice":
            return "drawn"
        return "alone" if self.step.name == "alone" or who not in self.alone else "wait"

    def room(self) -> Scene:
        """How many have judged, what the voice says, and how far we went to it."""
        return room.scene(self)

    def debrief(self) -> Scene:
        """How many minds are left, beside the model."""
        return debrief.scene(self)

    def result_of(self, who: str) -> Result:
        """Their two judgements."""
        return debrief.result_of(self, who)

    def what_ifs(self) -> tuple[Scene, ...]:
        """The same room with another voice, and with the voice at another place in the order."""
        return what_if.scenes(self)

    @staticmethod
    def bot(view: Mapping[str, Any], chance: random.Random) -> Move | None:
        """Judge; speak, mostly, when drawn; then go some way to the voice, or stay."""
        step, least, most = view.get("step"), view.get("least", 0), view.get("most", 0)
        if step == "alone" and view.get("alone") is None:
            guess = least + (most - least) * chance.betavariate(3, 4)
            return Move(chance.uniform(4, 30), {"alone": min(max(tidy(guess, 2), least), most)})
        if step == "drawn":
            return Move(chance.uniform(3, 12), {"speak": chance.random() < 0.9})
        if step == "again" and view.get("again") is None:
            keep = chance.choice((1.0, 0.8, 0.5, 0.3))
            again = keep * view["alone"] + (1 - keep) * view["voice"]
            return Move(chance.uniform(4, 30), {"again": min(max(tidy(again, 2), least), most)})
        return None
