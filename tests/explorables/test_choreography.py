"""The explorable of lesson 09: what a learner can do with the plaza, and what is kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from choreo.bank.loader import load_exercise
from choreo.explorables.choreography import FRAMES, SEED, Choreography, far_pairs
from choreo.explorables.outcomes import curve_sentence, far_sentence
from choreo.explorables.plazas import FAR_SEEDS, Trials, far_trials, late_orders, tuning_in_curve
from choreo.grading.exercise import Answer, Exercise
from choreo.grading.goal import Goal
from choreo.models.kuramoto import Kuramoto, expected_order, run
from choreo.progress.entry import Entry, new_entry
from choreo.progress.store import StoreError

LESSON = "09-choreography"
FOLDER = Path(__file__).parents[2] / "exercises" / LESSON
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


class Shelf:
    """Keeps entries, unless it is told to fail."""

    def __init__(self) -> None:
        self.kept: list[Entry] = []
        self.broken = False

    def keep(self, exercise: Exercise, answer: Answer, score: float | None) -> Entry:
        if self.broken:
            raise StoreError("The disk is full. Make room, then save again.")
        json.dumps(answer)  # only what JSON can carry
        entry = new_entry(LESSON, exercise.id, exercise.entry_kind, exercise.version, answer, score, NOON)
        self.kept.append(entry)
        return entry


def goal() -> Goal:
    exercise = load_exercise(FOLDER / "plaza-together.yaml")
    assert isinstance(exercise, Goal)
    return exercise


def open_plaza(shelf: Shelf | None = None, entries: tuple[Entry, ...] = ()) -> Choreography:
    plaza = Choreography(goal=goal(), keep=(shelf or Shelf()).keep)
    plaza.restore(entries)
    return plaza


def move(plaza: Choreography, settled: bool = True, **settings: Any) -> None:
    """As the browser does it: value, settled and asked in one message."""
    controls = plaza.controls
    controls.set_state({"value": {**controls.value, **settings}, "settled": settled, "asked": controls.asked + 1})
    assert controls.answered == controls.asked


def late_order(settings: Mapping[str, Any], seed: int) -> float:
    params = Kuramoto(**{**goal().fixed, **settings})
    return float(run(params, np.random.default_rng(seed), frames=FRAMES).summary["order"])


def reach(plaza: Choreography) -> None:
    plaza._seed = 0
    move(plaza, **goal().winning)


def test_the_winning_setting_wins_for_nine_of_ten_crowds() -> None:
    assert sum(late_order(goal().winning, seed) >= goal().target for seed in range(20)) >= 18


def test_the_setting_one_starts_with_never_wins() -> None:
    assert all(late_order(goal().losing, seed) < goal().target for seed in range(20))


def test_before_opening_every_run_is_the_same() -> None:
    one, two = Choreography(goal=goal()), Choreography(goal=goal())
    assert one.stage.run == two.stage.run
    assert one.state == two.state
    assert repr(one) == repr(two)
    assert repr(one).endswith("together at the end")


def test_new_people_are_each_learner_s_own() -> None:
    crowds = set()
    for _ in range(4):
        plaza = open_plaza()
        assert plaza.stage.crowd == SEED  # the first crowd is everybody's: opening sends no run
        plaza._receive(plaza, {"type": "new"}, [])
        crowds.add(plaza.stage.crowd)
    assert len(crowds) > 1


def test_one_run_is_one_message_of_less_than_150_kb() -> None:
    plaza = Choreography()
    before = plaza.stage.run["serial"]
    seen: list[Any] = []
    plaza.stage.observe(lambda change: seen.append(change["new"]), "run")
    move(plaza, people=300, network="far listeners", far=60, coupling=5.0)
    [message] = seen
    assert message["serial"] == before + 1
    size = len(message["phase"]) + len(json.dumps({k: v for k, v in message.items() if k != "phase"}))
    size += len(json.dumps(plaza.chart.figure)) + len(json.dumps(plaza.state))
    assert size < 150_000


def test_the_stage_gets_every_person_at_every_frame() -> None:
    plaza = Choreography()
    message = plaza.stage.run
    assert len(message["phase"]) == message["frames"] * message["people"]
    found = run(Kuramoto(**plaza.controls.value), np.random.default_rng(plaza.stage.crowd), frames=FRAMES)
    assert message["phase"] == found.frames["phase"].tobytes()
    assert message["trace"] == list(found.trace)


def test_the_same_people_again_gives_the_same_run_and_new_people_another() -> None:
    plaza = open_plaza()
    first = plaza.stage.run
    plaza._receive(plaza.stage, {"type": "again"}, [])
    again = plaza.stage.run
    assert again["phase"] == first["phase"]
    assert again["serial"] == first["serial"] + 1
    plaza._receive(plaza.stage, {"type": "new"}, [])
    assert plaza.stage.run["phase"] != first["phase"]


def test_far_listeners_are_shown_as_they_listen() -> None:
    params = Kuramoto(people=200, network="far listeners", far=12)
    pairs = far_pairs(params, 5)
    assert len(pairs) == 12
    assert all(listener != heard for listener, heard in pairs)
    assert len({listener for listener, _ in pairs}) == 12
    assert far_pairs(Kuramoto(network="neighbours"), 5) == []


def test_reaching_the_goal_is_kept_and_sets_everything_free() -> None:
    shelf = Shelf()
    plaza = open_plaza(shelf)
    assert "people" in plaza.controls.locked
    reach(plaza)
    [entry] = shelf.kept
    assert (entry.kind, entry.item, entry.score) == ("goal", "plaza-together", 1.0)
    assert entry.answer["order"] >= goal().target
    assert goal().grade(entry.answer).score == 1
    assert plaza.state["reached"]
    assert plaza.state["saved"] == "yes"
    assert plaza.controls.locked == {}
    move(plaza, network="everyone", people=300)
    assert plaza.controls.value["people"] == 300
    assert len(shelf.kept) == 1


def test_a_lucky_crowd_is_told_from_a_setting_that_holds() -> None:
    plaza = open_plaza()
    reach(plaza)
    assert "not by luck" in plaza.state["message"]
    lucky = open_plaza()
    for seed in range(40):  # without far listeners about one crowd in four comes together
        lucky._seed = seed
        move(lucky, coupling=5.0, far=0)
        if lucky.state["reached"]:
            break
    assert "A lucky crowd" in lucky.state["message"]


def test_a_slider_that_is_still_moving_does_not_count() -> None:
    shelf = Shelf()
    plaza = open_plaza(shelf)
    plaza._seed = 0
    move(plaza, settled=False, **goal().winning)
    assert shelf.kept == []
    assert not plaza.state["reached"]
    assert not plaza.stage.run["settled"]
    moving = plaza.stage.run
    move(plaza, **goal().winning)
    assert len(shelf.kept) == 1
    assert moving["frames"] == 2
    assert plaza.stage.run["frames"] == FRAMES + 1
    assert plaza.stage.run["phase"].endswith(moving["phase"])  # what shows while it moves is how the run ends


def test_more_means_than_allowed_do_not_count_and_the_panel_says_how_many() -> None:
    shelf = Shelf()
    plaza = open_plaza(shelf)
    move(plaza, coupling=5.0, far=52)
    assert shelf.kept == []
    assert "12 more than the goal allows" in plaza.state["message"]


def test_what_is_fixed_for_the_goal_cannot_be_moved_by_a_message() -> None:
    plaza = open_plaza()
    move(plaza, people=20, diversity=0.0, network="everyone")
    assert {name: plaza.controls.value[name] for name in goal().fixed} == dict(goal().fixed)


@pytest.mark.parametrize(
    "value",
    [{"coupling": 99}, {"coupling": None}, {"coupling": float("nan")}, {"network": "cult"}, {"far": "x"}, {"z": 1}],
)
def test_settings_out_of_bounds_are_put_right(value: dict[str, Any]) -> None:
    plaza = open_plaza()
    move(plaza, **value)
    Kuramoto(**plaza.controls.value)


def test_a_goal_that_was_not_stored_can_be_saved_again_and_nothing_is_lost() -> None:
    shelf = Shelf()
    shelf.broken = True
    plaza = open_plaza(shelf)
    reach(plaza)
    assert plaza.state["reached"]
    assert plaza.state["saved"] == "no"
    assert "disk is full" in plaza.state["error"]
    move(plaza, network="everyone")  # playing on does not lose it
    assert plaza.state["saved"] == "no"
    shelf.broken = False
    plaza._receive(plaza, {"type": "save"}, [])
    assert plaza.state["saved"] == "yes"
    assert shelf.kept[0].answer["settings"]["network"] == goal().fixed["network"]


def test_a_reached_goal_comes_back_with_its_settings_and_crowd() -> None:
    shelf = Shelf()
    reach(first := open_plaza(shelf))
    again = open_plaza(entries=tuple(shelf.kept))
    assert again.state["reached"]
    assert again.state["saved"] == "yes"
    assert again.controls.value == first.controls.value
    assert again.stage.run["phase"] == first.stage.run["phase"]
    assert again.opened


def test_a_browser_that_left_off_somewhere_goes_on_there() -> None:
    plaza = open_plaza()
    draft = {"settings": {**plaza.controls.value, "coupling": 3.3, "seed": 77}, "pinned": []}
    plaza._receive(plaza, {"type": "draft", **draft}, [])
    assert plaza.controls.value["coupling"] == 3.3
    assert plaza.stage.crowd == 77


@pytest.mark.parametrize(
    "content",
    [
        None,
        3,
        {},
        {"type": "draft", "settings": 4},
        {"type": "recall", "at": 9},
        {"type": "unpin", "at": "x"},
        {"type": "draft", "settings": {}, "pinned": [4, {"settings": 1}]},
    ],
)
def test_messages_that_make_no_sense_change_nothing(content: object) -> None:
    plaza = open_plaza()
    before = (plaza.stage.run, plaza.pinned)
    plaza._receive(plaza, content, [])
    assert (plaza.stage.run, plaza.pinned) == before


def test_a_setting_worth_keeping_can_be_gone_back_to() -> None:
    plaza = open_plaza()
    move(plaza, coupling=3.0)
    seen = plaza.stage.run["phase"]
    plaza._receive(plaza, {"type": "pin"}, [])
    plaza._receive(plaza.stage, {"type": "new"}, [])
    move(plaza, coupling=1.0)
    plaza._receive(plaza, {"type": "recall", "at": 0}, [])
    assert plaza.stage.run["phase"] == seen
    plaza._receive(plaza, {"type": "unpin", "at": 0}, [])
    assert plaza.pinned == []


def prediction(item: str, answer: Answer) -> Entry:
    return new_entry(LESSON, item, "prediction", 1, answer, None, NOON)


def test_the_prediction_is_laid_over_the_run_it_speaks_of() -> None:
    plaza = Choreography()
    plaza.restore([prediction("tuning-in-curve", {"curve": [0, 10, 20, 40, 60, 70, 80]})])
    move(plaza, network="neighbours")
    assert not any("predicted" in trace["name"] for trace in plaza.chart.figure["data"])
    move(plaza, network="everyone", people=200, diversity=0.5, coupling=1.0)
    assert any(trace["name"] == "you predicted 20%" for trace in plaza.chart.figure["data"])


def test_the_predicted_number_is_marked_on_the_slider() -> None:
    plaza = open_plaza()
    plaza.follow(prediction("far-listeners-needed", {"number": 25}))
    assert plaza.controls.marks["far"]["value"] == 25


def test_hints_come_one_at_a_time() -> None:
    plaza = open_plaza()
    assert plaza.state["hints"] == []
    for shown in range(1, len(goal().hints) + 2):
        plaza._receive(plaza, {"type": "hint"}, [])
        assert len(plaza.state["hints"]) == min(shown, len(goal().hints))


def test_the_setting_that_wins_never_reaches_the_browser_beforehand() -> None:
    plaza = open_plaza()
    seen = json.dumps([plaza.goal, plaza.state, plaza.controls.specs, plaza.controls.locked])
    assert "winning" not in seen


def test_many_plazas_side_by_side_end_as_the_model_says() -> None:
    params = Kuramoto(coupling=4.0, network="far listeners", far=40)
    alone = [run(params, np.random.default_rng(seed), frames=FRAMES).summary["order"] for seed in range(3)]
    assert late_orders([params], (0, 1, 2))[0] == pytest.approx(alone, abs=0.01)


def test_the_curve_that_happens_is_the_published_one() -> None:
    curve = tuning_in_curve()
    assert max(curve[:2]) < 0.15  # below the threshold: only the noise of a finite crowd
    theory = [expected_order(coupling, "normal", 0.5) for coupling in (1.5, 2.0, 2.5, 3.0)]
    assert list(curve[3:]) == pytest.approx(theory, abs=0.02)


def test_enough_far_listeners_are_found_by_trying() -> None:
    *_, last = far_trials()
    assert last.needed is not None
    assert 35 <= last.needed <= 60
    assert len(FAR_SEEDS) == 10


def test_needed_is_what_holds_from_there_on() -> None:
    assert Trials({0: 0, 20: 9, 40: 8, 60: 10}).needed == 60
    assert Trials({0: 0, 20: 5}).needed is None


@pytest.mark.parametrize(
    ("said", "words"), [(0, "nobody"), (25, "more than you thought"), (45, "closer than that"), (120, "need fewer")]
)
def test_the_comparison_speaks_in_the_learners_number(said: int, words: str) -> None:
    assert words in far_sentence(said, 5, 45)


def test_a_curve_that_is_nearly_right_is_told_so() -> None:
    real = [6.0, 9.0, 71.0, 92.0, 96.0, 98.0, 99.0]
    assert curve_sentence(real, real).startswith("You drew very nearly")
    assert "no such leap" in curve_sentence([50.0] * 7, real)


def test_settings_worth_keeping_are_kept_and_come_back() -> None:
    kept: list[Entry] = []

    def keep_settings(exercise: Exercise, answer: Answer) -> Entry:
        kept.append(new_entry("09-choreography", exercise.id, "settings", 1, answer, None, datetime.now(UTC)))
        return kept[-1]

    plaza = Choreography(goal=goal(), keep_settings=keep_settings)
    plaza.restore([])
    plaza._receive(plaza, {"type": "pin"}, [])
    first = plaza.pinned[0]
    again = Choreography(goal=goal())
    again.restore(kept)
    assert again.pinned == [first]
    assert not again.state["reached"]  # to keep a setting is not to reach the goal
    plaza._receive(plaza, {"type": "unpin", "at": 0}, [])
    after = Choreography(goal=goal())
    after.restore(kept)
    assert after.pinned == []
