"""In turn or at once: half a room hears each other one after another, half answers alone, and the rows can be seen."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

from choreo.live.activities.in_turn import debrief, room, what_if
from choreo.live.activities.in_turn.game import Question, Turns
from choreo.live.activity import Move
from choreo.live.result import Result
from choreo.live.scene import Scene


class InTurn(Turns):
    """The questions as phones, room and coach see them."""

    name = "in-turn"
    title = "In turn or at once"
    lesson = "08"
    fills_up = False  # what is heard in a row is what people said
    minutes = 12
    keeps = "What is kept: your hint, what you said, and when."

    def phone(self, who: str) -> dict[str, Any]:
        """One's own hint, and in a row what those before said; nothing of the others' hints."""
        view: dict[str, Any] = {"step": self.step.name, "over": self.over, "right": self.settings.right}
        question = self.on
        if question is None:
            return view
        view |= {"round": len(self.questions), "rounds": self.settings.questions, "hint": question.hints.get(who)}
        if view["hint"] is not None:
            view |= self._seat(question, who)
        return view

    def _seat(self, question: Question, who: str) -> dict[str, Any]:
        """`place` from 1 in one's row, 0 at once; `turn` says whether one can speak, `said` what one said."""
        seconds = self.settings.seconds
        if who not in question.seat:
            turn, ends = question.once[who] is None, question.ends
            view: dict[str, Any] = {"place": 0, "turn": turn, "said": question.once[who]}
            seconds *= question.turns
        else:
            number, place = question.seat[who]
            row = question.rows[number]
            turn, ends = place == len(row.said), row.due
            said = row.said[place] if place < len(row.said) else None
            view = {"place": place + 1, "turn": turn, "said": said, "before": row.said[:place]}
            view["missed"] = place < len(row.said) and said is None
        if turn and self.wake is not None:
            view |= {"ends": round(1000 * ends), "seconds": seconds}
        return view

    def room(self) -> Scene:
        """The rules and a count; then every row."""
        return room.scene(self)

    def debrief(self) -> Scene:
        """Rows and votes beside their chances in the model."""
        return debrief.scene(self)

    def result_of(self, who: str) -> Result:
        """Their hint and what they said, bag by bag."""
        return debrief.result_of(self, who)

    def what_ifs(self) -> tuple[Scene, ...]:
        """The same hints in other orders, and with other ways to hear each other."""
        return what_if.scenes(self)

    @staticmethod
    def bot(view: Mapping[str, Any], chance: random.Random) -> Move | None:
        """Count what was heard and the own hint as one each; say what has more, and toss a coin when it is even."""
        if not view.get("turn"):
            return None
        heard = [*view.get("before", ()), view["hint"]]
        balance = heard.count(1) - heard.count(0)
        say = int(balance > 0) if balance else chance.randrange(2)
        return Move(chance.uniform(1.5, 7), {"question": view["round"], "say": say})
