"""The player, on an explorable of a few lines: every state, from the browser's side of the wire."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.explorables.fake import Fake
from tests.progress.memory import Kept

from choreo.bank.fault import BankError
from choreo.explorables.control import Control
from choreo.explorables.explorable import Explorable
from choreo.explorables.reading import Part, Reading
from choreo.grading.exercise import Exercise
from choreo.grading.goal import Goal
from choreo.grading.play import Play
from choreo.grading.predict import Predict
from choreo.grading.written import Written
from choreo.progress.entry import Entry
from choreo.views.player import Player

ABOUT: dict[str, Any] = {"version": 1, "title": "A title", "prompt": "A *prompt*.", "explorable": "fake"}
CURVE = {
    "form": "curve",
    "x": {"label": "How hard", "values": [0, 5, 10]},
    "y": {"label": "Moved", "unit": "%"},
}
NUMBER = {"form": "number", "label": "Hands", "low": 0, "high": 20}
DRAWN = Predict(id="curve", kind="predict", ask=CURVE, measure="moved", vary="push", **ABOUT)
COUNTED = Predict(
    id="count", kind="predict", ask=NUMBER, vary="hands", reach={"measure": "moved", "at_least": 0.5}, **ABOUT
)
GOAL: dict[str, Any] = {
    "id": "far",
    "kind": "goal",
    "goal": "Move it 90%",
    "reach": {"measure": "moved", "at_least": 0.9},
    "fixed": {"way": "alone"},
    "most": {"hands": 10},
    "winning": {"push": 9},
    "losing": {"push": 1},
    "hints": ["Push *harder*.", "Nine."],
}
GUIDE = [
    {"do": "Watch.", "when": {"deed": "played"}},
    {"do": "Push 5.", "when": {"control": "push", "at_least": 5}},
    {"do": "Others.", "when": {"deed": "new-crowd"}},
]
PERSON = {
    "person": {"name": "Ada", "first": "Well?"},
    "says": [
        {"when": {"measure": "moved", "at_least": 0.3}, "say": "It moves."},
        {"when": {"measure": "moved", "at_least": 0.8}, "say": "It flies."},
    ],
}


class Exact(Fake):
    crowd = ""


def kept_by(*exercises: Exercise, whose: str = "") -> Kept:
    return Kept(whose=whose, exercises=[DRAWN, COUNTED, *exercises])


def play(work: Kept | None = None, **fields: Any) -> Player:
    record = Play(**{"id": "try", "kind": "play", **ABOUT, **fields})
    return Player(record, Fake(), work or kept_by())


def goal(work: Kept | None = None, explorable: Explorable | None = None, **fields: Any) -> Player:
    record = Goal(**{**GOAL, **ABOUT, **fields})
    return Player(record, explorable or Fake(), work or kept_by())


def move(player: Player, settled: bool = True, **moved: Any) -> dict[str, Any]:
    """What the browser sends when a control is moved, and the state that comes of it."""
    player.set_state({"settings": {**player.settings, **moved}, "settled": settled})
    return dict(player.state)


def say(player: Player, **message: Any) -> dict[str, Any]:
    player._handle_custom_msg(message, [])
    return dict(player.state)


def predicted(work: Kept, exercise: Exercise, **answer: Any) -> Entry:
    return work.keep(exercise, answer)


def end(player: Player) -> float:
    """What the stage's run came to, as the last value of its series."""
    import numpy as np

    return float(np.frombuffer(player.scene["series"]["moved"]["data"], dtype=np.float32)[-1])


# The gate


@pytest.mark.parametrize("make", [play, goal])
def test_behind_a_closed_gate_there_is_nothing_that_answers_the_prediction(make: Any) -> None:
    work = kept_by()
    player = make(work, after=["curve"], guide=GUIDE, **PERSON)
    state = player.get_state()
    assert player.state == {"gate": {"item": "curve", "title": "A title", "words": player.state["gate"]["words"]}}
    assert player.task == {"item": player.item, "kind": player.task["kind"]}
    nothing: tuple[Any, ...] = ({}, [], "", None)
    for name in ("scene", "chart", "specs", "settings", "marks", "locked", "pinned"):
        assert state[name] in nothing, name
    own = {name: part for name, part in state.items() if name not in ("_esm", "_css") and not name.startswith("_")}
    told = json.dumps(own, default=str)
    for secret in ("90%", "0.9", "Move it", "harder", "Watch", "Ada", "prompt"):
        assert secret not in told


