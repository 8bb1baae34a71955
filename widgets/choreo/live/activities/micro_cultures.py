"""Micro-cultures: every phone is a site of Axelrod's model, and people decide which habits they take over.

A site holds one habit on each topic. Every BEAT seconds who is not in a meeting looks at LOOKS neighbours; with a chance
equal to the share of topics on which they agree, the two meet, and the site is offered the neighbour's habit on a topic on
which they differ (`models.culture`). In the model it is taken over; here people adopt it or keep their own. Who thinks
for long sees when the neighbour changes: copied is what the neighbour does now. The beat lets sites act about as often as
in the model, where who has much in common with the neighbours acts often; without it borders never came to rest.

The territory grows cell by cell around a corner, so that it stays nearly square, whoever comes when. A new site has
something in common with a neighbour, so that nobody begins alone. Sites of people who left keep their habits, and can
still be copied: nobody waits for them.
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import Field

from choreo.live.activity import Activity, Move, Settings, Step
from choreo.live.event import Event
from choreo.live.scene import Figure, Scene
from choreo.models.culture import components, regions, settled, shared, zones

HABITS: tuple[tuple[str, tuple[str, ...]], ...] = tuple(
    (topic, tuple(habits.split(", ")))
    for topic, habits in {
        "Meetings start": "on the minute, when all are there, with a chat, when the boss comes, only with an agenda, standing up",
        "Decisions are made": "by the boss, by vote, when nobody objects, by who knows most, by the numbers, in the corridor",
        "Mistakes are": "told at once, mended quietly, looked at together, told to the boss, put on a list, laughed about",
        "“Done” means": "it works, it is tested, the customer has it, it is written down, somebody signed it, it is sold",
        "Urgent things come": "by mail, by phone, in the chat, in person, as a ticket, through the boss",
        "New ideas begin": "with a sketch, with a budget, with a customer, at lunch, in a workshop, with a trial",
    }.items()
)
BEAT = 2.0  # seconds between two chances to meet somebody
LOOKS = 2  # neighbours looked at in each of them
TRIES = 30  # to draw a culture that has something in common with a neighbour
SAMPLES = 100  # points of a curve at most
DRAWS = 200_000  # of the model at most, each a site looking at a neighbour
SMALL = 200  # sites up to which the model's mean of several runs is quick
SHADES = 3  # topics that a site's shade tells of


class MicroCulturesSettings(Settings):
    """On how many topics sites can differ and in how many ways, and how far they see."""

    topics: Annotated[int, Field(ge=2, le=6, description="topics with a habit")] = 3
    ways: Annotated[int, Field(ge=2, le=6, description="different habits on each topic")] = 5
    neighbours: Annotated[Literal[4, 8], Field(description="neighbours that a site can meet")] = 4


def cell(number: int) -> tuple[int, int]:
    """Row and column of a site: each square is filled before the next larger one is begun around it.

    >>> [cell(number) for number in range(6)]
    [(0, 0), (0, 1), (1, 0), (1, 1), (0, 2), (1, 2)]
    """
    side = math.isqrt(number)
    beyond = number - side * side
    return (beyond, side) if beyond < side else (side, beyond - side)


def spread(
    start: Sequence[Sequence[int]],
    around: Sequence[Sequence[int]],
    chance: random.Random,
    changes: int = 10**9,
    draws: int = DRAWS,
) -> tuple[list[int], np.ndarray]:
    """Let the model play on from `start` until it has made so many changes, or nothing can change, or after so many draws.

    Up to SAMPLES of its states: after how many changes, and the traits, shape (states, sites, topics). In a draw a site
    looks at one of its neighbours; as likely as they have much in common, it takes over one trait that differs.
    """
    now = [list(site) for site in start]
    topics, tie = len(now[0]), ties_of(around)
    every = max(1, len(now) // 2)
    at, states, done, idle = [0], [np.array(now, dtype=np.uint8)], 0, 0
    for _ in range(draws if len(now) > 1 else 0):
        here = int(chance.random() * len(now))
        near = around[here]
        one, other = now[here], now[near[int(chance.random() * len(near))]]
        idle += 1
        if idle == 20 * len(now):
            if settled(np.array(now), tie):
                break
            idle = 0
        if one == other:
            continue
        differing = [topic for topic in range(topics) if one[topic] != other[topic]]
        if chance.random() * topics >= topics - len(differing):
            continue
        topic = differing[int(chance.random() * len(differing))]
        one[topic] = other[topic]
        done, idle = done + 1, 0
        if done == changes:
            break
        if done % every == 0:
            at.append(done)
            states.append(np.array(now, dtype=np.uint8))
            if len(at) > SAMPLES:
                at, states, every = at[::2], states[::2], 2 * every
    if done > at[-1]:
        at.append(done)
        states.append(np.array(now, dtype=np.uint8))
    return at, np.array(states)


def ties_of(around: Sequence[Sequence[int]]) -> tuple[np.ndarray, np.ndarray]:
    """Each pair of neighbours once, as two index arrays."""
    pairs = [(here, there) for here, near in enumerate(around) for there in near if here < there]
    tie = np.array(pairs, dtype=int).reshape(-1, 2)
    return tie[:, 0], tie[:, 1]


class MicroCultures(Activity):
    """A territory of phones, on which habits spread among neighbours."""

    name = "micro-cultures"
    title = "Micro-cultures"
    lesson = "03"
    minutes = 15
    steps = (
        Step("own", "Give everybody their habits"),
        Step("meet", "Meet the neighbours"),
        Step("stop", "Stop and look"),
    )
    Settings = MicroCulturesSettings

    def began(self, at: float) -> None:
        """A site with habits for everybody who is there."""
        self.chance = random.Random(self.seed)
        self.site_of: dict[str, int] = {}
        self.who: list[str] = []  # by site
        self.sites: list[list[int]] = []  # the habit on each topic
        self.start: list[list[int]] = []  # what they began with
        self.around: list[list[int]] = []
        self.at: dict[tuple[int, int], int] = {}
        self.offers: dict[int, tuple[int, int, int, int]] = {}  # by site: number, neighbour, topic, habit
        self.offered, self.adopted, self.kept = 0, 0, 0
        self.over = False
        self.curve: list[tuple[int, int, int]] = []  # meetings so far, regions, zones
        self.next_sample, self.interval = 0, 1
        self._counted: tuple[int, int, float] | None = None
        order = list(self.people)
        self.chance.shuffle(order)  # who came together is not put together
        for who in order:
            self._settle(who)

    def _settle(self, who: str) -> None:
        number = len(self.sites)
        row, column = cell(number)
        steps = ((0, 1), (1, 0), (1, 1), (1, -1))[: self.settings.neighbours // 2]
        places = [(row + sign * down, column + sign * right) for down, right in steps for sign in (1, -1)]
        near = sorted(self.at[place] for place in places if place in self.at)
        for _ in range(TRIES):
            site = [int(self.chance.random() * self.settings.ways) for _ in range(self.settings.topics)]
            if not near or any(self._can_meet(site, self.sites[other]) for other in near):
                break
        self.site_of[who], self.at[row, column] = number, number
        self.who.append(who)
        self.sites.append(site)
        self.start.append(list(site))
        self.around.append(near)
        for other in near:
            self.around[other].append(number)
        self._counted = None

    @staticmethod
    def _can_meet(one: Sequence[int], other: Sequence[int]) -> bool:
        common = sum(map(int.__eq__, one, other))
        return 0 < common < len(one)

    # -- meetings ------------------------------------------------------------------------------------------------------

    def take(self, event: Event) -> None:
        """Meetings end with the debrief, and go on if the coach goes back to them."""
        super().take(event)
        if event.kind == "finish":
            self.over = True
        elif event.kind == "step":
            self.over = False
            self._arm(event.at)

    def _arm(self, at: float) -> None:
        if self.step.name == "meet" and not self.over and self.wake is None:
            self.wake = at + BEAT

    def joined(self, who: str, at: float) -> None:
        """A new site at the edge; its neighbours may have somebody to meet now."""
        if self.step.name == "stop":
            return
        self._settle(who)
        self.touch(*(self.who[other] for other in self.around[self.site_of[who]]))
        self._arm(at)

    def left(self, who: str, at: float) -> None:
        """The meeting ends; the habits stay, for the neighbours to copy."""
        self.offers.pop(self.site_of.get(who, -1), None)

    def came_back(self, who: str, at: float) -> None:
        """They meet somebody soon."""
        if who not in self.site_of:
            self.joined(who, at)
        self._arm(at)

    def stepped(self, at: float) -> None:
        """Who came late gets a site; in the step of meetings everybody begins with one, if there is any."""
        if self.step.name == "stop":
            self._sample()
            return
        for who in self.people:
            if who not in self.site_of:
                self._settle(who)
        if self.step.name == "meet":
            self.interval = max(self.interval, len(self.sites) // 5)
            self._sample()
            self._meet(4 * TRIES)

    def ticked(self, at: float) -> None:
        """Who is in no meeting looks around; the beat ends when nobody who is here can meet anybody."""
        self._meet(LOOKS)
        if self.offers or any(
            self.people[who].here and self._can_meet(self.sites[site], self.sites[other])
            for site, who in enumerate(self.who)
            for other in self.around[site]
        ):
            self._arm(at)

    def _meet(self, looks: int) -> None:
        chance = self.chance
        for site, who in enumerate(self.who):
            if site in self.offers or not self.people[who].here or not (near := self.around[site]):
                continue
            own = self.sites[site]
            for _ in range(looks):
                other = near[int(chance.random() * len(near))]
                theirs = self.sites[other]
                common = sum(map(int.__eq__, own, theirs))
                if common == len(own) or chance.random() * len(own) >= common:
                    continue
                differing = [topic for topic in range(len(own)) if own[topic] != theirs[topic]]
                topic = differing[int(chance.random() * len(differing))]
                self.offered += 1
                self.offers[site] = (self.offered, other, topic, theirs[topic])
                self.touch(who)
                break

    def _tell_neighbours(self, site: int) -> None:
        """Who is just meeting this site sees its new habit; the meeting ends if it has nothing to offer any more."""
        theirs = self.sites[site]
        for other in self.around[site]:
            offer = self.offers.get(other)
            if offer is not None:
                number, met, topic, habit = offer
                own = self.sites[other]
                if met != site or (theirs[topic] == habit and any(map(int.__eq__, theirs, own))):
                    continue
                if theirs[topic] == own[topic] or not any(map(int.__eq__, theirs, own)):
                    del self.offers[other]
                else:
                    self.offers[other] = (number, site, topic, theirs[topic])
            self.touch(self.who[other])

    def refusal(self, who: str, say: Mapping[str, Any]) -> str:
        """Yes or no to the habit that this phone was offered last."""
        if self.step.name != "meet":
            return "There are no meetings just now."
        offer = self.offers.get(self.site_of.get(who, -1))
        number = say.get("offer")
        if offer is None or isinstance(number, bool) or number != offer[0]:
            return "Your neighbour has just changed. The next meeting comes in a moment."
        return "" if isinstance(say.get("adopt"), bool) else "Please adopt the habit, or keep yours."

    def said(self, who: str, say: Mapping[str, Any], at: float) -> None:
        """Adopt the habit or keep the own one; the next meeting comes with a beat."""
        site = self.site_of[who]
        _, _, topic, habit = self.offers.pop(site)
        if say["adopt"]:
            self.adopted += 1
            self.sites[site][topic] = habit
            self._counted = None
            self._tell_neighbours(site)
        else:
            self.kept += 1
        if self.adopted + self.kept >= self.next_sample:
            self._sample()

    # -- counting ------------------------------------------------------------------------------------------------------

    def counts(self) -> tuple[int, int, float]:
        """Regions, zones, and the share of phones in the largest region."""
        if self._counted is None:
            traits, tie = np.array(self.sites, dtype=np.uint8), ties_of(self.around)
            region = components(shared(traits, tie) == traits.shape[1], tie, len(traits))
            largest = float(np.bincount(region).max() / len(traits))
            self._counted = len(np.unique(region)), int(zones(traits, tie)), largest
        return self._counted

    def _sample(self) -> None:
        meetings = self.adopted + self.kept
        if not self.sites or (self.curve and self.curve[-1][0] == meetings):
            return
        areas, zones, _ = self.counts()
        self.curve.append((meetings, areas, zones))
        if len(self.curve) > SAMPLES:
            self.curve, self.interval = self.curve[::2], 2 * self.interval
        self.next_sample = meetings + self.interval

    # -- what is shown -------------------------------------------------------------------------------------------------

    def phone(self, who: str) -> dict[str, Any]:
        """The own habits, and the meeting that waits for an answer."""
        site = self.site_of.get(who)
        view: dict[str, Any] = {"step": self.step.name, "habits": [], "offer": None}
        if site is None:
            return view
        own = self.sites[site]
        view["habits"] = [[HABITS[topic][0], HABITS[topic][1][habit]] for topic, habit in enumerate(own)]
        if self.step.name != "meet":
            return view
        if (offer := self.offers.get(site)) is not None:
            number, other, topic, habit = offer
            common = sum(map(int.__eq__, own, self.sites[other]))
            view["offer"] = {"number": number, "topic": topic, "habit": HABITS[topic][1][habit], "common": common}
        else:
            near = [self.sites[other] for other in self.around[site]]
            soon = any(self._can_meet(own, other) for other in near)
            alike = all(other == own for other in near)
            view["why"] = "alone" if not near else "soon" if soon else "alike" if alike else "strangers"
        return view

    def room(self) -> Scene:
        """The territory, each site in the shade of its culture, and how many regions there are."""
        if not self.sites:
            return Scene(self.title, ("The first phone begins the territory.",))
        areas, zones, largest = self.counts()
        facts = [("regions of one culture", str(areas)), ("of the phones in the largest", f"{largest:.0%}")]
        if self.step.name != "own":
            facts.append(("meetings", str(self.adopted + self.kept)))
        title = {
            "own": "Every phone has habits of its own",
            "meet": "Who do you learn from?",
            "stop": "Where did we grow alike?",
        }[self.step.name]
        key = "The same shade: nearly the same habits. A wall: nothing in common."
        return Scene(title, (key,), tuple(facts + self._virtual()), (self._map(areas, zones),))

    def _virtual(self) -> list[tuple[str, str]]:
        count = sum(person.virtual for person in self.people.values())
        return [("virtual participants", str(count))] if count else []

    def _map(self, areas: int, zones: int) -> Figure:
        """Sites as squares; where neighbours have nothing in common there is a wall between them."""
        side = math.isqrt(len(self.sites) - 1) + 1
        shades: list[list[float | None]] = [[None] * side for _ in range(side)]
        for (row, column), site in self.at.items():
            value = 0.0
            for topic in reversed(self.sites[site][:SHADES]):
                value = (value + topic) / self.settings.ways
            shades[row][column] = round(value, 3)
        heat = {"type": "heatmap", "z": shades, "zmin": 0, "zmax": 1, "showscale": False, "hoverinfo": "skip"}
        heat |= {"xgap": 1, "ygap": 1, "meta": {"role": "you"}}
        walls: dict[str, Any] = {"type": "scatter", "mode": "lines", "name": "nothing in common", "hoverinfo": "skip"}
        walls |= {"line": {"width": 4}, "meta": {"role": "apart"}, "x": [], "y": []}
        for (row, column), site in self.at.items():
            for down, right in ((0, 1), (1, 0)):
                other = self.at.get((row + down, column + right))
                if other is None or any(map(int.__eq__, self.sites[site], self.sites[other])):
                    continue
                walls["x"] += [column + 0.5 if right else column - 0.5, column + 0.5, None]
                walls["y"] += [row + 0.5 if down else row - 0.5, row + 0.5, None]
        hidden = {"visible": False, "constrain": "domain"}
        layout = {"xaxis": hidden, "yaxis": hidden | {"autorange": "reversed", "scaleanchor": "x"}, "showlegend": True}
        says = (
            f"{len(self.sites)} phones in {areas} regions of one culture; {zones} zones within which habits can spread."
        )
        return Figure((heat, walls), layout, says)

    # -- what it meant -------------------------------------------------------------------------------------------------

    def debrief(self) -> Scene:
        """How many regions are left, beside the model: same start, as many meetings, and every habit taken over."""
        meetings = self.adopted + self.kept
        if not self.sites or not meetings:
            return Scene("Nobody has met anybody yet.")
        areas, zones, _ = self.counts()
        curve, runs = self._model(self.around, 2, meetings)
        facts = [
            ("regions left", str(areas)),
            ("regions in the model", f"{curve[-1][1]:g}"),
            ("habits taken over", f"{self.adopted / meetings:.0%}"),
        ]
        per = len(self.sites)
        mine = [*((after, count) for after, count, _ in self.curve), (meetings, areas)]
        here = _line("regions here", "you", mine, per)
        data = (here, _line("regions in the model", "others", curve, per))
        axes = {"xaxis": {"title": {"text": "meetings per phone"}}, "yaxis": _REGIONS_AXIS}
        says = (
            f"{len(self.start)} phones are now {areas} regions of one culture; in the model, from the same start, "
            f"{curve[-1][1]:g} after {curve[-1][0]} meetings{_runs(runs)}."
        )
        lines = [
            f"The model begins where you began, meets as often, and never refuses{_runs(runs)}. "
            f"You kept your own habit {self.kept} times: which, and why?",
        ]
        if zones > 1:
            lines.append(f"{zones} zones have nothing in common where they meet: there nobody can learn from anybody.")
        figures = (self._map(areas, zones), Figure(data, axes, says))
        return Scene("Alike nearby, apart far off", tuple(lines), tuple(facts + self._virtual()), figures)

    def _model(
        self, around: Sequence[Sequence[int]], seed: int, changes: int = 10**9
    ) -> tuple[list[tuple[int, float]], int]:
        """After how many changes the model has how many regions, from this room's start; and the mean of how many runs."""
        runs = 5 if len(self.sites) <= SMALL else 1
        found = []
        for number in range(runs):
            chance = random.Random(self.seed + seed + number)
            at, states = spread(self.start, around, chance, changes, DRAWS // runs)
            found.append((at, regions(states, ties_of(around))))
        longest = max((at for at, _ in found), key=lambda at: at[-1])
        mean = np.mean([np.interp(longest, at, areas) for at, areas in found], axis=0)
        return list(zip(longest, mean.round(1).tolist(), strict=True)), runs

    def what_ifs(self) -> tuple[Scene, ...]:
        """The same start in the model for longer, as it stands and with two bridges across the territory."""
        if len(self.start) < 9:
            return ()
        chance = random.Random(self.seed + 3)
        bridged = [list(near) for near in self.around]
        bridges = 0
        while bridges < 2:
            one, other = chance.sample(range(len(bridged)), 2)
            (row, column), (there, beside) = cell(one), cell(other)
            if abs(row - there) + abs(column - beside) >= math.isqrt(len(bridged)) and other not in bridged[one]:
                bridged[one].append(other)
                bridged[other].append(one)
                bridges += 1
        without, runs = self._model(self.around, 4)
        with_two, _ = self._model(bridged, 4)
        per = len(self.sites)
        data = (_line("as it stands", "others", without, per), _line("with two bridges", "goal", with_two, per))
        axes = {"xaxis": {"title": {"text": "habits taken over per phone"}}, "yaxis": _REGIONS_AXIS}
        says = (
            f"From the same start the model has {without[-1][1]:g} regions after {without[-1][0] / per:.0f} habits taken over "
            f"per phone; with two bridges between far sites {with_two[-1][1]:g} after {with_two[-1][0] / per:.0f}"
            f"{_runs(runs)}."
        )
        return (Scene("The same room for longer, and with two more bridges", (says,), (), (Figure(data, axes, says),)),)

    @staticmethod
    def bot(view: Mapping[str, Any], chance: random.Random) -> Move | None:
        """Take most habits over, after a few seconds."""
        offer = view.get("offer")
        if not offer:
            return None
        return Move(chance.uniform(2, 7), {"offer": offer["number"], "adopt": chance.random() < 0.85})


_REGIONS_AXIS = {"title": {"text": "regions of one culture"}, "rangemode": "tozero"}


def _line(name: str, role: str, curve: Sequence[tuple[int, float]], per: int) -> dict[str, Any]:
    x = [round(meetings / per, 2) for meetings, _ in curve]
    line = {"type": "scatter", "mode": "lines", "x": x, "y": [areas for _, areas in curve], "name": name}
    return line | {"meta": {"role": role}}


def _runs(count: int) -> str:
    return f" (mean of {count} runs)" if count > 1 else " (one run each: another one ends differently)"
