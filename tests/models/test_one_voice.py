"""One voice among many: against Kuramoto's crowd, against algebra, and the numbers that the browser's half shares."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from choreo.models import kuramoto
from choreo.models.kuramoto import Kuramoto
from choreo.models.one_voice import (
    COLUMNS,
    HEARS,
    OneVoice,
    drawn,
    ends,
    enough_at_least,
    followers,
    hearing,
    integrate,
    run,
    run_many,
)
from choreo.models.parameter import ParameterError

SHARED = Path(__file__).parents[1] / "one_voice.json"  # read by tests/views/stages/plaza_live.test.mjs as well
SMALL = OneVoice(people=12, hearers=4, difference=0.25, seconds=4, step=0.05)


def shared(hears: str) -> dict[str, object]:
    """A small crowd after four seconds, for each way of hearing."""
    params = replace(SMALL, hears=hears)
    own, start, hears_you = drawn(params, np.random.default_rng(11))
    _time, gaps = integrate(params, own, start, hears_you)
    return {
        "hears": hears,
        "coupling": params.coupling,
        "difference": params.difference,
        "step": params.step,
        "steps": round(params.seconds / params.step),
        "near": np.argwhere(hearing(params)).ravel().tolist(),
        "tempo": own.round(12).tolist(),
        "start": start.round(12).tolist(),
        "hearers": hears_you.astype(int).tolist(),
        "gaps": gaps[-1].round(9).tolist(),
    }


def test_the_numbers_that_the_browser_is_held_to_are_those_of_the_model() -> None:
    for kept, hears in zip(json.loads(SHARED.read_text("utf-8")), HEARS, strict=True):
        now = shared(hears)
        assert kept.pop("gaps") == pytest.approx(now.pop("gaps"), abs=1e-6)
        for name in ("tempo", "start"):
            assert kept.pop(name) == pytest.approx(now.pop(name), abs=1e-11)
        assert kept == now


def test_a_crowd_that_nobody_taps_to_is_kuramotos() -> None:
    params = OneVoice(hearers=0, hears="everyone", difference=0, step=0.01, seconds=10)
    own, start, hears_you = drawn(params, np.random.default_rng(2))
    _time, gaps = integrate(params, own, start, hears_you)
    # Kuramoto's mean counts oneself as well, whose pull is nought
    theirs = Kuramoto(people=40, network="everyone", coupling=4 * 40 / 39, step=0.01, seconds=10)
    none = np.empty(0, dtype=np.intp)
    _times, phases = kuramoto.integrate(theirs, own, start, none, none)
    assert np.cos(gaps[-1]) == pytest.approx(np.cos(phases[-1]), abs=1e-4)


@pytest.mark.parametrize("coupling", [1.0, 4.0])
def test_who_hears_you_alone_stays_at_the_gap_that_algebra_gives(coupling: float) -> None:
    params = OneVoice(people=9, hearers=9, hears="nobody", coupling=coupling, diversity=0, difference=0.5)
    own, start, hears_you = drawn(params, np.random.default_rng(1))
    last = integrate(params, own, start, hears_you)[1][-1]
    gap = np.mod(last + np.pi, 2 * np.pi) - np.pi
    assert gap == pytest.approx(-kuramoto.locked_gap(0.5, coupling), abs=1e-6)


@pytest.mark.parametrize(("difference", "follow"), [(4 / 41 - 0.003, True), (4 / 41 + 0.003, False)])
def test_where_everyone_hears_everyone_and_you_there_is_one_exact_edge(difference: float, follow: bool) -> None:
    """Forty who are one pull together with K / 41: nobody follows a beat that is further off."""
    params = OneVoice(hearers=40, hears="everyone", diversity=0, difference=difference, seconds=300)
    own, _start, hears_you = drawn(params, np.random.default_rng(1))
    gaps = integrate(params, own, np.zeros(40), hears_you)[1]
    assert followers(gaps) == (40 if follow else 0)
    assert (enough_at_least(params) <= 40) == follow


def test_no_crowd_follows_with_fewer_hearers_than_the_bound() -> None:
    for hears in ("a dozen", "everyone"):
        least = enough_at_least(OneVoice(hears=hears))
        few = OneVoice(hears=hears, hearers=min(40, int(least * 0.7)))
        assert ends(few, range(10))["followers"].max() < 40


def test_a_step_in_which_people_would_overshoot_is_refused_with_the_longest_that_does() -> None:
    assert OneVoice(coupling=8, step=0.1).step == 0.1
    with pytest.raises(ParameterError, match=r"OneVoice.step = 0.2: must lie from 0.01 to 0.125 with a coupling of 8"):
        OneVoice(coupling=8, step=0.2)
    longest = OneVoice(hearers=20, coupling=5, step=0.2)
    assert ends(longest, range(10))["followers"] == pytest.approx(
        ends(replace(longest, step=0.02), range(10))["followers"]
    )


def test_people_hear_those_within_so_many_places() -> None:
    counts = {hears: hearing(OneVoice(hears=hears)).sum(axis=1) for hears in HEARS}
    middle = 2 * COLUMNS + 4
    assert [int(counts[hears][middle]) for hears in HEARS] == [0, 4, 12, 39]
    assert [int(counts[hears][0]) for hears in HEARS] == [0, 2, 5, 39]
    assert np.all(hearing(OneVoice(hears="a dozen")) == hearing(OneVoice(hears="a dozen")).T)


def test_one_hearer_more_changes_nothing_else() -> None:
    few, more = (drawn(OneVoice(hearers=count), np.random.default_rng(4)) for count in (13, 14))
    assert np.all(few[0] == more[0])
    assert np.all(few[1] == more[1])
    assert np.sum(more[2] - few[2]) == 1
    assert np.all(more[2] >= few[2])


def test_more_hearers_never_lose_a_crowd() -> None:
    counts = np.array([ends(OneVoice(hearers=count), range(40))["followers"] for count in (10, 14, 20, 30)])
    assert np.all(np.diff((counts == 40).astype(int), axis=0) >= 0)


def test_a_run_its_end_and_many_agree() -> None:
    params = OneVoice()
    one = run(params, np.random.default_rng(3))
    assert ends(params, [3])["followers"].tolist() == [one.summary["followers"]]
    assert run_many(params, np.random.default_rng(3), 2)["followers"].shape == (2,)
    assert one.series["with_you"].max() <= 40
    assert one.frames["phase"].shape == (len(one.clock.times), 40)
    assert one.trace[-1] == f"Through the last third {one.summary['followers']:.0f} of 40 stay with you."


def test_steps_that_are_half_as_long_find_the_same() -> None:
    rough, fine = (ends(OneVoice(step=step), range(20))["followers"] for step in (0.1, 0.05))
    assert np.mean(rough != fine) <= 0.1
