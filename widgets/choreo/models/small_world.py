"""Small worlds: what a few bridges do to distance, to brokers, and to what spreads.

D. J. Watts and S. H. Strogatz, "Collective dynamics of 'small-world' networks", Nature 393 (1998) 440-442. People stand
on a ring and know their nearest neighbours; each tie, one lap of the ring after the other, keeps its near end and moves
its far end with the probability `rewiring` to somebody drawn evenly, never to oneself and never doubling a tie. L is
the mean distance between two people, C the mean share of a person's contacts who know each other.

R. S. Burt, "Structural Holes" (1992). With p_ij the share of i's attention that goes to j, the constraint on i is

    sum over i's contacts j of (p_ij + sum over q of p_iq p_qj) ** 2

and is low for a broker, whose contacts do not know each other.

D. Centola and M. Macy, "Complex contagions and the weakness of long ties", American Journal of Sociology 113 (2007)
702-734. A person takes up a behaviour for good once `threshold` of their contacts have. It starts from one person
(round 0) and everyone whom that person knows (round 1). On a ring it passes exactly when the threshold is at most half
the contacts.

Ours: all who are ready move in the same round; the paper lets them move one at a time. Nobody turns back, so the same
people are reached in the end, and only the count of rounds differs. `method` offers both kinds of rewiring: of one end
(Watts and Strogatz), or by swapping the ends of pairs of ties, so that everyone keeps as many contacts as before
(Centola and Macy).

Left out: ties that form or fade while something spreads, strong and weak ties, and people who differ.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from choreo.models.parameter import ParameterError, Parameters, choice, number, whole
from choreo.models.run import Clock, Run, moments, summaries
from choreo.words import _, n_

METHODS = ("one end", "swap ends")
WORD = 64  # people per machine word in the sets of bits below
BLOCK = 1 << 18  # machine words gathered at a time: two megabytes, which a processor's cache holds
TRIPLES = 1 << 15  # people i, j, q looked at together, for the same reason


@dataclass(frozen=True)
class SmallWorld(Parameters):
    """A ring of acquaintances, the bridges across it, and what has to be heard how often before it is believed."""

    people: int = whole(1000, 1, 2000, "how many people there are")
    neighbours: int = whole(10, 0, 50, "how many of the nearest people each one knows (an even number)")
    rewiring: float = number(0.01, 0, 1, "the share of ties that become bridges to anywhere")
    threshold: int = whole(1, 1, 20, "how many contacts must do something before a person does it too")
    rounds: int = whole(2000, 0, 2000, "how long the spreading may last; it ends earlier when nothing moves", "rounds")
    method: str = choice("one end", METHODS, "whether a bridge moves one end of a tie, or two ties swap their ends")

    def __post_init__(self) -> None:
        """Raise ParameterError for faults of single values, then for neighbours that a ring cannot give."""
        super().__post_init__()
        if self.neighbours % 2 or self.neighbours >= self.people:
            most = (self.people - 1) // 2 * 2
            raise ParameterError(
                f"SmallWorld.neighbours = {self.neighbours!r}: must be an even number below people, from 0 to {most}"
            )


@dataclass(frozen=True)
class Network:
    """Who knows whom: people are numbered from 0, and a tie goes both ways."""

    people: int
    ties: np.ndarray  # whole numbers, shape (ties, 2); every pair once, nobody tied to themselves


def contacts(network: Network) -> tuple[np.ndarray, np.ndarray]:
    """Each person's contacts as (start, known): person i knows `known[start[i]:start[i + 1]]`, in ascending order."""
    one, other = network.ties[:, 0], network.ties[:, 1]
    knower, known = np.concatenate([one, other]), np.concatenate([other, one])
    sequence = np.argsort(knower * network.people + known)
    start = np.zeros(network.people + 1, dtype=np.intp)
    np.cumsum(np.bincount(knower, minlength=network.people), out=start[1:])
    return start, known[sequence]


def degree(network: Network) -> np.ndarray:
    """How many contacts each person has, shape (people,)."""
    return np.bincount(network.ties.ravel(), minlength=network.people)