def test_messages_and_moves_do_not_open_a_gate() -> None:
    player = play(kept_by(), after=["curve"])
    for message in ({"type": "new"}, {"type": "again"}, {"type": "draft", "settings": {"push": 9}}, {"type": "pin"}):
        say(player, **message)
    move(player, push=9)
    assert (player.scene, player.settings, list(player.state)) == ({}, {}, ["gate"])


@pytest.mark.parametrize("answer", [{"curve": [0, 50, 100]}, {"declined": True}])
def test_a_prediction_opens_the_stage_also_one_that_was_declined(answer: dict[str, Any]) -> None:
    work = kept_by()
    player = play(work, after=["curve"])
    player.follow(predicted(work, DRAWN, **answer))
    assert player.state["gate"] is None
    assert player.scene["frames"] == 5
    again = play(work, after=["curve"])
    again.restore(work.entries)
    assert again.scene["frames"] == 5


def test_a_prediction_made_after_going_on_without_is_marked_on_its_slider() -> None:
    work = kept_by()
    player = play(work, after=["count"])
    player.follow(predicted(work, COUNTED, declined=True))
    assert player.marks == {}
    player.follow(predicted(work, COUNTED, number=4))
    player.follow(predicted(work, COUNTED, number=9))  # from another window; the first stays
    again = play(work, after=["count"])
    again.restore(work.entries)
    assert player.marks == again.marks == {"hands": {"value": 4, "label": "you predicted 4"}}


def test_every_prediction_that_comes_first_is_asked_for_in_turn() -> None:
    work = kept_by()
    player = play(work, after=["curve", "count"])
    player.follow(predicted(work, DRAWN, curve=[0, 50, 100]))
    assert player.state["gate"]["item"] == "count"
    player.follow(predicted(work, COUNTED, number=4))
    assert player.state["gate"] is None


def test_a_play_after_something_that_is_no_prediction_is_a_fault() -> None:
    with pytest.raises(BankError, match="no prediction of this lesson"):
        play(after=["currve"])


# What the learner set elsewhere


def test_a_stage_that_plays_an_answer_of_the_learner_waits_for_it() -> None:
    work = kept_by()
    player = play(work, given={"push": "count"})
    assert player.state["gate"]["item"] == "count"
    assert player.state["gate"]["first"]
    move(player, push=9)
    say(player, type="read")
    assert (player.scene, player.settings, player.reading) == ({}, {}, {})


def drawn_by(work: Kept, push: float) -> Entry:
    """A reflection that sets how hard they push, as far as the control finds sound what it is given."""
    return work.keep(SETS, {"fields": {"push": str(push)}, "met": []})


SETS = Written(
    id="sets", version=1, kind="written", title="How hard?", prompt="Say it.", fields=[{"id": "push", "label": "Push"}]
)


class Given(Fake):
    """Its first control takes what was written."""

    controls = (
        Control(
            "push", "How hard", drawn=lambda answer: [float(answer["fields"]["push"])] if "fields" in answer else []
        ),
        *Fake.controls[1:],
    )
    start = {**Fake.start, "push": []}  # noqa: RUF012
    asks = "How hard?"

    def params(self, settings: Any) -> Any:
        return super().params({**settings, "push": sum(settings["push"])})

    def words(self, settings: Any) -> str:
        return "Given."

    def reading(self, params: Any) -> Reading:
        return Reading((Part("So hard", (f"{params.push:g}",)),), ("Why.",))


def given_play(work: Kept) -> Player:
    return Player(Play(**{"id": "try", "kind": "play", **ABOUT, "given": {"push": "sets"}}), Given(), work)


def test_what_was_answered_elsewhere_is_played_and_the_newest_counts() -> None:
    work = kept_by(SETS)
    player = given_play(work)
    assert player.state["gate"]["item"] == "sets"
    player.follow(drawn_by(work, 3))
    assert player.state["gate"] is None
    assert player.settings["push"] == [3.0]
    player.follow(drawn_by(work, 5))
    assert (player.settings["push"], end(player)) == ([5.0], pytest.approx(0.5))
    again = given_play(work)
    again.restore(work.entries)
    assert again.settings["push"] == [5.0]


