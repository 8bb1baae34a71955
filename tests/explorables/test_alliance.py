"""A learner's own players on the stages: what is played, and what can be read off it."""

from __future__ import annotations

from typing import Any

import pytest

from choreo.explorables.explorable import Explorable
from choreo.explorables.finder import explorable
from choreo.explorables.players import ONE_MORE, sound_map
from choreo.explorables.reading import Reading

ALL = ("alliance-news", "alliance-silence", "alliance-voices", "alliance-rhythm", "alliance-one-tie")
BRIDGE = [[0, 1], [0, 2], [1, 2], [2, 3], [3, 4], [3, 5], [4, 5]]
NAMES = ("Ana", "Bo", "Cem", "Dana", "Eli", "Fay")


def players(ties: list[list[int]], needs: tuple[int, ...] = (1, 1, 1, 2, 2, 2)) -> list[Any]:
    named = [{"name": name, "needs": need} for name, need in zip(NAMES, needs, strict=True)]
    return sound_map({"players": named, "ties": ties})


def played(name: str, ties: list[list[int]] | None = None, **settings: Any) -> tuple[Explorable, Any, dict[str, Any]]:
    found = explorable(name)
    params = found.params({**found.start, "map": players(BRIDGE if ties is None else ties), **settings})
    return found, params, dict(found.run(params, 3).summary)


def read(name: str, ties: list[list[int]] | None = None) -> Reading:
    found, params, _summary = played(name, ties)
    reading = found.reading(params)
    assert reading is not None
    return reading


def told(reading: Reading) -> str:
    return " ".join(sentence for part in reading.parts for sentence in part.sentences)


def test_news_goes_step_by_step_and_stops_where_somebody_has_left() -> None:
    assert played("alliance-news", first=[0])[2] == {"heard": 6, "rounds": 3, "cut": 6}
    assert played("alliance-news", first=[0], leaves="missed")[2]["heard"] == 2  # Cem took the bridge along
    found, params, summary = played("alliance-news", first=[2], leaves="missed")
    assert summary["heard"] == 0
    assert "Nobody hears it" in found.run(params, 3).trace[0]


def test_who_is_missed_most_is_named_and_all_ties_of_equal_worth() -> None:
    words = told(read("alliance-news"))
    assert "Cem and Dana: without them 6 pairs" in words
    assert "Of 8 missing ties, all tried one at a time, 4 help most" in words
    assert "equally: Ana with Eli (10); Ana with Fay (10); Bo with Eli (10); Bo with Fay (10)." in words
    assert "of the 14 maps that differ from yours by one tie" in words


def test_one_voice_does_not_cross_and_the_fewest_who_must_begin_are_told() -> None:
    assert played("alliance-silence", first=[0])[2] == {"moved": 3, "mean": 2.5, "voices": 2}
    words = told(read("alliance-silence"))
    assert "Let one alone begin. It gets furthest with Dana: in the end 4 of 6" in words
    assert "At least 2 must begin" in words
    assert "If one of them needs one more or one less" in words


def test_the_weightiest_voice_is_told_beside_an_even_share() -> None:
    words = told(read("alliance-voices"))
    assert "Cem and Dana: what each thinks at first counts for 20%" in words  # 4 of 20
    assert "An even share would be 17%" in words
    apart = told(read("alliance-voices", [[0, 1], [2, 3], [4, 5]]))
    assert "3 groups that do not hear each other" in apart


def test_of_rhythm_nothing_is_recommended() -> None:
    reading = read("alliance-rhythm")
    assert [part.heading for part in reading.parts] == ["The same map, other tempos", "Why no tie is recommended here"]
    assert not any(name in told(reading) for name in NAMES)


def test_a_tie_that_is_tried_is_laid_beside_the_map_without_it() -> None:
    found, params, after = played("alliance-one-tie", tried=[[0, 4]])
    assert params.added == ((0, 4),)
    assert (after["holds_before"], after["holds"]) == (0.4, 1)  # 4 of 10 pairs, then all
    assert all(after[one] > after[f"{one}_before"] for one in ("near", "holds", "moves"))
    chart = found.figure(params, found.run(params, 3))
    assert chart is not None
    assert len(chart["figure"]["data"]) == 2
    assert "with the tie 100%" in chart["alt"]


def test_a_tie_that_is_there_already_is_none_to_try() -> None:
    found, params, _summary = played("alliance-one-tie", tried=[[0, 1]])
    assert params.added == ()
    chart = found.figure(params, found.run(params, 3))
    assert chart is not None
    assert len(chart["figure"]["data"]) == 1


def test_which_tie_helps_all_round_is_found_among_all() -> None:
    words = told(read("alliance-one-tie"))
    assert "Of 8 missing ties, all tried one at a time" in words
    assert "It makes all four better" in words


@pytest.mark.parametrize("name", ALL[:3])
def test_one_more_tie_is_one_that_helps(name: str) -> None:
    _found, params, before = played(name)
    _found, more, after = played(name, more=ONE_MORE)
    assert len(more.added) == 1
    assert more.added[0] not in params.ties
    gains = {"alliance-news": -1, "alliance-silence": 1, "alliance-voices": 1}[name]
    measure = {"alliance-news": "cut", "alliance-silence": "mean", "alliance-voices": "minds"}[name]
    assert gains * (after[measure] - before[measure]) > 0


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize(
    "ties", [[[0, 1]], [[a, b] for a in range(6) for b in range(a + 1, 6)], []], ids=("one", "all", "none")
)
def test_any_map_can_be_read_and_what_it_cannot_know_is_said_beside_it(name: str, ties: list[list[int]]) -> None:
    reading = read(name, ties)
    assert all(part.heading and all(part.sentences) for part in reading.parts)
    assert len(reading.limits) >= 4
    assert "nan" not in told(reading)


@pytest.mark.parametrize("name", ALL)
def test_names_are_shown_as_they_were_typed(name: str) -> None:
    found = explorable(name)
    odd = [{"name": said, "needs": 1} for said in ("<b>x</b>", "{who}", "%s", "שלום")]
    params = found.params({**found.start, "map": sound_map({"players": odd, "ties": [[0, 1], [1, 2], [2, 3]]})})
    run = found.run(params, 3)
    assert found.scene(params, run, 3)["names"]["1"] == "{who}"
    assert run.trace
    assert found.reading(params) is not None
