"""Micro-cultures, the game: every phone is a site of Axelrod's model, and people decide which habits they take over.

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

from choreo.live.activity import Activity, Settings, Step
from choreo.live.event import Event
from choreo.models.culture import components, shared, zones

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


def ties_of(around: Sequence[Sequence[int]]) -> tuple[np.ndarray, np.ndarray]:
    """Each pair of neighbours once, as two index arrays."""
    pairs = [(here, there) for here, near in enumerate(around) for there in near if here < there]
    tie = np.array(pairs, dtype=int).reshape(-1, 2)
    return tie[:, 0], tie[:, 1]


class Territory(Activity):
    """Which phone is where, with which habits, and whom it meets."""

    steps = (
        Step("own", "Give everybody their habits"),
        Step("meet", "Meet the neighbours"),
        Step("stop", "Stop and look", shows=True),
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
        self.answers = [0, 0]  # of people: habits kept, and habits taken over
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
            if not near or any(self.can_meet(site, self.sites[other]) for other in near):
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
    def can_meet(one: Sequence[int], other: Sequence[int]) -> bool:
        """Whether two sites have something in common, and something to learn."""
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
            self.people[who].here and self.can_meet(self.sites[site], self.sites[other])
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
        self.answers[say["adopt"]] += self.ours(who)
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

    # -- what it meant -------------------------------------------------------------------------------------------------