def test_what_was_answered_elsewhere_cannot_be_moved_here_nor_brought_back_by_an_old_draft() -> None:
    work = kept_by(SETS)
    player = given_play(work)
    player.follow(drawn_by(work, 3))
    assert "push" not in [spec["name"] for spec in player.specs]
    move(player, push=[9.0])
    say(player, type="draft", settings={"push": [8.0], "hands": 7})
    assert (player.settings["push"], player.settings["hands"]) == ([3.0], 7)


def test_an_answer_of_another_version_is_passed_over() -> None:
    work = kept_by(SETS)
    player = given_play(work)
    player.follow(work.keep(SETS, {"old": True}))
    assert player.state["gate"]["item"] == "sets"


def test_what_is_given_must_be_there() -> None:
    for given_ in ({"push": "nowhere"}, {"nothing": "sets"}):
        with pytest.raises(BankError, match="given"):
            Player(Play(**{"id": "try", "kind": "play", **ABOUT, "given": given_}), Given(), kept_by(SETS))


def test_what_can_be_read_off_is_found_when_somebody_asks_and_goes_with_the_settings() -> None:
    work = kept_by(SETS)
    player = given_play(work)
    player.follow(drawn_by(work, 3))
    assert (player.task["asks"], player.reading) == ("How hard?", {})
    say(player, type="read")
    assert player.reading == {"parts": [{"heading": "So hard", "sentences": ["3"]}], "limits": ["Why."]}
    player.follow(drawn_by(work, 4))
    assert player.reading["parts"][0]["sentences"] == ["4"]


# Runs


def test_an_open_stage_starts_where_the_play_says_and_waits() -> None:
    player = play(start={"push": 3}, fixed={"hands": 5})
    assert player.settings == {"push": 3, "hands": 5, "way": "alone"}
    assert [spec["name"] for spec in player.specs] == ["push", "way"]
    assert player.state["waits"]
    assert not play(small=True).state["waits"]
    assert repr(player) == "play try: A title"


def test_a_move_is_run_and_what_is_not_allowed_is_put_right() -> None:
    player = play(fixed={"hands": 5})
    move(player, push=40, hands=9, way="sideways")
    assert player.settings == {"push": 10, "hands": 5, "way": "alone"}
    assert end(player) == pytest.approx(1.0)
    assert not player.state["waits"]


def test_while_a_control_is_dragged_only_the_end_is_sent() -> None:
    player = play()
    move(player, settled=False, push=5)
    assert (player.scene["frames"], player.scene["settled"], player.scene["series"]) == (2, False, {})
    assert player.scene["phase"]["shape"] == [2, 3]
    serial = player.scene["serial"]
    move(player, settled=True, push=5)
    assert (player.scene["frames"], player.scene["settled"], player.scene["serial"]) == (5, True, serial + 1)


def test_one_message_is_one_run() -> None:
    player = play()
    before = player.scene["serial"]
    player.set_state({"settings": {**player.settings, "push": 4}, "settled": False})
    player.set_state({"settings": {**player.settings, "push": 6}, "settled": True})
    assert player.scene["serial"] == before + 2


def test_other_people_and_the_same_again() -> None:
    player = play()
    first = player.seed
    say(player, type="new")
    assert player.seed != first
    serial = player.scene["serial"]
    say(player, type="again")
    assert player.scene["serial"] == serial + 1


# The guide, and somebody who comments


def test_who_tapped_along_has_done_that_task() -> None:
    player = play(guide=[{"do": "Tap along.", "when": {"deed": "tapped"}}])
    say(player, type="deed", deed="drummed")  # there is no such deed
    assert [task["done"] for task in player.state["guide"]] == [False]
    say(player, type="deed", deed="tapped")
    assert [task["done"] for task in player.state["guide"]] == [True]


def test_tasks_tick_one_at_a_time_by_what_is_done_while_they_are_shown() -> None:
    player = play(guide=GUIDE)

    def done() -> list[bool]:
        return [task["done"] for task in player.state["guide"]]

    say(player, type="deed", deed="touched")
    assert done() == [False, False, False]
    say(player, type="deed", deed="played")
    assert done() == [True, False, False]
    move(player, push=3)
    move(player, settled=False, push=6)
    assert done() == [True, False, False]
    move(player, push=6)
    assert done() == [True, True, False]
    say(player, type="new")
    assert done() == [True, True, True]


