"""What all models have in common: a clock, still arrays, and the same two functions for one run and for many."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from types import ModuleType

import numpy as np
import pytest

import choreo.models
from choreo.models.parameter import Parameters
from choreo.models.run import Clock, Run, moments, summaries


def records() -> Iterator[tuple[ModuleType, type[Parameters]]]:
    for found in pkgutil.iter_modules(choreo.models.__path__):
        module = importlib.import_module(f"choreo.models.{found.name}")
        if not hasattr(module, "run"):  # asked about a map that somebody drew
            continue
        for record in vars(module).values():
            own = inspect.isclass(record) and record.__module__ == module.__name__
            if own and issubclass(record, Parameters) and record is not Parameters:
                yield module, record


RECORDS = [pytest.param(module, record, id=record.__name__) for module, record in records()]


@pytest.mark.parametrize(("module", "record"), RECORDS)
def test_frames_and_series_keep_to_the_clock_and_a_stage_can_tell_what_stands_still(
    module: ModuleType, record: type[Parameters]
) -> None:
    found: Run = module.run(record(), np.random.default_rng(1))
    assert found.clock.name in ("time", "round", "turn", "person", "voice")
    assert np.all(np.diff(found.clock.times) > 0)
    assert found.frames
    assert all(len(values) == len(found.clock.times) for values in (*found.frames.values(), *found.series.values()))
    assert not set(found.series) & {"time", "round", "turn", "person", "voice"}
    assert found.trace
    assert all(isinstance(value, float) for value in found.summary.values())


@pytest.mark.parametrize(("module", "record"), RECORDS)
def test_many_runs_have_the_measures_of_one_each_with_a_value_per_run(
    module: ModuleType, record: type[Parameters]
) -> None:
    params = record()
    one = module.run(params, np.random.default_rng(2)).summary
    alone, three = (module.run_many(params, np.random.default_rng(2), runs) for runs in (1, 3))
    assert set(one) <= set(alone)
    for name, value in one.items():
        assert alone[name] == pytest.approx([value], abs=1e-4, nan_ok=True), name
        assert three[name].shape == (3,), name
    assert all(len(values) == 3 for values in three.values())


def test_an_array_that_does_not_keep_to_the_clock_is_named() -> None:
    clock = Clock("round", "rounds", np.arange(3))
    with pytest.raises(ValueError, match=r"frames 'cell' \(2, 4\): must have one value for each of the clock's 3"):
        Run({}, (), clock, frames={"cell": np.zeros((2, 4))})
    assert Run({}, (), clock, still={"ties": np.zeros((9, 2))}).frame_bytes == 0


def test_moments_are_even_and_hold_the_first_and_the_last() -> None:
    assert moments(5, 10).tolist() == [0, 1, 2, 3, 4]
    assert moments(101, 5).tolist() == [0, 25, 50, 75, 100]
    assert moments(1, 5).tolist() == [0]


def test_no_runs_have_no_summaries() -> None:
    run: Callable[[Parameters, np.random.Generator], Run] = lambda _params, _rng: pytest.fail("ran")  # noqa: E731
    assert summaries(run, Parameters(), np.random.default_rng(0), 0) == {}


@pytest.mark.parametrize(("module", "record"), RECORDS)
@pytest.mark.parametrize("smallest", [("rounds",), ("people",), ("rounds", "people"), ("seconds",), ()])
def test_traces_say_something_and_count_as_people_do(
    module: ModuleType, record: type[Parameters], smallest: tuple[str, ...]
) -> None:
    specs = {spec.name: spec for spec in record.specs()}
    settings = {name: specs[name].low for name in smallest if name in specs}
    if "people" in settings and "neighbours" in specs:
        settings["neighbours"] = 0
    trace = module.run(record(**settings), np.random.default_rng(3)).trace
    assert trace
    for sentence in trace:
        assert not re.search(
            r"\b1 (people|rounds|others|steps|sites|teams|regions|cultures|groups|choices)\b", sentence
        ), sentence
        assert not re.search(r"\bnan\b|[{}]", sentence), sentence
