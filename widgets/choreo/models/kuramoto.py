"""Kuramoto's model: people with a tempo of their own who tune in to those they hear.

Y. Kuramoto, "Self-entrainment of a population of coupled non-linear oscillators", Lecture Notes in Physics 39 (1975)
420-422; S. H. Strogatz, "From Kuramoto to Crawford", Physica D 143 (2000) 1-20. Each person i has a phase and a natural
tempo w_i, and is pulled towards the people j that i hears:

    d theta_i / dt = w_i + K * mean over heard j of sin(theta_j - theta_i)

With everyone heard this is the published model: the order parameter r = |mean exp(i theta)| stays near 0 below the
critical coupling K_c = 2 / (pi g(0)) and rises above it; K_c = 2 gamma for a Lorentzian and sqrt(8 / pi) sigma for a
normal spread. Integrated with the third-order method of Adams and Bashforth, which asks once a step how each is pulled.

Ours: the plaza. People stand on a grid without wrap-around and hear four neighbours; "far listeners" hear one person
so many places away, or anywhere on the plaza, as well; a conductor is one steady beat that everybody hears and who hears
nobody. The frame of reference turns with the mean tempo, so phases show differences only.

The same crowd for the same seed: tempos are drawn first, then starting phases, ties last. One more far listener leaves
all others as they were, and another coupling, reach or network changes nobody's tempo or start.

Left out: people can stop listening, lie, tire, or agree on a new tempo; oscillators cannot.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from choreo.models.parameter import ParameterError, Parameters, choice, number, whole
from choreo.models.run import Clock, Run
from choreo.words import _, n_

NETWORKS = ("everyone", "neighbours", "far listeners", "conductor")
SPREADS = ("normal", "lorentz")
FULL_TURN = 256  # phases travel as one byte: 256 steps to a turn
FRAME_BYTES = 2_000_000  # what one run may send to the stage
ADAMS = np.array([23, 5, -16]) / 12  # weights of the pull now, two steps ago and one step ago
STABLE = 0.5  # rate * step; with more than 6 / 11 the method of Adams and Bashforth overshoots
MOST_WORK = 60_000_000  # people times steps of one run: about a second
STEP_COST = 2000  # a step costs as much as so many people more
TOGETHER_AT_ONCE = 4000  # people of several crowds who are worked out side by side; more would leave the cache


@dataclass(frozen=True)
class Kuramoto(Parameters):
    """Who tunes in to whom, and how strongly."""

    coupling: float = number(2.0, 0, 20, "how strongly people adjust to those they hear", "rad/s")
    diversity: float = number(0.5, 0, 5, "how much people's own tempos differ", "rad/s")
    people: int = whole(200, 1, 5000, "how many people take part")
    network: str = choice("neighbours", NETWORKS, "who hears whom")
    far: int = whole(0, 0, 5000, "how many people also hear one person far away (network: far listeners)", "people")
    reach: int = whole(0, 0, 150, "how many places away those listen, along rows and columns; 0 is anywhere", "places")
    spread: str = choice("normal", SPREADS, "the shape of the spread of tempos")
    seconds: float = number(60.0, 0, 1000, "how long the run lasts", "s")
    step: float = number(0.1, 0.001, 0.1, "the longest time step of the integration", "s")

    def __post_init__(self) -> None:
        """Raise ParameterError for faults of single values, then for a run that would take far too long."""
        super().__post_init__()
        each = (self.people + STEP_COST) * self.parts / self.step  # work in a second of the run
        if each * self.seconds > MOST_WORK:
            raise ParameterError(
                f"Kuramoto.seconds = {self.seconds!r}: must lie from 0 to {math.floor(MOST_WORK / each)} "
                f"for {self.people} people with a coupling of {self.coupling:g} and steps of {self.step:g} s"
            )

    @property
    def parts(self) -> int:
        """Into how many steps of the integration one `step` is divided, so that it stays stable."""
        quickest = self.coupling * (1 if self.network in ("everyone", "conductor") else 2)  # rate at which a gap closes
        return max(1, math.ceil(quickest * self.step / STABLE))


def order(phases: np.ndarray) -> np.ndarray:
    """The order parameter r in [0, 1] of phases (radians), along the last axis: 1 is all together."""
    together: np.ndarray = np.hypot(np.mean(np.cos(phases), axis=-1), np.mean(np.sin(phases), axis=-1))
    return together


def local_order(phases: np.ndarray, hearer: np.ndarray, heard: np.ndarray) -> np.ndarray:
    """How well each hearer agrees with those it hears, averaged: high with low `order` is a local pattern.

    `phases` has shape (..., people); `hearer` and `heard` are index arrays of equal length. The result has shape (...).
    """
    if len(hearer) == 0:
        return np.ones(phases.shape[:-1])
    voices = np.empty(phases.shape, dtype=complex)
    voices.real, voices.imag = np.cos(phases), np.sin(phases)
    return _agreement(hearer, heard, phases.shape[-1])(voices)


def _agreement(hearer: np.ndarray, heard: np.ndarray, people: int) -> Callable[[np.ndarray], np.ndarray]:
    """A function from voices (..., people) to how well those who hear each other agree (...)."""
    hearer, heard = hearer.astype(np.intp), heard.astype(np.intp)
    # two who hear each other are one pair that counts twice
    pairs, count = np.unique(np.minimum(hearer, heard) * people + np.maximum(hearer, heard), return_counts=True)
    one, other = pairs // people, pairs % people
    share = np.repeat(count / len(hearer), 2)

    def agreement(voices: np.ndarray) -> np.ndarray:
        products = voices.take(one, axis=-1).view(voices.real.dtype)  # of cosines and of sines, in turn
        products *= voices.take(other, axis=-1).view(voices.real.dtype)
        together = products @ share.astype(products.dtype)
        return np.asarray(np.clip(together, -1, 1))  # single precision can end a hair beyond

    return agreement


def critical_coupling(spread: str, diversity: float) -> float:
    """K_c of the published model with infinitely many people who all hear each other."""
    return 2 * diversity if spread == "lorentz" else math.sqrt(8 / math.pi) * diversity


def tempos(params: Kuramoto, rng: np.random.Generator) -> np.ndarray:
    """Each person's own tempo (rad/s, mean 0): the quantiles of the spread in random order, so no run is lopsided."""
    levels = (np.arange(params.people) + 0.5) / params.people
    if params.spread == "lorentz":
        values = np.tan(np.pi * (levels - 0.5))
    else:
        normal = NormalDist()
        values = np.array([normal.inv_cdf(level) for level in levels])
    return rng.permutation(params.diversity * values)


