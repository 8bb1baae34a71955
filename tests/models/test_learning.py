"""March's mutual learning of an organisation and its people."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from choreo.models.learning import Learning, State, begin, knowledge, rates, run, run_many, settled, step
from choreo.models.parameter import ParameterError


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


def code_knowledge(runs: int = 100, **settings_: float) -> tuple[float, float]:
    """Mean at the last round, and its standard error."""
    found = run_many(Learning(**settings_), rng(2), runs)["code_knowledge"]  # type: ignore[arg-type]
    return float(np.mean(found)), float(np.std(found) / math.sqrt(runs))


def clearly_more(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one[0] - other[0] > 3 * math.hypot(one[1], other[1])


@pytest.mark.parametrize(
    ("socialisation", "code_learning", "expected"),
    [
        (0.1, 0.1, 0.864),
        (0.5, 0.1, 0.804),
        (0.9, 0.1, 0.815),
        (0.1, 0.9, 0.973),
        (0.5, 0.9, 0.843),
        (0.9, 0.9, 0.728),
    ],
)
def test_the_code_ends_up_knowing_what_the_reruns_of_the_paper_found(
    socialisation: float, code_learning: float, expected: float
) -> None:
    params = Learning(socialisation=socialisation, code_learning=code_learning, rounds=600)
    found = run_many(params, rng(1), 200)["code_knowledge"]
    assert np.mean(found) == pytest.approx(expected, abs=0.02)


def test_slow_learners_make_the_organisation_wiser() -> None:
    slow, fast = (code_knowledge(socialisation=p1, rounds=400) for p1 in (0.1, 0.9))
    assert clearly_more(slow, fast)


def test_a_mixture_of_slow_and_fast_learners_beats_everyone_at_the_same_middle_speed() -> None:
    mixed = code_knowledge(socialisation=0.1, others=0.5, other_socialisation=0.9, rounds=400)
    assert clearly_more(mixed, code_knowledge(socialisation=0.5, rounds=400))


def test_newcomers_help_where_people_learn_fast_and_hurt_where_they_learn_slowly() -> None:
    fast_closed, fast_open = (code_knowledge(socialisation=0.9, turnover=p3, rounds=20) for p3 in (0.0, 0.1))
    slow_closed, slow_open = (code_knowledge(socialisation=0.1, turnover=p3, rounds=20) for p3 in (0.0, 0.1))
    assert clearly_more(fast_open, fast_closed)
    assert clearly_more(slow_closed, slow_open)


def test_in_a_changing_world_what_is_known_decays_unless_newcomers_come() -> None:
    closed, opened = (
        np.mean(
            run_many(Learning(socialisation=0.5, turnover=p3, turbulence=0.02), rng(2), 60)["code_knowledge_by_round"],
            axis=0,
        )
        for p3 in (0.0, 0.1)
    )
    assert closed[10] > 0.5
    assert closed[100] < 0.15
    assert opened[100] > 0.45


def test_in_the_end_all_believe_the_same_right_or_wrong() -> None:
    result = run(Learning(socialisation=0.9, code_learning=0.9, rounds=1000), rng(3))
    assert result.series["agreement"][-1] == 1
    assert result.summary["settled"] == len(result.clock.times) - 1
    assert result.summary["knowledge"] == pytest.approx(result.summary["code_knowledge"])
    assert result.summary["code_knowledge"] < 1


def test_the_code_follows_those_who_did_better_and_beliefs_move_by_one_step() -> None:
    params = Learning(socialisation=1.0, code_learning=1.0, people=3, dimensions=2)
    state = State(
        reality=np.array([[1, 1]], dtype=np.int8),
        code=np.array([[-1, 0]], dtype=np.int8),
        belief=np.array([[[1, 1], [1, -1], [-1, -1]]], dtype=np.int8),
    )
    after = step(params, state, rng())
    assert after.code.tolist() == [[1, 0]]  # the first two did better; about the second dimension they are split
    assert after.belief.tolist() == [[[0, 1], [0, -1], [-1, -1]]]
    assert state.belief.tolist() == [[[1, 1], [1, -1], [-1, -1]]]


def test_a_larger_majority_persuades_the_code_sooner() -> None:
    runs, shares = 4000, []
    for people in (1, 4):
        params = Learning(socialisation=0.0, code_learning=0.3, people=people, dimensions=1)
        sure = np.ones((runs, 1), dtype=np.int8)
        state = State(sure, 0 * sure, np.ones((runs, people, 1), dtype=np.int8))
        shares.append(np.mean(step(params, state, rng()).code == 1))
    for share, expected in zip(shares, (0.3, 1 - 0.7**4), strict=True):
        assert share == pytest.approx(expected, abs=3 * math.sqrt(expected * (1 - expected) / runs))


def test_without_learning_nothing_changes() -> None:
    params = Learning(socialisation=0.0, code_learning=0.0, rounds=20)
    result = run(params, rng())
    assert np.all(result.frames["belief"] == result.frames["belief"][0])
    assert np.all(result.series["code_knowledge"] == 0)


def test_newcomers_only_replace_people_and_turbulence_only_turns_facts_over() -> None:
    params = Learning(socialisation=0.0, code_learning=0.0, turnover=1.0, turbulence=1.0, rounds=4)
    result = run(params, rng())
    assert np.array_equal(result.frames["reality"][1], -result.frames["reality"][0])
    assert not np.array_equal(result.frames["belief"][1], result.frames["belief"][0])


@settings(max_examples=80)
@given(
    st.floats(0, 1),
    st.floats(0, 1),
    st.floats(0, 1),
    st.floats(0, 1),
    st.floats(0, 1),
    st.integers(1, 12),
    st.integers(1, 8),
    st.integers(0, 20),
    st.integers(0, 2**32),
)
def test_views_stay_minus_one_to_one_and_knowledge_in_its_range(
    socialisation: float,
    code_learning: float,
    turnover: float,
    turbulence: float,
    others: float,
    people: int,
    dimensions: int,
    rounds: int,
    seed: int,
) -> None:
    params = Learning(
        socialisation,
        code_learning,
        turnover,
        turbulence,
        others,
        0.9,
        people=people,
        dimensions=dimensions,
        rounds=rounds,
    )
    result = run(params, rng(seed))
    assert result.frames["belief"].shape[1:] == (people, dimensions)
    assert set(np.unique(result.frames["belief"])) <= {-1, 0, 1}
    assert set(np.unique(result.frames["code"])) <= {-1, 0, 1}
    assert set(np.unique(result.frames["reality"])) <= {-1, 1}
    for name in ("code_knowledge", "knowledge"):
        assert np.all(np.abs(result.series[name]) <= 1)
    many = run_many(params, rng(seed), 3)
    assert many["knowledge_by_round"].shape == (3, rounds + 1)
    assert np.all(np.abs(many["knowledge"]) <= 1)


@given(st.integers(0, 2**32))
def test_once_all_agree_nothing_moves_any_more(seed: int) -> None:
    params = Learning(people=5, dimensions=4)
    start = begin(params, rng(seed), 2)
    state = State(start.reality, start.reality, np.repeat(start.reality[:, None], 5, axis=1))
    assert settled(params, state).all()
    after = step(params, state, rng(seed))
    assert np.array_equal(after.code, state.code)
    assert np.array_equal(after.belief, state.belief)


@given(st.integers(0, 2**32))
def test_which_side_of_a_dimension_is_called_right_does_not_matter(seed: int) -> None:
    params = Learning(people=5, dimensions=6, socialisation=0.5)
    state = begin(params, rng(seed), 1)
    decided = State(state.reality, state.code, np.where(state.belief == 0, np.int8(1), state.belief))
    turned = State(-decided.reality, -decided.code, -decided.belief)
    one, other = step(params, decided, rng(seed)), step(params, turned, rng(seed))
    assert np.array_equal(one.code, -other.code)
    assert np.array_equal(one.belief, -other.belief)


def test_many_organisations_together_learn_like_one_after_the_other() -> None:
    params = Learning(socialisation=0.5, people=20, dimensions=10, rounds=60)
    together = run_many(params, rng(1), 300)["code_knowledge_by_round"]
    single = np.array([run(params, rng(seed)).summary["code_knowledge"] for seed in range(80)])
    error = math.hypot(np.std(together[:, -1]) / math.sqrt(300), np.std(single) / math.sqrt(80))
    assert np.mean(together[:, -1]) == pytest.approx(np.mean(single), abs=3 * error)


def test_knowledge_counts_right_against_wrong() -> None:
    assert knowledge(np.array([1, -1, 0, 1]), np.array([1, 1, 1, 1])) == pytest.approx(0.25)


def test_the_other_speed_is_that_of_the_share_asked_for() -> None:
    speeds = rates(Learning(socialisation=0.1, others=0.3, other_socialisation=0.8, people=10))
    assert sorted(speeds.tolist()) == [0.1] * 7 + [0.8] * 3


def test_a_code_without_opinion_learns_from_one_person_only_what_is_right() -> None:
    params = Learning(people=1, dimensions=1, code_learning=1.0)
    for seed in range(20):
        result = run(params, rng(seed))
        wrong = result.series["knowledge"][0] < 0
        assert result.summary["code_knowledge"] == (0 if wrong else 1)
        assert not math.isnan(result.summary["settled"])


def test_no_rounds_means_only_the_beginning() -> None:
    result = run(Learning(rounds=0), rng())
    assert len(result.clock.times) == 1
    assert run_many(Learning(rounds=0), rng(), 2)["knowledge_by_round"].shape == (2, 1)
    assert run_many(Learning(), rng(), 0)["knowledge_by_round"].shape == (0, 201)


def test_the_same_seed_gives_the_same_run() -> None:
    one, other = (
        run(Learning(turnover=0.1, turbulence=0.1), rng(4)),
        run(Learning(turnover=0.1, turbulence=0.1), rng(4)),
    )
    assert np.array_equal(one.frames["belief"], other.frames["belief"])
    assert one.trace == other.trace


def test_the_largest_run_stays_small_enough_to_travel() -> None:
    assert run(Learning(people=100, dimensions=50, rounds=1000, turnover=0.1), rng()).frame_bytes <= 2_000_000


def test_the_trace_tells_what_is_known() -> None:
    trace = run(Learning(), rng()).trace
    assert trace[0].startswith("50 people begin at a knowledge of ")
    assert trace[1].startswith("After 5 rounds: the organisation knows ")
    assert trace[-1] == "Now all believe the same, and nothing can be learned any more."


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"socialisation": 1.1}, r"Learning\.socialisation = 1\.1: must lie from 0 to 1"),
        ({"people": 0}, r"Learning\.people = 0: must lie from 1 to 100"),
        ({"turnover": float("nan")}, r"Learning\.turnover = nan: must be a number from 0 to 1"),
    ],
)
def test_a_wrong_parameter_is_named_with_its_range(wrong: dict[str, float], words: str) -> None:
    with pytest.raises(ParameterError, match=words):
        Learning(**wrong)  # type: ignore[arg-type]
