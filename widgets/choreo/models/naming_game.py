"""The binary naming game with a committed minority: how few who never give in can turn everybody.

J. Xie, S. Sreenivasan, G. Korniss, W. Zhang, C. Lim, B. K. Szymanski, "Social consensus through the influence of
committed minorities", Physical Review E 84 (2011) 011130. Everybody knows the word A, the word B, or both. A speaker
and a listener are drawn at random; the speaker says a word that it knows (each with chance 1/2 if both). If the
listener knows it, both keep only this word; if not, the listener learns it. Committed people know only A and never
change. In a round every person speaks once on average. For very many people, with the shares a and b of uncommitted
people who know only A or B, c of both, and p committed:

    da/dt = -a b + c^2 + a c + 1.5 p c,    db/dt = -a b + c^2 + b c - p b,    a + b + c + p = 1

Where b stands still, c = y - y^2 and a = 1 - p - y with y = sqrt(b); then a stands still as well if

    p = 2 (1 - y) (y^2 + y - 1) / (1 + y).

The largest such p is the critical share, .0979: beyond it nothing stops A. Below it a crowd that began with B keeps
it for a time that grows exponentially with its size.

Left out: people who tire of insisting, reasons for a word, groups among which words differ, and a committed other side.
Experiments with people found about a quarter, not a tenth (Centola et al. 2018).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np

from choreo.models.parameter import ParameterError, Parameters, number, whole
from choreo.models.run import Clock, Run
from choreo.words import _, n_

A, B, BOTH = 1, 2, 3  # the words somebody knows, as bits


@dataclass(frozen=True)
class NamingGame(Parameters):
    """How many people there are, and how many of them never give in."""

    people: int = whole(500, 1, 2000, "how many people talk to each other", "people")
    committed: float = number(0.12, 0, 1, "the share of people who say A and never give in")
    supporters: float = number(0.0, 0, 1, "the share of the others who begin with A, ready to change their minds")
    rounds: int = whole(400, 0, 1000, "when to stop at the latest; in a round all speak once on average", "rounds")


def committed_share(share_of_b: float) -> float:
    """The committed share with which a very large crowd can stand still while this share of people knows only B.

    Negative where that would take people committed to B. `share_of_b` lies in [0, 1].
    """
    y = math.sqrt(share_of_b)
    return 2 * (1 - y) * (y * y + y - 1) / (1 + y)


def critical_share() -> tuple[float, float]:
    """The committed share beyond which a very large crowd turns to A, and the share that knows only B just before.

    The largest `committed_share`, where 2 y^3 + 3 y^2 = 3 with y the root of the share of B.
    """
    low, high = 0.0, 1.0
    for _halving in range(100):
        y = (low + high) / 2
        low, high = (y, high) if 2 * y**3 + 3 * y * y < 3 else (low, y)
    return committed_share(high * high), high * high


def stationary(committed: float) -> tuple[float, float, float]:
    """The shares a, b, c (only A, not committed; only B; both) in which a very large crowd that began with B ends."""
    if not 0 <= committed <= 1:
        raise ParameterError(f"committed = {committed!r}: must lie from 0 to 1")
    critical, share_of_b = critical_share()
    if committed > critical:
        return 1 - committed, 0.0, 0.0
    low, high = math.sqrt(share_of_b), 1.0
    for _halving in range(100):
        y = (low + high) / 2
        low, high = (y, high) if committed_share(y * y) > committed else (low, y)
    return 1 - committed - high, high * high, high - high * high


def mean_field(committed: float, supporters: float, rounds: int, step: float = 0.25) -> np.ndarray:
    """The shares a, b, c of a very large crowd after each round, shape (rounds + 1, 3) (Runge and Kutta's method)."""

    def slope(a: float, b: float, p: float = committed) -> tuple[float, float]:
        c = 1 - a - b - p
        return -a * b + c * c + a * c + 1.5 * p * c, -a * b + c * c + b * c - p * b

    a, b = supporters * (1 - committed), (1 - supporters) * (1 - committed)
    steps = round(1 / step)
    h = 1 / steps
    path = [(a, b)]
    for _round in range(rounds):
        for _step in range(steps):
            a1, b1 = slope(a, b)
            a2, b2 = slope(a + h / 2 * a1, b + h / 2 * b1)
            a3, b3 = slope(a + h / 2 * a2, b + h / 2 * b2)
            a4, b4 = slope(a + h * a3, b + h * b3)
            a, b = a + h / 6 * (a1 + 2 * a2 + 2 * a3 + a4), b + h / 6 * (b1 + 2 * b2 + 2 * b3 + b4)
        path.append((a, b))
    shares = np.array(path)
    return np.column_stack([shares, 1 - committed - shares.sum(axis=1)])


def _rounds(params: NamingGame, rng: np.random.Generator, words: list[int]) -> Iterator[None]:
    """Talk for a round per step, changing in place what each person knows; ends when all know one and the same word."""
    people, committed = len(words), round(params.committed * params.people)
    while words.count(A) < people and words.count(B) < people:
        speakers = rng.integers(people, size=people)
        listeners = (speakers + rng.integers(1, people, size=people)) % people
        said = rng.integers(A, BOTH, size=people)
        for speaker, listener, either in zip(speakers.tolist(), listeners.tolist(), said.tolist(), strict=False):
            known, heard = words[speaker], words[listener]
            if known == heard != BOTH:
                continue
            word = either if known == BOTH else known
            if heard & word:
                words[speaker] = words[listener] = word
            elif listener >= committed:
                words[listener] = BOTH
        yield


def _start(params: NamingGame) -> list[int]:
    """What each person knows at first: the committed come first, then those who begin with A."""
    committed = round(params.committed * params.people)
    first = committed + round(params.supporters * (params.people - committed))
    return [A] * first + [B] * (params.people - first)


def run_many(params: NamingGame, rng: np.random.Generator, runs: int) -> dict[str, np.ndarray]:
    """The summary of `run` for `runs` crowds, by measure, shape (runs,)."""
    played = np.zeros(runs, dtype=np.intp)
    known = np.empty((runs, params.people), dtype=np.uint8)
    for index in range(runs):
        words = _start(params)
        played[index] = sum(1 for _round in islice(_rounds(params, rng, words), params.rounds))
        known[index] = words
    field = mean_field(params.committed, params.supporters, int(played.max(initial=0)))
    return _measures(known, field[played]) | {
        "rounds": played.astype(float),
        "turned": np.where((known == A).all(axis=1), played, math.nan),
        "critical_share": np.full(runs, critical_share()[0]),
        "mean_field_end_b": np.full(runs, stationary(params.committed)[1]),
    }


def _measures(words: np.ndarray, field: np.ndarray) -> dict[str, np.ndarray]:
    """The shares that know a, b or both, of (moments, people), and what a very large crowd comes to at each moment."""
    shares = {name: np.mean(words == word, axis=1) for name, word in (("a", A), ("b", B), ("both", BOTH))}
    return shares | {"mean_field_b": field[:, 1]}


def run(params: NamingGame, rng: np.random.Generator) -> Run:
    """Talk until all know one and the same word, for `rounds` rounds at most.

    Clock: `round`; evenly spaced ones where all would pass 2 MB. Frames: `words`, uint8, shape (time, people): 1 knows
    A, 2 knows B, 3 knows both; the committed come first. Series: `a` (share that knows only A, with the committed),
    `b`, `both`, and `mean_field_b` (a very large crowd). Summary: the last value of each, `rounds` (played), `turned`
    (the round from which everybody knows only A; nan if never), `critical_share`, `mean_field_end_b` (of a very large
    crowd that began with B).
    """
    words = _start(params)
    every = math.ceil((params.rounds + 2) * len(words) / 2_000_000)
    history, kept, played = [bytes(words)], [0], 0
    for _round in islice(_rounds(params, rng, words), params.rounds):
        played += 1
        if played % every == 0:
            history.append(bytes(words))
            kept.append(played)
    if kept[-1] < played:
        history.append(bytes(words))
        kept.append(played)
    frames = np.frombuffer(b"".join(history), dtype=np.uint8).reshape(len(history), len(words))
    field = mean_field(params.committed, params.supporters, played)
    clock, series = Clock("round", "rounds", np.array(kept)), _measures(frames, field[kept])
    summary = {name: float(values[-1]) for name, values in series.items()}
    summary |= {
        "rounds": float(played),
        "turned": float(played) if words.count(A) == len(words) else math.nan,
        "critical_share": critical_share()[0],
        "mean_field_end_b": stationary(params.committed)[1],
    }
    trace = _trace(params, clock.times, series, summary)
    return Run(summary=summary, trace=trace, clock=clock, series=series, frames={"words": frames})


def _trace(
    params: NamingGame, rounds: np.ndarray, series: dict[str, np.ndarray], summary: dict[str, float]
) -> tuple[str, ...]:
    insisting = round(params.committed * params.people)
    begin = n_(
        "Of {people}, {insisting} says A and never gives in; {b:.0%} say B.",
        "Of {people}, {insisting} say A and never give in; {b:.0%} say B.",
        insisting,
    )
    sentences = [begin.format(people=params.people, insisting=insisting, b=series["b"][0])]
    for index in sorted({round(part * (len(rounds) - 1)) for part in (0.25, 0.5, 0.75)} - {0}):
        then = _("Round {round}: {a:.0%} say A, {b:.0%} say B, {both:.0%} both.")
        shares = {name: series[name][index] for name in ("a", "b", "both")}
        sentences.append(then.format(round=rounds[index], **shares))
    if not math.isnan(summary["turned"]):
        end = _("From round {round:.0f} on everybody says A.")
        return (*sentences, end.format(round=summary["turned"]))
    if summary["b"] == 1:
        end = _("After round {round:.0f} everybody says B.")
    else:
        end = _("After round {round:.0f} {b:.0%} still say only B.")
    return (*sentences, end.format(round=summary["rounds"], b=summary["b"]))