def test_a_task_can_be_skipped_and_a_browser_remembers() -> None:
    player = play(guide=GUIDE)
    say(player, type="skip", at=1)
    say(player, type="skip", at=0)
    draft = player.state["draft"]
    assert [task["skipped"] for task in player.state["guide"]] == [True, False, False]
    other = play(guide=GUIDE)
    say(other, type="draft", **draft)
    assert other.state["guide"] == player.state["guide"]


def test_the_person_on_the_stage_says_the_last_that_fits() -> None:
    player = play(**PERSON)
    assert player.state["said"] == "Well?"
    assert move(player, push=4)["said"] == "It moves."
    assert move(player, push=9)["said"] == "It flies."
    assert move(player, push=0)["said"] == "Well?"


# The goal


def test_luck_is_called_so_and_does_not_reach_the_goal() -> None:
    work = kept_by()
    player = goal(work)
    for _ in range(9):
        say(player, type="new")
    state = move(player, push=8.5)  # nine per cent of luck: only crowds with .05 and more get there
    assert player.seed % 10 == 9 or state["lucky"] is False
    assert not state["reached"]
    assert work.entries == []
    assert len(state["crowds"]) == 10
    assert sum(one["holds"] for one in state["crowds"]) == 5
    assert "5" in state["crowds_words"]


def test_a_setting_that_holds_in_nine_of_ten_reaches_the_goal_and_is_kept() -> None:
    work = kept_by()
    player = goal(work)
    state = move(player, push=9)
    assert (state["reached"], state["saved"], state["headline"]) == (True, "yes", "You did it.")
    (entry,) = work.entries
    assert (entry.kind, entry.answer["held"], entry.answer["of"]) == ("goal", 10, 10)
    assert entry.answer["settings"] == {"push": 9, "hands": 2, "way": "alone"}
    assert player.locked == {}


def test_fixed_controls_are_free_once_the_goal_is_reached() -> None:
    player = goal(controls=["push"])
    assert [spec["name"] for spec in player.specs] == ["push"]
    move(player, push=9)
    assert [spec["name"] for spec in player.specs] == ["push", "hands", "way"]
    move(player, way="together")
    assert player.settings["way"] == "together"


def test_more_means_than_the_goal_allows_do_not_count() -> None:
    work = kept_by()
    state = move(goal(work), push=9, hands=11)
    assert state["headline"] == "That does not count."
    assert "1 more" in state["message"]
    assert not state["reached"]
    assert state["meters"][1]["tone"] == "apart"


def test_what_must_not_be_given_up_is_asked_for() -> None:
    state = move(goal(least={"hands": 2}), push=9, hands=1)
    assert "at least 2" in state["message"]
    assert not state["reached"]


def test_where_luck_plays_no_part_once_is_enough() -> None:
    work = kept_by()
    state = move(goal(work, Exact()), push=9)
    assert state["reached"]
    assert state["crowds"] == []
    assert work.entries[0].answer["of"] == 1


def test_meters_say_what_is_to_be_reached() -> None:
    moved, hands = move(goal(), push=5)["meters"]
    assert (moved["words"], moved["aim"], moved["mark"]) == ("50%", "goal: at least 90%", 0.9)
    assert (hands["words"], hands["aim"]) == ("2 hands", "at most 10")


def test_what_is_not_stored_can_be_saved_again() -> None:
    work = kept_by()
    work.store.fails = True
    player = goal(work)
    state = move(player, push=9)
    assert (state["reached"], state["saved"], state["error"]) == (True, "no", "The disk is full.")
    work.store.fails = False
    assert say(player, type="save")["saved"] == "yes"
    assert len(work.entries) == 1


def test_a_goal_that_no_page_could_keep_is_tried_anew_and_kept_by_a_later_one() -> None:
    work = kept_by()
    work.store.fails = True
    unsent = move(goal(work), push=9)["unsent"]
    assert unsent == {"settings": {"push": 9, "hands": 2, "way": "alone"}}
    later = goal(work)
    later.restore(work.entries)
    assert say(later, type="unsent", **unsent)["unsent"] == unsent
    work.store.fails = False
    state = say(later, type="save")
    assert (state["reached"], state["saved"], state["unsent"]) == (True, "yes", {})
    assert [entry.kind for entry in work.entries] == ["goal"]


