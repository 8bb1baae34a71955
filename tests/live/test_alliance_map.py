"""Our alliance map: only ties that many named are anywhere, the missing one is the model's, and it says how sure that is."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from tests.live.hostile import anything
from tests.live.rooms import Room, opened, play, text

from choreo.live.activities.alliance_map.activity import AllianceMap, AllianceMapSettings
from choreo.live.activities.alliance_map.drawn_map import DrawnMap
from choreo.live.activities.alliance_map.room import picture
from choreo.live.event import Event
from choreo.models.alliance import drawn, helps, left, nearness

PARTIES = ("Ada", "Bo", "Cem", "Dia", "Eli")
CHAIN = [(0, [1]), (1, [0, 2]), (2, [1, 3]), (3, [2, 4]), (4, [3])]  # one of each party: who talks to whom

Answer = tuple[int, list[int]]


def answered(ballots: list[Answer], virtual: int = 0, **settings: Any) -> Room:
    """A room in which people gave (party, talked), the last `virtual` of them bots."""
    room = opened("alliance-map", len(ballots), {"parties": PARTIES} | settings, virtual=virtual)
    for number, (party, talked) in enumerate(ballots, 1):
        assert room.say(f"p{number}", {"party": party, "talked": talked}) == ""
    room.step("map")
    return room


def found(room: Room) -> DrawnMap:
    assert isinstance(room.activity, AllianceMap)
    assert room.activity.found is not None
    return room.activity.found


def everything(room: Room) -> str:
    scenes = [room.activity.room()]
    room.step("tie")
    return text(
        [scene.json() for scene in (*scenes, room.activity.room(), room.activity.debrief(), *room.activity.what_ifs())]
    )


def test_a_tie_is_drawn_where_enough_people_named_it_from_either_side() -> None:
    room = answered(CHAIN * 3)
    assert found(room).named == dict.fromkeys([(0, 1), (1, 2), (2, 3), (3, 4)], 6)
    scene = room.activity.room()
    assert dict(scene.facts) == {"ties": "4 of 10"}
    assert "Ada with Bo (6)" in scene.figures[0].says
    assert answered(CHAIN * 2).activity.room().facts == (("ties", "0 of 10"),)  # four named each
    one_side = [(0, [1])] * 5 + [(2, [])] * 3
    assert found(answered(one_side)).named == {(0, 1): 5}
    assert found(answered(CHAIN * 3, named=7)).named == {}


@given(
    st.lists(st.tuples(st.integers(0, 3), st.lists(st.sampled_from([1, 2, 3, 4]), max_size=2, unique=True)), max_size=4)
)
def test_what_fewer_than_five_named_is_nowhere(few: list[Answer]) -> None:
    few = [(party, [one for one in talked if one != party]) for party, talked in few]
    many: list[Answer] = [(4, [0])] * 8
    other: list[Answer] = [(party, []) for party, _talked in few]
    one = answered([*many, *[(party, [x for x in talked if {party, x} != {4, 0}]) for party, talked in few]])
    assert everything(one) == everything(answered([*many, *other]))


def test_the_log_holds_how_many_named_a_tie_and_nothing_of_what_anybody_said() -> None:
    ballots: list[Answer] = [(0, [1])] * 5 + [(1, [0, 2])] * 2 + [(3, [4])]
    room = answered(ballots)
    (tally,) = [event for event in room.log if event.kind == "tally"]
    assert tally.data["ballots"] == [{"ties": [[0, 1]]}] * 7 + [{"ties": []}]
    assert found(room).named == {(0, 1): 7}
    swapped: list[Answer] = [(1, [0])] * 5 + [(0, [1])] * 2 + [(2, [1])]
    assert [event.data for event in answered(swapped).log][-2:] == [event.data for event in room.log][-2:]


@given(anything)
def test_whatever_stands_in_a_log_is_counted_or_left_out(ballot: Any) -> None:
    room = opened("alliance-map", 6, {"parties": PARTIES})
    ballots = [{"ties": ballot}] * 5 + [{"ties": [[0, 1]]}] * 5
    room.session.take(Event(room.session.last + 1, room.now, "tally", "", {"ballots": ballots}))
    room.activity.room()
    assert found(room).named[0, 1] >= 5


def test_who_stands_alone_is_said() -> None:
    scene = answered([(0, [1])] * 6).activity.room()
    assert "So nothing leads to Cem, Dia and Eli." in scene.lines


def test_the_missing_tie_is_that_of_the_model() -> None:
    room = answered(CHAIN * 3)
    help_ = helps(drawn(5, [(0, 1), (1, 2), (2, 3), (3, 4)]), nearness)
    assert found(room).best in help_.ties
    room.step("tie")
    scene = room.activity.room()
    assert scene.title == "Ada with Eli"
    assert f"Of {help_.tried} missing ties" in scene.lines[0]
    assert f"On {max(help_.holds)} of {help_.of} maps" in scene.lines[-1]
    dashed = next(trace for trace in scene.figures[0].data if trace.get("name") == "missing most")
    assert len(dashed["x"]) == 3


def test_where_all_talk_to_all_no_tie_is_missing() -> None:
    everybody = [(party, [one for one in range(5) if one != party]) for party in range(5)] * 3
    room = answered(everybody)
    room.step("tie")
    assert "everybody talks to everybody" in room.activity.room().lines[0]
    assert len(room.activity.debrief().figures[0].data) == 1
    assert room.activity.what_ifs()


def test_where_no_tie_was_named_there_is_a_map_without_lines() -> None:
    room = answered([(party, []) for party in range(5)] * 2)
    room.step("tie")
    assert room.activity.room().title == "Ada with Bo"
    assert room.activity.what_ifs() == ()
    assert room.activity.debrief().small


def test_the_debrief_says_whom_it_runs_through_and_what_the_model_cannot_know() -> None:
    scene = answered(CHAIN * 3).activity.debrief()
    assert scene.lines[0] == "Without Cem, 4 pairs of the others would be cut off."
    assert any("cannot know" in line for line in scene.small)
    before, after = scene.figures[0].data
    assert after["y"][0] > before["y"][0]
    assert after["y"][1] == 100  # a ring holds whoever leaves


def test_what_if_one_stayed_away() -> None:
    room = answered(CHAIN * 3)
    scene, stricter = room.activity.what_ifs()
    now = left(drawn(5, found(room).ties))[0] / 6 * 100
    assert sorted(scene.figures[0].data[0]["x"]) == pytest.approx(sorted(now), abs=0.1)
    assert set(scene.figures[0].data[1]["x"]) == {100}
    assert stricter.figures[0].data[0]["y"] == [4, 0, 0, 0]
    assert stricter.figures[0].data[0]["x"] == ["5", "8", "10", "15"]


def test_under_five_answers_nothing_is_shown() -> None:
    room = opened("alliance-map", 14, {"parties": PARTIES}, virtual=10)
    for number in range(1, 15):
        room.say(f"p{number}", {"party": 0, "talked": [1]})
    assert dict(room.session.scene().facts)["answers"] == "4 of 5"
    room.step("map")
    assert room.phone("p1")["too_few"]
    assert "Fewer than 5" in room.activity.room().lines[0]
    assert not room.activity.debrief().figures


def test_bots_name_no_tie() -> None:
    room = answered([(0, [1])] * 6 + [(2, [3])] * 10, virtual=10)
    assert found(room).named == {(0, 1): 6}


@given(anything, anything)
def test_only_a_party_and_others_than_it_are_taken(party: Any, talked: Any) -> None:
    activity = AllianceMap(AllianceMapSettings(parties=PARTIES), 1, {}, 0.0)
    good = type(party) is int and 0 <= party < 5 and isinstance(talked, list) and len(talked) < 5
    good = good and all(type(one) is int and 0 <= one < 5 and one != party for one in talked)
    good = good and len(set(talked)) == len(talked)
    assert (activity.refusal("", {"party": party, "talked": talked}) == "") is good
    assert activity.refusal("", {"party": 0, "talked": [1, 1]}) != ""
    assert activity.refusal("", {"party": 0, "talked": [0]}) != ""
    assert activity.refusal("", {"party": 0, "talked": [1], "who": "p1"}) != ""


def test_parties_are_four_to_twelve_with_names_of_their_own() -> None:
    tidy = AllianceMapSettings.model_validate({"parties": ["  Bus   firm ", "Choir", "Clinic", "School"]})
    assert tidy.parties[0] == "Bus firm"
    for wrong in (["A", "B", "C"], [str(n) for n in range(13)], ["A", "a ", "B", "C"], ["A", " ", "B", "C"]):
        with pytest.raises(ValidationError):
            AllianceMapSettings.model_validate({"parties": wrong})
    with pytest.raises(ValidationError):
        AllianceMapSettings.model_validate({"named": 4})


def test_names_that_people_wrote_are_text_and_twelve_have_room() -> None:
    names = tuple(f"<b>Party {number}</b>" for number in range(12))
    figure = picture(DrawnMap(names, {(0, 1): 5, (0, 11): 12}), 5, (2, 3))
    assert [trace.get("name") for trace in figure.data] == [
        "named by 5 people or more",
        "by 10 or more",
        "missing most",
        None,
    ]
    assert len(figure.data[-1]["text"]) == 12


@pytest.mark.parametrize("people", [5, 50, 1000])
def test_bots_play_it_to_the_end(people: int) -> None:
    room = play("alliance-map", people, virtual=people, late=0, leaving=0)
    assert not room.refused
    assert room.debrief is not None
    assert room.debrief.figures
