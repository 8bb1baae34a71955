"""Micro-cultures: a territory that grows with the room, meetings as in Axelrod's model, and nobody waited for."""

import json
import random
import time
from collections import Counter

import numpy as np
import plotly.graph_objects as go
import pytest
from tests.live.rooms import Room, join, opened, play, text

from choreo.live.activities.micro_cultures.activity import MicroCultures
from choreo.live.activities.micro_cultures.game import BEAT, HABITS, cell, ties_of
from choreo.live.activities.micro_cultures.model import spread
from choreo.live.session import Session
from choreo.models.culture import Culture, regions, run_many, settled, ties, zones


def game(room: Room) -> MicroCultures:
    assert isinstance(room.activity, MicroCultures)
    return room.activity


def meeting(people, settings=None, seed=1):
    room = opened("micro-cultures", people, settings, seed)
    room.step("meet")
    return room


def beat(room):
    room.now = game(room).wake
    room.event("tick")


def answer(room, who, adopt=True):
    return room.say(who, {"offer": room.phone(who)["offer"]["number"], "adopt": adopt})


def offered(room):
    return [who for who in game(room).here() if room.phone(who)["offer"]]


def set_sites(room, *sites):
    """Put these habits on the first sites, and start their meetings anew."""
    played = game(room)
    played.sites[: len(sites)] = [list(site) for site in sites]
    played.offers.clear()
    played._counted = None


def near_of(played, site):
    return {cell(other) for other in played.around[site]}


@pytest.mark.parametrize("sight", [4, 8])
@pytest.mark.parametrize("side", [2, 3, 7])
def test_a_full_square_has_the_models_neighbours(side, sight):
    played = game(opened("micro-cultures", side * side, {"neighbours": sight}))
    one, other = ties(Culture(rows=side, columns=side, neighbours=str(sight)))
    expected = {
        frozenset((divmod(a, side), divmod(b, side))) for a, b in zip(one.tolist(), other.tolist(), strict=True)
    }
    assert {frozenset((cell(a), cell(b))) for a, b in zip(*ties_of(played.around), strict=True)} == expected


@pytest.mark.parametrize("people", [1, 2, 3, 5, 11, 50, 997])
def test_every_phone_has_one_cell_of_a_nearly_square_territory_and_only_neighbours_that_exist(people):
    played = game(opened("micro-cultures", people))
    assert sorted(played.site_of.values()) == list(range(people))
    places = {cell(number) for number in range(people)}
    assert len(places) == people
    side = max(max(place) for place in places) + 1
    assert (side - 1) ** 2 < people <= side**2
    for site in range(people):
        row, column = cell(site)
        assert near_of(played, site) <= places & {
            (row + 1, column),
            (row - 1, column),
            (row, column + 1),
            (row, column - 1),
        }
        assert people == 1 or near_of(played, site)


def test_nobody_begins_alone():
    for seed in range(20):
        played = game(opened("micro-cultures", 30, seed=seed))
        assert int(zones(np.array(played.sites), ties_of(played.around))) == 1


def test_people_who_join_together_are_not_neighbours_because_of_it():
    first, same, other = (game(opened("micro-cultures", 30, seed=seed)) for seed in (1, 1, 2))
    assert first.who == same.who
    assert first.start == same.start
    assert first.who != other.who
    assert first.who != [f"p{number}" for number in range(1, 31)]


def test_adopting_takes_over_the_habit_that_the_phone_shows_and_keeping_changes_nothing():
    room = meeting(9)
    who, *_ = offered(room)
    view = room.phone(who)
    offer = view["offer"]
    assert view["habits"][offer["topic"]][1] != offer["habit"]
    assert 0 < offer["common"] < 3
    assert answer(room, who, adopt=False) == ""
    assert room.phone(who)["habits"] == view["habits"]
    while not room.phone(who)["offer"]:
        beat(room)
    offer = room.phone(who)["offer"]
    assert answer(room, who) == ""
    assert room.phone(who)["habits"][offer["topic"]][1] == offer["habit"]
    assert (game(room).adopted, game(room).kept) == (1, 1)
    assert room.phone(who)["offer"] is None


def test_neighbours_who_agree_on_all_or_on_nothing_do_not_meet():
    room = meeting(4)
    set_sites(room, [0, 0, 0], [0, 0, 0], [1, 1, 1], [0, 0, 0])  # 0 1 over 2 3: site 2 is a stranger to all
    beat(room)
    assert offered(room) == []
    assert game(room).wake is None  # and the beat ends
    why = {site: room.phone(game(room).who[site])["why"] for site in range(4)}
    assert why == {0: "strangers", 1: "alike", 2: "strangers", 3: "strangers"}


