"""Silo search: fair networks, the model's rules, and the same room with more bridges."""

import json
import random
import time

import numpy as np
import plotly.graph_objects as go
import pytest
from tests.live.rooms import Room, join, opened, play, text

from choreo.live.activities.silo_search.activity import SiloSearch
from choreo.live.activities.silo_search.game import BEST, COPY
from choreo.live.activities.silo_search.model import curves
from choreo.live.activities.silo_search.room import chart
from choreo.live.activity import Move
from choreo.live.session import Session


def search(people, settings=None, seed=1):
    room = opened("silo-search", people, settings, seed)
    room.step("search")
    return room


def game(room: Room) -> SiloSearch:
    assert isinstance(room.activity, SiloSearch)
    return room.activity


def sizes(room):
    played = game(room)
    nets = [[0] * net.silos for net in played.nets]
    for seat in played.seats.values():
        nets[seat.net][seat.silo] += 1
    return nets


def everybody_stays(room):
    played = game(room)
    for who in sorted(played.waiting):
        assert room.say(who, {"round": played.round, "stay": True}) == ""


def by_the_rule(room, chance):
    """Everybody does what the model's people do; False once the search is over."""
    played = game(room)
    if not played.running:
        return False
    number = played.round
    views = {who: json.loads(text(room.phone(who))) for who in played.seats}
    for who, view in views.items():
        if view["near"] and view["near"][0]["points"] > view["points"]:
            say = {"round": number, "copy": view["near"][0]["solution"]}
        else:
            say = {"round": number, "flip": chance.randrange(view["switches"])}
        assert room.say(who, say) == ""
    return True


@pytest.mark.parametrize("people", [2, 5, 11, 12, 50, 333, 1000])
def test_the_room_is_split_evenly_into_networks_and_these_into_silos(people):
    nets = sizes(search(people))
    assert len(nets) == (2 if people < 12 else 3)
    totals = [sum(silos) for silos in nets]
    assert sum(totals) == people
    assert max(totals) - min(totals) <= 1
    assert all(max(silos) - min(silos) <= 1 for silos in nets)


def test_people_and_bots_are_spread_over_the_networks_alike():
    room = opened("silo-search", 31, virtual=16)
    room.step("search")
    human = [0, 0, 0]
    for who, seat in game(room).seats.items():
        human[seat.net] += not room.session.people[who].virtual
    assert human == [5, 5, 5]


def test_the_split_is_drawn_anew_with_another_seed_and_the_same_with_the_same():
    first, same, other = (
        {who: (seat.net, seat.silo, seat.start) for who, seat in game(search(30, seed=seed)).seats.items()}
        for seed in (1, 1, 2)
    )
    assert first == same
    assert first != other


def test_who_comes_late_gets_a_place_in_the_smallest_network_and_can_move_at_once():
    room = search(13)
    small = {index for index, silos in enumerate(sizes(room)) if sum(silos) == 4}
    for who in ("late1", "late2"):
        join(room, who)
    assert {game(room).seats[who].net for who in ("late1", "late2")} == small
    assert room.say("late1", {"round": 1, "flip": 0}) == ""


def test_who_was_away_at_the_start_gets_a_place_on_coming_back():
    room = opened("silo-search", 8)
    room.event("leave", "p3")
    room.step("search")
    assert room.phone("p3")["seat"] is False
    room.event("back", "p3")
    assert room.phone("p3")["seat"] is True
    assert room.say("p3", {"round": 1, "flip": 0}) == ""


def test_a_try_is_kept_only_if_it_is_better():
    room = search(5)
    played = game(room)
    seen = set()
    while played.running:
        number = played.round
        for who, seat in played.seats.items():
            before, flip = seat.state, number % 12
            tried = played.points[before ^ 1 << flip]
            assert room.say(who, {"round": number, "flip": flip}) == ""
            kept = tried > played.points[before]
            assert seat.last == {"flip": flip, "points": tried, "kept": kept}
            assert (seat.state != before) == kept
            seen.add(kept)
    assert seen == {True, False}


def test_one_can_take_over_only_what_one_hears():
    room = search(40)
    played = game(room)
    for who, seat in played.seats.items():
        near = {other for other, one in played.seats.items() if (one.net, one.silo) == (seat.net, seat.silo)}
        near |= {end for bridge in played.nets[seat.net].bridges if who in bridge.ends for end in bridge.ends}
        heard = {played.seats[other].start for other in near}
        shown = {int(one["solution"][::-1], 2) for one in room.phone(who)["near"]}
        assert shown <= heard
        assert room.phone(who)["hears"] == len(near) - 1
        for other in played.seats.values():
            say = {"round": 1, "copy": f"{other.start:012b}"[::-1]}
            assert (room.session.refusal(who, say) == "") == (other.start in heard)


