"""Silo search, the game: everybody explores one hidden landscape, and hears only those whom their network lets them hear.

The room is split at random into networks on the same problem: silos without bridges, silos with a few bridges, and one
in which everybody hears everybody. In a round a person tries one switch (put back if it made things worse) or takes over
a solution that they hear of. The rules are those of `models.network_search` (Lazer and Friedman 2007); the choices are
people's own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import Field, model_validator

from choreo.live.activity import Settings, Step
from choreo.live.rounds import InRounds
from choreo.models.network_search import NetworkSearch, scores

BEST = 1000  # points of the best solution there is
EXPONENT = 4  # how much rarer good scores are than good solutions
COPY, STAY = -1, -2  # moves beside the number of a switch
FEW = 12  # people in a room for whom three networks are too many

Kind = Literal["silos", "bridges", "open"]
Result = tuple[float, int]  # mean and best points of a network
SPLITS: Mapping[str, tuple[Kind, ...]] = {
    "all_three": ("silos", "bridges", "open"),
    "silos_or_bridges": ("silos", "bridges"),
    "silos_or_everybody": ("silos", "open"),
    "bridges_or_everybody": ("bridges", "open"),
}


class SiloSearchSettings(Settings):
    """The problem, the time, and how the room is split."""

    networks: Annotated[
        Literal["all_three", "silos_or_bridges", "silos_or_everybody", "bridges_or_everybody"],
        Field(description="who hears whom: the networks that the room is split into"),
    ] = "all_three"
    silos: Annotated[int, Field(ge=2, le=10, description="silos in a network; fewer if it is small")] = 4
    bridges: Annotated[int, Field(ge=1, le=20, description="ties between silos, where there are bridges")] = 3
    switches: Annotated[int, Field(ge=6, le=16, description="switches on a phone; 16 for a room of hundreds")] = 12
    tangle: Annotated[int, Field(ge=0, le=15, description="how many others each switch depends on")] = 5
    rounds: Annotated[int, Field(ge=3, le=40, description="rounds")] = 15
    seconds: Annotated[int, Field(ge=5, le=120, description="seconds for a round, which ends when all have moved")] = 20

    @model_validator(mode="after")
    def _fits(self) -> SiloSearchSettings:
        if self.tangle >= self.switches:
            raise ValueError("tangle must be below the number of switches")
        return self


@dataclass
class Seat:
    """A person's place in a network, and what they did there."""

    net: int
    silo: int
    start: int  # the solution they began with; bit i is switch i
    since: int  # the round in which they came; 0: at the start
    state: int
    moves: dict[int, int] = field(default_factory=dict)  # by round: a switch, COPY or STAY
    last: dict[str, Any] = field(default_factory=dict)  # what came of the newest move, for the phone


@dataclass
class Bridge:
    """A tie between two silos of a network, and who stands on its ends."""

    silos: tuple[int, int]
    ends: list[str] = field(default_factory=lambda: ["", ""])


@dataclass
class Net:
    """One of the networks that the room is split into."""

    kind: Kind
    silos: int
    bridges: list[Bridge]
    rounds: list[Result | None] = field(default_factory=list)  # None: nobody was here
    there: list[frozenset[str]] = field(default_factory=list)  # who was here at the end of each round


