"""A run that came with a link: what of it is shown, what it never does, and what it says of itself."""

from __future__ import annotations

from typing import Any

import pytest
from tests.explorables.fake import Fake
from tests.views.test_player import DRAWN, GUIDE, goal, kept_by, move, play, predicted, say

from choreo.explorables.departments import Departments
from choreo.explorables.finder import explorable
from choreo.grading.play import Play
from choreo.views.player import Player

WINNING = {"push": 9.0, "hands": 3, "way": "alone"}


def lent(player: Player, seed: int = 4, **settings: Any) -> dict[str, Any]:
    return say(player, type="link", settings=settings, seed=seed)


def test_what_a_link_holds_opens_the_same_stage_for_somebody_else() -> None:
    mine, other = play(), play()
    move(mine, push=5, hands=7)
    state = say(other, type="link", **mine.state["link"])
    assert (other.settings, other.seed, other.scene["phase"]) == (mine.settings, mine.seed, mine.scene["phase"])
    assert state["lent"] == {"words": other.scene["alt"], "fault": ""}


def test_a_setting_that_came_with_a_link_reaches_no_goal_and_does_no_task_but_what_one_does_oneself() -> None:
    work = kept_by()
    player = goal(work, guide=GUIDE)
    lent(player, **WINNING)
    for message in ({"type": "again"}, {"type": "new"}, {"type": "deed", "deed": "played"}):
        state = say(player, **message)
    assert (state["reached"], state["crowds"], work.entries) == (False, [], [])
    assert [task["done"] for task in state["guide"]] == [True, False, False]  # watched; to push 5 is not theirs
    assert state["lent"]["words"]


def test_what_the_learner_moves_themselves_is_theirs() -> None:
    player = goal(kept_by())
    lent(player, **WINNING)
    state = move(player, push=9.5)
    assert (state["lent"], state["reached"]) == (None, True)


def test_what_was_on_the_stage_waits_and_comes_back() -> None:
    player = play()
    move(player, push=3)
    seed = player.seed
    assert lent(player, push=8)["draft"]["settings"]["push"] == 3  # what the browser keeps stays the learner's own
    state = say(player, type="own")
    assert (player.settings["push"], player.seed, state["lent"]) == (3, seed, None)


def test_a_closed_stage_takes_no_link_and_shows_it_once_it_is_open() -> None:
    work = kept_by()
    player = play(work, after=["curve"])
    assert list(lent(player, push=8)) == ["gate"]
    assert player.scene == {}
    player.follow(predicted(work, DRAWN, curve=[0, 50, 100]))
    assert lent(player, push=8)["lent"]["words"]
    assert [entry.kind for entry in work.entries] == ["prediction"]  # to open a link is not to have played


@pytest.mark.parametrize(
    ("link", "told"),
    [
        ({"settings": {"pull": 1}, "seed": 0}, "“pull”"),
        ({"settings": {"push": 11}, "seed": 0}, "“How hard” to 11"),
        ({"settings": {"push": "much"}, "seed": 0}, "“How hard” to much"),
        ({"settings": {"hands": True}, "seed": 0}, "“How many hands” to True"),
        ({"settings": {"hands": 2.5}, "seed": 0}, "“How many hands” to 2.5"),
        ({"settings": {"push": float("nan")}, "seed": 0}, "missing"),
        ({"settings": {"way": "<b>"}, "seed": 0}, "“How” to <b>"),
        ({"settings": {"push": 8}, "seed": -1}, "missing"),
        ({"settings": {"push": 8}, "seed": 10**6}, "missing"),
        ({"settings": {"push": 8}, "seed": 1.5}, "missing"),
        ({"settings": ["push", 8], "seed": 0}, "missing"),
        ({"settings": {f"c{at}": at for at in range(60)}, "seed": 0}, "missing"),
        ({}, "missing"),
    ],
)
def test_what_makes_no_sense_is_told_and_the_stage_stays_as_it_was(link: dict[str, Any], told: str) -> None:
    player = play()
    before = (player.settings, player.seed)
    state = say(player, type="link", **link)
    assert told in state["lent"]["fault"]
    assert (player.settings, player.seed) == before
    assert move(player, push=2)["lent"] is None  # told until something is done


def test_an_older_link_that_does_not_name_a_newer_control_opens() -> None:
    player = play(start={"hands": 6})
    lent(player, push=8)
    assert player.settings == {"push": 8, "hands": 6, "way": "alone"}


def test_what_a_goal_holds_fast_stays_until_it_is_reached() -> None:
    player = goal(kept_by())
    assert "“How”" in lent(player, way="together")["lent"]["fault"]
    move(player, push=9.5)
    assert lent(player, way="together")["lent"]["fault"] == ""
    assert player.settings["way"] == "together"


def test_a_link_moves_nothing_that_the_play_does_not_show() -> None:
    """The check of a course counts on it: what is not shown cannot give a prediction away."""
    player = play(controls=["push"])
    assert "“How”" in lent(player, push=8, way="together")["lent"]["fault"]
    assert player.settings["way"] == "alone"
    move(player, way="together")
    assert player.settings["way"] == "alone"
    hides = goal(kept_by(), controls=["push"])
    assert "goal" in lent(hides, hands=7)["lent"]["fault"]
    move(hides, push=9.5)
    assert lent(hides, hands=7)["lent"]["fault"] == ""


def test_drawn_ties_travel_and_names_do_not() -> None:
    silos = explorable("silos")
    record = Play(id="try", kind="play", version=1, title="T", prompt="P", explorable="silos")
    mine, other = Player(record, silos, kept_by()), Player(record, silos, kept_by())
    move(mine, bridges=[[0, 8], [3, 30]])
    say(other, type="link", **mine.state["link"])
    assert other.settings["bridges"] == [[0, 8], [3, 30]]
    assert "“Bridges”" in lent(other, bridges=[[0, 1]])["lent"]["fault"]  # within one department

    class Named(Fake):
        controls = (*Fake.controls, type(Fake.controls[0])("people", "People", drawn=list))
        start = {**Fake.start, "people": ["Mara"]}  # noqa: RUF012

        def params(self, settings: Any) -> Any:
            return super().params({name: settings[name] for name in Fake.start})

    named = Player(record, Named(), kept_by())
    assert "Mara" not in str(named.state["link"])
    assert "“People”" in lent(named, people=["Mara"])["lent"]["fault"]


def test_the_largest_drawing_fits_into_a_link() -> None:
    import json
    from base64 import b64encode

    every = Departments()
    pairs = [[0, at] for at in range(8, 32)][: every.most]
    settings = {
        "bridges": [[one, other] for one, other in pairs],
        "interactions": 10,
        "leaves": "nobody",
        "rivals": "nobody else",
    }
    link = {"form": 1, "play": "x" * 40, "settings": settings, "seed": 999_999, "at": 100}
    assert len(b64encode(json.dumps(link).encode())) < 3000  # MOST in views/shared/run_link.js
