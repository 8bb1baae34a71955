"""What a lesson says about its model: a sentence of its notebook or of an exercise, and the number behind it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from choreo.explorables.finder import explorable

ROOT = Path(__file__).parents[2]


@cache
def said(lesson: str) -> str:
    """All that a lesson says, its exercises included, in one line."""
    cells = json.loads((ROOT / f"lessons/{lesson}.ipynb").read_text(encoding="utf-8"))["cells"]
    texts = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
    texts += _texts(
        [yaml.safe_load(path.read_text("utf-8")) for path in sorted((ROOT / f"exercises/{lesson}").glob("*.yaml"))]
    )
    return re.sub(r"\s+", " ", " ".join(texts).replace("*", ""))


def _texts(value: Any) -> list[str]:
    if isinstance(value, Mapping):
        return [text for part in value.values() for text in _texts(part)]
    if isinstance(value, list):
        return [text for part in value for text in _texts(part)]
    return [value] if isinstance(value, str) else []


@cache
def _ends(name: str, settings: str, seeds: int) -> Mapping[str, np.ndarray]:
    found = explorable(name)
    return found.ends(found.params({**found.start, **json.loads(settings)}), range(seeds))


def ends(name: str, seeds: int, **settings: Any) -> Mapping[str, np.ndarray]:
    """What each measure comes to in the crowds 0 to `seeds` - 1, worked out once."""
    return _ends(name, json.dumps(settings, sort_keys=True), seeds)


@dataclass(frozen=True)
class Claim:
    """A mean over crowds, as a sentence states it: true to `digits`, give or take two standard errors."""

    sentence: str
    states: float
    measure: str
    settings: Mapping[str, Any]
    seeds: int = 100
    half: float = 0.005  # half of the last digit that the sentence gives

    def check(self, lesson: str, name: str) -> None:
        """Assert that the lesson says so, and that it is so."""
        assert self.sentence in said(lesson)
        values = ends(name, self.seeds, **self.settings)[self.measure]
        error = float(np.std(values, ddof=1) / np.sqrt(len(values)))
        assert abs(float(np.mean(values)) - self.states) <= self.half + 2 * error, float(np.mean(values))
        assert error <= 5 * self.half, "too few crowds to state it so"
