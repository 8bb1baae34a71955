"""Wisdom of the room: everybody estimates alone, and again after seeing others; then the truth, and what became of it."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import ConfigDict, Field, model_validator

from choreo.live.activity import Activity, Move, Settings, Step
from choreo.live.estimates import Estimates, Scale, spelled, tidy
from choreo.live.scene import Scene

OTHERS = 4  # whose estimates one sees, as in the lesson's decentralised network
SEES = {
    "some": f"what up to {OTHERS} others estimated",
    "middle": "the middle one of all estimates",
    "one": "what one person estimated",
}
CLEAR = 0.05  # by how much some must keep more of their own than others to be told apart
NETWORKS = {"some": "decentralised", "middle": "everyone", "one": "centralised"}  # the model's words for it
LARGEST = 1e12
Amount = Annotated[float, Field(ge=-LARGEST, le=LARGEST, allow_inf_nan=False)]

QUESTIONS: tuple[dict[str, Any], ...] = (
    {
        "question": "How long is the Danube, from its source to its mouth?",
        "unit": "km",
        "truth": 2850,
        "least": 10,
        "most": 100_000,
        "source": "Encyclopaedia Britannica, Danube River",
    },
    {
        "question": "How far is it from Berlin to Lisbon as the crow flies?",
        "unit": "km",
        "truth": 2312,
        "least": 10,
        "most": 100_000,
        "source": "great-circle distance from 52.520° N 13.405° E to 38.722° N 9.139° W",
    },
    {
        "question": "In which year did the first underground railway open, in London?",
        "unit": "",
        "truth": 1863,
        "least": 1600,
        "most": 2000,
        "source": "London Transport Museum: the Metropolitan Railway, 10 January 1863",
    },
    {
        "question": "How many bones does a grown-up person have?",
        "unit": "bones",
        "truth": 206,
        "least": 1,
        "most": 10_000,
        "source": "Encyclopaedia Britannica, human skeleton",
    },
    {
        "question": "How many islands does Sweden have?",
        "unit": "islands",
        "truth": 267_570,
        "least": 1,
        "most": 1_000_000_000,
        "factors": True,
        "source": "Statistics Sweden, Coast, shores and islands in Sweden 2013",
    },
)


class WisdomOfTheRoomSettings(Settings):
    """What is to be estimated, what is true, and whose estimates people see before they estimate again."""

    model_config = ConfigDict(json_schema_extra={"examples": list(QUESTIONS)})

    question: Annotated[str, Field(min_length=1, max_length=200)] = QUESTIONS[0]["question"]
    unit: Annotated[str, Field(max_length=20, description="km, grams, people; empty for a year")] = QUESTIONS[0]["unit"]
    truth: Annotated[Amount, Field(description="the true value; the phones do not know it")] = QUESTIONS[0]["truth"]
    source: Annotated[str, Field(max_length=200, description="where one can look it up")] = QUESTIONS[0]["source"]
    least: Annotated[Amount, Field(description="the lowest estimate allowed; low enough to give nothing away")] = 10
    most: Annotated[Amount, Field(description="the highest estimate allowed; high enough to give nothing away")] = 1e5
    factors: Annotated[
        bool, Field(description="whether errors count in factors (half, double, ten times) instead of units")
    ] = False
    sees: Annotated[
        Literal["some", "middle", "one"],
        Field(
            description="before the second estimate: four others' estimates, everybody's middle one, or one person's"
        ),
    ] = "some"

    @model_validator(mode="before")
    @classmethod
    def _own_question(cls, data: Any) -> Any:
        """A question of one's own does not inherit the default question's unit and source."""
        if isinstance(data, dict) and data.get("question", QUESTIONS[0]["question"]) != QUESTIONS[0]["question"]:
            if "truth" not in data:
                raise ValueError("a question of your own needs its true value")
            return {"unit": "", "source": ""} | data
        return data

    @model_validator(mode="after")
    def _fits(self) -> WisdomOfTheRoomSettings:
        if not self.least < self.truth < self.most:
            raise ValueError("the truth must lie between the lowest and the highest estimate allowed")
        if self.factors and self.least <= 0:
            raise ValueError("errors in factors need a lowest estimate above 0")
        return self


class WisdomOfTheRoom(Activity):
    """Two estimates each. Whose they are is known to the log, and told to nobody."""

    name = "wisdom-of-the-room"
    title = "Wisdom of the room"
    lesson = "08"
    minutes = 15
    steps = (Step("alone", "Estimate alone"), Step("again", "Estimate again"), Step("truth", "Show the truth"))
    Settings = WisdomOfTheRoomSettings

    def began(self, at: float) -> None:
        """No estimates yet."""
        self.alone: dict[str, float] = {}
        self.again: dict[str, float] = {}
        self.seen: dict[str, list[float]] = {}  # what others estimated, as shown to this person before they went again
        self.ring: list[str] = []  # who was shown others, in random order: everybody is seen by equally many
        self.told = False  # whether the truth is out

    def stepped(self, at: float) -> None:
        """Show everybody who has estimated the others' estimates; what was shown once stays."""
        if self.step.name == "truth":
            self.told = True
        if self.step.name == "again" and not self.told:
            fresh = [who for who in self.alone if who not in self.seen]
            self.ring += [fresh[index] for index in self.rng.permutation(len(fresh))]
            for who in fresh:
                self.seen[who] = self._others(who)

    def _others(self, who: str) -> list[float]:
        if len(self.ring) < 2:
            return []
        if self.settings.sees == "middle":
            scale = self._scale()
            return [tidy(scale.plain(float(np.median(scale.of(self.alone.values())))), 6)]
        place = self.ring.index(who)
        if self.settings.sees == "one":
            return [self.alone[self.ring[0 if place else 1]]]
        near = [self.ring[(place + step) % len(self.ring)] for step in range(1, min(OTHERS, len(self.ring) - 1) + 1)]
        return sorted(self.alone[other] for other in near)

    def refusal(self, who: str, say: Mapping[str, Any]) -> str:
        """{"alone": number} until one has seen others, {"again": number} from then on; within the bounds."""
        if self.step.name == "truth" or self.told:
            return "The answer is out already."
        if len(say) != 1 or not say.keys() <= {"alone", "again"}:
            return "Please give one number."
        if "alone" in say and who in self.seen:
            return "You have seen what others estimated: please estimate again."
        if "again" in say and who not in self.seen:
            return "Please estimate alone first."
        (value,) = say.values()
        good = isinstance(value, int | float) and not isinstance(value, bool)
        if not good or not self.settings.least <= value <= self.settings.most:
            return f"Please give a number from {spelled(self.settings.least)} to {spelled(self.settings.most)}."
        return ""

    def said(self, who: str, say: Mapping[str, Any], at: float) -> None:
        """Keep the estimate; who comes to the second step without a first one sees others as soon as there is one."""
        if "again" in say:
            self.again[who] = float(say["again"])
            return
        self.alone[who] = float(say["alone"])
        if self.step.name == "again":
            self.ring.append(who)
            self.seen[who] = self._others(who)

    def phone(self, who: str) -> dict[str, Any]:
        """The question, one's own estimates, and in the second step what some others estimated: numbers, no names."""
        settings = self.settings
        view: dict[str, Any] = {
            "step": "closed" if self.told else "again" if who in self.seen else "alone",
            "question": settings.question,
            "unit": settings.unit,
            "least": settings.least,
            "most": settings.most,
            "alone": self.alone.get(who),
            "again": self.again.get(who),
        }
        if view["step"] == "again":
            view |= {"sees": settings.sees, "others": self.seen[who]}
        if self.people[who].virtual:
            view["hunch"] = self._hunch(who)
        return view

    def _hunch(self, who: str) -> float:
        """What a bot knows: the truth, blurred. People's phones never get it."""
        settings, chance = self.settings, random.Random(f"{self.seed} {who}")
        blur = chance.gauss(-0.3, 1)
        if settings.factors:
            hunch = settings.truth * 10 ** (0.4 * blur)
        else:
            hunch = settings.truth + blur * min(0.4 * abs(settings.truth), 0.15 * (settings.most - settings.least))
        return float(min(max(tidy(hunch, 4), settings.least), settings.most))

    def room(self) -> Scene:
        """The question and how many have answered; no estimates before the truth is shown, as they would spread."""
        question = self.settings.question
        if not self.told:
            if self.step.name == "alone":
                return Scene(question, ("Estimate alone: no talk yet.",), (("estimates", str(len(self.alone))),))
            lines = (f"You see {SEES[self.settings.sees]}. Estimate again: change yours, or keep it.",)
            return Scene(question, lines, (("alone", str(len(self.alone))), ("again", str(len(self.again)))))
        return self._result()

    def _estimates(self) -> Estimates:
        """Those of everybody who gave two, or, if fewer than two people did, all that were made alone."""
        twice = [who for who in self.ring if who in self.again]
        if len(twice) < 2:
            return self._all_alone()
        alone, again = (tuple(given[who] for who in twice) for given in (self.alone, self.again))
        return replace(self._all_alone(), alone=alone, again=again, seen=tuple(tuple(self.seen[who]) for who in twice))

    def _all_alone(self) -> Estimates:
        return Estimates(self._scale(), self.settings.truth, tuple(self.alone.values()))

    def _scale(self) -> Scale:
        return Scale(self.settings.unit, self.settings.factors)

    def _facts(self, estimates: Estimates) -> tuple[tuple[str, str], ...]:
        scale, mean = estimates.scale, "mean in factors" if self.settings.factors else "mean"
        facts = [("true", scale.amount(self.settings.truth))]
        for now, name in ((estimates.before, "alone"), (estimates.after, "again")):
            if now is not None:
                facts.append((f"{name}: {mean}", scale.amount(scale.plain(now.mean))))
                facts.append((f"{name}: middle", scale.amount(scale.plain(now.middle))))
        return tuple(facts)

    def _result(self) -> Scene:
        settings, scale = self.settings, self._scale()
        true = f"True: {scale.amount(settings.truth)}{f' ({settings.source})' if settings.source else ''}."
        if not self.alone:
            return Scene(settings.question, (true, "Nobody has estimated."))
        estimates = self._estimates()
        now = estimates.before
        lines = [
            true,
            f"Alone, our mean is off by {scale.error(now.off)}: nearer than {now.beaten} of {len(estimates.alone)} people."
            f" Half of us are off by {scale.error(now.usual)} or more.",
        ]
        if now.average > 0:
            share = now.diversity / now.average
            lines.append(f"{share:.0%} of the average squared error cancels out, because we err to different sides.")
        lines.append(estimates.change())
        lines.append("The theorem is about the mean. The middle estimate is the one that wild guesses cannot move.")
        figures = (estimates.spread(), estimates.parts())
        return Scene(settings.question, tuple(filter(None, lines)), self._facts(estimates), figures)

    def debrief(self) -> Scene:
        """What seeing others did, and how the lesson's model moves this room's own first estimates."""
        if not self.alone:
            return self._result()
        estimates, lines = self._estimates(), []
        lines.append(estimates.change())
        if kept := estimates.kept:
            helps = "That helps: who knows more moves less." if kept[0] > kept[1] + CLEAR else "That does not help."
            lines.append(
                f"Those nearer the truth kept {kept[0]:.0%} of their own, those further off {kept[1]:.0%}. {helps}"
            )
        figures = [estimates.parts()]
        if len(estimates.alone) > 1:
            figures.append(estimates.path(NETWORKS[self.settings.sees], self.seed))
            how = "as much of them as you did" if kept else "half of them"
            lines.append(
                f"The model of lesson 08 starts from your own first estimates and keeps {how}, round after round."
            )
        lines.append("When did you last decide after hearing one voice? What would the others have said alone?")
        return Scene(self.settings.question, tuple(filter(None, lines)), self._facts(estimates), tuple(figures))

    def what_ifs(self) -> tuple[Scene, ...]:
        """Fewer people asked, by an exact formula; and other ways of seeing each other, by the lesson's model."""
        if len(self.alone) < 2:
            return ()
        fewer = (
            "Drawn at random from your estimates made alone (root mean square, exact).",
            "More people take away what differs between us. What we all get wrong in the same way stays.",
        )
        otherwise = ("The model of lesson 08, from your own first estimates, the more often people look around.",)
        return (
            Scene("If fewer of us had been asked", fewer, figures=(self._all_alone().fewer(),)),
            Scene(
                "If we had seen each other differently", otherwise, figures=(self._estimates().otherwise(self.seed),)
            ),
        )

    @staticmethod
    def bot(view: Mapping[str, Any], chance: random.Random) -> Move | None:
        """Estimate near its hunch; then go some way towards what it sees, or stay."""
        step, least, most = view.get("step"), view.get("least", 0), view.get("most", 0)
        if step == "alone" and view.get("alone") is None:
            hunch = view.get("hunch", least + (most - least) * chance.betavariate(2, 5))
            return Move(chance.uniform(4, 30), {"alone": min(max(tidy(hunch, 3), least), most)})
        if step == "again" and view.get("again") is None:
            own = view["alone"]
            others = sum(view["others"]) / len(view["others"]) if view["others"] else own
            keep = chance.choice((1.0, 0.8, 0.6, 0.4))
            again = keep * own + (1 - keep) * others
            return Move(chance.uniform(4, 30), {"again": min(max(tidy(again, 4), least), most)})
        return None