def test_a_goal_that_a_browser_only_claims_is_not_kept() -> None:
    work = kept_by()
    player = goal(work)
    state = say(player, type="unsent", settings={"push": 8.5}, values={"moved": 1.0}, held=10)
    assert (state["reached"], work.entries) == (False, [])
    assert move(player, push=3)["unsent"] == {}


def test_a_reached_goal_comes_back_with_its_settings() -> None:
    work = kept_by()
    move(goal(work), push=9.5)
    again = goal(work)
    again.restore(work.entries)
    assert again.settings["push"] == 9.5
    assert (again.state["reached"], again.state["saved"]) == (True, "yes")


def test_a_goal_reached_in_an_older_version_stays_reached() -> None:
    work = kept_by()
    record = Goal(**{**GOAL, **ABOUT})
    work.keep(record, {"settings": {"push": 7, "gone": 3, "seed": 41}, "reached": True, "order": 0.93}, 1.0)
    player = goal(work)
    player.restore(work.entries)
    assert player.state["reached"]
    assert (player.settings, player.seed) == ({"push": 7, "hands": 2, "way": "alone"}, 41)


def test_hints_come_one_at_a_time() -> None:
    player = goal()
    state = say(player, type="hint")
    assert (len(state["hints"]), state["hints_left"]) == (1, 1)
    assert "<em>harder</em>" in state["hints"][0]


def test_ten_crowds_fill_in_while_the_hand_rests_and_a_move_ends_it() -> None:
    work = kept_by()

    async def rest() -> tuple[Sequence[Any], Sequence[Any]]:
        player = goal(work)
        move(player, push=9)
        first = player.state["crowds"]
        while len(player.state["crowds"]) < 4:
            await asyncio.sleep(0)
        move(player, settled=False, push=2)
        for _ in range(20):
            await asyncio.sleep(0.002)
        return first, player.state["crowds"]

    first, last = asyncio.run(rest())
    assert (first, last) == ([], [])
    assert work.entries == []


def test_a_learners_ten_crowds_stay_the_same() -> None:
    def seeds(whose: str) -> list[int]:
        player = goal(kept_by(whose=whose))
        player.restore([])
        return [one["seed"] for one in move(player, push=5)["crowds"]]

    assert seeds("ada") == seeds("ada")
    assert seeds("ada") != seeds("bob")
    assert seeds("") == list(range(10))


def test_one_of_the_ten_can_be_shown() -> None:
    player = goal()
    state = move(player, push=5)
    state = say(player, type="crowd", seed=state["crowds"][7]["seed"])
    assert player.seed == 7
    assert len(state["crowds"]) == 10
    say(player, type="crowd", seed=12345)
    assert player.seed == 7


# What was predicted, and what is kept


def test_a_number_that_was_predicted_is_marked_on_its_slider() -> None:
    work = kept_by()
    player = play(work)
    player.follow(predicted(work, COUNTED, number=4))
    assert player.marks == {"hands": {"value": 4, "label": "you predicted 4"}}


def test_the_level_of_a_drawn_curve_lies_across_the_chart() -> None:
    work = kept_by()
    player = goal(work)
    player.follow(predicted(work, DRAWN, curve=[0, 50, 100]))
    move(player, push=2.5)
    names = [line.get("name") for line in player.chart["figure"]["data"]]
    assert names == [None, "goal 90%", "you predicted 25%"]
    move(player, hands=3)
    assert "you predicted" not in json.dumps(player.chart)


def test_that_it_was_played_after_predicting_is_kept_once() -> None:
    work = kept_by()
    player = play(work, after=["curve"])
    player.follow(predicted(work, DRAWN, curve=[0, 50, 100]))
    for deed in ("touched", "played"):
        say(player, type="deed", deed=deed)
    move(player, push=5)
    assert [(entry.kind, entry.item) for entry in work.entries] == [("prediction", "curve"), ("played", "try")]
    again = play(work, after=["curve"])
    again.restore(work.entries)
    move(again, push=5)
    assert len(work.entries) == 2


def test_settings_worth_keeping_can_be_gone_back_to() -> None:
    work = kept_by()
    player = play(work)
    move(player, push=6)
    say(player, type="pin")
    move(player, push=2)
    say(player, type="recall", at=0)
    assert player.settings["push"] == 6
    assert player.pinned[0]["result"] == "Moved: 60%"
    assert work.entries[-1].kind == "settings"
    again = play(work)
    again.restore(work.entries)
    assert again.pinned == player.pinned
    say(again, type="unpin", at=0)
    assert again.pinned == []


