"""Trust over time: pairs that nobody has to wait for, a channel that slips as often as announced, the model's numbers."""

import json
import random
import re
import time
from collections import Counter

import numpy as np
import plotly.graph_objects as go
import pytest
from tests.live.rooms import Room, join, opened, play, text

from choreo.live.activities.trust_over_time.activity import TrustOverTime
from choreo.live.activities.trust_over_time.game import HOLD, SHARE
from choreo.live.session import Session
from choreo.models.trust import PAYOFFS, STRATEGIES, expected_table, outcome_chances


def dealing(people, settings=None, seed=1, virtual=0):
    room = opened("trust-over-time", people, settings, seed, virtual)
    room.step("play")
    return room


def game(room: Room) -> TrustOverTime:
    assert isinstance(room.activity, TrustOverTime)
    return room.activity


def choose(room, who, choice=SHARE):
    return room.say(who, {"round": game(room).round, "choice": choice})


def all_choose(room, choices=None):
    """One round: everybody who can, shares, or does what `choices` says."""
    for who in sorted(game(room).pair_of):
        assert choose(room, who, (choices or {}).get(who, SHARE)) == ""


def partner(room, who):
    pair = game(room).pair_of[who]
    return pair.seats[1 - pair.seats.index(who)]


def alone(room):
    return [who for who in game(room).pair_of if partner(room, who) == ""]


@pytest.mark.parametrize("people", [1, 2, 5, 50, 51, 999, 1000])
def test_everybody_has_one_partner_and_one_is_left_over_if_the_number_is_odd(people):
    room = dealing(people)
    assert len(game(room).pair_of) == people
    assert len(alone(room)) == people % 2
    for who in game(room).pair_of:
        if other := partner(room, who):
            assert partner(room, other) == who
    for who in alone(room):
        assert room.phone(who)["partner"] == "rule"
        assert room.phone(who)["left"] is False


def test_pairs_are_drawn_anew_with_another_seed_and_the_same_with_the_same():
    first, same, other = (
        {who: partner(room, who) for who in game(room).pair_of}
        for room in (dealing(20, seed=seed) for seed in (1, 1, 2))
    )
    assert first == same
    assert first != other


def test_people_meet_people_and_a_bot_is_marked_as_one():
    room = dealing(10, virtual=5)
    kinds = Counter((room.session.people[who].virtual, room.phone(who)["partner"]) for who in game(room).pair_of)
    assert kinds == {(False, "person"): 4, (False, "bot"): 1, (True, "person"): 1, (True, "bot"): 4}


@pytest.mark.parametrize(
    ("mine", "theirs", "points"),
    [(SHARE, SHARE, (3, 3)), (SHARE, HOLD, (0, 5)), (HOLD, SHARE, (5, 0)), (HOLD, HOLD, (1, 1))],
)
def test_over_a_clear_channel_what_was_meant_arrives_and_pays_as_in_the_model(mine, theirs, points):
    room = dealing(2, {"noise": 0})
    all_choose(room, {"p1": mine, "p2": theirs})
    one, other = room.phone("p1"), room.phone("p2")
    assert (one["points"], other["points"]) == points
    assert (one["meant"], other["meant"]) == (mine, theirs)
    swapped = {"0": "0", "1": "2", "2": "1", "3": "3"}
    assert other["past"] == swapped[one["past"]]
    assert PAYOFFS[int(one["past"])] == points[0]


def test_the_channel_slips_as_often_as_announced_and_says_so_to_nobody():
    room = dealing(500, {"noise": 0.2, "rounds": 10})
    while game(room).running:
        all_choose(room)
    held = sum(outcome in (2, 3) for player in game(room).players.values() for outcome in player.past)
    assert held / 5000 == pytest.approx(0.2, abs=0.02)
    slipped = next(who for who, player in game(room).players.items() if player.past[-1] in (2, 3))
    shown = room.phone(partner(room, slipped))
    assert "meant" in shown
    assert shown["meant"] == SHARE  # one's own; of the other's choice only what arrived
    assert shown["past"][-1] in "13"