def test_neighbours_meet_as_often_as_they_have_much_in_common():
    room = meeting(3, {"topics": 4})
    seen = Counter()
    for _ in range(3000):
        set_sites(room, [0, 0, 0, 0], [0, 0, 0, 1], [0, 1, 1, 1])  # the neighbours of site 0 share 3 and 1 of 4
        game(room)._meet(1)
        if 0 in game(room).offers:
            seen[game(room).offers[0][1]] += 1
    assert seen[1] / 3000 == pytest.approx(3 / 8, abs=0.04)
    assert seen[2] / 3000 == pytest.approx(1 / 8, abs=0.03)


def test_a_phone_follows_the_neighbour_it_is_meeting():
    room = meeting(4)
    set_sites(room, [0, 0, 1], [0, 0, 2], [0, 3, 3], [4, 4, 2])
    played = game(room)
    played.offers[0] = (90, 1, 2, 2)  # site 0 sees the third habit of site 1, which
    played.offers[1] = (91, 3, 2, 3)  # takes over another one
    room.say(played.who[1], {"offer": 91, "adopt": True})
    assert played.offers[0] == (90, 1, 2, 3)
    played.offers[1] = (92, 0, 2, 1)
    room.say(played.who[1], {"offer": 92, "adopt": True})  # now they are the same, and the meeting is over
    assert 0 not in played.offers
    assert "just changed" in room.say(played.who[0], {"offer": 90, "adopt": True})
    assert played.sites[0] == [0, 0, 1]


def test_who_left_is_not_waited_for_keeps_the_habits_and_can_be_copied():
    room = meeting(2)
    set_sites(room, [0, 0, 0], [0, 0, 1])
    gone, here = game(room).who[:2]
    room.event("leave", gone)
    for _ in range(30):
        if room.phone(here)["offer"]:
            break
        beat(room)
    assert gone not in offered(room)
    answer(room, here)
    assert game(room).sites[:2] == [[0, 0, 0], [0, 0, 0]]
    beat(room)
    assert game(room).wake is None
    room.event("back", gone)
    assert room.phone(gone)["habits"] == [[name, habits[0]] for name, habits in HABITS[:3]]


def test_an_empty_room_writes_no_beats():
    room = meeting(4)
    for who in list(room.session.people):
        room.event("leave", who)
    beat(room)
    assert game(room).wake is None
    room.event("back", "p1")
    assert game(room).wake == room.now + BEAT


def test_late_joiners_extend_the_territory_and_move_nobody():
    room = meeting(5)
    places, around = dict(game(room).site_of), [list(near) for near in game(room).around]
    for number in range(6, 200):
        join(room, f"p{number}")
    played = game(room)
    assert {who: played.site_of[who] for who in places} == places
    assert all(set(before) <= set(after) for before, after in zip(around, played.around, strict=False))
    assert len(played.start) == 199
    for _ in range(10):
        beat(room)
    assert len(offered(room)) > 100
    room.step("stop")
    join(room, "late")
    assert room.phone("late") == {"step": "stop", "habits": [], "offer": None}
    room.step("meet")
    assert len(room.phone("late")["habits"]) == 3


def test_a_pause_stops_the_beat_and_the_debrief_ends_it():
    room = meeting(9)
    due = game(room).wake
    room.event("pause")
    room.now += 500
    room.event("tick")
    who = offered(room)[0]
    assert answer(room, who) == "The session is paused."
    room.event("resume")
    assert game(room).wake == due + 500
    assert answer(room, who) == ""
    room.event("finish")
    join(room, "p10")
    room.event("leave", "p1")
    room.event("back", "p1")
    assert game(room).wake is None
    room.event("step", to="meet")
    assert game(room).wake is not None


@pytest.mark.parametrize(
    "wrong",
    [{"adopt": 1}, {"adopt": None}, {"adopt": "yes"}, {"adopt": [True]}, {"offer": 0}, {"offer": True}, {"offer": "1"},
     {"offer": None}, {"offer": [1]}, {"offer": 10**400}],
)  # fmt: skip
def test_anything_but_an_answer_to_the_meeting_is_refused_and_changes_nothing(wrong):
    room = meeting(9)
    who = next(who for who in offered(room) if room.phone(who)["offer"]["number"] > 1)
    say = {"offer": room.phone(who)["offer"]["number"], "adopt": True} | wrong
    before = (text(room.phone(who)), [list(site) for site in game(room).sites])
    assert room.say(who, say).endswith(".")
    room.event("say", who, **say)
    assert (text(room.phone(who)), game(room).sites) == before
    assert room.say(who, {}).endswith(".")


def test_nobody_can_answer_for_a_neighbour_or_outside_the_meetings():
    room = meeting(9)
    one, other, *_ = offered(room)
    assert room.say(one, {"offer": room.phone(other)["offer"]["number"], "adopt": True})
    number = room.phone(one)["offer"]["number"]
    room.step("stop")
    assert room.say(one, {"offer": number, "adopt": True}) == "There are no meetings just now."