def test_what_is_taken_over_is_ones_own_at_once_and_others_hear_it_from_the_next_round_on():
    room = search(5)
    played = game(room)
    open_net = [who for who, seat in played.seats.items() if seat.net == 1]
    one, other = open_net
    solution = room.phone(one)["near"][0]["solution"]
    room.say(one, {"round": 1, "copy": solution})
    assert room.phone(one)["mine"] == solution
    assert room.phone(other)["near"][0]["solution"] != solution
    everybody_stays(room)
    assert room.phone(other)["near"] == []  # both have the same now


def test_a_bridge_gets_somebody_else_when_who_stood_on_it_has_left():
    room = search(60, {"networks": "silos_or_bridges"})
    played = game(room)
    bridge = played.nets[1].bridges[0]
    gone = bridge.ends[0]
    assert room.phone(gone)["bridge"] is True
    room.event("leave", gone)
    everybody_stays(room)
    new = bridge.ends[0]
    assert new != gone
    assert played.seats[new].silo == played.seats[gone].silo
    assert room.phone(new)["bridge"] is True


@pytest.mark.parametrize(
    "say",
    [
        {},
        {"round": 1},
        {"round": 1, "stay": 1},
        {"round": 1, "flip": -1},
        {"round": 1, "flip": 12},
        {"round": 1, "flip": True},
        {"round": 1, "flip": 1.0},
        {"round": 1, "flip": [0]},
        {"round": 1, "copy": 3},
        {"round": 1, "copy": "2" * 12},
        {"round": 1, "copy": "١" * 12},
        {"round": 1, "copy": "0" * 4000},
        {"round": 1, "copy": {"a": []}},
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(say):
    room = search(6)
    before = [text(room.phone(who)) for who in room.session.people]
    assert room.say("p1", say)
    room.event("say", "p1", **say)  # even if it had come into the log
    assert [text(room.phone(who)) for who in room.session.people] == before


def test_there_is_one_move_in_a_round():
    room = search(6)
    assert room.say("p1", {"round": 1, "flip": 1}) == ""
    assert "made your move" in room.say("p1", {"round": 1, "flip": 2})
    assert room.phone("p1")["moved"] is True


@pytest.mark.parametrize("people", [1, 5, 51, 1000])
def test_a_room_of_bots_plays_to_the_end(people):
    largest = 0

    def watch(room):
        nonlocal largest
        largest = max(largest, max(map(len, room.shown.values()), default=0))

    begun = time.process_time()
    room = play("silo-search", people, watch=watch)
    assert time.process_time() - begun < 60  # about 3 s; far more means that something grew with the square
    played = game(room)
    assert played.round == 16
    moves = sum(len(seat.moves) for seat in played.seats.values())
    assert moves > 10 * people
    assert {why for _, _, why in room.refused} <= {"That round is over; here is the next one."}
    assert len(room.refused) < moves / 100
    assert largest < 1000
    scenes = [room.scenes["search"], room.debrief, *room.further, *room.what_ifs]
    for figure in (figure for scene in scenes for figure in scene.figures):
        go.Figure(list(figure.data), dict(figure.layout))  # raises ValueError for what Plotly does not know
    assert len(text(room.debrief.json())) < 12_000


def test_the_log_alone_gives_the_same_search_again():
    room = play("silo-search", 30, seed=4)
    again = Session.replay(room.log).activity
    assert isinstance(again, SiloSearch)
    assert again.seats == game(room).seats
    assert again.nets == game(room).nets
    assert text(again.debrief().json()) == text(room.debrief.json())
    assert [text(scene.json()) for scene in again.what_ifs()] == [text(scene.json()) for scene in room.what_ifs]


def test_people_who_keep_to_the_models_rule_get_the_models_curve():
    gaps = []
    for seed in range(40):
        room, chance = search(30, {"networks": "silos_or_everybody"}, seed), random.Random(seed)
        while by_the_rule(room, chance):
            pass
        room.event("finish")
        model = [curves(game(room), index) for index in range(2)]
        for part, word in enumerate(("mean", "best")):
            played = {line["name"]: line["y"] for line in chart(game(room), word, part, model).data}
            assert len(played) == 4
            for net in game(room).nets:
                name = {"silos": "Silos", "open": "Everybody hears everybody"}[net.kind]
                assert played[name] == [round(found[part]) for found in net.rounds]
                assert len(played[f"{name}: model"]) == len(played[name])
                if part == 0:
                    gaps.append(np.subtract(played[name], played[f"{name}: model"]))
    assert abs(np.mean(gaps)) < 0.03 * BEST
    assert np.abs(np.mean(gaps, axis=0)).max() < 0.06 * BEST


def test_with_the_same_bridges_and_people_who_keep_to_the_rule_the_what_if_is_what_was():
    room, chance = search(60, {"networks": "silos_or_bridges"}, 3), random.Random(3)
    while by_the_rule(room, chance):
        pass
    scenes = game(room).what_ifs()
    for scene, name in zip(scenes, ("Silos", "Silos with bridges"), strict=True):
        was, same, more = (line["y"] for line in scene.figures[0].data)
        assert scene.title == f"{name}: with 2 more bridges {more[-1]} points in place of {same[-1]}, by the rule"
    for scene in scenes:
        was, same, more = (line["y"] for line in scene.figures[0].data)
        assert was == same
        assert more[0] == same[0]
    assert any(line["y"] != scene.figures[0].data[1]["y"] for scene in scenes for line in scene.figures[0].data[2:])


def test_two_more_bridges_carry_a_good_solution_into_silos_that_never_heard_of_it():
    room = search(24, {"networks": "silos_or_bridges", "rounds": 6, "silos": 2})
    played = game(room)
    best = played.points.index(BEST)
    silos = [who for who, seat in played.seats.items() if seat.net == 0]
    rich = next(who for who in silos if played.seats[who].silo == 0)
    for who in silos:
        played.seats[who].start = played.seats[who].state = (
            best if who == rich else played.points.index(min(played.points))
        )
    while played.running:
        everybody_stays(room)
    was, same, more = (line["y"] for line in played.what_ifs()[0].figures[0].data)
    poor = min(played.points)
    assert was[-1] < same[-1]  # all stayed; by the rule the rich one's silo takes it over
    assert same[-1] == pytest.approx((6 * BEST + 6 * poor) / 12, abs=1)
    assert more[-1] == BEST


def test_during_the_debrief_a_phone_keeps_its_network_and_how_far_it_came():
    room = play("silo-search", 24, settings={"networks": "silos_or_bridges"}, seed=6, late=0, leaving=0)
    played = game(room)
    ends = {who for net in played.nets for bridge in net.bridges for who in bridge.ends}
    for who, seat in played.seats.items():
        network, *rest = played.result_of(who).lines
        assert (
            network == f"Your network: {'silos with bridges' if played.nets[seat.net].kind == 'bridges' else 'silos'}."
        )
        assert any("You were a bridge" in line for line in rest) is (who in ends)
        assert f"You began with {played.points[seat.start]} points and have {played.points[seat.state]}." in rest
    assert played.result_of("ghost").json() == {}


def test_who_came_furthest_is_the_debriefs_statement_and_the_model_has_a_screen_of_its_own():
    room = play("silo-search", 24, settings={"networks": "silos_or_everybody"}, seed=6)
    room_, best, model = (room.debrief, *room.further)
    ends = {line["name"]: line["y"][-1] for line in room_.figures[0].data}
    first = max(ends, key=ends.get)
    assert room_.title == f"{first} came furthest: {ends[first]} points on average"
    here, beside = model.figures[0].data
    assert dict(zip(here["x"], here["y"], strict=True)) == ends
    assert beside["name"] == "the model"
    assert best.figures != room_.figures


def test_phones_show_nobodys_name_and_not_the_landscape():
    room = search(20)
    for who in room.session.people:
        shown = room.phone(who)
        assert set(shown) == {
            *("step", "rounds", "switches", "seat", "round", "over", "mine", "points", "started", "last"),
            *("ends", "seconds", "moved", "near", "hears", "bridge"),
        }
        assert len(shown["near"]) <= 4
        assert all(set(one) == {"solution", "points", "people", "bridge"} for one in shown["near"])


def test_the_network_is_told_only_when_the_search_is_over():
    room = search(12, {"rounds": 3})
    assert "network" not in room.phone("p1")
    while game(room).running:
        everybody_stays(room)
    assert room.phone("p1")["network"] in ("Silos", "Silos with bridges", "Everybody hears everybody")
    assert room.say("p1", {"round": 4, "stay": True}) == "The search is over."


def test_a_second_search_is_on_another_problem():
    room = search(10)
    first = list(game(room).points)
    everybody_stays(room)
    room.step("explain")
    assert room.session.refusal("p1", {"round": 2, "stay": True}) == "The search has not begun yet."
    room.step("search")
    assert game(room).points != first
    assert game(room).round == 1


def test_bots_take_over_what_is_better_and_try_something_else_otherwise():
    room = search(40)
    moves = [SiloSearch.bot(room.phone(who), random.Random(who)) for who in room.session.people]
    assert all(isinstance(move, Move) and 0 < move.after < 20 for move in moves)
    for who, move in zip(room.session.people, moves, strict=True):
        assert move is not None
        assert room.say(who, move.say) == ""
    kinds = [seat.moves[1] for seat in game(room).seats.values()]
    assert COPY in kinds
    assert any(kind >= 0 for kind in kinds)
