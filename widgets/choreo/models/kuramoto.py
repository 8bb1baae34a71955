"""Kuramoto's model: people with a tempo of their own who tune in to those they hear.

Y. Kuramoto, "Self-entrainment of a population of coupled non-linear oscillators", Lecture Notes in Physics 39 (1975)
420-422; S. H. Strogatz, "From Kuramoto to Crawford", Physica D 143 (2000) 1-20. Each person i has a phase and a natural
tempo w_i, and is pulled towards the people j that i hears:

    d theta_i / dt = w_i + K * mean over heard j of sin(theta_j - theta_i)

With everyone heard this is the published model: the order parameter r = |mean exp(i theta)| stays near 0 below the
critical coupling K_c = 2 / (pi g(0)) and rises above it; K_c = 2 gamma for a Lorentzian and sqrt(8 / pi) sigma for a
normal spread. Integrated with Heun's method.

Ours: the plaza. People stand on a grid without wrap-around and hear four neighbours; "far listeners" hear one person
anywhere on the plaza as well; a conductor is one steady beat that everybody hears and who hears nobody. The frame of
reference turns with the mean tempo, so phases show differences only.

Left out: people can stop listening, lie, tire, or agree on a new tempo; oscillators cannot.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from choreo.models.parameter import Parameters, choice, number, whole
from choreo.models.run import Run

NETWORKS = ("everyone", "neighbours", "far listeners", "conductor")
SPREADS = ("normal", "lorentz")
FULL_TURN = 256  # phases travel as one byte: 256 steps to a turn
FRAME_BYTES = 2_000_000  # what one run may send to the stage


@dataclass(frozen=True)
class Kuramoto(Parameters):
    """Who tunes in to whom, and how strongly."""

    coupling: float = number(2.0, 0, 20, "how strongly people adjust to those they hear", "rad/s")
    diversity: float = number(0.5, 0, 5, "how much people's own tempos differ", "rad/s")
    people: int = whole(200, 1, 5000, "how many people take part")
    network: str = choice("neighbours", NETWORKS, "who hears whom")
    far: int = whole(0, 0, 5000, "how many people also hear one person far away (network: far listeners)")
    spread: str = choice("normal", SPREADS, "the shape of the spread of tempos")
    seconds: float = number(60.0, 0, 1000, "how long the run lasts", "s")
    step: float = number(0.1, 0.001, 0.1, "the longest time step of the integration", "s")


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
    people = phases.shape[-1]  # two who hear each other are one pair that counts twice
    pairs, count = np.unique(np.minimum(hearer, heard) * people + np.maximum(hearer, heard), return_counts=True)
    together: np.ndarray = np.cos(phases[..., pairs // people] - phases[..., pairs % people]) @ count / len(hearer)
    return together


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


def ties(params: Kuramoto, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Who hears whom as two index arrays (hearer, heard); empty for `everyone` and `conductor`."""
    n = params.people
    none = np.empty(0, dtype=np.intp)
    if params.network in ("everyone", "conductor") or n < 2:
        return none, none
    columns = plaza_columns(n)
    person = np.arange(n)
    right = person[(person % columns < columns - 1) & (person + 1 < n)]
    below = person[person + columns < n]
    hearer = np.concatenate([right, right + 1, below, below + columns])
    heard = np.concatenate([right + 1, right, below + columns, below])
    if params.network == "far listeners":
        listeners = rng.permutation(n)[: min(params.far, n)]
        others = (listeners + rng.integers(1, n, size=len(listeners))) % n  # anyone but oneself
        hearer, heard = np.concatenate([hearer, listeners]), np.concatenate([heard, others])
    return hearer, heard


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
    for _ in range(40):
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


def _change(
    params: Kuramoto, step: float, own: np.ndarray, hearer: np.ndarray, heard: np.ndarray
) -> Callable[[np.ndarray], np.ndarray]:
    """A function from phases to how far each would move in one step at the present speed (rad)."""
    n = params.people
    drift, gain = own * step, params.coupling * step
    if params.network == "conductor":
        return lambda phases: drift - gain * np.sin(phases)  # the beat stands still in the turning frame
    voices = np.zeros(n + 1, dtype=complex)  # the last place is a silent person, heard where a slot is free
    spoken, cosine, sine = voices[:n], voices.real[:n], voices.imag[:n]
    if params.network == "everyone":

        def towards_all(phases: np.ndarray) -> np.ndarray:
            np.cos(phases, out=cosine)
            np.sin(phases, out=sine)
            pull: np.ndarray = (gain / n * np.add.reduce(spoken) * spoken.conj()).imag
            pull += drift
            return pull

        return towards_all
    degree = np.bincount(hearer, minlength=n)
    by_hearer = np.argsort(hearer, kind="stable")
    slot = np.arange(len(hearer)) - np.repeat(np.cumsum(degree) - degree, degree)
    table = np.full((degree.max(initial=0), n), n)
    table[slot, hearer[by_hearer]] = heard[by_hearer]
    chorus = np.empty(table.shape, dtype=complex)
    share = gain / np.maximum(degree, 1)

    def towards_heard(phases: np.ndarray) -> np.ndarray:
        np.cos(phases, out=cosine)
        np.sin(phases, out=sine)
        field = np.add.reduce(voices.take(table, out=chorus, mode="clip"))
        field *= spoken.conj()
        pull: np.ndarray = field.imag * share
        pull += drift
        return pull

    return towards_heard