def plaza_columns(people: int) -> int:
    """How many people stand in one row of the plaza."""
    return max(1, math.ceil(math.sqrt(1.7 * people)))


def first_phases(params: Kuramoto, rng: np.random.Generator) -> np.ndarray:
    """Where everybody begins (rad), drawn evenly from the whole turn, shape (people,)."""
    return rng.uniform(0, 2 * np.pi, params.people)


def far_ties(params: Kuramoto, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """The far listeners and whom each hears, as two index arrays; empty in networks that have none.

    All people are put in order once and each draws one number for whom to hear, so that those who listen with a smaller
    `far` still do with a larger one, and hear the same. With `reach` that is somebody exactly so many places away,
    along rows and columns; who has nobody there hears nobody far away. Without, it is anyone but oneself.
    """
    n, columns = params.people, plaza_columns(params.people)
    if params.network != "far listeners" or n < 2:
        return np.empty(0, dtype=np.intp), np.empty(0, dtype=np.intp)
    listeners = rng.permutation(n)[: params.far].astype(np.intp)
    lot = rng.random(n)[listeners]
    if params.reach == 0:
        return listeners, (listeners + 1 + (lot * (n - 1)).astype(np.intp)) % n
    down = np.arange(-params.reach, params.reach + 1, dtype=np.intp).repeat(2)[1:-1]  # all places so far away
    right = (params.reach - np.abs(down)) * np.where(np.arange(len(down)) % 2, 1, -1)
    row, column = np.divmod(listeners[:, None], columns)
    place = (row + down) * columns + column + right
    count = np.cumsum((column + right >= 0) & (column + right < columns) & (place >= 0) & (place < n), axis=1)
    chosen = np.argmax(count > (lot * count[:, -1]).astype(np.intp)[:, None], axis=1)
    somebody = count[:, -1] > 0
    return listeners[somebody], place[somebody, chosen[somebody]]


def neighbours(people: int) -> tuple[np.ndarray, np.ndarray]:
    """Who hears whom in the rows and columns of the plaza, as two index arrays (hearer, heard)."""
    columns, person = plaza_columns(people), np.arange(people, dtype=np.intp)
    right = person[(person % columns < columns - 1) & (person + 1 < people)]
    below = person[person + columns < people]
    hearer = np.concatenate([right, right + 1, below, below + columns])
    heard = np.concatenate([right + 1, right, below + columns, below])
    return hearer, heard


def ties(params: Kuramoto, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Who hears whom as two index arrays (hearer, heard): `neighbours`, then `far_ties`.

    Empty for `everyone` and `conductor`.
    """
    if params.network in ("everyone", "conductor"):
        return np.empty(0, dtype=np.intp), np.empty(0, dtype=np.intp)
    near, far = neighbours(params.people), far_ties(params, rng)
    return np.concatenate([near[0], far[0]]), np.concatenate([near[1], far[1]])


def expected_order(coupling: float, spread: str, diversity: float) -> float:
    """The order r that the published model settles at with infinitely many people who all hear each other.

    Lorentz: r = sqrt(1 - K_c / K). Normal: the root of r = integral of sqrt(1 - (w / K r)^2) g(w) over |w| < K r, the
    tempos that lock; those that drift add nothing.
    """
    if coupling <= critical_coupling(spread, diversity):
        return 0.0
    if diversity == 0:
        return 1.0
    if spread == "lorentz":
        return math.sqrt(1 - 2 * diversity / coupling)
    angle = ((np.arange(2000) + 0.5) / 2000 - 0.5) * math.pi
    low, high = 0.0, 1.0
    for _halving in range(40):
        r = (low + high) / 2
        fastest = coupling * r / diversity  # that locks, in standard deviations
        reach = min(fastest, 9.0)
        tempo = reach * np.sin(angle)
        density = np.exp(-(tempo**2) / 2) / math.sqrt(2 * math.pi)
        locked = math.pi * reach * np.mean(np.cos(angle) * np.sqrt(1 - (tempo / fastest) ** 2) * density)
        low, high = (r, high) if locked > r else (low, r)
    return (low + high) / 2


def locked_gap(difference: float, coupling: float) -> float:
    """The gap (rad) at which two people who hear everyone (themselves too) stay: arcsin(difference / coupling).

    `difference` is that of their tempos (rad/s). nan if they never lock, that is if |difference| > coupling.
    """
    if abs(difference) > coupling:
        return math.nan
    return math.asin(difference / coupling) if difference else 0.0


def _pull(
    params: Kuramoto, voices: np.ndarray, hearer: np.ndarray, heard: np.ndarray
) -> Callable[[np.ndarray], object]:
    """A function that writes how fast each person is pulled (rad/s), given what `voices` hold when it is called.

    `voices` are those of one crowd or of several in a row, and one place more: a silent one, heard where a slot of the
    table below is free. The sum over heard j of sin(theta_j - theta_i) is the imaginary part of conj(voice of i) * sum
    of their voices.
    """
    spoken = voices[:-1]
    if params.network == "conductor":  # the beat stands still in the turning frame
        return lambda out: np.multiply(spoken.imag, -params.coupling, out=out)
    field = np.empty_like(spoken)
    if params.network == "everyone":
        crowds, fields = (all_.reshape(-1, params.people) for all_ in (spoken, field))

        def towards_all(out: np.ndarray) -> None:
            np.conjugate(spoken, out=field)
            shared = np.add.reduce(crowds, axis=1, keepdims=True) * (params.coupling / params.people)
            np.multiply(fields, shared, out=fields)
            np.copyto(out, field.imag)

        return towards_all
    degree = np.bincount(hearer, minlength=len(spoken))
    by_hearer = np.argsort(hearer, kind="stable")
    slot = np.arange(len(hearer)) - np.repeat(np.cumsum(degree) - degree, degree)
    table = np.full((degree.max(initial=0), len(spoken)), len(spoken), dtype=np.intp)
    table[slot, hearer[by_hearer]] = heard[by_hearer]
    chorus, against = np.empty(table.shape, dtype=voices.dtype), np.empty_like(spoken)
    share = (params.coupling / np.maximum(degree, 1)).astype(voices.real.dtype)

    def towards_heard(out: np.ndarray) -> None:
        np.add.reduce(voices.take(table, out=chorus, mode="clip"), out=field)
        np.conjugate(spoken, out=against)
        np.multiply(field, against, out=field)
        np.multiply(field.imag, share, out=out)

    return towards_heard


def _paths(
    params: Kuramoto, own: np.ndarray, phases: np.ndarray, hearer: np.ndarray, heard: np.ndarray, frames: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """What `integrate` returns, and the voices exp(i theta), complex, shape (time, people).

    Several crowds that do not hear each other can stand one after another in `own`, `phases` and the ties.
    """
    heads = len(own)
    steps, step = round(params.seconds / params.step), params.step / params.parts
    every = max(1, math.ceil(steps / max(1, frames)))
    marks = np.append(np.arange(0, steps, every), steps)  # the steps after which a frame is kept
    kept = np.empty((len(marks), heads))
    voices = np.zeros(heads + 1, dtype=np.complex64 if len(hearer) else complex)  # phases stay in double precision
    kept_voices = np.empty(kept.shape, dtype=voices.dtype)
    spoken, cosine, sine = voices[:-1], voices.real[:-1], voices.imag[:-1]
    angle, move = np.empty((2, heads), dtype=cosine.dtype)
    past = np.zeros((len(ADAMS), heads), dtype=cosine.dtype)  # the last pulls; a new one takes the place of the oldest
    places = list(past)
    weights = [(step * np.roll(ADAMS, newest)).astype(cosine.dtype) for newest in range(len(ADAMS))]
    pull = _pull(params, voices, hearer.astype(np.intp), heard.astype(np.intp))
    drift, now, turns = own * step, phases.astype(float), np.zeros(heads)

    def speak(phases: np.ndarray) -> None:
        np.copyto(angle, phases, casting="same_kind")
        np.cos(angle, out=cosine)
        np.sin(angle, out=sine)

    speak(now)
    done = 0
    for frame, further in enumerate(np.diff(marks, prepend=0).tolist()):
        for _step in range(further * params.parts):
            newest = done % len(places)
            latest = places[newest]
            pull(latest)
            if done < len(places) - 1:  # not enough of a past yet: Heun's method
                speak(now + drift + step * latest)
                pull(move)
                move += latest
                move *= step / 2
            else:
                np.dot(weights[newest], past, out=move)
            now += move
            now += drift
            speak(now)
            done += 1
        kept_voices[frame] = spoken
        np.add(now, turns, out=kept[frame])
        if frame % 16 == 0:  # small angles have precise sines
            whole = 2 * np.pi * np.rint(now / (2 * np.pi))
            now -= whole
            turns += whole
    return marks * params.step, kept, kept_voices


def integrate(
    params: Kuramoto,
    own: np.ndarray,
    phases: np.ndarray,
    hearer: np.ndarray,
    heard: np.ndarray,
    frames: int = 600,
) -> tuple[np.ndarray, np.ndarray]:
    """Times (s) and phases (time, people; radians, not wrapped) from given tempos (rad/s), first phases and ties.

    Besides the start at most `frames` moments are kept: the end, and evenly spaced ones before it. `hearer` and `heard`
    count only in the networks that have ties. ValueError if `own` or `phases` is not of shape (people,).
    """
    if own.shape != (params.people,) or phases.shape != (params.people,):
        raise ValueError(f"tempos {own.shape} and phases {phases.shape} must both have the shape ({params.people},)")
    return _paths(params, own, phases, hearer, heard, frames)[:2]


def _drawn(params: Kuramoto, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, tuple[np.ndarray, np.ndarray]]:
    """One crowd: tempos, first phases and ties, in the order that keeps a crowd the same when a control moves."""
    return tempos(params, rng), first_phases(params, rng), ties(params, rng)


def _summary(params: Kuramoto, time: np.ndarray, together: np.ndarray, nearby: np.ndarray) -> dict[str, float]:
    """The summary of one crowd, from the order at each moment and the order among those who hear each other."""
    tail = slice(-max(1, len(time) // 6), None)
    below = np.flatnonzero(together < 0.9)
    settled = 0.0 if len(below) == 0 else (math.nan if below[-1] + 1 == len(time) else float(time[below[-1] + 1]))
    return {
        "order": float(np.mean(together[tail])),
        "neighbour_order": float(np.mean(nearby[tail])),
        "settled": settled,
        "critical_coupling": critical_coupling(params.spread, params.diversity),
    }


def _orders(
    params: Kuramoto, voices: np.ndarray, pairs: tuple[np.ndarray, np.ndarray]
) -> tuple[np.ndarray, np.ndarray]:
    """The order at each moment, and that among those who hear each other; `voices` has shape (time, people)."""
    together = np.minimum(np.abs(np.mean(voices, axis=-1)), 1)
    if len(pairs[0]) == 0:
        return together, together
    agreement = _agreement(*pairs, params.people)  # a few frames at a time stay in the processor's cache
    return together, np.concatenate([agreement(voices[k : k + 32]) for k in range(0, len(voices), 32)])


def run(params: Kuramoto, rng: np.random.Generator, frames: int = 600) -> Run:
    """Integrate the model; keep the start and at most `frames` frames up to the end (fewer if they would exceed 2 MB).

    Clock: `time` (s). Frames: `phase`, uint8, shape (time, people), 256 steps to a turn. Series: `order`,
    `neighbour_order`. Still: `tempo` (rad/s, shape (people,)), `ties` (who hears whom, shape (ties, 2)) and of these
    the far ones, `far` (shape (listeners, 2)). Summary: `order` (mean over the last sixth), `neighbour_order` (the
    same), `settled` (first time (s) from which `order` stays above 0.9; nan if never), `critical_coupling`.
    """
    own, start, pairs = _drawn(params, rng)
    room = min(frames, FRAME_BYTES // params.people - 1)
    time, phases, voices = _paths(params, own, start, *pairs, room)
    together, nearby = _orders(params, voices, pairs)
    summary = _summary(params, time, together, nearby)
    byte = np.floor(phases * (FULL_TURN / (2 * np.pi))).astype(np.int64).astype(np.uint8)  # whole turns drop out
    listening = np.stack(pairs, axis=1)
    near = len(neighbours(params.people)[0])
    return Run(
        summary=summary,
        trace=_trace(params, time, together, summary),
        clock=Clock("time", "s", time),
        series={"order": together, "neighbour_order": nearby},
        frames={"phase": byte},
        still={"tempo": own, "ties": listening, "far": listening[near:]},
    )


def ends(params: Kuramoto, seeds: Sequence[int]) -> dict[str, np.ndarray]:
    """The summary of `run` for each seed, by measure, shape (seeds,): the same crowds, worked out side by side."""
    return _ends(params, [np.random.default_rng(seed) for seed in seeds])


def run_many(params: Kuramoto, rng: np.random.Generator, runs: int) -> dict[str, np.ndarray]:
    """The summary of `run` for `runs` crowds drawn one after another, by measure, shape (runs,)."""
    return _ends(params, [rng] * runs)


def _ends(params: Kuramoto, rngs: Sequence[np.random.Generator]) -> dict[str, np.ndarray]:
    size, n = max(1, TOGETHER_AT_ONCE // params.people), params.people
    found = []
    for first in range(0, len(rngs), size):
        crowds = [_drawn(params, rng) for rng in rngs[first : first + size]]
        hearer, heard = (
            np.concatenate([pairs[side] + k * n for k, (_own, _start, pairs) in enumerate(crowds)]) for side in (0, 1)
        )
        own, start = (np.concatenate([crowd[part] for crowd in crowds]) for part in (0, 1))
        time, _phases, voices = _paths(params, own, start, hearer, heard, min(600, FRAME_BYTES // n - 1))
        for k, (_own, _start, pairs) in enumerate(crowds):
            together, nearby = _orders(params, voices[:, k * n : (k + 1) * n], pairs)
            found.append(_summary(params, time, together, nearby))
    names = ("order", "neighbour_order", "settled", "critical_coupling")
    return {name: np.array([summary[name] for summary in found]) for name in names}


def _trace(params: Kuramoto, time: np.ndarray, together: np.ndarray, summary: dict[str, float]) -> tuple[str, ...]:
    begin = n_("{people} person begins, alone.", "{people} people begin; {share:.0%} together.", params.people)
    sentences = [begin.format(people=params.people, share=together[0])]
    if params.people == 1:
        return (*sentences, _("There is nobody to be together with."))
    for index in sorted({round(part * (len(time) - 1)) for part in (0.25, 0.5, 0.75, 1.0)}):
        after = _("After {seconds:.0f} seconds: {share:.0%} together.")
        sentences.append(after.format(seconds=time[index], share=together[index]))
    if summary["order"] < 0.5 and summary["neighbour_order"] > 0.8:
        sentences.append(_("Neighbours agree, the plaza does not: patterns that look like order and are not."))
    elif not math.isnan(summary["settled"]):
        sentences.append(
            _("From second {second:.0f} on they stay above 90% together.").format(second=summary["settled"])
        )
    return tuple(sentences)