def test_a_partners_choice_is_not_shown_before_the_round_is_over():
    room = dealing(2, {"noise": 0})
    before = room.phone("p2")
    choose(room, "p1", HOLD)
    assert room.phone("p2") == before
    assert room.phone("p1")["chose"] == HOLD


def test_one_may_change_ones_mind_until_the_round_ends():
    room = dealing(4, {"noise": 0})
    choose(room, "p1", HOLD)
    choose(room, "p1", SHARE)
    assert room.phone("p1")["chose"] == SHARE
    all_choose(room, dict.fromkeys(("p2", "p3", "p4"), SHARE))
    assert room.phone("p1")["past"] == "0"


def test_who_says_nothing_repeats_the_last_choice_and_holds_back_before_the_first():
    room = dealing(2, {"noise": 0})
    choose(room, "p1")
    for _ in range(2):
        room.now += 15
        room.event("tick")
    assert room.phone("p1")["past"] == "11"
    assert room.phone("p1")["silent"] is True
    assert (room.phone("p2")["meant"], room.phone("p2")["silent"]) == (HOLD, True)
    assert [(one.chosen, one.meant, one.silent) for one in game(room).rounds] == [(1, 1, 1), (0, 0, 2)]
    assert game(room).replies.sum() == 0  # what nobody chose is nobody's reply


def test_when_a_partner_leaves_a_virtual_one_takes_over_at_once_and_is_marked():
    room = dealing(4, {"noise": 0})
    all_choose(room)
    other = partner(room, "p1")
    game(room).touched()
    room.event("leave", other)
    assert "p1" in game(room).touched()
    shown = room.phone("p1")
    assert (shown["partner"], shown["left"], shown["past"]) == ("rule", True, "0")
    all_choose(room, {"p1": HOLD})  # the virtual partner answers the last round: it shares
    assert room.phone("p1")["past"] == "02"
    assert game(room).round == 3


def test_the_virtual_partner_is_generous_tit_for_tat():
    room = dealing(301, {"noise": 0, "rounds": 40})
    for who in [f"p{number}" for number in range(1, 302)]:
        if who in game(room).pair_of and partner(room, who):
            room.event("leave", partner(room, who))
    seats = sorted(game(room).pair_of)
    lonely = []
    for plan in (
        SHARE,
        HOLD,
        HOLD,
    ):  # then it answers: share, share, and to two held-back rounds with mercy in one of three
        lonely = alone(room)
        all_choose(room, dict.fromkeys(seats, plan))
    assert len(lonely) == 151
    past = [room.phone(who)["past"] for who in lonely]
    assert all(one[:2] == "02" for one in past)
    assert sum(one[2] == "2" for one in past) / len(past) == pytest.approx(1 / 3, abs=0.08)


def test_who_comes_back_soon_gets_the_old_partner_again():
    room = dealing(6)
    other = partner(room, "p1")
    room.event("leave", other)
    all_choose(room)
    room.event("back", other)
    assert partner(room, "p1") == other
    assert room.phone("p1")["partner"] == "person"
    assert choose(room, other) == ""


def test_two_whose_partners_stay_away_get_each_other():
    room = dealing(4)
    stay = ["p1", next(who for who in ("p2", "p3") if who != partner(room, "p1"))]
    for who in stay:
        room.event("leave", partner(room, who))
    assert sorted(alone(room)) == stay
    for _ in range(2):
        all_choose(room)
        assert len(alone(room)) == 2
    all_choose(room)
    assert partner(room, stay[0]) == stay[1]
    assert room.phone(stay[0])["fresh"] is True