class Search(InRounds):
    """Who sits in which network, what they hear and what they have found."""

    steps = (Step("explain", "Explain"), Step("search", "Split the room and search"))
    playing = "search"
    Settings = SiloSearchSettings

    def began(self, at: float) -> None:
        """No search yet."""
        self.game = 0
        self.points: list[int] = []  # by solution
        super().began(at)

    def clear(self) -> None:
        """No networks, and nobody in them."""
        self.nets: list[Net] = []
        self.seats: dict[str, Seat] = {}
        self._heard: list[list[Counter[int]]] = []  # solutions by network and silo, as the round began
        self._ranked: list[list[list[int]]] = []  # the same, best first
        self._seen: dict[str, int] = {}  # solutions by person, as the round began
        self._tied: dict[str, list[str]] = {}  # who hears whom over bridges

    def deal(self) -> None:
        """A new problem, and networks dealt anew."""
        self.game += 1
        self.points = self._problem()
        here = self.here()
        order = [here[place] for place in self.rng.permutation(len(here))]
        order.sort(key=lambda who: self.people[who].virtual)  # people first, so that each network gets its share
        kinds = SPLITS[self.settings.networks]
        if len(here) < FEW:
            kinds = (kinds[0], kinds[-1])
        for index, kind in enumerate(kinds):
            size = len(order[index :: len(kinds)])
            silos = 1 if kind == "open" else max(2, min(self.settings.silos, size // 3))
            bridges = ring(silos, self.settings.bridges) if kind == "bridges" else []
            self.nets.append(Net(kind, silos, [Bridge(pair) for pair in bridges]))
        for place, who in enumerate(order):
            net = place % len(kinds)
            self._sit(who, net, place // len(kinds) % self.nets[net].silos)
        self.settle()

    def _problem(self) -> list[int]:
        params = NetworkSearch(components=self.settings.switches, interactions=self.settings.tangle, exponent=EXPONENT)
        points: list[int] = np.rint(BEST * scores(params, self.rng)).astype(int).tolist()
        return points

    def _sit(self, who: str, net: int, silo: int) -> None:
        state = int(self.rng.integers(len(self.points)))
        self.seats[who] = Seat(net, silo, state, self.round, state)

    def settle(self) -> None:
        """Note how all stand."""
        for index, net in enumerate(self.nets):
            there = frozenset(who for who, seat in self.seats.items() if seat.net == index and self.people[who].here)
            found = [self.points[self.seats[who].state] for who in there if self.ours(who)]
            net.there.append(there)
            net.rounds.append((sum(found) / len(found), max(found)) if found else None)

    def open_round(self) -> None:
        """Let everybody hear what those around them have by now."""
        self._seen = {who: seat.state for who, seat in self.seats.items() if self.people[who].here}
        self._heard = [[Counter() for _ in range(net.silos)] for net in self.nets]
        for who, state in self._seen.items():
            self._heard[self.seats[who].net][self.seats[who].silo][state] += 1
        self._ranked = [[self._by_points(heard) for heard in net] for net in self._heard]
        self._staff()

    def _by_points(self, states: Counter[int]) -> list[int]:
        return sorted(states, key=lambda state: (-self.points[state], state))

    def _staff(self) -> None:
        """Put somebody who is here on every end of a bridge."""
        self._tied = {}
        for index, net in enumerate(self.nets):
            members = by_silo(self._seen, self.seats, index, net.silos)
            busy = Counter(who for bridge in net.bridges for who in bridge.ends)
            for bridge in net.bridges:
                for end, silo in enumerate(bridge.silos):
                    if bridge.ends[end] not in self._seen and members[silo]:
                        who = idle(members[silo], busy, self.rng)
                        bridge.ends[end] = who
                        busy[who] += 1
                one, other = bridge.ends
                if one in self._seen and other in self._seen:
                    self._tied.setdefault(one, []).append(other)
                    self._tied.setdefault(other, []).append(one)

    def seated(self) -> Mapping[str, Seat]:
        """Everybody who ever came has a place."""
        return self.seats

    def has_moved(self, who: str) -> bool:
        """Whether they have tried, taken over or stayed."""
        return self.round in self.seats[who].moves

    def seat(self, who: str) -> None:
        """The old place; for who had none, one in the smallest silo of the smallest network."""
        if who in self.seats:
            return
        sizes = Counter((seat.net, seat.silo) for one, seat in self.seats.items() if self.people[one].here)
        nets = [sum(sizes[index, silo] for silo in range(net.silos)) for index, net in enumerate(self.nets)]
        net = nets.index(min(nets))
        self._sit(who, net, min(range(self.nets[net].silos), key=lambda silo: sizes[net, silo]))

    def refusal(self, who: str, say: Mapping[str, Any]) -> str:
        """One move in each round: a switch, a solution that one hears of, or to stay."""
        if not self.running:
            return "The search has not begun yet." if self.step.name == "explain" else "The search is over."
        seat = self.seats.get(who)
        if seat is None:
            return "You get your place in a moment."
        if say.get("round") != self.round or isinstance(say["round"], bool):
            return "That round is over; here is the next one."
        if self.round in seat.moves:
            return "You have made your move in this round."
        flip, copy = say.get("flip"), say.get("copy")
        if isinstance(flip, int) and not isinstance(flip, bool) and 0 <= flip < self.settings.switches:
            return ""
        if copy is not None:
            return "" if self._read(copy) in self._audible(who, seat) else "Nobody whom you hear has this solution now."
        return "" if say.get("stay") is True else "Please try a switch, take over a solution, or stay."

    def _read(self, text: Any) -> int:
        good = isinstance(text, str) and len(text) == self.settings.switches and set(text) <= {"0", "1"}
        return int(text[::-1], 2) if good else -1

    def write(self, state: int) -> str:
        """A solution as text: "0110...", switch by switch."""
        return f"{state:0{self.settings.switches}b}"[::-1]

    def _audible(self, who: str, seat: Seat) -> set[int]:
        over = {self._seen[other] for other in self._tied.get(who, ())}
        return over | self._heard[seat.net][seat.silo].keys()

    def said(self, who: str, say: Mapping[str, Any], at: float) -> None:
        """Try a switch and keep what is better, take over a solution, or stay."""
        seat = self.seats[who]
        if isinstance(flip := say.get("flip"), int) and not isinstance(flip, bool):
            tried = seat.state ^ 1 << flip
            kept = self.points[tried] > self.points[seat.state]
            seat.moves[self.round] = flip
            seat.last = {"flip": flip, "points": self.points[tried], "kept": kept}
            seat.state = tried if kept else seat.state
        elif say.get("copy") is not None:
            seat.moves[self.round], seat.last = COPY, {"copy": True}
            seat.state = self._read(say["copy"])
        else:
            seat.moves[self.round], seat.last = STAY, {}
        self.moved(who, at)

    # -- the same room with more bridges -------------------------------------------------------------------------------


def ring(silos: int, bridges: int) -> list[tuple[int, int]]:
    """Which silos each bridge joins: around the ring, as often as there are bridges."""
    return [(bridge % silos, (bridge + 1) % silos) for bridge in range(bridges)] if silos > 1 else []


def by_silo(people: Mapping[str, Any], seats: Mapping[str, Seat], net: int, silos: int) -> list[list[str]]:
    """Of these people those of a network, silo by silo."""
    members: list[list[str]] = [[] for _ in range(silos)]
    for who in people:
        if seats[who].net == net:
            members[seats[who].silo].append(who)
    return members


def idle(people: Sequence[str], busy: Mapping[str, int], rng: np.random.Generator) -> str:
    """Somebody, drawn from those who stand on the fewest bridges."""
    least = min(busy.get(who, 0) for who in people)
    free = [who for who in people if busy.get(who, 0) == least]
    return free[int(rng.integers(len(free)))]