def integrate(
    params: Kuramoto,
    own: np.ndarray,
    phases: np.ndarray,
    hearer: np.ndarray,
    heard: np.ndarray,
    frames: int = 600,
) -> tuple[np.ndarray, np.ndarray]:
    """Times (s) and phases (time, people; radians, not wrapped) from given tempos (rad/s), first phases and ties.

    Besides the start at most `frames` evenly spaced moments are kept. `hearer` and `heard` count only in the networks
    that have ties. ValueError if `own` or `phases` is not of shape (people,).
    """
    if own.shape != (params.people,) or phases.shape != (params.people,):
        raise ValueError(f"tempos {own.shape} and phases {phases.shape} must both have the shape ({params.people},)")
    parts = max(1, math.ceil(params.coupling * params.step))  # Heun's method needs coupling * step well below 2
    change = _change(params, params.step / parts, own, hearer, heard)
    steps = round(params.seconds / params.step)
    every = max(1, math.ceil(steps / max(1, frames)))
    kept = np.empty((steps // every + 1, params.people))
    kept[0] = now = phases
    for frame in range(1, len(kept)):
        for _ in range(every * parts):
            slope = change(now)
            slope += change(now + slope)
            slope *= 0.5
            now = now + slope
        kept[frame] = now
    return np.arange(len(kept)) * (every * params.step), kept


def run(params: Kuramoto, rng: np.random.Generator, frames: int = 600) -> Run:
    """Integrate the model; keep the start and at most `frames` evenly spaced frames (fewer if they would exceed 2 MB).

    Frames: `phase`, uint8, shape (time, people), 256 steps to a turn. Series, one value per frame: `time` (s), `order`,
    `neighbour_order`. Summary: `order` (mean over the last sixth), `neighbour_order` (the same), `settled` (first time
    (s) from which `order` stays above 0.9; nan if never), `critical_coupling`.
    """
    own = tempos(params, rng)
    hearer, heard = ties(params, rng)
    phases = rng.uniform(0, 2 * np.pi, params.people)
    time, kept = integrate(params, own, phases, hearer, heard, min(frames, FRAME_BYTES // params.people - 1))
    return _describe(params, time, kept, hearer, heard)


def _describe(params: Kuramoto, time: np.ndarray, phases: np.ndarray, hearer: np.ndarray, heard: np.ndarray) -> Run:
    together = order(phases)
    nearby = together
    if len(hearer):  # a few frames at a time stay in the processor's cache
        nearby = np.concatenate([local_order(phases[k : k + 32], hearer, heard) for k in range(0, len(phases), 32)])
    tail = slice(-max(1, len(phases) // 6), None)
    below = np.flatnonzero(together < 0.9)
    settled = 0.0 if len(below) == 0 else (math.nan if below[-1] + 1 == len(time) else float(time[below[-1] + 1]))
    summary = {
        "order": float(np.mean(together[tail])),
        "neighbour_order": float(np.mean(nearby[tail])),
        "settled": settled,
        "critical_coupling": critical_coupling(params.spread, params.diversity),
    }
    byte = np.floor(phases * (FULL_TURN / (2 * np.pi))).astype(np.int64).astype(np.uint8)  # whole turns drop out
    return Run(
        summary=summary,
        trace=_trace(params, time, together, summary),
        series={"time": time, "order": together, "neighbour_order": nearby},
        frames={"phase": byte},
    )


def _trace(params: Kuramoto, time: np.ndarray, together: np.ndarray, summary: dict[str, float]) -> tuple[str, ...]:
    sentences = [f"{params.people} people begin; {together[0]:.0%} together."]
    for part in (0.25, 0.5, 0.75, 1.0):
        index = round(part * (len(time) - 1))
        sentences.append(f"After {time[index]:.0f} seconds: {together[index]:.0%} together.")
    if summary["order"] < 0.5 and summary["neighbour_order"] > 0.8:
        sentences.append("Neighbours agree, the plaza does not: patterns that look like order and are not.")
    elif not math.isnan(summary["settled"]):
        sentences.append(f"From second {summary['settled']:.0f} on they stay above 90% together.")
    return tuple(sentences)