def test_who_is_new_plays_from_the_next_round_on_with_whoever_is_alone():
    room = dealing(5)
    left_over = alone(room)
    join(room, "late")
    assert room.phone("late")["partner"] == ""
    assert choose(room, "late") == "You get a partner with the next round."
    all_choose(room)
    assert [partner(room, "late")] == left_over
    assert alone(room) == []
    assert choose(room, "late") == ""
    join(room, "later")
    all_choose(room)
    assert alone(room) == ["later"]


def test_the_first_in_an_empty_room_has_the_virtual_partner():
    room = dealing(2)
    room.event("leave", "p1")
    room.event("leave", "p2")
    room.event("back", "p2")
    assert room.phone("p2")["partner"] == "rule"
    assert choose(room, "p2") == ""
    assert game(room).round == 2


@pytest.mark.parametrize(
    "say",
    [
        {},
        {"round": 1},
        {"choice": SHARE},
        {"round": 1, "choice": "steal"},
        {"round": 1, "choice": ["share"]},
        {"round": 1, "choice": {"share": 1}},
        {"round": 1, "choice": None},
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(say):
    room = dealing(4)
    before = [text(room.phone(who)) for who in room.session.people]
    assert room.say("p1", say)
    room.event("say", "p1", **say)  # even if it had come into the log
    assert [text(room.phone(who)) for who in room.session.people] == before


@pytest.mark.parametrize("people", [1, 5, 51, 1000])
def test_a_room_of_bots_plays_to_the_end(people):
    largest = 0

    def watch(room):
        nonlocal largest
        largest = max(largest, max(map(len, room.shown.values()), default=0))
        pairs = game(room).pairs
        if game(room).running:
            seated = [who for pair in pairs for who in pair.seats if who]
            assert len(seated) == len(set(seated))
            assert set(seated) == set(game(room).pair_of)

    begun = time.process_time()
    room = play("trust-over-time", people, leaving=0.2, watch=watch)
    assert time.process_time() - begun < 60  # about 2 s; far more means that something grew with the square
    assert len(game(room).rounds) == 15
    assert sum(one.chosen for one in game(room).rounds) > 10 * people
    assert {why for _, _, why in room.refused} <= {
        "That round is over; here is the next one.",
        "You get a partner with the next round.",
    }
    assert largest < 600
    scenes = [room.scenes["explain"], room.scenes["play"], room.debrief, *room.further, *room.what_ifs]
    for figure in (figure for scene in scenes for figure in scene.figures):
        go.Figure(list(figure.data), dict(figure.layout))  # raises ValueError for what Plotly does not know
    assert len(text(room.debrief.json())) < 12_000


def test_the_log_alone_gives_the_same_game_again():
    room = play("trust-over-time", 31, seed=4, leaving=0.3)
    again = Session.replay(room.log).activity
    assert isinstance(again, TrustOverTime)
    assert (again.players, again.pairs, again.rounds) == (game(room).players, game(room).pairs, game(room).rounds)
    assert text(again.debrief().json()) == text(room.debrief.json())


def played_by(name, people=1000, noise=0.1, rounds=12, seed=1):
    """A room in which everybody plays the model's strategy `name`."""
    room, chance = dealing(people, {"noise": noise, "rounds": rounds}, seed), random.Random(seed)
    strategy = STRATEGIES[name]
    while game(room).running:
        choices = {}
        for who in game(room).pair_of:
            view = json.loads(text(room.phone(who)))
            share = strategy.opening if view["fresh"] else strategy.reply[int(view["past"][-1])]
            choices[who] = SHARE if chance.random() < share else HOLD
        all_choose(room, choices)
    room.event("finish")
    return room


@pytest.mark.parametrize("name", ["TFT", "GTFT", "WSLS", "GRIM"])
def test_a_room_that_plays_a_strategy_gets_the_models_exact_result(name):
    room = played_by(name)
    exact = outcome_chances(STRATEGIES[name], STRATEGIES[name], 12, 0.1)[:, 0]
    shares = [one.both / one.pairs for one in game(room).rounds]
    assert np.abs(shares - exact).max() < 0.08  # 500 pairs: nearly four standard deviations
    assert np.abs(np.mean(shares - exact)) < 0.03


def test_the_debrief_counts_forgiveness_and_lays_the_room_beside_the_models_strategies():
    room = played_by("GTFT")
    room.event("finish")
    replying, earning, model = game(room).further()
    forgave, hurt = map(int, re.findall(r"\d+", replying.title))
    assert hurt > 500
    assert forgave / hurt == pytest.approx(1 / 3, abs=0.04)
    trust, replies, pairs = model.figures[0], replying.figures[0], earning.figures[0]
    curves = {line["name"]: line["y"] for line in trust.data}
    exact = 100 * outcome_chances(STRATEGIES["TFT"], STRATEGIES["TFT"], 12, 0.1)[:, 0]
    assert curves["model: tit for tat"] == pytest.approx(exact, abs=0.06)
    bars = {bar["name"]: bar["y"] for bar in replies.data}
    assert bars["you"] == pytest.approx(bars["generous tit for tat"], abs=6)
    points = {bar["y"][0]: bar["x"][0] for bar in pairs.data}
    strict, forgiving = (expected_table([STRATEGIES[name]], 12, 0.1)[0, 0] for name in ("TFT", "GTFT"))
    assert points["two who strictly repay"] == pytest.approx(strict, abs=0.01)
    assert points["two who forgive now and then"] == pytest.approx(forgiving, abs=0.01)
    assert points["two who reply as you did"] == pytest.approx(forgiving, abs=0.05)


def test_at_its_own_noise_the_activity_teaches_that_forgiving_pairs_do_best_and_what_a_taker_gets_from_them():
    scene = played_by("TFT", people=100, noise=TrustOverTime.Settings().noise, rounds=15).activity.further()[1]
    points = {bar["y"][0]: bar["x"][0] for bar in scene.figures[0].data}
    assert (
        points["two who forgive now and then"] > points["two who strictly repay"] > points["two who always hold back"]
    )
    assert "is left with 0.90 by somebody who always holds back, and that one gets 2.66" in scene.lines[0]


def test_bots_are_in_no_count_of_the_room():
    room = dealing(14, {"noise": 0, "rounds": 3}, virtual=10)
    for _ in range(3):
        all_choose(room, {who: HOLD for who in room.session.people if room.session.people[who].virtual})
    assert [(one.chosen, one.meant, one.pairs, one.both) for one in game(room).rounds] == [(4, 4, 2, 2)] * 3
    room.event("finish")
    assert game(room).further()[1].small[-1].startswith("You earned 3.00 points a round")
    assert game(room).result_of("p1").lines == (
        "You have 9 points after 3 rounds.",
        "“Share” arrived from you 3 of 3 times, and from your partner 3 times.",
    )


def test_the_what_if_tells_what_a_clear_channel_and_forgiveness_were_worth():
    room = played_by("GTFT")
    (scene,) = game(room).what_ifs()
    assert scene.small[0].startswith("Assumed: ")
    was, same, clear, grim = (line["y"] for line in scene.figures[0].data)
    assert was == [round(100 * one.both / one.pairs, 1) for one in game(room).rounds]
    assert same == pytest.approx(was, abs=8)
    assert clear[-1] > 95
    assert grim[-1] < same[-1] - 20


def test_before_the_first_round_there_is_nothing_to_compare():
    room = opened("trust-over-time", 4)
    assert room.activity.what_ifs() == ()
    room.event("finish")
    assert room.session.scene().title == "No round was played yet."


def test_phones_show_nobodys_name():
    room = dealing(20)
    all_choose(room)
    for who in room.session.people:
        shown = room.phone(who)
        assert set(shown) == {
            *("step", "rounds", "noise", "round", "over", "points", "past", "meant", "silent"),
            *("ends", "seconds", "chose", "partner", "left", "fresh"),
        }
        assert shown["partner"] in ("person", "bot", "rule")
