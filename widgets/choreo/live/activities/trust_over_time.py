"""Trust over time: pairs who deal with each other round after round, over a channel that sometimes gets it wrong.

In a round both choose to share or to hold back, at once. With a chance that was announced, what arrives is the opposite
of what was meant, and nobody is told. It is the game of `models.trust` (Axelrod; Nowak and Sigmund); the choices are
people's own. Whoever has nobody to play with is told so, and plays with a virtual partner: generous tit for tat, which
does what came last, but lets one held-back round in three pass.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any

import numpy as np
from pydantic import Field

from choreo.live.activity import Activity, Move, Settings, Step
from choreo.live.scene import Figure, Scene
from choreo.models.trust import (
    PAYOFFS,
    STRATEGIES,
    THEIR_VIEW,
    Strategy,
    expected_table,
    outcome_chances,
)

SHARE, HOLD = "share", "hold"
FORGIVING = 1 / 3  # how often the virtual partner lets a held-back round pass
REUNITE = 2  # rounds that somebody plays on with a virtual partner before they get a new one
BESIDE = ("TFT", "GTFT", "WSLS", "GRIM", "ALLC", "ALLD")
NAMES = {
    "TFT": "tit for tat",
    "GTFT": "generous tit for tat",
    "WSLS": "win-stay, lose-shift",
    "GRIM": "never forgive",
    "ALLC": "always share",
    "ALLD": "always hold back",
}
ROOM = "you, as one strategy"
AFTER = ("both shared", "I shared, they held back", "I held back, they shared", "both held back")


class TrustOverTimeSettings(Settings):
    """How long, how fast, and how well the channel works."""

    rounds: Annotated[int, Field(ge=3, le=40, description="rounds")] = 15
    seconds: Annotated[int, Field(ge=5, le=120, description="seconds for a round, which ends when all have chosen")] = (
        15
    )
    noise: Annotated[float, Field(ge=0, le=0.4, description="chance that the opposite of a choice arrives")] = 0.1


@dataclass
class Player:
    """What a person has done and got."""

    points: int = 0
    choice: str = ""  # of this round, so far
    before: str = ""  # the newest choice of an earlier round: repeated by who says nothing
    outcome: int = (
        -1
    )  # what arrived last in the pair that they are in, as an index into the model's OUTCOMES; -1: nothing yet
    past: list[int] = field(default_factory=list)  # the outcomes of all rounds, mine first
    meant: str = ""  # what they meant in the newest round
    silent: bool = False  # whether the newest choice was a repetition


@dataclass
class Pair:
    """Two who deal with each other; "" stands for the virtual partner."""

    seats: list[str]
    since: int  # the round in which the virtual partner took its seat, or the pair began
    gone: str = ""  # whose seat the virtual partner holds, if they left


@dataclass
class Round:
    """What a round came to, all pairs taken together."""

    chosen: int = 0  # choices that people made
    meant: int = 0  # of these, to share
    silent: int = 0  # people who said nothing
    pairs: int = 0  # pairs of two participants
    both: int = 0  # of these, how many in which shared arrived from both


class TrustOverTime(Activity):
    """Two people, many rounds, and now and then something goes wrong on the way."""

    name = "trust-over-time"
    title = "Trust over time"
    lesson = "07"
    minutes = 15
    steps = (Step("explain", "Explain"), Step("play", "Pair people and play"))
    Settings = TrustOverTimeSettings

    def began(self, at: float) -> None:
        """Nothing was played yet."""
        self.round = 0
        self.held = False  # whether the clock stands still because nobody is here
        self._clear()

    def _clear(self) -> None:
        self.players: dict[str, Player] = {}
        self.pairs: list[Pair] = []
        self.pair_of: dict[str, Pair] = {}
        self.rounds: list[Round] = []
        self.waiting: set[str] = set()  # who is here, in a pair, and has not chosen in this round
        self.replies = np.zeros((4, 2), dtype=np.int64)  # by outcome: choices, and how many were to share
        self.openings = [0, 0]  # first choices with somebody new, and how many were to share
        self._debriefed: tuple[int, Scene] | None = None  # as of which round

    @property
    def running(self) -> bool:
        """Whether rounds are being played."""
        return self.step.name == "play" and 0 < self.round <= self.settings.rounds

    def stepped(self, at: float) -> None:
        """Pair people anew and begin at the first round."""
        if self.step.name != "play":
            return
        self._clear()
        self.round, self.held = 0, False
        here = self.here()
        order = [here[place] for place in self.rng.permutation(len(here))]
        order.sort(key=lambda who: self.people[who].virtual)  # people meet people, bots meet bots, one pair apart
        self.players = {who: Player() for who in order}
        for place in range(0, len(order), 2):
            self._pair((*order[place : place + 2], "")[:2])
        self._next_round(at)

    def _pair(self, seats: Sequence[str]) -> None:
        pair = Pair(list(seats), self.round)
        self.pairs.append(pair)
        for who in seats:
            if who:
                self.pair_of[who] = pair
                self.players[who].outcome = -1

    def _next_round(self, at: float) -> None:
        self.round += 1
        self.touch()
        if not self.running:
            self.wake = None
            return
        self.wake = at + self.settings.seconds
        self._match()
        self.waiting = {who for who in self.pair_of if self.people[who].here}

    def _match(self) -> None:
        """Find partners for those who are new or back, and for those whose partner does not come back."""
        new = [who for who in self.players if self.people[who].here and who not in self.pair_of]
        alone = [pair for pair in self.pairs if "" in pair.seats]
        lost = [pair for pair in alone if self.round - pair.since > REUNITE or not pair.gone]
        free = new + [self._part(pair) for pair in lost]
        if len(free) % 2 and new and (rest := [pair for pair in alone if pair not in lost]):
            free.append(self._part(rest[0]))
        for place in range(0, len(free) - 1, 2):
            self._pair(free[place : place + 2])
        if len(free) % 2:
            last = free[-1]
            if (old := next((pair for pair in lost if last in pair.seats), None)) is not None:
                self.pairs.append(old)  # nobody was found: the virtual partner stays
                self.pair_of[last] = old
            else:
                self._pair((last, ""))

    def _part(self, pair: Pair) -> str:
        who = next(seat for seat in pair.seats if seat)
        self.pairs.remove(pair)
        del self.pair_of[who]
        return who

    def joined(self, who: str, at: float) -> None:
        """Back to one's partner if they are still alone; else a partner from the next round on."""
        if not self.running:
            return
        self.players.setdefault(who, Player())
        pair = next((pair for pair in self.pairs if pair.gone == who), None)
        if pair is not None:
            pair.seats[pair.seats.index("")] = who
            pair.gone = ""
            self.pair_of[who] = pair
            self.players[who].outcome = -1  # what came last is another's
            self.waiting.add(who)
            self.touch(*pair.seats)
        elif not self.pair_of and not self.held:
            self._pair((who, ""))  # the first in an empty room
            self.waiting.add(who)
        if self.held:
            self.held = False
            self._match()
            self.waiting = {one for one in self.pair_of if self.people[one].here}
            self.wake = at + self.settings.seconds

    def came_back(self, who: str, at: float) -> None:
        """As somebody new, with one's points."""
        self.joined(who, at)

    def left(self, who: str, at: float) -> None:
        """A virtual partner takes the seat at once."""
        self.waiting.discard(who)
        pair = self.pair_of.pop(who, None)
        if pair is None or not self.running:
            return
        self.players[who].choice = ""
        other = pair.seats[1 - pair.seats.index(who)]
        if other:
            pair.seats[pair.seats.index(who)] = ""
            pair.gone, pair.since = who, self.round
            self.touch(other)
        else:
            self.pairs.remove(pair)
        self._end_early(at)

    def ticked(self, at: float) -> None:
        """The time is up: who said nothing repeats their last choice."""
        if not self.running:
            return
        if self.pair_of:
            self._settle()
            self._next_round(at)
        elif any(self.people[who].here for who in self.players):
            self._next_round(at)
        else:
            self.held = True

    def _end_early(self, at: float) -> None:
        chosen = any(self.players[who].choice for who in self.pair_of)
        if self.running and not self.paused and not self.waiting and chosen:
            self._settle()
            self._next_round(at)

    def refusal(self, who: str, say: Mapping[str, Any]) -> str:
        """To share or to hold back, in this round; one may change one's mind until it ends."""
        if not self.running:
            return "It has not begun yet." if self.step.name == "explain" else "All rounds are played."
        if who not in self.pair_of:
            return "You get a partner with the next round."
        if say.get("round") != self.round or isinstance(say["round"], bool):
            return "That round is over; here is the next one."
        return "" if say.get("choice") in (SHARE, HOLD) else "Please choose: share, or hold back."

    def said(self, who: str, say: Mapping[str, Any], at: float) -> None:
        """Note the choice."""
        self.players[who].choice = say["choice"]
        self.waiting.discard(who)
        if self.wake is None:
            self.wake = at + self.settings.seconds
        self._end_early(at)

    def _settle(self) -> None:
        """Let the channel carry both choices of each pair, and count."""
        result = Round()
        luck = self.rng.random((len(self.pairs), 3)).tolist()
        for pair, (one_slip, other_slip, mercy) in zip(self.pairs, luck, strict=True):
            one, other = (self._meant(pair, place, mercy, result) for place in (0, 1))
            mine, theirs = one != (one_slip < self.settings.noise), other != (other_slip < self.settings.noise)
            self._book(pair, 2 * (not mine) + (not theirs))
            if all(pair.seats):
                result.pairs += 1
                result.both += mine and theirs
        self.rounds.append(result)

    def _meant(self, pair: Pair, place: int, mercy: float, result: Round) -> bool:
        """Whether this seat means to share; its choice is counted."""
        who = pair.seats[place]
        if not who:
            outcome = self.players[pair.seats[1 - place]].outcome
            return outcome < 2 or mercy < FORGIVING  # the person shared, or nothing came yet
        player = self.players[who]
        player.silent = not player.choice
        player.meant = player.choice or player.before or HOLD
        share = player.meant == SHARE
        if player.silent:
            result.silent += 1
            return share
        result.chosen += 1
        result.meant += share
        tally = self.openings if player.outcome < 0 else self.replies[player.outcome]
        tally[0] += 1
        tally[1] += share
        player.before, player.choice = player.choice, ""
        return share

    def _book(self, pair: Pair, outcome: int) -> None:
        """Give both their points; `outcome` as the first of the pair sees it."""
        for who, mine in zip(pair.seats, (outcome, int(THEIR_VIEW[outcome])), strict=True):
            if who:
                player = self.players[who]
                player.outcome = mine
                player.past.append(mine)
                player.points += int(PAYOFFS[mine])

    def phone(self, who: str) -> dict[str, Any]:
        """One's partner, choice, points, and what arrived so far."""
        view: dict[str, Any] = {"step": self.step.name, "rounds": self.settings.rounds, "noise": self.settings.noise}
        player = self.players.get(who)
        if self.step.name == "explain" or player is None:
            return view | {"partner": ""}
        view |= {
            "round": self.round,
            "over": not self.running,
            "points": player.points,
            "past": "".join(map(str, player.past)),
            "meant": player.meant,
            "silent": player.silent,
        }
        pair = self.pair_of.get(who)
        if pair is None or not self.running:
            return view | {"partner": ""}
        other = pair.seats[1 - pair.seats.index(who)]
        return view | {
            "ends": None if self.wake is None else round(1000 * self.wake),
            "seconds": self.settings.seconds,
            "chose": player.choice,
            "partner": "rule" if not other else "bot" if self.people[other].virtual else "person",
            "left": bool(pair.gone),
            "fresh": player.outcome < 0,
        }

    @staticmethod
    def bot(view: Mapping[str, Any], chance: random.Random) -> Move | None:
        """Mostly answer in kind, and forgive now and then."""
        if not view["partner"] or view["chose"]:
            return None
        hurt = not view["fresh"] and view["past"][-1:] in ("1", "3")
        share = chance.random() < (0.35 if hurt else 0.93)
        after = chance.uniform(1, min(6, 0.6 * view["seconds"]))
        return Move(after, {"round": view["round"], "choice": SHARE if share else HOLD})

    # -- what the room sees --------------------------------------------------------------------------------------------

    def room(self) -> Scene:
        """The rules; then how many meant to share, and in how many pairs it arrived from both."""
        if self.step.name == "explain" or not self.round:
            here = (("here", str(len(self.here()))),)
            return Scene("You and one other person, many times", lines=self._rules(), facts=here)
        if self.running:
            chosen = sum(bool(self.players[who].choice) for who in self.pair_of)
            facts = [("round", f"{self.round} of {self.settings.rounds}")]
            facts += [("choices", f"{chosen} of {chosen + len(self.waiting)}")]
        else:
            facts = [("rounds", str(len(self.rounds)))]
        facts += [("forgave", self._forgave())]
        title = "Who shares?" if self.running else "All rounds are played"
        return Scene(title, facts=tuple(facts), figures=(self._rounds_figure(),))

    def _rules(self) -> tuple[str, ...]:
        slips = f"About {100 * self.settings.noise:.0f} times in a hundred" if self.settings.noise else "Never"
        return (
            "You and a partner each know something that the other needs. In every round: share it, or hold it back.",
            "Both share: 3 points each. Both hold back: 1 each. One shares and the other holds back: 0 and 5.",
            f"{slips}, the opposite of what was chosen arrives. Nobody is told; you both see what arrived.",
            "Who says nothing repeats their last choice; before a first choice that is to hold back.",
        )

    def _forgave(self) -> str:
        hurt, shared = self.replies[1].tolist()
        return f"{shared} of {hurt} times" if hurt else "nobody was hurt yet"

    def _rounds_figure(self, model: Sequence[tuple[str, str, np.ndarray]] = ()) -> Figure:
        rounds = list(range(1, len(self.rounds) + 1))
        both = [_percent(one.both, one.pairs) for one in self.rounds]
        lines = [_line("both shared, as it arrived", "goal", rounds, both)]
        if model:
            count = list(range(1, self.settings.rounds + 1))
            for name, role, curve in model:
                lines.append(_line(name, role, count, [round(100 * float(value), 1) for value in curve], "dot"))
        else:
            meant = [_percent(one.meant, one.chosen) for one in self.rounds]
            lines.append(_line("meant to share", "you", rounds, meant))
        now = both[-1] if both and both[-1] is not None else None
        says = "No round is over yet." if now is None else f"In round {len(both)} both shared in {now:g}% of the pairs."
        return Figure(tuple(lines), _layout("round", "% of pairs" if model else "%"), says)

    def strategy(self) -> Strategy:
        """The room's replies as one strategy; a half is added to both sides of each count, a coin where there is none."""
        reply = [(shared + 0.5) / (count + 1) for count, shared in self.replies.tolist()]
        return Strategy(
            "the room", (reply[0], reply[1], reply[2], reply[3]), (self.openings[1] + 0.5) / (self.openings[0] + 1)
        )

    def debrief(self) -> Scene:
        """Trust per round beside the model's strategies; how the room replies; what that would earn among them."""
        if not self.rounds:
            return Scene("No round was played yet.")
        if self._debriefed is None or self._debriefed[0] != len(self.rounds):
            self._debriefed = len(self.rounds), self._compare()
        return self._debriefed[1]

    def _compare(self) -> Scene:
        noise, rounds, room = self.settings.noise, self.settings.rounds, self.strategy()
        curves = [
            (f"model: {NAMES[name]}", role, outcome_chances(STRATEGIES[name], STRATEGIES[name], rounds, noise)[:, 0])
            for name, role in (("TFT", "apart"), ("GTFT", "others"))
        ]
        seats = self.players.values()
        mean = sum(player.points for player in seats) / max(1, sum(len(player.past) for player in seats))
        silent = sum(one.silent for one in self.rounds)
        lines = (
            "Dotted: the model's exact result for pairs who all play tit for tat, and generous tit for tat, over the same "
            "channel.",
            f"You earned {mean:.2f} points a round on average; full trust over a clear channel would bring 3.",
            f"Counted are {int(self.replies[:, 0].sum())} replies that people chose themselves; {silent} times somebody "
            "said nothing.",
            "What did you think of your partner when held back arrived? Had they meant it?",
        )
        facts = (("forgave", self._forgave()), ("points a round", f"{mean:.2f}"))
        figures = self._rounds_figure(curves), self._replies_figure(), self._tournament_figure(room)
        return Scene("Trust, mistakes and forgiveness", lines, facts, figures)

    def _replies_figure(self) -> Figure:
        shares = [_percent(shared, count) for count, shared in self.replies.tolist()]
        bars: list[dict[str, Any]] = [
            {"type": "bar", "name": "you", "x": list(AFTER), "y": shares, "meta": {"role": "you"}, "text": shares}
        ]
        for name, role in (("TFT", "apart"), ("GTFT", "others")):
            reply = [round(100 * value) for value in STRATEGIES[name].reply]
            bars.append({"type": "bar", "name": NAMES[name], "x": list(AFTER), "y": reply, "meta": {"role": role}})
        told = (
            f"{after}: {'never happened' if share is None else f'{share:g}%'}"
            for after, share in zip(AFTER, shares, strict=True)
        )
        return Figure(
            tuple(bars), _layout("after", "% who then shared"), "How many then shared. " + "; ".join(told) + "."
        )

    def _tournament_figure(self, room: Strategy) -> Figure:
        names = [*(NAMES[name] for name in BESIDE), ROOM]
        players = [*(STRATEGIES[name] for name in BESIDE), room]
        means = expected_table(players, self.settings.rounds, self.settings.noise).mean(axis=1).tolist()
        points = {name: round(value, 2) for value, name in sorted(zip(means, names, strict=True))}
        data = []
        for label, role, shown in (("strategies", "others", set(points) - {ROOM}), (ROOM, "you", {ROOM})):
            kept = [name for name in points if name in shown]
            values = [points[name] for name in kept]
            bar = {"type": "bar", "orientation": "h", "name": label, "x": values, "y": kept, "text": values}
            data.append(bar | {"meta": {"role": role}})
        layout = {
            "xaxis": {"title": {"text": "points a round, each with each"}, "rangemode": "tozero"},
            "yaxis": {"categoryorder": "array", "categoryarray": list(points), "automargin": True},
            "barmode": "overlay",
        }
        told = "; ".join(f"{name}: {value}" for name, value in reversed(points.items()))
        return Figure(tuple(data), layout, f"Points a round in a tournament, exactly. {told}.")

    def what_ifs(self) -> tuple[Scene, ...]:
        """The room's replies over a clear channel, and without forgiveness."""
        if not self.rounds or not self.replies[:, 0].any():
            return ()
        room, noise, rounds = self.strategy(), self.settings.noise, self.settings.rounds
        grim = Strategy("unforgiving", (room.reply[0], 0.0, room.reply[2], 0.0), room.opening)
        curves = [
            (name, role, outcome_chances(player, player, rounds, channel)[:, 0])
            for name, role, player, channel in (
                ("your replies, this channel", "you", room, noise),
                ("your replies, a clear channel", "others", room, 0.0),
                ("your replies, but never forgiving", "apart", grim, noise),
            )
        ]
        lines = (
            "Assumed: everybody replies to what arrived last as the room did on average, whoever their partner is, and "
            "nobody is silent. Where hardly anything was seen, the average is near a coin's.",
            "Dotted: exact results for such pairs. Solid: what really arrived. Compare the dotted lines with each other.",
        )
        facts = tuple((name, f"{curve[-1]:.0%} at the end") for name, _, curve in curves)
        return (Scene("The same room, another channel, no forgiveness", lines, facts, (self._rounds_figure(curves),)),)


def _percent(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None


def _line(name: str, role: str, x: Sequence[int], y: Sequence[float | None], dash: str = "solid") -> dict[str, Any]:
    line = {"type": "scatter", "mode": "lines" if dash == "dot" else "lines+markers", "name": name}
    return line | {"x": list(x), "y": list(y), "line": {"dash": dash}, "meta": {"role": role}}


def _layout(x: str, y: str) -> dict[str, Any]:
    return {"xaxis": {"title": {"text": x}}, "yaxis": {"title": {"text": y}, "range": [0, 105]}}
