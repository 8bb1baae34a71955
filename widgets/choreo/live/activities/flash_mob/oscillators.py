"""The people of a room as Kuramoto's oscillators who hear each other as the people do."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from choreo.models.kuramoto import Kuramoto, integrate, order

SMALL, TRIES = 100, 3  # a room of up to so many people is run several times: chance is large there


def heard_by(row: int, ring: Sequence[int], place: int, most: int, far: float | None = None) -> list[int]:
    """Whom a person hears: the nearest on the ring, on both sides, never themselves; and one farther away.

    `ring` holds rows in order, `place` is where `row` stands or would stand in it, `far` (0 to 1) picks who is far away.
    """
    size = len(ring)
    own = int(place < size and ring[place] == row)
    near = min(most, size - own)
    left = near // 2
    heard = [ring[(place - 1 - step) % size] for step in range(left)]
    heard += [ring[(place + own + step) % size] for step in range(near - left)]
    rest = size - own - near
    if far is not None and rest > 0:
        heard.append(ring[(place + own + near - left + int(far * rest)) % size])
    return heard


def listening(own: np.ndarray, reached: float) -> float:
    """The coupling (rad/s) at which oscillators of these tempos (rad/s) that all hear each other get this far together.

    With a field x = coupling * r those with |w| < x lock at the angle arcsin(w / x), and r is the mean of its cosine.
    """
    low, high = 0.0, float(np.max(np.abs(own))) * 50 + 1e-9
    for _ in range(50):
        field = (low + high) / 2
        share = np.clip(own / field, -1, 1)
        low, high = (field, high) if np.mean(np.sqrt(1 - share**2)) < reached else (low, field)
    return field / max(reached, 1e-9)


def ring_ties(people: int, most: int, far: Sequence[float | None]) -> tuple[np.ndarray, np.ndarray]:
    """Who hears whom as two index arrays (hearer, heard): neighbours on a ring, and the one that `far` picks, if any."""
    ring = range(people)
    heard = [heard_by(row, ring, row, most, far[row]) for row in ring]
    hearer = np.repeat(np.arange(people, dtype=np.intp), [len(some) for some in heard])
    return hearer, np.array([other for some in heard for other in some], dtype=np.intp)


def settled(
    network: str,
    own: np.ndarray,
    coupling: float,
    ties: tuple[np.ndarray, np.ndarray],
    rng: np.random.Generator,
    seconds: float = 60.0,
    begun: float = 0.0,
) -> float:
    """The mean order at the end of a run that begins with the order `begun`; `own` are tempos about that of the frame.

    A normal spread s of phases has the order exp(-s^2 / 2).
    """
    people = len(own)
    params = Kuramoto(coupling=coupling, people=people, network=network, seconds=seconds)
    spread = math.sqrt(-2 * math.log(min(max(begun, 1e-4), 1.0)))
    runs = []
    for _ in range(TRIES if people <= SMALL else 1):
        _, paths = integrate(params, own, spread * rng.standard_normal(people), *ties, frames=60)
        runs.append(float(np.mean(order(paths[-len(paths) // 3 :]))))
    return float(np.mean(runs))
