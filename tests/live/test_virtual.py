"""Virtual participants are nobody: in no game are they in a count or a result, and the first person ends a rehearsal."""

import random

import pytest
from tests.live.rooms import join, opened
from tests.live.tapping import Crowd, feed

from choreo.live.activities import activities
from choreo.live.activities.flash_mob.activity import FlashMob
from choreo.live.activities.micro_cultures.activity import MicroCultures
from choreo.live.activities.push_and_pull.activity import PushAndPull
from choreo.live.activities.push_and_pull.game import ENDOWMENT
from choreo.live.activities.silo_search.activity import SiloSearch

PEOPLE, BOTS = 6, 10


def virtual(room):
    return {who for who, person in room.session.people.items() if person.virtual}


def facts(room):
    return dict(room.session.scene().facts)


def test_gifts_are_people_s():
    room = opened("push-and-pull", PEOPLE + BOTS, virtual=BOTS)
    room.step("free")
    game = room.activity
    assert isinstance(game, PushAndPull)
    for who in game.here():
        room.say(who, {"give": 0 if who in virtual(room) else 7, "round": game.number})
    assert facts(room)["have given"] == f"{PEOPLE} of {PEOPLE}"
    room.now = game.wake
    room.event("tick")
    assert facts(room)["given in the last round"] == f"7.0 of {ENDOWMENT}"
    assert game.rounds[0].gifts == (7,) * PEOPLE


def test_what_a_network_found_is_what_people_found():
    room = opened("silo-search", PEOPLE + BOTS, virtual=BOTS)
    assert facts(room) == {"here": str(PEOPLE)}
    room.step("search")
    game = room.activity
    assert isinstance(game, SiloSearch)
    for who in sorted(game.waiting):
        best = max(range(game.settings.switches), key=lambda flip: game.points[game.seats[who].state ^ 1 << flip])
        room.say(who, {"round": 1, "flip": best} if who in virtual(room) else {"round": 1, "stay": True})
    for index, net in enumerate(game.nets):
        own = [game.points[seat.start] for who, seat in game.seats.items() if seat.net == index and game.ours(who)]
        assert net.rounds[1] == (sum(own) / len(own), max(own))
    room.event("finish")
    assert any(f"You made {PEOPLE} moves: 0 took over" in line for line in room.session.scene().small)


def test_who_is_virtual_is_drawn_so_on_the_territory_and_its_answers_are_not_the_room_s():
    room = opened("micro-cultures", PEOPLE + BOTS, {"topics": 3, "ways": 2}, virtual=BOTS)
    room.step("meet")
    game = room.activity
    assert isinstance(game, MicroCultures)
    answered = 0
    while answered < 4:
        for who in game.here():
            if offer := room.phone(who)["offer"]:
                answered += who not in virtual(room)
                room.say(who, {"offer": offer["number"], "adopt": who in virtual(room)})
        room.now = game.wake
        room.event("tick")
    room.event("finish")
    scene = room.session.scene()
    assert "You took over 0% of the habits that you were offered." in game.further()[0].small
    drawn = next(trace for trace in scene.figures[0].data if trace.get("name") == "virtual")
    assert len(drawn["x"]) == BOTS
    assert scene.figures[0].says.startswith(f"{PEOPLE} phones and {BOTS} virtual ones in ")


def test_a_flash_mob_is_as_large_as_its_people():
    room = opened("flash-mob", PEOPLE + BOTS, virtual=BOTS)
    room.step("everyone")
    feed(room, Crowd(PEOPLE + BOTS, 0.0).taps(), random.Random(1), 20)
    assert facts(room)["tapping"] == str(PEOPLE)
    game = room.activity
    assert isinstance(game, FlashMob)
    assert max(count for _, _, count in game.samples) == PEOPLE


@pytest.mark.parametrize("name", sorted(activities()))
def test_the_first_person_ends_a_rehearsal(name):
    room = opened(name, BOTS, virtual=BOTS)
    room.step(room.activity.steps[1].name)
    assert "rehearsal" in room.session.scene().lines[0]
    join(room, "p99")
    assert not any("rehearsal" in line for line in room.session.scene().lines)
    assert room.activity.step is room.activity.steps[1]
    room.phone("p99")


def test_nothing_that_virtual_participants_wrote_is_left_when_a_rehearsal_ends():
    room = opened("push-and-pull", BOTS, virtual=BOTS)
    room.step("write")
    for number, who in enumerate(room.activity.here()):
        room.say(who, {"text": f"Rule {number}"})
    room.step("choose")
    room.activity.touched()
    assert room.activity.wrote.texts
    room.event("release", text=next(iter(room.activity.wrote.texts)))
    join(room, "p99")
    assert (room.activity.wrote.texts, room.activity.wrote.released) == ({}, set())
    assert room.activity.touched() == set(room.session.people)  # no phone goes on showing it
