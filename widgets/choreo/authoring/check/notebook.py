"""A notebook as the check reads it: cells with their numbers, and places in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from choreo.serve.notebook import read_cells


@dataclass(frozen=True)
class Cell:
    """One cell; `number` counts all cells of the notebook from 1."""

    number: int
    kind: str  # "code", "markdown", "raw"
    source: str
    raw: Mapping[str, Any]

    @property
    def tags(self) -> tuple[str, ...]:
        """What its author marked it with."""
        found = self.raw.get("metadata", {}).get("tags", ())
        return tuple(map(str, found)) if isinstance(found, list) else ()

    @property
    def outputs(self) -> tuple[Mapping[str, Any], ...]:
        """What was saved of what it showed."""
        found = self.raw.get("outputs", ())
        return tuple(one for one in found if isinstance(one, Mapping)) if isinstance(found, list) else ()


@dataclass(frozen=True)
class Fault:
    """What is wrong in a notebook, with its remedy, and where: cell 0 is the notebook itself, line 0 the cell itself."""

    cell: int
    line: int
    text: str

    def told(self, path: Path) -> str:
        """Place, fault and remedy in one line."""
        cell = f", cell {self.cell}" if self.cell else ""
        line = f", line {self.line}" if self.line else ""
        return f"{path}{cell}{line}: {self.text}"


@dataclass(frozen=True)
class Notebook:
    """One notebook."""

    path: Path
    cells: tuple[Cell, ...]

    @property
    def name(self) -> str:
        """Of the lesson, as its file has it."""
        return self.path.stem

    @cached_property
    def code(self) -> tuple[Cell, ...]:
        """The cells that are run."""
        return tuple(cell for cell in self.cells if cell.kind == "code" and cell.source.strip())

    def prose(self) -> Iterator[Cell]:
        """The cells that are read."""
        return (cell for cell in self.cells if cell.kind == "markdown")


def read_notebook(path: Path) -> Notebook:
    """The notebook in a file; raise NotebookError."""
    cells = read_cells(path)
    return Notebook(path, tuple(Cell(at, cell["cell_type"], cell["source"], cell) for at, cell in enumerate(cells, 1)))