def lattice(people: int, neighbours: int) -> Network:
    """The ring on which everybody knows the nearest `neighbours` people (even, below `people`)."""
    person = np.arange(people)
    laps = [np.stack([person, (person + reach) % people], axis=1) for reach in range(1, neighbours // 2 + 1)]
    return Network(people, np.concatenate(laps) if laps else np.empty((0, 2), dtype=np.intp))


def rewire(ring: Network, share: float, rng: np.random.Generator) -> Network:
    """Watts and Strogatz: the second end of each tie moves with probability `share`, in the order of the ties."""
    people, ties = ring.people, ring.ties.tolist()
    chosen = np.flatnonzero(rng.random(len(ties)) < share).tolist()
    knows: list[set[int]] = [set() for _ in range(people)]
    for one, other in ties:
        knows[one].add(other)
        knows[other].add(one)
    for tie, draw in zip(chosen, rng.integers(0, people, len(chosen)).tolist(), strict=True):
        one, other = ties[tie]
        mine = knows[one]
        if len(mine) > people // 2:
            strangers = [person for person in range(people) if person != one and person not in mine]
            if not strangers:
                continue
            draw = strangers[int(rng.integers(len(strangers)))]
        while draw == one or draw in mine:
            draw = int(rng.integers(people))
        mine.remove(other)
        knows[other].remove(one)
        mine.add(draw)
        knows[draw].add(one)
        ties[tie][1] = draw
    return Network(people, np.array(ties, dtype=np.intp).reshape(-1, 2))


def swap(ring: Network, share: float, rng: np.random.Generator) -> Network:
    """Centola and Macy: ties drawn with probability `share` swap ends in pairs, so that all degrees stay.

    A pair that can only double a tie or tie somebody to themselves stays as it is.
    """
    people, ties = ring.people, ring.ties.tolist()
    chosen = rng.permutation(np.flatnonzero(rng.random(len(ties)) < share)).tolist()
    present = {_key(one, other, people) for one, other in ties}
    flips = (rng.random(len(chosen) // 2) < 0.5).tolist()
    for first, second, flip in zip(chosen[0::2], chosen[1::2], flips, strict=False):
        (a, b), (c, d) = ties[first], ties[second]
        for near, far in ((c, d), (d, c)) if flip else ((d, c), (c, d)):
            one, other = _key(a, far, people), _key(near, b, people)
            if a != far and near != b and one != other and one not in present and other not in present:
                present -= {_key(a, b, people), _key(c, d, people)}
                present |= {one, other}
                ties[first], ties[second] = [a, far], [near, b]
                break
    return Network(people, np.array(ties, dtype=np.intp).reshape(-1, 2))


def _key(one: int, other: int, people: int) -> int:
    return min(one, other) * people + max(one, other)


def small_world(params: SmallWorld, rng: np.random.Generator) -> Network:
    """The ring of `params` with its bridges."""
    ring = lattice(params.people, params.neighbours)
    return (rewire if params.method == "one end" else swap)(ring, params.rewiring, rng)


def path_length(network: Network) -> float:
    """L: the mean distance in steps over all pairs that can reach each other; nan if there is none.

    Breadth-first from everybody at once: each person holds the set of those who have reached them as bits, 64 to a
    word, and in each step takes over the sets of the first contact, of the second, and so on. Those with most contacts
    come first, so that each of these is one operation on a leading block.
    """
    people = network.people
    rank = np.empty(people, dtype=np.intp)
    rank[np.argsort(-degree(network), kind="stable")] = np.arange(people)
    start, known = contacts(Network(people, rank[network.ties]))
    friends = np.diff(start)
    turns = [known[start[:-1][friends > turn] + turn] for turn in range(int(friends.max(initial=0)))]
    reached = _bits(people, np.arange(people), np.arange(people))
    ahead, taken = reached.copy(), np.empty_like(reached)
    before, distance, total = people, 0, 0
    while True:
        for heard in turns:
            block = np.take(reached, heard, axis=0, out=taken[: len(heard)], mode="clip")
            np.bitwise_or(ahead[: len(heard)], block, out=ahead[: len(heard)])
        now = int(np.bitwise_count(ahead).sum())
        if now == before:
            return total / (before - people) if before > people else math.nan
        distance += 1
        total += distance * (now - before)
        before = now
        np.copyto(reached, ahead)


def _bits(people: int, holder: np.ndarray, member: np.ndarray) -> np.ndarray:
    """Sets of people as bits, one set per person: `member[i]` is in that of `holder[i]`; shape (people, words)."""
    sets = np.zeros((people, -(-people // WORD)), dtype=np.uint64)
    np.bitwise_or.at(sets, (holder, member // WORD), np.uint64(1) << (member % WORD).astype(np.uint64))
    return sets


def lattice_path_length(people: int, neighbours: int) -> float:
    """L of the ring without bridges, exactly; nan where nobody knows anybody."""
    if neighbours == 0 or people < 2:
        return math.nan
    steps = np.arange(1, people)
    return float(np.mean(np.ceil(np.minimum(steps, people - steps) / (neighbours // 2))))


def local_clustering(network: Network) -> np.ndarray:
    """The share of each person's pairs of contacts who know each other, shape (people,); 0 with fewer than two."""
    one, other = network.ties[:, 0], network.ties[:, 1]
    knows = _bits(network.people, np.concatenate([one, other]), np.concatenate([other, one]))
    closed = np.zeros(network.people)
    step = max(1, BLOCK // max(1, knows.shape[1]))
    for first in range(0, len(one), step):
        a, b = one[first : first + step], other[first : first + step]
        common = np.bitwise_count(knows[a] & knows[b]).sum(axis=1, dtype=np.int64)
        closed += np.bincount(a, common, network.people) + np.bincount(b, common, network.people)
    friends = degree(network)
    shares: np.ndarray = closed / np.maximum(friends * (friends - 1), 1)
    return shares


def clustering(network: Network) -> float:
    """C: the mean of the local clustering; nan if there is nobody."""
    return float(np.mean(local_clustering(network))) if network.people else math.nan


def lattice_clustering(neighbours: int) -> float:
    """C of a long ring without bridges, exactly: 3 (k - 2) / (4 (k - 1)). It needs `people` of at least 3 k / 2 + 1."""
    return 3 * (neighbours - 2) / (4 * (neighbours - 1)) if neighbours else 0.0


def constraint(network: Network) -> np.ndarray:
    """Burt's constraint of each person, shape (people,); nan for someone without contacts."""
    people = network.people
    start, known = contacts(network)
    friends = np.diff(start)
    knower = np.repeat(np.arange(people), friends)
    knows = np.zeros(people * people, dtype=bool)
    knows[knower * people + known] = True
    attention = 1 / np.maximum(friends, 1)
    paid = attention[known]
    through = np.zeros(len(known))  # for i's tie to j: the sum over q of p_qj
    step = max(1, TRIPLES // max(1, int(friends.max(initial=0))))
    for first in range(0, len(known), step):
        one, other = knower[first : first + step], known[first : first + step]
        size = friends[one]
        end = np.cumsum(size)
        between = np.arange(end[-1]) + np.repeat(start[one] - end + size, size)  # i's contacts q, for each tie again
        closed = knows.take(known.take(between) * people + np.repeat(other, size))
        through[first : first + step] = np.add.reduceat(paid.take(between) * closed, end - size)
    values = np.bincount(knower, (attention[knower] * (1 + through)) ** 2, people).astype(float)
    values[friends == 0] = math.nan
    return values


def missed(network: Network) -> np.ndarray:
    """For each person how many pairs of others could no longer reach each other without them, shape (people,)."""
    start, known = contacts(network)
    friends = [known[one:end].tolist() for one, end in pairwise(start.tolist())]
    parts = _parts(friends)
    reached = {person: len(part) for part in parts for person in part}
    cut = [_pairs(parts) - (reached[person] - 1) - _pairs(_parts(friends, person)) for person in range(network.people)]
    return np.array(cut, dtype=np.intp)


def missed_most(network: Network) -> int:
    """The person without whom most pairs are cut apart; of several the one with most contacts, then the first."""
    return int(np.lexsort((-degree(network), -missed(network)))[0])


def _parts(friends: Sequence[Sequence[int]], without: int = -1) -> list[list[int]]:
    """The groups of people who can reach each other."""
    parts, seen = [], {without}
    for person in range(len(friends)):
        if person in seen:
            continue
        part = [person]
        seen.add(person)
        for one in part:
            fresh = [other for other in friends[one] if other not in seen]
            part += fresh
            seen.update(fresh)
        parts.append(part)
    return parts


def _pairs(parts: Sequence[Sequence[int]]) -> int:
    return sum(len(part) * (len(part) - 1) // 2 for part in parts)


def spread(network: Network, first: int, threshold: int, rounds: int) -> np.ndarray:
    """The round in which each person is reached, shape (people,); -1 for those who never are.

    Person `first` begins in round 0 and wins over every contact in round 1; from then on the threshold rules.
    """
    start, known = contacts(network)
    reached = np.full(network.people, -1)
    reached[first] = 0
    heard = np.zeros(network.people, dtype=np.intp)
    heard[known[start[first] : start[first + 1]]] = threshold
    fresh = np.flatnonzero((reached < 0) & (heard >= threshold))
    knower = np.repeat(np.arange(network.people), np.diff(start))
    for round_ in range(1, rounds + 1):
        if len(fresh) == 0:
            break
        reached[fresh] = round_
        heard += np.bincount(known[reached[knower] == round_], minlength=network.people)
        fresh = np.flatnonzero((reached < 0) & (heard >= threshold))
    return reached


def half_time(reached: np.ndarray) -> float:
    """The first round by whose end half of the people are reached; nan if they never are."""
    rounds = np.sort(reached[reached >= 0])
    half = -(-len(reached) // 2)
    return float(rounds[half - 1]) if len(rounds) >= half else math.nan


def run(params: SmallWorld, rng: np.random.Generator, frames: int = 600) -> Run:
    """Build the network, measure it, and let something spread in it from a person drawn at random.

    Clock: `round`; at most `frames` evenly spaced ones. Frames: `reached`, uint8, shape (time, people), 1 for those
    reached. Still: `ties`, uint16, shape (ties, 2). Series: `reached` (share of people). Summary: `path_length`,
    `clustering`, the same over those of the ring without bridges (`path_ratio`, `clustering_ratio`), `reached` (share
    at the end), `half_time` (rounds; nan if half is never reached).
    """
    network = small_world(params, rng)
    first = int(rng.integers(params.people))
    reached = spread(network, first, params.threshold, params.rounds)
    going_on = np.any(spread(network, first, params.threshold, params.rounds + 1) > params.rounds)
    count = np.cumsum(np.bincount(reached[reached >= 0]))
    shown = moments(len(count), max(2, frames))
    path, clustered = path_length(network), clustering(network)
    base = clustering(lattice(params.people, params.neighbours))
    summary = {
        "path_length": path,
        "clustering": clustered,
        "path_ratio": path / lattice_path_length(params.people, params.neighbours),
        "clustering_ratio": clustered / base if base else math.nan,
        "reached": float(count[-1] / params.people),
        "half_time": half_time(reached),
    }
    return Run(
        summary=summary,
        trace=_trace(params, network, count, summary, bool(going_on)),
        clock=Clock("round", "rounds", shown),
        series={"reached": count[shown] / params.people},
        frames={"reached": ((reached >= 0) & (reached <= shown[:, None])).astype(np.uint8)},
        still={"ties": network.ties.astype(np.uint16)},
    )


def run_many(params: SmallWorld, rng: np.random.Generator, runs: int) -> dict[str, np.ndarray]:
    """The summary of `run` for `runs` networks, by measure, shape (runs,)."""
    return summaries(run, params, rng, runs)


def _bridges(params: SmallWorld, network: Network) -> int:
    """How many ties lead beyond the nearest people on the ring."""
    apart = np.abs(network.ties[:, 0] - network.ties[:, 1])
    return int(np.count_nonzero(np.minimum(apart, params.people - apart) > params.neighbours // 2))


def _trace(
    params: SmallWorld, network: Network, count: np.ndarray, summary: dict[str, float], going_on: bool
) -> tuple[str, ...]:
    if params.people == 1:
        return (_("One person, who knows nobody."),)
    begin = _("{people} people on a ring know {neighbours} others each.")
    sentences = [begin.format(people=params.people, neighbours=params.neighbours)]
    if len(network.ties):
        bridges = _bridges(params, network)
        moved = n_("{bridges} of the {ties} ties is a bridge.", "{bridges} of the {ties} ties are bridges.", bridges)
        sentences.append(moved.format(bridges=bridges, ties=len(network.ties)))
    if not math.isnan(summary["path_length"]):
        apart = _("Two people are {steps:.1f} steps apart on average, {ratio:.0%} of the distance without bridges.")
        sentences.append(apart.format(steps=summary["path_length"], ratio=summary["path_ratio"]))
    for index in sorted({round(part * (len(count) - 1)) for part in (0.25, 0.5, 0.75, 1.0)}):
        after = _("Round {round}: {share:.0%} reached.")
        sentences.append(after.format(round=index, share=count[index] / params.people))
    if going_on:
        sentences.append(_("There time is up; it would go on."))
    elif count[-1] < params.people:
        end = n_(
            "There it stops: the others know nobody who does it.",
            "There it stops: nobody else sees it in as many as {threshold} contacts.",
            params.threshold,
        )
        sentences.append(end.format(threshold=params.threshold))
    return tuple(sentences)
