"""Push and pull: rounds of a public good; freely, with a fine, and with a goal that the room wrote itself.

In each round everybody gives 0 to 10 of ten points to the pot of a small group; each point in a pot pays `worth` points
to everybody who played for it (`models.public_good`). The groups stay together as long as three of them are there.
Who does not answer in time, or has left, gives and gets nothing, and is in no mean. A round that is cut short counts if
at least half of those who are there have given.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated, Any

import numpy as np
from pydantic import Field

from choreo.live.activity import Activity, Move, Settings, Step
from choreo.live.event import Event
from choreo.live.scene import Figure, Scene
from choreo.models.public_good import DAY_CARE, PublicGood, deterring_fine, payoffs, run

ENDOWMENT = 10  # points that each may give or keep, each round
FEWEST_TOGETHER, MOST_TOGETHER, USUAL = 3, 6, 4.5  # people in a group
GRACE = 2.0  # seconds in which the last one may still change their mind
LONGEST = 80  # characters of a goal
MOST_GOALS = 6  # that can be voted on
MODEL_GROUPS = 50
REGIMES = {"free": "you", "fine": "apart", "goal": "goal"}  # and the colour each has
GOALS = (
    "Every pot full, every round",
    "Nobody goes home with less than 12 a round",
    "We give what we hope the others give",
    "Start with six, and then one more each time",
)


class PushAndPullSettings(Settings):
    """How many rounds, and what giving, keeping and too little cost."""

    rounds: Annotated[int, Field(ge=1, le=10, description="rounds in each part")] = 4
    seconds: Annotated[int, Field(ge=10, le=120, description="seconds that a round is open at most")] = 25
    worth: Annotated[float, Field(ge=0.34, le=0.9, description="what a point in the pot pays each in the group")] = 0.4
    fine: Annotated[int, Field(ge=0, le=10, description="the fine for giving too little, in points")] = 2
    enough: Annotated[int, Field(ge=1, le=10, description="points from which on no fine is charged")] = 5
    goal: Annotated[
        str, Field(min_length=1, max_length=LONGEST, description="the goal, if the room does not choose one")
    ] = "We fill every pot, so that all of us gain"


@dataclass(frozen=True)
class Round:
    """A round that was played."""

    part: int  # the first part that the coach began is 1
    regime: str
    gifts: tuple[int, ...]  # from low to high; whose they were is not kept
    got: float  # points that each had at its end, on average
    virtual: int  # how many of the gifts came from bots

    @property
    def mean(self) -> float:
        """Points given on average."""
        return sum(self.gifts) / len(self.gifts)


def split(people: Sequence[str]) -> list[list[str]]:
    """Groups of four or five, or what comes nearest.

    >>> [len(group) for group in split("abcdefghijk")]
    [5, 6]
    """
    count = max(1, round(len(people) / USUAL))
    ends = [len(people) * number // count for number in range(count + 1)]
    return [list(people[start:end]) for start, end in pairwise(ends)]


class PushAndPull(Activity):
    """Timed rounds in small groups, whose rules the coach changes; between them the room writes and chooses a goal."""

    name = "push-and-pull"
    title = "Push and pull"
    lesson = "06"
    minutes = 20
    steps = (
        Step("free", "Play freely"),
        Step("fine", "Play with a fine"),
        Step("write", "Write a goal", ballots=True),
        Step("choose", "Choose a goal", ballots=True),
        Step("goal", "Play with the goal"),
    )
    Settings = PushAndPullSettings

    def began(self, at: float) -> None:
        """Everybody gets a group, and the first round opens."""
        self.group_of: dict[str, int] = {}
        self.groups: dict[int, list[str]] = {}
        self.rounds: list[Round] = []
        self.points: dict[str, float] = {}
        self.last: dict[str, dict[str, Any]] = {}  # what the last round brought each of them
        self.votes: Counter[int] = Counter()
        self.part, self.number, self.turn = 0, 0, 0  # parts begun; rounds opened in all, and in this part
        self.open = False
        self.gifts: dict[str, int] = {}
        self.awaited: set[str] = set()
        self.stepped(at)

    def take(self, event: Event) -> None:
        """Close a round also when the coach calls for the debrief, and show goals as soon as they are released.

        A step to the part that is just over plays it once more.
        """
        super().take(event)
        if event.kind == "finish":
            self._cut()
        elif event.kind == "step" and self.step.name in REGIMES and not self.open:
            to = event.data.get("to") if isinstance(event.data, Mapping) else None
            if to == self.step.name:
                self.stepped(event.at)
        elif event.kind in ("release", "withhold"):
            self.touch()

    # -- groups and rounds ---------------------------------------------------------------------------------------------

    def stepped(self, at: float) -> None:
        """Another part: its first round opens, if it is one with rounds."""
        self._cut()
        if self.step.name in REGIMES:
            self.part, self.turn = self.part + 1, 0
            self._open_round(at)

    def _open_round(self, at: float) -> None:
        self._regroup()
        self.number, self.turn, self.open = self.number + 1, self.turn + 1, True
        self.regime = self.step.name
        self.gifts, self.awaited = {}, set(self.group_of)
        self.wake = at + self.settings.seconds
        self.touch()

    def _regroup(self) -> None:
        """Who left gives up the place; groups that got too small are dissolved, those that got too big are split."""
        loose: list[str] = []
        groups = []
        for group in self.groups.values():
            left = [who for who in group if self.people[who].here]
            if len(left) < FEWEST_TOGETHER:
                loose += left
            else:
                groups.append(left)
        loose += [who for who, person in self.people.items() if person.here and who not in self.group_of]
        loose = [loose[index] for index in self.rng.permutation(len(loose))]
        if loose and (not groups or len(loose) >= FEWEST_TOGETHER):
            groups += split(loose)
        else:
            for who in loose:
                min(groups, key=len).append(who)
        parts = [part for group in groups for part in (split(group) if len(group) > MOST_TOGETHER else [group])]
        self.groups = dict(enumerate(parts))
        self.group_of = {who: number for number, group in self.groups.items() for who in group}

    def joined(self, who: str, at: float) -> None:
        """A place in the smallest group, now if it has one, otherwise from the next round on."""
        if not self.open or not self.groups:
            return
        smallest = min(self.groups, key=lambda number: len(self.groups[number]))
        if len(self.groups[smallest]) < MOST_TOGETHER:
            self.groups[smallest].append(who)
            self.group_of[who] = smallest
            self.awaited.add(who)
            self.touch(*self.groups[smallest])

    def left(self, who: str, at: float) -> None:
        """Nobody waits for them any more; what they gave in this round stays given."""
        self._no_longer_awaited(who, at)

    def came_back(self, who: str, at: float) -> None:
        """Their place is still theirs until the next round; after that they get a new one."""
        if who not in self.group_of:
            self.joined(who, at)
        elif self.open and who not in self.gifts:
            self.awaited.add(who)

    def _no_longer_awaited(self, who: str, at: float) -> None:
        self.awaited.discard(who)
        if self.open and self.gifts and not self.awaited and self.wake is not None:
            self.wake = min(self.wake, at + GRACE)

    def ticked(self, at: float) -> None:
        """The round is over; the next one opens, if the part has one more."""
        if not self.open:
            return
        self._close_round()
        if self.turn < self.settings.rounds:
            self._open_round(at)

    def _cut(self) -> None:
        if self.open and 2 * len(self.gifts) >= len(self.gifts) + len(self.awaited):
            self._close_round()
        self.open, self.wake = False, None

    def _close_round(self) -> None:
        self.open = False
        everyone = []
        for who in self.awaited:
            self.last[who] = {"gave": None}
        for group in self.groups.values():
            players = [who for who in group if who in self.gifts]
            if not players:
                continue
            gifts = [self.gifts[who] for who in players]
            paid = payoffs(np.array(gifts), ENDOWMENT, self.settings.worth).tolist()
            for who, gave, before in zip(players, gifts, paid, strict=True):
                fine = self.settings.fine if self.regime == "fine" and gave < self.settings.enough else 0
                got = round(before - fine, 2)
                self.points[who] = round(self.points.get(who, 0.0) + got, 2)
                self.last[who] = {"gave": gave, "pot": sum(gifts), "people": len(players), "fine": fine, "got": got}
                everyone.append(got)
        if everyone:
            gifts_sorted = tuple(sorted(self.gifts.values()))
            virtual = sum(self.people[who].virtual for who in self.gifts)
            self.rounds.append(
                Round(self.part, self.regime, gifts_sorted, sum(everyone) / len(everyone), virtual)
            )  # fmt: skip
        self.touch()

    # -- what people say -----------------------------------------------------------------------------------------------

    def refusal(self, who: str, say: Mapping[str, Any]) -> str:
        """A gift for the round that is open, a goal in words, or a vote for a goal that was released."""
        if self.step.name == "write":
            return "" if 0 < len(_clean(say.get("text"))) <= LONGEST else f"Please write 1 to {LONGEST} characters."
        if self.step.name == "choose":
            chosen = say.get("choose")
            known = isinstance(chosen, int) and not isinstance(chosen, bool) and chosen in self._options()
            return "" if known else "Please choose one of the goals."
        number = say.get("round")
        if not self.open or isinstance(number, bool) or number != self.number:
            return "This round is over."
        if who not in self.group_of:
            return "You are in from the next round on."
        gift = say.get("give")
        good = isinstance(gift, int) and not isinstance(gift, bool) and 0 <= gift <= ENDOWMENT
        return "" if good else f"Please give 0 to {ENDOWMENT} points."

    def said(self, who: str, say: Mapping[str, Any], at: float) -> None:
        """A gift; the last one before the round ends counts."""
        self.gifts[who] = say["give"]
        self._no_longer_awaited(who, at)

    def counted(self, ballots: Sequence[Mapping[str, Any]]) -> None:
        """Goals wait for the coach; votes are counted. Bots write and vote only if nobody else does."""
        people = [ballot for ballot in ballots if ballot.get("virtual") is not True] or ballots
        if self.step.name == "write":
            goals = {_clean(ballot["text"]) for ballot in people}
            self.texts = dict(enumerate(sorted(goals, key=lambda text: (text.casefold(), text)), 1))
            self.released, self.votes = set(), Counter()
        else:
            self.votes = Counter(ballot["choose"] for ballot in people)

    def _options(self) -> list[int]:
        return sorted(self.released)[:MOST_GOALS]

    def _goal(self) -> tuple[str, int]:
        """The goal that holds, and how many chose it; 0 if it is the coach's."""
        options = self._options()
        best = max(options, key=lambda number: (self.votes[number], -number), default=None)
        if best is None or (not self.votes[best] and len(options) > 1):
            return self.settings.goal, 0
        return self.texts[best], self.votes[best]

    # -- what is shown -------------------------------------------------------------------------------------------------

    def phone(self, who: str) -> dict[str, Any]:
        """The round, its rules, and what the last one brought this person; or the goals to write and to choose from."""
        step = self.step.name
        if step == "write":
            return {"step": step, "most": LONGEST}
        if step == "choose":
            return {"step": step, "options": [[number, self.texts[number]] for number in self._options()]}
        view: dict[str, Any] = {
            "step": step,
            "state": "over" if not self.open else "open" if who in self.group_of else "next",
            "number": self.number,
            "round": self.turn,
            "of": self.settings.rounds,
            "most": ENDOWMENT,
            "worth": self.settings.worth,
            "gave": self.gifts.get(who) if self.open else None,
            "last": self.last.get(who),
            "points": self.points.get(who, 0.0),
        }
        if self.open and self.wake is not None:
            view["until"] = round(self.wake, 1)
        if who in self.group_of:
            view["group"] = len(self.groups[self.group_of[who]])
        if step == "fine":
            view |= {"fine": self.settings.fine, "enough": self.settings.enough}
        if step == "goal":
            view["goal"] = self._goal()[0]
        return view

    def room(self) -> Scene:
        """The rules, how many have given, and the mean gift of each round that is over."""
        step = self.step.name
        if step == "write":
            ask = "What do we want to reach together in the next rounds? One short sentence."
            return Scene("Our goal, in your words", (ask,), (("goals written", str(self.ballots)),))
        if step == "choose":
            goals = tuple(f"“{self.texts[number]}”" for number in self._options())
            lines = goals or ("The goals are being read. They will be here in a moment.",)
            return Scene("Which goal shall be ours?", lines, (("votes", str(self.ballots)),))
        facts = [("round", f"{self.turn} of {self.settings.rounds}")]
        if self.open:
            facts.append(("have given", f"{len(self.gifts)} of {len(self.gifts) + len(self.awaited)}"))
        if self.rounds:
            facts.append(("given in the last round", f"{self.rounds[-1].mean:.1f} of {ENDOWMENT}"))
        figures = (self._bars(self.rounds),) if self.rounds else ()
        return Scene(*self._heading(), tuple(facts + self._virtual()), figures)

    def _heading(self) -> tuple[str, tuple[str, ...]]:
        settings = self.settings
        lines: tuple[str, ...] = ()
        title = f"Each point in the pot pays {settings.worth:g} to everybody in the group"
        if self.step.name == "fine":
            title = f"From now on: who gives less than {settings.enough} pays a fine of {settings.fine}"
        if self.step.name == "goal":
            title, votes = self._goal()
            lines = (f"{votes} of you chose this goal.",) if votes else ()
        if 0 < sum(person.here for person in self.people.values()) < FEWEST_TOGETHER:
            lines += (f"A group needs {FEWEST_TOGETHER}. Until more people come, fill the room up with bots.",)
        return title, lines

    def _virtual(self) -> list[tuple[str, str]]:
        count = sum(person.virtual and person.here for person in self.people.values())
        return [("virtual participants", str(count))] if count else []

    def _parts(self) -> list[tuple[str, str, list[int]]]:
        """The parts that had a round: what it is called, its regime, and the places of its rounds."""
        places: dict[int, list[int]] = {}
        for place, played in enumerate(self.rounds):
            places.setdefault(played.part, []).append(place)
        found, seen = [], set[str]()
        for inside in places.values():
            regime = self.rounds[inside[0]].regime
            called = {"free": "freely", "fine": "with a fine", "goal": "with our goal"}[regime]
            if regime == "free" and "fine" in seen:
                called = "after the fine"
            elif regime in seen:
                called += " again"
            seen.add(regime)
            found.append((called, regime, inside))
        return found

    def _bars(self, rounds: Sequence[Round], model: Sequence[float] = ()) -> Figure:
        data: list[dict[str, Any]] = []
        for called, regime, inside in self._parts():
            means = [round(rounds[place].mean, 2) for place in inside]
            labels = [f"{mean:.1f}" for mean in means]
            numbers = [place + 1 for place in inside]
            bar = {"type": "bar", "x": numbers, "y": means, "text": labels, "name": called}
            data.append(bar | {"meta": {"role": REGIMES[regime]}})
        says = "; ".join(f"{called}: {_mean(rounds[place].mean for place in inside):.1f}"
                         for called, _, inside in self._parts())  # fmt: skip
        if model:
            line = {"type": "scatter", "mode": "lines+markers", "x": list(range(1, len(model) + 1)), "y": list(model)}
            data.append(line | {"name": "the model", "line": {"dash": "dot"}, "meta": {"role": "others"}})
            says += f"; the model ends at {model[-1]:.1f}"
        axis = {"title": {"text": "points given on average"}, "range": [0, ENDOWMENT]}
        layout = {"xaxis": {"title": {"text": "round"}, "dtick": 1}, "yaxis": axis, "barmode": "overlay"}
        return Figure(tuple(data), layout, f"Points given on average, {says}.")

    # -- what it meant -------------------------------------------------------------------------------------------------

    def debrief(self) -> Scene:
        """The mean gift of each round beside the model of people who give when others give."""
        if not self.rounds:
            return Scene("No round was played to its end.")
        model = self._model()
        facts = [
            (f"given {called}", f"{_mean(self.rounds[place].mean for place in inside):.1f} of {ENDOWMENT}")
            for called, _, inside in self._parts()
        ]
        facts.append(("points per round and person", f"{_mean(played.got for played in self.rounds):.1f}"))
        lines = [self._price(), self._day_care()] if any(played.regime == "fine" for played in self.rounds) else []
        lines.append("The model begins where you began, and knows no goals. Where you are above it, what was at work?")
        return Scene(
            "What made you give?", tuple(lines), tuple(facts + self._virtual()), (self._bars(self.rounds, model),)
        )

    def _price(self) -> str:
        settings = self.settings
        saved = settings.enough * deterring_fine(PublicGood(marginal_return=settings.worth))
        cheaper = "paying the fine was cheaper" if settings.fine < saved else "giving was no dearer than the fine"
        return (
            f"Giving {settings.enough} instead of nothing cost {saved:g} points, the fine {settings.fine}: {cheaper}."
        )

    @staticmethod
    def _day_care() -> str:
        before, _, during, after = DAY_CARE
        return (
            f"In day-care centres, late pick-ups rose from {before.fined:.1f} a week to {during.fined:.1f} with a fine, "
            f"and stayed at {after.fined:.1f} without it (Gneezy and Rustichini 2000)."
        )

    def _model(self) -> list[float]:
        """What the model's people give on average in the same rounds, from the same first round on.

        Our fine is one sum for giving less than `enough`; the model's is charged per point kept. The part `fine / enough`
        makes either deter in the same case: fine / enough + worth > 1.
        """
        rounds = self.rounds[:200]
        base = PublicGood()
        fined = [number for number, played in enumerate(rounds, 1) if played.regime == "fine"]
        start = rounds[0].mean / ENDOWMENT / (base.conditional * base.match)
        params = PublicGood(
            groups=MODEL_GROUPS,
            rounds=len(rounds),
            endowment=ENDOWMENT,
            marginal_return=self.settings.worth,
            belief=min(1.0, start),
            fine=min(2.0, self.settings.fine / self.settings.enough) if fined else 0.0,
            fine_from=fined[0] if fined else 1,
            fine_until=fined[-1] if fined else 1,
        )
        gifts = run(params, np.random.default_rng(self.seed)).series["gift"]
        return [round(ENDOWMENT * float(gift), 2) for gift in gifts]

    def what_ifs(self) -> tuple[Scene, ...]:
        """The same gifts, had people played among those who give as much as they do."""
        rounds = [played for played in self.rounds if len(played.gifts) >= 8]
        if not rounds:
            return ()
        worth, earned = self.settings.worth, np.zeros((2, 2))  # mixed, alike; who gave less, who gave more
        for played in rounds:
            gifts = np.array(played.gifts, dtype=float)
            others = (gifts.sum() - gifts) / (len(gifts) - 1)
            mixed = ENDOWMENT - gifts + worth * (gifts + 3 * others)
            blocks = np.array_split(gifts, round(len(gifts) / 4))
            alike = np.concatenate([payoffs(block, ENDOWMENT, worth * 4 / len(block)) for block in blocks])
            half = len(gifts) // 2
            for place, paid in enumerate((mixed, alike)):
                earned[place] += paid[:half].mean() / len(rounds), paid[-half:].mean() / len(rounds)
        names = ["who gave less", "who gave more"]
        data = tuple(
            {"type": "bar", "x": names, "y": values, "text": [f"{value:.1f}" for value in values],
             "name": name, "meta": {"role": role}}
            for name, role, values in (
                ("in mixed groups", "you", earned[0].round(2).tolist()),
                ("among their like", "goal", earned[1].round(2).tolist()),
            )
        )  # fmt: skip
        says = (
            f"In mixed groups of four, who gave more would have {earned[0, 1]:.1f} points a round and who gave less "
            f"{earned[0, 0]:.1f}; among their like {earned[1, 1]:.1f} and {earned[1, 0]:.1f}."
        )
        figure = Figure(data, {"yaxis": {"title": {"text": "points per round, without fines"}}}, says)
        return (Scene("The same gifts, had givers played among givers", (says,), figures=(figure,)),)

    @staticmethod
    def bot(view: Mapping[str, Any], chance: random.Random) -> Move | None:
        """Give nearly what the others gave, sometimes nothing; a fine makes every second one give enough; goals do not."""
        if "ballot" in view:
            return None
        if view.get("step") == "write":
            return Move(chance.uniform(5, 25), {"text": chance.choice(GOALS)})
        if view.get("step") == "choose":
            options = view["options"]
            return Move(chance.uniform(3, 15), {"choose": chance.choice(options)[0]}) if options else None
        if view.get("state") != "open" or view["gave"] is not None:
            return None
        last = view["last"] or {}
        others = 6.0
        if last.get("gave") is not None and last["people"] > 1:
            others = (last["pot"] - last["gave"]) / (last["people"] - 1)
        gift = 0 if chance.random() < 0.15 else round(chance.gauss(0.95 * others, 1.5))
        if chance.random() < 0.5:
            gift = max(gift, view.get("enough", 0))
        gift = max(0, min(ENDOWMENT, gift))
        return Move(chance.uniform(2, 10), {"give": gift, "round": view["number"]})


def _clean(value: Any) -> str:
    """A text as one line of printable characters."""
    text = " ".join(value.split()) if isinstance(value, str) else ""
    return "".join(letter for letter in text if letter.isprintable()).strip()


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return sum(found) / len(found)
