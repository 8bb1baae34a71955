"""People in departments of the same size: who is where, who knows whom, and which bridges may be drawn between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from choreo.models.small_world import Network


@dataclass(frozen=True)
class Departments:
    """Departments in which everybody knows everybody; people are numbered from 0, department by department."""

    size: int = 8
    count: int = 4
    most: int = 24  # bridges that are kept of what was drawn

    @property
    def people(self) -> int:
        """How many there are in all."""
        return self.size * self.count

    @property
    def of(self) -> np.ndarray:
        """Each person's department, shape (people,)."""
        return np.arange(self.people) // self.size

    @property
    def pairs(self) -> np.ndarray:
        """All pairs of people, shape (pairs, 2)."""
        return np.stack(np.triu_indices(self.people, 1), axis=1)

    @property
    def within(self) -> np.ndarray:
        """The pairs of one department, shape (pairs, 2)."""
        one, other = self.of[self.pairs].T
        return np.asarray(self.pairs[one == other])

    def joined(self, bridges: np.ndarray | tuple[tuple[int, int], ...] = ()) -> Network:
        """The departments with these bridges between them."""
        return Network(self.people, np.concatenate([self.within, np.array(bridges, dtype=np.intp).reshape(-1, 2)]))

    def everyone(self) -> Network:
        """Everybody tied to everybody."""
        return Network(self.people, self.pairs)

    def sound(self, wanted: object) -> list[Any]:
        """Pairs of people of different departments in `wanted`, each once, at most `most`; of anything else nothing."""
        found: list[list[int]] = []
        for pair in wanted if isinstance(wanted, list) else ():
            match pair:
                case [int(one), int(other)] if min(one, other) >= 0 and max(one, other) < self.people:
                    tidy = [min(one, other), max(one, other)]
                    if one // self.size != other // self.size and tidy not in found:
                        found.append(tidy)
        return found[: self.most]

    def places(self, rows: int) -> np.ndarray:
        """A ring for each department, in so many rows, shape (people, 2), from 0 to 1."""
        columns = -(-self.count // rows)
        turn = 2 * np.pi * np.arange(self.size) / self.size
        ring = np.stack([np.cos(turn), np.sin(turn)], axis=1) * [0.38 / columns, 0.33 / rows]
        across, down = _middles(columns, 0.4), _middles(rows, 0.36)
        middles = np.array([[across[at % columns], down[at // columns]] for at in range(self.count)])
        return np.concatenate([middle + ring for middle in middles]).astype(np.float32)


def _middles(many: int, edge: float) -> np.ndarray:
    """Where so many stand in a row, the outer ones `edge` of their share from the end."""
    return np.linspace(edge / many, 1 - edge / many, many) if many > 1 else np.array([0.5])