def test_settings_that_no_page_could_keep_are_kept_by_a_later_one() -> None:
    work = kept_by()
    player = play(work)
    player.restore([])
    move(player, push=6)
    say(player, type="pin")
    work.store.fails = True
    move(player, push=2)
    state = say(player, type="pin")
    assert state["error"] == "The disk is full."
    assert [one["settings"]["push"] for one in state["unsent"]["pinned"]] == [2, 6]
    work.store.fails = False
    later = play(work)
    later.restore(work.entries)
    assert [one["settings"]["push"] for one in later.pinned] == [6]
    assert say(later, type="unsent", **state["unsent"])["unsent"] == {}
    assert [one["settings"]["push"] for one in later.pinned] == [2, 6]
    assert work.entries[-1].answer["pinned"] == later.pinned


def test_what_is_kept_before_earlier_work_is_there_goes_on_top_of_it() -> None:
    work = kept_by()
    first = play(work)
    move(first, push=6)
    say(first, type="pin")
    work.store.fails = True
    player = play(work)
    move(player, push=2)
    say(player, type="pin")
    player.restore(work.entries)
    assert [one["settings"]["push"] for one in player.pinned] == [2, 6]
    work.store.fails = False
    assert say(player, type="save")["unsent"] == {}
    assert work.entries[-1].answer["pinned"] == player.pinned


def test_opening_sends_no_run_where_nothing_is_new() -> None:
    player = play()
    serial = player.scene["serial"]
    player.restore([])
    assert player.scene["serial"] == serial
    assert player.opened


def test_a_draft_brings_back_settings_and_crowd() -> None:
    player = play()
    say(player, type="draft", settings={"push": 7, "way": "together"}, seed=5, pinned=[{"nonsense": 1}])
    assert (player.settings["push"], player.settings["way"], player.seed) == (7, "together", 5)
    assert player.pinned == []


def test_all_that_is_sent_is_json_or_bytes() -> None:
    player = goal(**PERSON, guide=GUIDE)
    move(player, push=5)
    own = {name: player.get_state()[name] for name in ("scene", "chart", "state", "task", "specs", "pinned")}
    json.dumps(own, allow_nan=False, default=lambda value: len(value) if isinstance(value, bytes) else 1 / 0)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-100, 10**12) | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
FIELDS = ("at", "seed", "deed", "settings", "done", "skipped", "pinned", "whole")
TYPES = (
    "read",
    "deed",
    "skip",
    "again",
    "new",
    "crowd",
    "save",
    "hint",
    "pin",
    "unpin",
    "recall",
    "draft",
    "unsent",
    "dance",
)


@settings(max_examples=60)
@given(content=JSON | st.fixed_dictionaries({"type": st.sampled_from(TYPES)}, optional=dict.fromkeys(FIELDS, JSON)))
def test_no_message_breaks_the_player(content: Any) -> None:
    for player in (goal(guide=GUIDE), play(after=["curve"])):
        player._handle_custom_msg(content, [])
        move(player, push=content, hands=content, other=content)
        assert player.state
        assert player.settings == {} or set(player.settings) == {"push", "hands", "way"}


class Talkative(Fake):
    """Its model tells more than its measures, also what is no number."""

    def ends(self, params: Any, seeds: Sequence[int]) -> dict[str, Any]:
        ends = dict(super().ends(params, seeds))
        return {**ends, "settled": ends["moved"] * float("nan")}


def test_of_what_was_reached_only_the_measures_are_kept() -> None:
    work = kept_by()
    move(goal(work, Talkative()), push=9)
    assert set(work.entries[0].answer["values"]) == {"moved"}
    json.dumps(dict(work.entries[0].answer), allow_nan=False)


def test_a_kept_setting_from_elsewhere_can_be_sent_to_any_page() -> None:
    pin = {"settings": {"push": 4}, "seed": 0, "words": "half \ud800", "result": "\udfff"}
    work = kept_by()
    work.keep(play(work)._play, {"pinned": [pin]}, None, "settings")
    again = play(work)
    again.restore(work.entries)
    assert [(one["words"], one["result"]) for one in again.pinned] == [("half ?", "?")]
