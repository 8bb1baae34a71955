"""How fast the models are: `make bench` prints it as two tables. Nothing here fails; what is over budget gets a "!".

The first table: each model's default run and the largest setting that an explorable uses, in milliseconds of processor
time (median), with the peak memory of one run and the bytes that its frames take to the stage. The second: the same
work in Mesa and in networkx, in this same process, and the ratio of the medians.
"""

from __future__ import annotations

import importlib
import pkgutil
import platform
import time
import tracemalloc
from collections.abc import Callable, Iterator
from statistics import median

import numpy as np

import choreo.models
from choreo.models.parameter import Parameters
from choreo.models.run import Run

DEFAULT_BUDGET, LARGEST_BUDGET = 100, 500  # milliseconds
FRAME_BUDGET = 2_000_000  # bytes

LARGEST: dict[str, dict[str, float | str]] = {
    "Cascade": {"people": 200, "groups": 5000},
    "Crowd": {"people": 1000, "rounds": 100},
    "Culture": {"rows": 15, "columns": 15},
    "Emperor": {"rows": 64, "columns": 64, "rounds": 150},
    "Influence": {"people": 500, "rounds": 500},
    "Kuramoto": {"people": 300, "network": "far listeners", "far": 50, "coupling": 5},
    "Learning": {"people": 100, "dimensions": 50, "turnover": 0.1, "turbulence": 0.02},
    "MinimumEffort": {"people": 200, "levels": 20, "rounds": 200},
    "NamingGame": {"people": 2000, "committed": 0.08},
    "NetworkSearch": {"people": 400, "interactions": 15},
    "ProblemSolvers": {"reach": 20},
    "PublicGood": {"people": 100, "groups": 50, "rounds": 200, "noise": 0.1},
    "SmallWorld": {"people": 2000},
    "StagHunt": {"people": 1000, "rounds": 500},
    "Thresholds": {"people": 5000},
    "Trust": {"rounds": 2000, "pairs": 400, "again": 0.99},
    "TrustGrid": {"size": 200, "rounds": 500},
    "TwoUnits": {"components": 16, "interactions": 15},
}


def models() -> Iterator[tuple[type[Parameters], Callable[..., Run]]]:
    """Every parameter record of `choreo.models`, with the function that runs it."""
    for module in pkgutil.iter_modules(choreo.models.__path__):
        names = vars(importlib.import_module(f"choreo.models.{module.name}"))
        if "run" not in names:
            continue
        for record in names.values():
            if isinstance(record, type) and issubclass(record, Parameters) and record.__module__ == names["__name__"]:
                yield record, names["run"]


def timed(work: Callable[[int], float], times: int) -> tuple[float, float]:
    """The median processor time (ms) and the median result of `work` for the numbers 0, 1, ..., after a warm-up."""
    work(0)
    taken, results = [], []
    for number in range(times):
        start = time.process_time()
        results.append(work(number))
        taken.append(time.process_time() - start)
    return 1000 * median(taken), median(results)


def peak(work: Callable[[int], object]) -> float:
    """The most memory (MB) that one call of `work` held at once, beyond what was held before."""
    tracemalloc.start()
    work(0)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most / 1e6


def over(value: float, budget: float) -> str:
    """A mark for what exceeds its budget."""
    return "!" if value > budget else " "


def measure(run: Callable[..., Run], params: Parameters, budget: float, times: int) -> str:
    """One setting's time, memory and frame bytes as three cells of the table."""

    def frame_bytes(seed: int) -> float:
        return run(params, np.random.default_rng(seed)).frame_bytes

    taken, frames = timed(frame_bytes, times)
    memory = peak(frame_bytes)
    return f"{taken:9.1f}{over(taken, budget)} {memory:8.2f} {frames / 1000:9.1f}{over(frames, FRAME_BUDGET)}"


def ours() -> None:
    """Print the table of the models."""
    print(f"{'':16} {'default run':^31} {'largest setting':^31}")
    print(f"{'model':16} " + 2 * f"{'ms':>9}  {'peak MB':>8} {'frame kB':>9}  ")
    for record, run in models():
        largest = LARGEST.get(record.__name__, {})
        cells = measure(run, record(), DEFAULT_BUDGET, 9), measure(run, record(**largest), LARGEST_BUDGET, 3)
        setting = ", ".join(f"{name} {value}" for name, value in largest.items())
        print(f"{record.__name__:16} {cells[0]} {cells[1]}  {setting}", flush=True)


def compared() -> None:
    """Print the table of the comparisons, if Mesa and networkx are there."""
    try:
        from tests.bench import mesa_models, networkx_measures
    except ModuleNotFoundError as missing:
        print(f"\nNo comparison: {missing.name} is not installed.")
        return
    print(f"\n{'the same work':48} {'ours ms':>9} {'theirs ms':>10} {'ratio':>7}  median result: ours, theirs")
    for rival, comparisons in (("Mesa", mesa_models.COMPARISONS), ("networkx", networkx_measures.COMPARISONS)):
        for name, our_work, their_work in comparisons:
            (mine, result), (theirs, their_result) = timed(our_work, 5), timed(their_work, 5)
            times = f"{mine:9.2f} {theirs:10.1f} {theirs / mine:7.1f}"
            print(f"{f'{name} ({rival})':48} {times}  {result:.4g}, {their_result:.4g}", flush=True)


if __name__ == "__main__":
    print(f"Python {platform.python_version()}, numpy {np.__version__}, {platform.machine()}; median times, one core\n")
    ours()
    compared()
