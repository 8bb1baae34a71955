"""Trust over time, the game: pairs who deal with each other round after round, over a channel that sometimes gets it wrong.

In a round both choose to share or to hold back, at once. With a chance that was announced, what arrives is the opposite
of what was meant, and nobody is told. It is the game of `models.trust` (Axelrod; Nowak and Sigmund); the choices are
people's own. Whoever has nobody to play with is told so, and plays with a virtual partner: generous tit for tat, which
does what came last, but lets one held-back round in three pass.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any

import numpy as np
from pydantic import Field

from choreo.live.activity import Settings, Step
from choreo.live.rounds import InRounds
from choreo.models.trust import PAYOFFS, THEIR_VIEW, Strategy

SHARE, HOLD = "share", "hold"
FORGIVING = 1 / 3  # how often the virtual partner lets a held-back round pass
REUNITE = 2  # rounds that somebody plays on with a virtual partner before they get a new one


class TrustOverTimeSettings(Settings):
    """How long, how fast, and how well the channel works."""

    rounds: Annotated[int, Field(ge=3, le=40, description="rounds")] = 15
    seconds: Annotated[int, Field(ge=5, le=120, description="seconds for a round, which ends when all have chosen")] = (
        15
    )
    noise: Annotated[float, Field(ge=0, le=0.4, description="Chance that the opposite of a choice arrives")] = 0.1


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


class Dealings(InRounds):
    """Who deals with whom, what they choose, and what arrives."""

    steps = (Step("explain", "Explain"), Step("play", "Pair people and play"))
    playing = "play"
    Settings = TrustOverTimeSettings

    def clear(self) -> None:
        """Nobody has played with anybody."""
        self.players: dict[str, Player] = {}
        self.pairs: list[Pair] = []
        self.pair_of: dict[str, Pair] = {}
        self.rounds: list[Round] = []
        self.replies = np.zeros((4, 2), dtype=np.int64)  # by outcome: choices, and how many were to share
        self.openings = [0, 0]  # first choices with somebody new, and how many were to share

    def deal(self) -> None:
        """Pair people anew."""
        here = self.here()
        order = [here[place] for place in self.rng.permutation(len(here))]
        order.sort(key=lambda who: self.people[who].virtual)  # people meet people, bots meet bots, one pair apart
        self.players = {who: Player() for who in order}
        for place in range(0, len(order), 2):
            self._pair((*order[place : place + 2], "")[:2])

    def _pair(self, seats: Sequence[str]) -> None:
        pair = Pair(list(seats), self.round)
        self.pairs.append(pair)
        for who in seats:
            if who:
                self.pair_of[who] = pair
                self.players[who].outcome = -1

    def open_round(self) -> None:
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

    def seated(self) -> Mapping[str, Pair]:
        """Everybody who is in a pair."""
        return self.pair_of

    def has_moved(self, who: str) -> bool:
        """Whether they have chosen."""
        return bool(self.players[who].choice)

    def seat(self, who: str) -> None:
        """Back to one's partner if they are still alone; else a partner from the next round on."""
        self.players.setdefault(who, Player())
        pair = next((pair for pair in self.pairs if pair.gone == who), None)
        if pair is not None:
            pair.seats[pair.seats.index("")] = who
            pair.gone = ""
            self.pair_of[who] = pair
            self.players[who].outcome = -1  # what came last is another's
            self.touch(*pair.seats)
        elif not self.pair_of:
            self._pair((who, ""))  # the first in an empty room

    def stood_up(self, who: str) -> None:
        """A virtual partner takes the seat at once."""
        pair = self.pair_of.pop(who, None)
        if pair is None:
            return
        self.players[who].choice = ""
        other = pair.seats[1 - pair.seats.index(who)]
        if other:
            pair.seats[pair.seats.index(who)] = ""
            pair.gone, pair.since = who, self.round
            self.touch(other)
        else:
            self.pairs.remove(pair)

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
        self.moved(who, at)

    def settle(self) -> None:
        """Let the channel carry both choices of each pair, and count; who said nothing repeats their last choice."""
        if not self.pairs:
            return  # who is here came when all others had left
        result = Round()
        luck = self.rng.random((len(self.pairs), 3)).tolist()
        for pair, (one_slip, other_slip, mercy) in zip(self.pairs, luck, strict=True):
            one, other = (self._meant(pair, place, mercy, result) for place in (0, 1))
            mine, theirs = one != (one_slip < self.settings.noise), other != (other_slip < self.settings.noise)
            self._book(pair, 2 * (not mine) + (not theirs))
            if all(who and self.ours(who) for who in pair.seats):
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
        if self.ours(who):
            self._count(player, share, result)
        if not player.silent:
            player.before, player.choice = player.choice, ""
        return share

    def _count(self, player: Player, share: bool, result: Round) -> None:
        if player.silent:
            result.silent += 1
            return
        result.chosen += 1
        result.meant += share
        tally = self.openings if player.outcome < 0 else self.replies[player.outcome]
        tally[0] += 1
        tally[1] += share

    def _book(self, pair: Pair, outcome: int) -> None:
        """Give both their points; `outcome` as the first of the pair sees it."""
        for who, mine in zip(pair.seats, (outcome, int(THEIR_VIEW[outcome])), strict=True):
            if who:
                player = self.players[who]
                player.outcome = mine
                player.past.append(mine)
                player.points += int(PAYOFFS[mine])

    def strategy(self) -> Strategy:
        """The room's replies as one strategy; a half is added to both sides of each count, a coin where there is none."""
        reply = [(shared + 0.5) / (count + 1) for count, shared in self.replies.tolist()]
        return Strategy(
            "the room", (reply[0], reply[1], reply[2], reply[3]), (self.openings[1] + 0.5) / (self.openings[0] + 1)
        )
