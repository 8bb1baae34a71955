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
from dataclasses import dataclass

import numpy as np

from choreo.models.parameter import ParameterError, Parameters, choice, number, whole
from choreo.models.run import Run

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
    turns = [known[start[:-1][friends > turn] + turn] for turn in range(int(friends.max()))]
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
    step = max(1, BLOCK // knows.shape[1])
    for first in range(0, len(one), step):
        a, b = one[first : first + step], other[first : first + step]
        common = np.bitwise_count(knows[a] & knows[b]).sum(axis=1, dtype=np.int64)
        closed += np.bincount(a, common, network.people) + np.bincount(b, common, network.people)
    friends = degree(network)
    shares: np.ndarray = closed / np.maximum(friends * (friends - 1), 1)
    return shares


def clustering(network: Network) -> float:
    """C: the mean of the local clustering."""
    return float(np.mean(local_clustering(network)))


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

    Frames: `reached`, uint8, shape (time, people), 1 for those reached, at most `frames` of them, evenly spaced; `tie`,
    uint16, shape (1, ties, 2). Series, one value per round: `round`, `reached` (share of people). Summary:
    `path_length`, `clustering`, the same over those of the ring without bridges (`path_ratio`, `clustering_ratio`),
    `reached` (share at the end), `half_time` (rounds; nan if half is never reached).
    """
    network = small_world(params, rng)
    reached = spread(network, int(rng.integers(params.people)), params.threshold, params.rounds)
    count = np.cumsum(np.bincount(reached[reached >= 0]))
    every = max(1, math.ceil(len(count) / frames))
    shown = np.arange(0, len(count), every)
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
        trace=_trace(params, count, summary),
        series={"round": np.arange(len(count)), "reached": count / params.people},
        frames={
            "reached": ((reached >= 0) & (reached <= shown[:, None])).astype(np.uint8),
            "tie": network.ties[None].astype(np.uint16),
        },
    )


def _trace(params: SmallWorld, count: np.ndarray, summary: dict[str, float]) -> tuple[str, ...]:
    sentences = [
        f"{params.people} people on a ring know {params.neighbours} others each.",
        f"{params.rewiring:.1%} of the ties are bridges.",
    ]
    if not math.isnan(summary["path_length"]):
        sentences.append(
            f"Two people are {summary['path_length']:.1f} steps apart on average, "
            f"{summary['path_ratio']:.0%} of the distance without bridges."
        )
    for part in (0.25, 0.5, 0.75, 1.0):
        index = round(part * (len(count) - 1))
        sentences.append(f"After {index} rounds: {count[index] / params.people:.0%} reached.")
    if count[-1] < params.people:
        sentences.append("There it stops: too few hear it from enough others.")
    return tuple(sentences)