def test_phones_get_little_and_only_those_that_changed_get_anything():
    room = meeting(100, {"topics": 6, "ways": 6, "neighbours": 8})
    assert max(len(json.dumps(room.phone(who)).encode()) for who in room.session.people) < 800
    game(room).touched()
    who = offered(room)[0]
    site = game(room).site_of[who]
    answer(room, who)
    assert game(room).touched() <= {who, *(game(room).who[other] for other in game(room).around[site])}


def test_the_room_counts_regions_as_the_model_does():
    room = play("micro-cultures", 30, seconds=60, late=3)
    played = game(room)
    traits, tie = np.array(played.sites), ties_of(played.around)
    assert played.counts()[:2] == (int(regions(traits, tie)), int(zones(traits, tie)))
    assert dict(room.scenes["stop"].facts)["regions of one culture"] == str(int(regions(traits, tie)))
    assert played.counts()[0] < len(played.start)
    z = room.scenes["stop"].figures[0].data[0]["z"]
    assert sum(value is not None for row in z for value in row) == 33
    assert len({len(row) for row in z}) == 1


def test_walls_stand_where_neighbours_have_nothing_in_common():
    room = opened("micro-cultures", 4)
    set_sites(room, [0, 0, 0], [1, 1, 1], [0, 0, 2], [1, 1, 2])  # 0 1 over 2 3
    walls = room.session.scene().figures[0].data[1]
    assert (walls["x"], walls["y"]) == ([0.5, 0.5, None], [-0.5, 0.5, None])


def test_the_model_in_the_debrief_is_axelrods():
    """Its mean number of regions in the end is that of models.culture, from random starts of the same kind."""
    side, topics, ways, runs = 4, 3, 5, 100
    params = Culture(rows=side, columns=side, features=topics, traits=ways)
    one, other = ties(params)
    around = [[] for _ in range(side * side)]
    for a, b in zip(one.tolist(), other.tolist(), strict=True):
        around[a].append(b)
        around[b].append(a)
    chance, ends = random.Random(4), []
    for _ in range(runs):
        start = [[chance.randrange(ways) for _ in range(topics)] for _ in range(side * side)]
        states = spread(start, around, chance)[1]
        assert settled(states[-1], (one, other))
        ends.append(int(regions(states[-1], (one, other))))
    known = run_many(params, np.random.default_rng(4), runs)["regions"]
    error = (np.var(ends) / runs + known.var() / runs) ** 0.5
    assert abs(np.mean(ends) - known.mean()) < 4 * error


def test_the_debrief_begins_the_model_where_the_room_began_and_lets_it_meet_as_often():
    room = play("micro-cultures", 25, seconds=120)
    here, model = room.further[0].figures[0].data
    assert here["y"][0] == model["y"][0] == int(regions(np.array(game(room).start), ties_of(game(room).around)))
    assert here["x"][0] == model["x"][0] == 0
    assert model["x"][-1] <= here["x"][-1]
    assert here["y"][-1] == game(room).counts()[0]
    assert text(room.session.scene().json()) == text(room.debrief.json())  # asking twice says the same


def test_during_the_debrief_a_phone_shows_which_square_it_is_and_who_is_like_it():
    room = play("micro-cultures", 25, seconds=60)
    played = game(room)
    for who, site in played.site_of.items():
        found = played.result_of(who)
        signs = {(row, column): sign for row, line in enumerate(found.map) for column, sign in enumerate(line)}
        assert [place for place, sign in signs.items() if sign == "@"] == [
            place for place, other in played.at.items() if other == site
        ]
        like = [played.at[place] for place, sign in signs.items() if sign == "="]
        assert all(played.sites[other] == played.sites[site] for other in like)
        assert sum(sign != " " for sign in signs.values()) == len(played.sites)
    assert played.result_of("ghost").json() == {}


def test_every_figure_is_one_that_plotly_knows():
    room = play("micro-cultures", 12, seconds=60)
    for scene in (*room.scenes.values(), room.debrief, *room.further, *room.what_ifs):
        for figure in scene.figures:
            go.Figure(data=list(figure.data), layout=figure.layout)


@pytest.mark.parametrize("people", [1, 2, 3, 5, 11, 50])
def test_a_game_of_any_size_is_played_to_its_end(people):
    room = play("micro-cultures", people, seconds=300)
    assert len(game(room).start) == people + 2
    assert game(room).adopted > 0
    assert room.debrief.figures


def test_a_thousand_play_within_two_seconds_of_the_hubs_time():
    room = play("micro-cultures", 1000, seconds=30)
    assert game(room).adopted + game(room).kept > 2000
    begun = time.process_time()
    session = Session.replay(room.log)
    for who in session.people:
        session.activity.phone(who)
        session.activity.result_of(who)
    session.scene()
    session.activity.further()
    session.activity.what_ifs()
    assert time.process_time() - begun < 2
