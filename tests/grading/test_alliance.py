"""An alliance that somebody draws: what is one, and what is said of it."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from pydantic import ValidationError
from tests.grading.samples import ANSWERS, sample

from choreo.explorables.players import LONGEST as LONGEST_SHOWN
from choreo.explorables.players import sound_map
from choreo.grading.alliance import FEWEST, LONGEST, MOST, MOST_NEEDED, Alliance
from choreo.grading.verdict import AnswerError
from choreo.models import alliance as model

WHOLE = ANSWERS["ours"]


def ours() -> Alliance:
    found = sample("ours")
    assert isinstance(found, Alliance)
    return found


def changed(at: int = 0, **player: Any) -> dict[str, Any]:
    answer = deepcopy(WHOLE)
    answer["players"][at].update(player)
    return answer


def test_it_has_no_score_belongs_to_its_learner_and_says_who_stands_alone() -> None:
    verdict = ours().grade(WHOLE)
    assert verdict.score is None
    assert "4 players and 2 ties" in verdict.feedback
    assert "Market" in verdict.feedback
    assert not ours().social


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (changed(name=" "), "Player 1 has no name"),
        (changed(name="\u200b"), "Player 1 has no name"),
        (changed(name="x" * (LONGEST + 1)), "60 fit"),
        (changed(name=7), "write a text"),
        (changed(at=1, name="mill "), "is there twice"),
        (changed(needs=5), "how much Mill"),
        (changed(needs=True), "how much Mill"),
        (changed(needs=None), "how much Mill"),
        ({**WHOLE, "players": WHOLE["players"][:3], "ties": [[0, 1]]}, "4 to 12"),
        ({**WHOLE, "players": [{"name": f"P{at}", "needs": 1} for at in range(13)]}, "4 to 12"),
        ({**WHOLE, "ties": []}, "at least two"),
        ({**WHOLE, "ties": [[0, 0]]}, "not an answer"),
        ({**WHOLE, "ties": [[0, 4]]}, "not an answer"),
        ({**WHOLE, "ties": [[0, True]]}, "not an answer"),
        ({**WHOLE, "ties": [[-1, 0]]}, "not an answer"),
        ({**WHOLE, "ties": [[0, 1, 2]]}, "not an answer"),
    ],
)
def test_what_is_none_is_refused_with_what_is_missing(answer: dict[str, Any], fault: str) -> None:
    with pytest.raises(AnswerError, match=fault):
        ours().grade(answer)


def test_names_are_text_whatever_they_look_like() -> None:
    verdict = ours().grade(changed(at=3, name="<b>*A* & [b](c)</b>"))
    assert r"\<b\>\*A\*" in verdict.feedback


def test_it_can_be_told_in_words() -> None:
    told = dict(ours().texts(WHOLE))
    assert told["Bakery"] == "Talks to Mill, School. Needs first: nobody (moves first)."
    assert told["Market"].startswith("Talks to nobody here.")


def test_two_levels_of_the_same_need_are_a_fault() -> None:
    with pytest.raises(ValidationError, match="there twice"):
        sample("ours", levels=[{"needs": need, "text": "x"} for need in (0, 1, 1)])


def test_the_models_and_the_stages_take_whatever_can_be_drawn() -> None:
    assert (FEWEST, MOST, MOST_NEEDED) == (model.FEWEST, model.MOST, model.MOST_NEEDED)
    assert LONGEST == LONGEST_SHOWN
    players = sound_map(WHOLE)
    assert [player["talks"] for player in players] == [[1], [0, 2], [1], []]
    assert sound_map(players) == players
    for nonsense in (None, [], {}, {"players": 3}, [{"name": 1}] * 4, {"players": [{}] * 4, "ties": []}):
        assert sound_map(nonsense) == []
