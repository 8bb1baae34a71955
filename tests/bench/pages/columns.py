"""What is measured, in columns; what misses its aim gets a "!"."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from tests.bench.pages.visits import TIMES


def middle(seen: Sequence[dict[str, float]], name: str) -> float | None:
    """The median of what visits saw of one column."""
    values = [one[name] for one in seen if name in one]
    return median(values) if values else None


def number(value: float | None, name: str) -> str:
    """A cell of the table."""
    if value is None:
        return f"{'-':>12}"
    return f"{value:12.2f}" if name in TIMES else f"{value:12.1f}"


def over(value: float | None, most: float | None) -> str:
    """A mark for what exceeds its aim; what is not a number does."""
    return "!" if most is not None and not (value is not None and value <= most) else " "


def line(what: str, values: Sequence[float], unit: str, middle: float | None = None, late: float | None = None) -> None:
    """Print the median of some values, and the value that 95 of 100 stay under."""
    if not values:
        print(f"{what:60} nothing was measured!")
        return
    p50, p95 = median(values), sorted(values)[min(len(values) - 1, int(0.95 * len(values)))]
    aim = ", ".join(f"{name} at most {most:g}" for name, most in (("p50", middle), ("p95", late)) if most)
    print(
        f"{what:60} p50 {p50:7.2f}{over(p50, middle)} p95 {p95:7.2f}{over(p95, late)} {unit:3} ({len(values)})  {aim}",
        flush=True,
    )
