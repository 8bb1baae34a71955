"""What a room's estimates of one number add up to, alone and after seeing others; in numbers, sentences, and figures.

Errors count in units or in factors (half, double, ten times); in factors everything is reckoned with logarithms, and the
mean is the geometric one. The mean is what the diversity prediction theorem is about; the middle estimate (the median) is
told beside it, because a few wild guesses cannot move it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from choreo.live.scene import Figure
from choreo.models import crowd
from choreo.roles import Role, in_role
from choreo.words import n_

ROUNDS = 4  # of seeing others, in the model
MOST_MODELLED = 1000  # people that the model takes
FEWEST_KEPT = 4  # people who moved or could have: fewer do not tell how much a room keeps of its own


@dataclass(frozen=True)
class Outcome:
    """How far off some estimates are; on the scale that errors count in."""

    mean: float
    middle: float
    off: float  # of the mean
    usual: float  # half of the people are off by so much or more
    beaten: int  # how many people are further off than the mean
    crowd: float  # the three parts of the theorem, squared: crowd = average - diversity
    average: float
    diversity: float


def outcome(values: np.ndarray, truth: float) -> Outcome:
    """The outcome of one value or more."""
    errors, off = np.abs(values - truth), abs(float(np.mean(values - truth)))
    whole, average, diversity = (float(part) for part in crowd.diversity_prediction(values, truth))
    return Outcome(
        mean=float(np.mean(values)),
        middle=float(np.median(values)),
        off=off,
        usual=float(np.median(errors)),
        beaten=int(np.sum(errors > off)),
        crowd=whole,
        average=average,
        diversity=diversity,
    )


@dataclass(frozen=True)
class Scale:
    """How values and errors are reckoned and spelled."""

    unit: str = ""  # empty for years
    factors: bool = False

    def of(self, values: Iterable[float]) -> np.ndarray:
        """Plain values on the scale."""
        array = np.array(list(values), dtype=float)
        return np.asarray(np.log10(array)) if self.factors else array

    def plain(self, value: float) -> float:
        """A value on the scale as a plain one."""
        return float(10**value) if self.factors else float(value)

    def amount(self, value: float) -> str:
        """A plain value in words; years have no unit, and no comma."""
        return f"{spelled(value)} {self.unit}" if self.unit else spelled(value).replace(",", "")

    def error(self, off: float) -> str:
        """An error in words."""
        return f"a factor of {10**off:.3g}" if self.factors else self.amount(off)

    def errors(self, offs: Iterable[float]) -> list[float]:
        """Errors as a figure shows them: in units, or as factors."""
        return [tidy(self.plain(off)) for off in offs]

    @property
    def error_axis(self) -> dict[str, Any]:
        """The axis of a figure that shows errors of the mean."""
        words = "factor" if self.factors else self.unit or "years"
        return {
            "title": {"text": f"the mean is off by ({words})"},
            "rangemode": "normal" if self.factors else "tozero",
        }


@dataclass(frozen=True)
class Estimates:
    """A room's estimates; at least one. `again` and `seen` are in the order of `alone`, or empty."""

    scale: Scale
    truth: float
    alone: tuple[float, ...]
    again: tuple[float, ...] = ()
    seen: tuple[tuple[float, ...], ...] = ()  # what each person was shown before the second estimate

    @cached_property
    def _goal(self) -> float:
        return float(self.scale.of([self.truth])[0])

    @cached_property
    def before(self) -> Outcome:
        """What came alone."""
        return outcome(self.scale.of(self.alone), self._goal)

    @cached_property
    def after(self) -> Outcome | None:
        """What came again, if it did."""
        return outcome(self.scale.of(self.again), self._goal) if self.again else None

    @cached_property
    def kept(self) -> tuple[float, float] | None:
        """How much of their own estimate people kept, 0 to 1: those nearer the truth, and those further away."""
        kept = []
        for first, second, others in zip(self.alone, self.again, self.seen, strict=False):
            own, again = self.scale.of([first, second])
            if others and own != (toward := float(np.mean(self.scale.of(others)))):
                kept.append((abs(own - self._goal), min(1.0, max(0.0, float((again - toward) / (own - toward))))))
        if len(kept) < FEWEST_KEPT:
            return None
        shares, half = [share for _, share in sorted(kept)], len(kept) // 2
        return float(np.mean(shares[:half])), float(np.mean(shares[-half:]))

    def change(self) -> str:
        """What seeing others did, in a sentence; empty if nobody estimated again."""
        before, after = self.before, self.after
        if after is None:
            return ""
        if math.isclose(after.off, before.off, abs_tol=1e-12):
            room = "our mean is as far off as before"
        else:
            nearer = "nearer the truth" if after.off < before.off else "further from the truth"
            room = f"our mean is {nearer}: off by {self.scale.error(after.off)}"
        left = math.sqrt(after.diversity / before.diversity) if before.diversity > 0 else 1.0
        differ = f"we differ {left:.0%} as much" if left < 0.995 else "we differ no less"
        return f"After seeing others {differ}, and {room}."

    def spread(self, told: bool = True) -> Figure:
        """How many estimates lie where, the same with the truth and without; the few far out are counted at the edges."""
        scale, every = self.scale, self.scale.of(self.alone + self.again)
        low, high = float(np.quantile(every, 0.05)), float(np.quantile(every, 0.95))
        pad = 0.15 * (high - low) or 0.01 * abs(low) or 1.0
        edges = np.linspace(low - pad, high + pad, 9 + min(16, math.isqrt(len(self.alone))))
        lines, most, x = [], 1, [tidy(scale.plain(edge), 8) for edge in edges]
        for values, name, look in ((self.alone, "alone", in_role("others")), (self.again, "again", in_role("you"))):
            if values:
                clipped = np.clip(scale.of(values), edges[0], edges[-1])
                counts = np.histogram(clipped, edges)[0].tolist()
                most = max(most, *counts)
                line = {"type": "scatter", "mode": "lines", "x": x, "y": [*counts, counts[-1]], "name": name}
                lines.append(line | {"line": {"shape": "hv"}, "fill": "tozeroy", **look})
        line = {"type": "scatter", "mode": "lines", "x": [self.truth] * 2, "y": [0, most], "name": "true"}
        unit = f" ({scale.unit})" if scale.unit else ""
        layout: dict[str, Any] = {
            "xaxis": {"title": {"text": f"estimate{unit}"}, "type": "log" if scale.factors else "linear"},
            "yaxis": {"title": {"text": "people"}, "rangemode": "tozero"},
        }
        if told:
            low, high = min(float(edges[0]), self._goal), max(float(edges[-1]), self._goal)
            room = 0.03 * (high - low)  # so that the truth is never drawn upon the edge
            layout["xaxis"]["range"] = [
                low - room,
                high + room,
            ]  # of a logarithmic axis, too, on the scale that errors count in
        says = f"Alone, half of the estimates are {scale.amount(scale.plain(self.before.middle))} or less"
        if self.after is not None:
            says += f"; again, {scale.amount(scale.plain(self.after.middle))} or less"
        says += f"; {scale.amount(self.truth)} is true." if told else "."
        if out := int(np.sum((every < edges[0]) | (every > edges[-1]))):
            more = n_("One estimate", "{count} estimates", out).format(count=out)
            says += f" {more} further out: counted at the edges."
        true = line | {"line": {"width": 8}, **in_role("goal")}
        return Figure((*lines, true) if told else tuple(lines), layout, says)

    def nearest(self) -> Figure:
        """How far off the mean of all estimates made alone is, beside the nearest of them and the one in the middle."""
        now, mine = self.before, "the mean of all of us"
        offs = {
            "the nearest of us": self._least_off,
            mine: now.off,
            "the middle one of us": now.usual,
        }
        values = self.scale.errors(offs.values())
        texts = [self.scale.error(off) for off in offs.values()]
        bars = tuple(
            {"type": "bar", "orientation": "h", "y": [name], "x": [value], "text": [told], "name": name}
            | in_role("you" if name == mine else "others")
            for name, value, told in zip(offs, values, texts, strict=True)
        )
        words = "factor" if self.scale.factors else self.scale.unit or "years"
        layout: dict[str, Any] = {
            "xaxis": {"title": {"text": f"off by ({words})"}, "range": [0, 1.25 * (max(values) or 1)]},
            "yaxis": {"type": "category", "autorange": "reversed", "automargin": True},
            "showlegend": False,
        }
        says = "; ".join(f"{name}: off by {told}" for name, told in zip(offs, texts, strict=True))
        return Figure(bars, layout, f"Estimated alone. {says}.")

    @cached_property
    def _least_off(self) -> float:
        return float(np.min(np.abs(self.scale.of(self.alone) - self._goal)))

    def parts(self) -> Figure:
        """The diversity prediction theorem in bars; the average person's squared error, alone, is 100."""
        whole = self.before.average or 1.0
        bars, says = [], []
        for now, name, look in ((self.before, "alone", in_role("others")), (self.after, "again", in_role("you"))):
            if now is not None:
                parts = [round(100 * part / whole, 1) for part in (now.average, now.diversity, now.crowd)]
                names = ["average person's error", "how much we differ", "the room's error"]
                bar = {"type": "bar", "x": names, "y": parts, "text": [f"{part:.0f}" for part in parts], "name": name}
                bars.append(bar | look)
                says.append(f"{name}, {parts[0]:g} less {parts[1]:g} is {parts[2]:g}")
        layout = {
            "xaxis": {"type": "category"},
            "yaxis": {"title": {"text": "squared; average person alone = 100"}},
            "barmode": "group",
        }
        return Figure(
            tuple(bars), layout, f"The room's error is the average error less our differences: {'; '.join(says)}."
        )

    def model(self, network: str, seed: int) -> np.ndarray:
        """How far off the mean is, round by round, if the first estimates are revised by the lesson's rule; needs two."""
        near, far = self.kept or (0.5, 0.5)
        keep = (near + far) / 2
        room = min(keep, 1 - keep)
        leaning = min(1.0, max(0.0, (near - far) / room)) if room > 0 else 0.0
        first = self.scale.of(self.alone[:MOST_MODELLED])
        params = crowd.Crowd(people=len(first), network=network, truth=1.0, self_weight=keep, calibration=leaning)
        now = first - self._goal + 1.0  # the rule only knows distances, so the truth can be moved to 1
        own, weights = crowd.self_weights(params, now), crowd.seen(params, np.random.default_rng(seed))
        history = [now]
        for _ in range(ROUNDS):
            history.append(own * history[-1] + (1 - own) * (weights @ history[-1]))
        return np.asarray(np.abs(np.mean(np.array(history) - 1.0, axis=1)))

    def path(self, network: str, seed: int) -> Figure:
        """The room's error beside the model's."""
        offs = self.scale.errors(self.model(network, seed))
        ours = self.scale.errors([self.before.off] if self.after is None else [self.before.off, self.after.off])
        line = {"type": "scatter", "mode": "lines+markers", "x": list(range(len(offs))), "y": offs, "name": "the model"}
        points: dict[str, Any] = {"type": "scatter", "mode": "markers", "x": list(range(len(ours))), "y": ours}
        points |= {"name": "this room", "marker": {"size": 14}, **in_role("you")}
        layout = {"xaxis": {"title": {"text": "times of seeing others"}, "dtick": 1}, "yaxis": self.scale.error_axis}
        says = f"This room's mean is off by {', then '.join(map(spelled, ours))}; the model's by "
        says += f"{', '.join(map(spelled, offs))}."
        return Figure((line | in_role("apart"), points), layout, says)

    def fewer(self) -> Figure:
        """How far off the mean of a few is, drawn at random from those who estimated alone (exact); needs two."""
        now, people = self.before, len(self.alone)
        asked = sorted({min(people, size) for size in (1, 2, 3, 5, 8, 12, 20, 50, 100, 200, 500, people)})
        left = [now.crowd + now.diversity / size * (people - size) / (people - 1) for size in asked]
        offs = self.scale.errors(math.sqrt(error) for error in left)
        line = {"type": "scatter", "mode": "lines+markers", "x": asked, "y": offs, **in_role("you")}
        layout = {"xaxis": {"title": {"text": "people asked"}, "type": "log"}, "yaxis": self.scale.error_axis}
        says = f"One of us alone is usually off by {spelled(offs[0])}; the mean of all {people} by {spelled(offs[-1])}."
        return Figure((line,), layout, says)

    def otherwise(self, seed: int) -> Figure:
        """The model's error for three ways of seeing others; needs two people."""
        ways: tuple[tuple[str, str, Role], ...] = (
            ("decentralised", "each sees four others", "goal"),
            ("everyone", "each sees the mean of all", "others"),
            ("centralised", "all see one person", "apart"),
        )
        lines, says = [], []
        for network, name, role in ways:
            offs = self.scale.errors(self.model(network, seed))
            line = {"type": "scatter", "mode": "lines+markers", "x": list(range(len(offs))), "y": offs, "name": name}
            lines.append(line | in_role(role))
            says.append(f"{name}: from {spelled(offs[0])} to {spelled(offs[-1])}")
        layout = {"xaxis": {"title": {"text": "times of seeing others"}, "dtick": 1}, "yaxis": self.scale.error_axis}
        return Figure(tuple(lines), layout, f"{'; '.join(says)}.")


def tidy(value: float, digits: int = 4) -> float:
    """The value with so many digits that count."""
    return float(f"{value:.{digits}g}")


def spelled(value: float) -> str:
    """A number for people: 12,345 or 0.123."""
    return f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:,.3g}"
