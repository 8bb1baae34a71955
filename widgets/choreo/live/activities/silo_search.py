"""Silo search: everybody explores one hidden landscape, and hears only those whom their network lets them hear.

The room is split at random into networks on the same problem: silos without bridges, silos with a few bridges, and one
in which everybody hears everybody. In a round a person tries one switch (put back if it made things worse) or takes over
a solution that they hear of. The rules are those of `models.network_search` (Lazer and Friedman 2007); the choices are
people's own.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import Field, model_validator

from choreo.live.activity import Activity, Move, Settings, Step
from choreo.live.scene import Figure, Scene
from choreo.models.network_search import NetworkSearch, scores, search
from choreo.models.small_world import Network

BEST = 1000  # points of the best solution there is
EXPONENT = 4  # how much rarer good scores are than good solutions
SHOWN = 4  # solutions of others on a phone
COPY, STAY = -1, -2  # moves beside the number of a switch
KINDS = {"silos": "Silos", "bridges": "Silos with bridges", "open": "Everybody hears everybody"}
ROLES = {"silos": "apart", "bridges": "goal", "open": "others"}
MODEL_RUNS, MODEL_WORK, MODEL_PEOPLE = 40, 2000, 400
MORE_BRIDGES, PLACEMENTS = 2, 20

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


class SiloSearch(Activity):
    """A problem that nobody sees, short rounds, and networks that differ in who hears whom."""

    name = "silo-search"
    title = "Silo search"
    lesson = "02"
    minutes = 15
    steps = (Step("explain", "Explain"), Step("search", "Split the room and search"))
    Settings = SiloSearchSettings

    def began(self, at: float) -> None:
        """No search yet."""
        self.game = self.round = 0
        self.held = False  # whether the clock stands still because nobody is here
        self.points: list[int] = []  # by solution
        self._clear()

    def _clear(self) -> None:
        self.nets: list[Net] = []
        self.seats: dict[str, Seat] = {}
        self.waiting: set[str] = set()  # who is here and has not moved in this round
        self._heard: list[list[Counter[int]]] = []  # solutions by network and silo, as the round began
        self._ranked: list[list[list[int]]] = []  # the same, best first
        self._seen: dict[str, int] = {}  # solutions by person, as the round began
        self._tied: dict[str, list[str]] = {}  # who hears whom over bridges
        self._debriefed: tuple[int, Scene] | None = None  # as of which round

    @property
    def running(self) -> bool:
        """Whether a search is on."""
        return self.step.name == "search" and 0 < self.round <= self.settings.rounds

    def stepped(self, at: float) -> None:
        """A new search, on a new problem and with networks dealt anew."""
        if self.step.name != "search":
            return
        self._clear()
        self.game, self.round, self.held = self.game + 1, 0, False
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
            bridges = _ring(silos, self.settings.bridges) if kind == "bridges" else []
            self.nets.append(Net(kind, silos, [Bridge(pair) for pair in bridges]))
        for place, who in enumerate(order):
            net = place % len(kinds)
            self._sit(who, net, place // len(kinds) % self.nets[net].silos)
        self._next_round(at)

    def _problem(self) -> list[int]:
        params = NetworkSearch(components=self.settings.switches, interactions=self.settings.tangle, exponent=EXPONENT)
        points: list[int] = np.rint(BEST * scores(params, self.rng)).astype(int).tolist()
        return points

    def _sit(self, who: str, net: int, silo: int) -> None:
        state = int(self.rng.integers(len(self.points)))
        self.seats[who] = Seat(net, silo, state, self.round, state)

    def _next_round(self, at: float) -> None:
        """Note how all stand, and begin the next round, if there is one."""
        for index, net in enumerate(self.nets):
            there = frozenset(who for who, seat in self.seats.items() if seat.net == index and self.people[who].here)
            found = [self.points[self.seats[who].state] for who in there]
            net.there.append(there)
            net.rounds.append((sum(found) / len(found), max(found)) if found else None)
        self.round += 1
        self.touch()
        if not self.running:
            self.wake = None
            return
        self.wake = at + self.settings.seconds
        here = [who for who in self.seats if self.people[who].here]
        self.waiting = set(here)
        self._seen = {who: self.seats[who].state for who in here}
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
            members = _by_silo(self._seen, self.seats, index, net.silos)
            busy = Counter(who for bridge in net.bridges for who in bridge.ends)
            for bridge in net.bridges:
                for end, silo in enumerate(bridge.silos):
                    if bridge.ends[end] not in self._seen and members[silo]:
                        who = _idle(members[silo], busy, self.rng)
                        bridge.ends[end] = who
                        busy[who] += 1
                one, other = bridge.ends
                if one in self._seen and other in self._seen:
                    self._tied.setdefault(one, []).append(other)
                    self._tied.setdefault(other, []).append(one)

    def joined(self, who: str, at: float) -> None:
        """A place in the smallest silo of the smallest network."""
        if not self.running:
            return
        if who not in self.seats:
            sizes = Counter((seat.net, seat.silo) for one, seat in self.seats.items() if self.people[one].here)
            nets = [sum(sizes[index, silo] for silo in range(net.silos)) for index, net in enumerate(self.nets)]
            net = nets.index(min(nets))
            self._sit(who, net, min(range(self.nets[net].silos), key=lambda silo: sizes[net, silo]))
        if self.round not in self.seats[who].moves:
            self.waiting.add(who)
        if self.held:
            self.held, self.wake = False, at + self.settings.seconds

    def came_back(self, who: str, at: float) -> None:
        """Back on the old place; a new one for who had none."""
        self.joined(who, at)

    def left(self, who: str, at: float) -> None:
        """Nobody waits for them; from the next round on nobody hears them."""
        self.waiting.discard(who)
        self._end_early(at)

    def ticked(self, at: float) -> None:
        """The round is over, unless nobody is here."""
        if not self.running:
            return
        if any(self.people[who].here for who in self.seats):
            self._next_round(at)
        else:
            self.held = True

    def _end_early(self, at: float) -> None:
        moved = any(self.round in seat.moves for seat in self.seats.values())
        if self.running and not self.paused and not self.waiting and moved:
            self._next_round(at)

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

    def _write(self, state: int) -> str:
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
        self.waiting.discard(who)
        if self.wake is None:
            self.wake = at + self.settings.seconds
        self._end_early(at)

    def phone(self, who: str) -> dict[str, Any]:
        """One's own solution and points, and the best of what one hears."""
        seat = self.seats.get(who)
        view = {"step": self.step.name, "rounds": self.settings.rounds, "switches": self.settings.switches}
        if self.step.name == "explain" or seat is None:
            return view | {"seat": False}
        view |= {
            "seat": True,
            "round": self.round,
            "over": not self.running,
            "mine": self._write(seat.state),
            "points": self.points[seat.state],
            "started": self.points[seat.start],
            "last": seat.last,
        }
        if not self.running:
            return view | {"network": KINDS[self.nets[seat.net].kind]}
        ends = None if self.wake is None else round(1000 * self.wake)
        moved = self.round in seat.moves
        return view | {"ends": ends, "seconds": self.settings.seconds, "moved": moved} | self._near(who, seat)

    def _near(self, who: str, seat: Seat) -> dict[str, Any]:
        heard, ranked = self._heard[seat.net][seat.silo], self._ranked[seat.net][seat.silo]
        own = self._seen.get(who, -1)  # counted among those heard; -1: came in this round
        tied = Counter(self._seen[other] for other in self._tied.get(who, ()))
        top = {state for state in ranked[: SHOWN + 2] if heard[state] > (state == own)} | set(tied)
        near = [
            {
                "solution": self._write(state),
                "points": self.points[state],
                "people": heard[state] - (state == own) + tied[state],
                "bridge": tied[state] > 0,
            }
            for state in sorted(top - {seat.state}, key=lambda state: (-self.points[state], state))[:SHOWN]
        ]
        return {"near": near, "hears": heard.total() - (own >= 0) + tied.total(), "bridge": bool(tied)}

    @staticmethod
    def bot(view: Mapping[str, Any], chance: random.Random) -> Move | None:
        """Mostly take over what is better; else try a switch."""
        if not view.get("seat") or view["over"] or view["moved"]:
            return None
        after = chance.uniform(1, min(8, 0.6 * view["seconds"]))
        near = view["near"]
        if near and near[0]["points"] > view["points"] and chance.random() < 0.8:
            return Move(after, {"round": view["round"], "copy": near[0]["solution"]})
        return Move(after, {"round": view["round"], "flip": chance.randrange(view["switches"])})

    # -- what the room sees --------------------------------------------------------------------------------------------

    def room(self) -> Scene:
        """The rules; then the mean and the best of each network, round by round."""
        if self.step.name == "explain" or not self.nets:
            return Scene(
                "Find the best solution you can", lines=self._rules(), facts=(("here", str(len(self.here()))),)
            )
        if self.running:
            moved = sum(self.round in seat.moves for seat in self.seats.values())
            facts = [("round", f"{self.round} of {self.settings.rounds}")]
            facts += [("moves", f"{moved} of {moved + len(self.waiting)}")]
        else:
            facts = [(KINDS[net.kind], _points(net)) for net in self.nets]
        title = "One problem, different networks" if self.running else "The search is over"
        return Scene(title, facts=tuple(facts), figures=(self._chart("mean", 0), self._chart("best", 1)))

    def _rules(self) -> tuple[str, ...]:
        return (
            f"{self.settings.switches} switches, and nobody knows how they work together. The best setting is worth "
            f"{BEST} points.",
            "In each round you try one switch, or take over a solution that you hear of. A try that makes it worse is "
            "put back.",
            "Not everybody hears the same people. Please do not talk or show your phone until the end.",
        )

    def _chart(self, word: str, part: int, model: Sequence[tuple[np.ndarray, np.ndarray]] = ()) -> Figure:
        data: list[dict[str, Any]] = []
        says = []
        for index, net in enumerate(self.nets):
            name, role = KINDS[net.kind], {"role": ROLES[net.kind]}
            values = [None if found is None else round(found[part]) for found in net.rounds]
            line = {"type": "scatter", "mode": "lines+markers", "name": name, "meta": role}
            data.append(line | {"x": list(range(len(values))), "y": values})
            if len(model):
                curve = [round(float(value)) for value in model[index][part]]
                line = {"type": "scatter", "mode": "lines", "line": {"dash": "dot"}, "meta": role}
                data.append(line | {"name": f"{name}: model", "x": list(range(len(curve))), "y": curve})
            now = next((value for value in reversed(values) if value is not None), None)
            says.append(f"{name}: {'nobody is here' if now is None else f'{now} points'}")
        layout = {
            "xaxis": {"title": {"text": "round"}, "range": [0, self.settings.rounds]},
            "yaxis": {"title": {"text": f"{word} points"}, "range": [0, BEST * 1.05]},
        }
        return Figure(tuple(data), layout, f"The {word} points after round {self.round - 1}. " + "; ".join(says) + ".")

    def debrief(self) -> Scene:
        """The networks' curves beside the model's, on the same problem and with the same ties."""
        if not self.nets:
            return Scene("There was no search yet.")
        if self._debriefed is None or self._debriefed[0] != self.round:
            model = [self._model(index) for index in range(len(self.nets))]
            figures = self._chart("mean", 0, model), self._chart("best", 1, model)
            facts = tuple((KINDS[net.kind], _points(net)) for net in self.nets)
            self._debriefed = self.round, Scene("What the networks found", self._lessons(), facts, figures)
        return self._debriefed[1]

    def _lessons(self) -> tuple[str, ...]:
        runs = "Dotted: the model of Lazer and Friedman on your problem, with your ties, averaged over several runs."
        few = max(len([who for who in self.seats if self.seats[who].net == net]) for net in range(len(self.nets)))
        capped = f" It takes at most {MODEL_PEOPLE} people in a network." if few > MODEL_PEOPLE else ""
        tries = [move for seat in self.seats.values() for move in seat.moves.values()]
        copies = tries.count(COPY)
        return (
            runs + capped,
            f"You made {len(tries)} moves: {copies} took over a solution, {sum(move >= 0 for move in tries)} tried a "
            "switch of their own.",
            "Who was first, and who came furthest? One room is one throw of the dice: experiments with people disagree "
            "about which network wins.",
        )

    def _model(self, index: int) -> tuple[np.ndarray, np.ndarray]:
        """The model's mean and best points after each round, shape (rounds + 1,) each."""
        net, rounds = self.nets[index], self.settings.rounds
        members = [who for who, seat in self.seats.items() if seat.net == index][:MODEL_PEOPLE]
        if not members:
            return np.zeros(0), np.zeros(0)
        place = {who: number for number, who in enumerate(members)}
        silo = np.array([self.seats[who].silo for who in members])
        one, other = np.triu_indices(len(members), 1)
        within = silo[one] == silo[other]
        ties = {(int(a), int(b)) for a, b in zip(one[within], other[within], strict=True)}
        for bridge in net.bridges:
            if bridge.ends[0] in place and bridge.ends[1] in place:
                a, b = sorted(place[who] for who in bridge.ends)
                ties.add((a, b))
        network = Network(len(members), np.array(sorted(ties), dtype=np.intp).reshape(-1, 2))
        params = NetworkSearch(
            people=len(members), rounds=rounds, components=self.settings.switches, interactions=self.settings.tangle
        )
        rng = np.random.default_rng([self.seed, self.game, index])
        runs = max(3, min(MODEL_RUNS, MODEL_WORK // len(members)))
        points = np.array(self.points)
        found = np.stack([points[search(params, points, network, rng)] for _ in range(runs)])
        return found.mean(axis=(0, 2)), found.max(axis=2).mean(axis=0)

    # -- the same room with more bridges -------------------------------------------------------------------------------

    def what_ifs(self) -> tuple[Scene, ...]:
        """Each network of silos once more, with two more bridges."""
        played = range(len(self.nets)) if self.round > 1 else ()
        return tuple(self._with_bridges(index) for index in played if self.nets[index].silos > 1 and self._many(index))

    def _many(self, index: int) -> bool:
        return len({seat.silo for seat in self.seats.values() if seat.net == index}) > 1

    def _with_bridges(self, index: int) -> Scene:
        net = self.nets[index]
        rng = np.random.default_rng([self.seed, self.game, index, MORE_BRIDGES])
        members = _by_silo(self.seats, self.seats, index, net.silos)
        ties = [(bridge.ends[0], bridge.ends[1]) for bridge in net.bridges if all(bridge.ends)]
        busy = Counter(who for tie in ties for who in tie)
        pairs = _ring(net.silos, len(net.bridges) + MORE_BRIDGES)[len(net.bridges) :]
        pairs = [pair for pair in pairs if members[pair[0]] and members[pair[1]]]
        more = []
        for _ in range(PLACEMENTS):
            new = [(_idle(members[one], busy, rng), _idle(members[other], busy, rng)) for one, other in pairs]
            more.append(self._replay(index, ties + new))
        curves: dict[str, list[int | None]] = {
            "as it was": [None if found is None else round(found[0]) for found in net.rounds],
            "same bridges, by the rule": [round(value) for value in self._replay(index, ties)],
            f"{MORE_BRIDGES} more bridges, by the rule": [
                round(sum(each) / len(each)) for each in zip(*more, strict=True)
            ],
        }
        roles, dashes = ("you", "apart", "goal"), ("solid", "dot", "dash")
        data = tuple(
            {
                "type": "scatter",
                "mode": "lines",
                "name": name,
                "x": list(range(len(values))),
                "y": values,
                "line": {"dash": dash},
                "meta": {"role": role},
            }
            for (name, values), role, dash in zip(curves.items(), roles, dashes, strict=True)
        )
        layout = {
            "xaxis": {"title": {"text": "round"}},
            "yaxis": {"title": {"text": "mean points"}, "range": [0, BEST * 1.05]},
        }
        ends = {name: values[-1] for name, values in curves.items()}
        says = "Mean points at the end. " + "; ".join(f"{name}: {value}" for name, value in ends.items()) + "."
        lines = (
            "Assumed: everybody begins where they began, and moves in the rounds in which they moved. Who hears of a "
            "better solution takes over the best one; else who had tried a switch tries the same one, and others stay.",
            f"So compare the two lines by the rule. The new bridges go on around the ring of silos; who stands on them "
            f"is drawn {PLACEMENTS} times, and the mean is shown.",
        )
        title = f"{KINDS[net.kind]}: the same room with {MORE_BRIDGES} more bridges"
        facts = tuple((name, "-" if value is None else str(value)) for name, value in ends.items())
        return Scene(title, lines, facts, (Figure(data, layout, says),))

    def _replay(self, index: int, ties: Sequence[tuple[str, str]]) -> list[float]:
        """The mean points after each round, with these bridges, under the assumptions that `_with_bridges` tells."""
        net = self.nets[index]
        seats = {who: seat for who, seat in self.seats.items() if seat.net == index}
        points = self.points
        state = {who: seat.start for who, seat in seats.items()}
        tied: dict[str, list[str]] = {}
        for one, other in ties:
            tied.setdefault(one, []).append(other)
            tied.setdefault(other, []).append(one)
        means = [_mean([points[state[who]] for who in net.there[0]], 0.0)]
        for round_ in range(1, len(net.there)):
            seen = dict(state)
            best = [-1] * net.silos
            for who in net.there[round_ - 1]:
                silo = seats[who].silo
                if best[silo] < 0 or (-points[seen[who]], seen[who]) < (-points[best[silo]], best[silo]):
                    best[silo] = seen[who]
            for who, seat in seats.items():
                move = seat.moves.get(round_)
                if move is None:
                    continue
                heard = [best[seat.silo]] if best[seat.silo] >= 0 else []
                heard += [seen[other] for other in tied.get(who, ()) if other in net.there[round_ - 1]]
                top = min(heard, key=lambda one: (-points[one], one), default=seen[who])
                if points[top] > points[seen[who]]:
                    state[who] = top
                elif move >= 0 and points[seen[who] ^ 1 << move] > points[seen[who]]:
                    state[who] = seen[who] ^ 1 << move
            means.append(_mean([points[state[who]] for who in net.there[round_]], means[-1]))
        return means


def _ring(silos: int, bridges: int) -> list[tuple[int, int]]:
    """Which silos each bridge joins: around the ring, as often as there are bridges."""
    return [(bridge % silos, (bridge + 1) % silos) for bridge in range(bridges)] if silos > 1 else []


def _by_silo(people: Mapping[str, Any], seats: Mapping[str, Seat], net: int, silos: int) -> list[list[str]]:
    members: list[list[str]] = [[] for _ in range(silos)]
    for who in people:
        if seats[who].net == net:
            members[seats[who].silo].append(who)
    return members


def _idle(people: Sequence[str], busy: Mapping[str, int], rng: np.random.Generator) -> str:
    """Somebody, drawn from those who stand on the fewest bridges."""
    least = min(busy.get(who, 0) for who in people)
    free = [who for who in people if busy.get(who, 0) == least]
    return free[int(rng.integers(len(free)))]


def _mean(values: Sequence[int], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _points(net: Net) -> str:
    found = next((found for found in reversed(net.rounds) if found is not None), None)
    return "nobody" if found is None else f"{found[0]:.0f} on average, {found[1]} at best"
