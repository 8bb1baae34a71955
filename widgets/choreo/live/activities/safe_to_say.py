"""Safe to say?: what people think of a delicate statement, and what they believe the others think. Sealed ballots."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from functools import lru_cache
from statistics import median
from typing import Annotated, Any

import numpy as np
from pydantic import Field

from choreo.live.activity import FEWEST, Activity, Move, Settings, Step
from choreo.live.scene import Figure, Scene
from choreo.models import emperor

VIEWS = ("strongly disagree", "rather disagree", "rather agree", "strongly agree")
AGREES = 2  # from this view on
TENTHS = range(0, 101, 10)  # guesses are "so many of ten", so that no odd number is anybody's mark
NEAR = 10  # points by which a guess, or a room, may be off and still be called about right
SIDE, ROUNDS = 16, 40  # of the model's map: small and quick; everything else as in the lesson


class SafeToSaySettings(Settings):
    """The statement that people think about."""

    statement: Annotated[
        str,
        Field(
            min_length=1,
            max_length=200,
            description="Something that people have a view on and seldom say. Short, in the first person, about work.",
            examples=[
                "I often keep quiet in meetings although I disagree.",
                "I would tell my boss about a mistake of mine before anybody notices it.",
                "Some of our projects go on only because nobody wants to say stop.",
                "I answer messages in the evening because I think that the others expect it.",
                "I could explain our strategy to a newcomer.",
            ],
        ),
    ] = "Our meetings would be better if we disagreed more openly."


class SafeToSay(Activity):
    """One sealed ballot each: what I think, and how many of the others, I believe, agree. Then the gap between the two."""

    name = "safe-to-say"
    title = "Safe to say?"
    lesson = "04"
    minutes = 15
    steps = (
        Step("ask", "Ask", ballots=True),
        Step("believed", "Show what we believe of each other"),
        Step("gap", "Show what we think"),
    )
    Settings = SafeToSaySettings

    def began(self, at: float) -> None:
        """No answers yet."""
        self.own: list[int] = []  # indexes of VIEWS; in the order of the ballots, like
        self.others: list[int] = []  # the guesses in percent, and
        self.human: list[bool] = []

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
        if not ballots:
            return
        self.own = [ballot["own"] for ballot in ballots]
        self.others = [ballot["others"] for ballot in ballots]
        self.human = [ballot.get("virtual") is not True for ballot in ballots]

    def phone(self, who: str) -> dict[str, Any]:
        """The statement and the views to choose from; the same for all."""
        open_ = self.step.name == "ask" and not self.own
        return {"step": "ask" if open_ else "closed", "statement": self.settings.statement, "views": list(VIEWS)}

    def _share(self) -> float:
        """The share that agrees, in percent. It is also what the others think, seen by everyone in turn, on average."""
        return 100 * sum(view >= AGREES for view in self.own) / len(self.own)

    def room(self) -> Scene:
        """A count while the question is open; then what people believe of each other; then that beside what they think."""
        statement = self.settings.statement
        if self.step.name == "ask" and not self.own:
            ask = (
                "What do you think? And of ten others in this room, how many agree?",
                "Nobody can see who says what.",
            )
            return Scene(statement, ask, (("answers", str(self.ballots)),))
        if not self.own:
            return Scene(statement, (f"Fewer than {FEWEST} answers came, so none is shown.",))
        answers, guess, share = ("answers", str(len(self.own))), median(self.others), self._share()
        if self.step.name != "gap":
            half = f"Half of us believe that {_of_ten(guess)} of ten others agree, or fewer."
            return Scene(statement, (half,), (answers, ("we believe", f"{guess:.0f}% agree")), (self._guesses(None),))
        facts = (answers, ("we believed", f"{guess:.0f}% agree"), ("we think", f"{share:.0f}% agree"))
        return Scene(statement, (self._gap(),), facts, (self._views(), self._guesses(share)))

    def _gap(self) -> str:
        share, guess = self._share(), median(self.others)
        low = sum(guess < share - NEAR for guess in self.others)
        high = sum(guess > share + NEAR for guess in self.others)
        if abs(share - guess) <= NEAR and low + high <= len(self.own) / 2:
            return "This room knows itself: what we believe of each other is about what we think."
        if low >= high:
            return f"{low} of {len(self.own)} guessed too low: more of us think so than we believe."
        return f"{high} of {len(self.own)} guessed too high: fewer of us think so than we believe."

    def _views(self) -> Figure:
        counts = [self.own.count(view) for view in range(len(VIEWS))]
        says = (
            "What we think: " + "; ".join(f"{view}: {count}" for view, count in zip(VIEWS, counts, strict=True)) + "."
        )
        bars = {"type": "bar", "x": list(VIEWS), "y": counts, "text": counts, "name": "what we think"}
        layout = {"xaxis": {"type": "category"}, "yaxis": {"title": {"text": "people"}}, "showlegend": False}
        return Figure((bars | {"meta": {"role": "you"}},), layout, says)

    def _guesses(self, share: float | None) -> Figure:
        counts = [self.others.count(guess) for guess in TENTHS]
        bars = {"type": "bar", "x": list(TENTHS), "y": counts, "name": "what we believed", "meta": {"role": "others"}}
        says = f"What we believe of each other: half of the guesses are {median(self.others):.0f}% or less."
        layout: dict[str, Any] = {
            "xaxis": {"title": {"text": "% of the others who agree: our guesses"}, "range": [-7, 107]}
        }
        layout |= {"yaxis": {"title": {"text": "people"}}, "showlegend": share is not None}
        if share is None:
            return Figure((bars,), layout, says)
        line = {"type": "scatter", "mode": "lines", "x": [round(share, 1)] * 2, "y": [0, max(counts)]}
        truth = line | {"name": "who do agree", "meta": {"role": "goal"}}
        return Figure((bars, truth), layout, f"{says} In truth {share:.0f}% agree.")

    def _norm(self) -> tuple[bool, float, float]:
        """The view that looks more common than it is: whether it is to agree, its true and its believed share (0 to 1)."""
        share, guess = self._share() / 100, median(self.others) / 100
        return (True, share, guess) if guess >= share else (False, 1 - share, 1 - guess)

    def debrief(self) -> Scene:
        """The gap beside the Emperor's Dilemma: how many follow a view in public that few hold."""
        if not self.own:
            return Scene(self.settings.statement, (f"Fewer than {FEWEST} answers came, so none is shown.",))
        agree, held, believed = self._norm()
        verb = "agree" if agree else "disagree"
        public = followers(round(held, 2))
        lines = [
            self._gap(),
            *self._mirror(),
            f"{held:.0%} of us {verb}. In the model of lesson 04, people who see only their neighbours, and are corrected by"
            f" them, act as if {public:.0%} did. Its people are not you: what fits is how it comes about.",
            "What would you have said aloud in this room an hour ago?",
        ]
        names = (f"{verb}, sealed", f"{verb}, as we believed", f"{verb}, in public, in the model")
        values = [round(100 * value, 1) for value in (held, believed, public)]
        bars = tuple(
            {"type": "bar", "x": [name], "y": [value], "text": [f"{value:.0f}%"], "name": name, "meta": {"role": role}}
            for name, value, role in zip(names, values, ("you", "others", "apart"), strict=True)
        )
        layout = {"yaxis": {"title": {"text": "% of people"}, "range": [0, 100]}, "showlegend": False}
        says = "; ".join(f"{name}: {value:.0f}%" for name, value in zip(names, values, strict=True)) + "."
        facts = (("answers", str(len(self.own))), ("gap", f"{abs(believed - held) * 100:.0f} points"))
        return Scene(self.settings.statement, tuple(lines), facts, (Figure(bars, layout, says),))

    def _mirror(self) -> list[str]:
        """What either side believes of the others, if both are large enough to hide in."""
        guesses = []
        for agrees in (True, False):
            side = [index for index, view in enumerate(self.own) if (view >= AGREES) is agrees]
            people = sum(self.human[index] for index in side)
            if len(side) < FEWEST or 0 < people < FEWEST:
                return []
            guesses.append(median(self.others[index] for index in side))
        if abs(guesses[0] - guesses[1]) < NEAR:
            return []
        return [f"Those who agree believe that {guesses[0]:.0f}% do; those who disagree, {guesses[1]:.0f}%."]

    def what_ifs(self) -> tuple[Scene, ...]:
        """The model with this room's number, changed in one thing at a time."""
        if not self.own:
            return ()
        agree, held, _ = self._norm()
        share = round(held, 2)
        cases = {
            "people see only their neighbours": followers(share),
            "everybody sees everybody": followers(share, network="everyone"),
            "correcting others costs more": followers(share, cost=0.3),
            "half as many hold the view": followers(round(share / 2, 2)),
        }
        values = [round(100 * value, 1) for value in cases.values()]
        bars = {"type": "bar", "y": list(cases), "x": values, "orientation": "h", "text": [f"{v:.0f}%" for v in values]}
        layout: dict[str, Any] = {"xaxis": {"title": {"text": "% who follow the view in public"}, "range": [0, 100]}}
        layout |= {"yaxis": {"type": "category", "autorange": "reversed", "automargin": True}, "showlegend": False}
        says = "; ".join(f"{name}: {value:.0f}%" for name, value in zip(cases, values, strict=True)) + "."
        title = f"If {share:.0%} {'agree' if agree else 'disagree'}, how many act as if they did?"
        lines = ("The model of lesson 04 with this room's number, changed in one thing at a time.",)
        return (Scene(title, lines, figures=(Figure((bars | {"meta": {"role": "apart"}},), layout, says),)),)

    @staticmethod
    def bot(view: Mapping[str, Any], chance: random.Random) -> Move | None:
        """Agree more often than not, and believe that few others do."""
        if view.get("step") != "ask" or "ballot" in view:
            return None
        own = min(len(VIEWS) - 1, int(chance.betavariate(3, 2) * len(VIEWS)))
        others = 10 * round(10 * chance.betavariate(3, 5))
        return Move(chance.uniform(4, 25), {"own": own, "others": others})


def _of_ten(percent: float) -> str:
    return f"{percent / 10:g}"


@lru_cache(maxsize=64)
def followers(believers: float, *, network: str = "neighbours", cost: float = 0.125) -> float:
    """The share that follows a view in public if `believers` of all hold it: the mean of three runs of the model."""
    params = emperor.Emperor(believers=believers, network=network, cost=cost, rows=SIDE, columns=SIDE, rounds=ROUNDS)
    return float(np.mean(emperor.public(emperor.run_many(params, np.random.default_rng(4), 3))))
