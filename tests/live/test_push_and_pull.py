"""Push and pull: groups that nobody is missing from, rounds that nobody is waited for, and goals that nobody signed."""

import json
import time
from collections import Counter

import plotly.graph_objects as go
import pytest
from tests.live.rooms import Room, join, opened, play, text

from choreo.live.activities.push_and_pull.activity import PushAndPull
from choreo.live.activities.push_and_pull.game import split
from choreo.live.activities.push_and_pull.goals import LONGEST
from choreo.live.activity import RoundOn
from choreo.live.session import Session
from choreo.models.public_good import payoffs


def playing(people, settings=None, **more) -> Room:
    """A room in which the free rounds have begun."""
    room = opened("push-and-pull", people, settings, **more)
    room.step("free")
    return room


def game(room: Room) -> PushAndPull:
    assert isinstance(room.activity, PushAndPull)
    return room.activity


def give(room, who, points):
    return room.say(who, {"give": points, "round": game(room).number})


def all_give(room, points):
    for who in game(room).here():
        assert give(room, who, points) == ""


def close(room):
    """Let the time of the round run out."""
    room.now = game(room).wake
    room.event("tick")


def write(room, texts, virtual=()):
    """A tally of written goals, as the hub makes it; then the vote."""
    room.step("write")
    ballots = [{"text": one} for one in texts] + [{"text": one, "virtual": True} for one in virtual]
    room.event("tally", ballots=sorted(ballots, key=text))
    room.step("choose")


def vote(room, numbers):
    room.event("tally", ballots=sorted(({"choose": number} for number in numbers), key=text))
    room.step("goal")


def number_of(room, goal):
    return next(number for number, one in game(room).wrote.texts.items() if one == goal)


@pytest.mark.parametrize("people", [*range(1, 40), 101, 999, 1000])
def test_groups_have_three_to_six_people_as_soon_as_there_are_three(people):
    groups = game(playing(people)).groups.values()
    assert sorted(who for group in groups for who in group) == sorted(f"p{n}" for n in range(1, people + 1))
    if people >= 3:
        assert {len(group) for group in groups} <= {3, 4, 5, 6}
    assert [len(part) for part in split(range(8))] == [4, 4]


def test_groups_are_drawn_anew_with_another_seed():
    first, same, other = (game(playing(20, seed=seed)).groups for seed in (1, 1, 2))
    assert first == same
    assert first != other


def test_a_round_pays_what_the_model_pays_and_each_phone_is_told_its_own_part():
    room = playing(4)
    for who, points in zip(("p1", "p2", "p3", "p4"), (0, 10, 5, 1), strict=True):
        give(room, who, points)
    close(room)
    expected = payoffs([0, 10, 5, 1], 10, 0.4)
    for who, gave, got in zip(("p1", "p2", "p3", "p4"), (0, 10, 5, 1), expected, strict=True):
        view = room.phone(who)
        assert view["last"] == {"gave": gave, "pot": 16, "people": 4, "fine": 0, "got": pytest.approx(got)}
        assert view["points"] == pytest.approx(got)


def test_who_gives_too_little_pays_the_fine_only_while_there_is_one():
    room = playing(4, {"fine": 3, "enough": 5, "rounds": 1})
    for part, fines in (("free", [0, 0]), ("fine", [3, 0]), ("goal", [0, 0])):
        room.step(part)
        give(room, "p1", 4)
        give(room, "p2", 5)
        close(room)
        assert [room.phone(who)["last"]["fine"] for who in ("p1", "p2")] == fines


def test_the_last_gift_counts_and_the_round_closes_soon_after_everybody_gave():
    room = playing(3, {"seconds": 100})
    give(room, "p1", 0)
    give(room, "p2", 0)
    assert game(room).wake == room.now + 100
    give(room, "p3", 0)
    assert game(room).wake == room.now + 2
    give(room, "p1", 9)
    close(room)
    assert game(room).rounds[0].gifts == (0, 0, 9)
    assert room.phone("p1")["gave"] is None


def test_nobody_waits_for_a_ghost():
    room = playing(5, {"seconds": 100})
    for who in ("p1", "p2", "p3"):
        give(room, who, 6)
    room.event("leave", "p4")
    assert game(room).wake == room.now + 100
    room.event("remove", "p5")
    assert game(room).wake == room.now + 2
    close(room)
    assert room.phone("p1")["last"]["people"] == 3
    assert "p4" not in game(room).group_of


def test_who_comes_is_not_left_to_wait_for_a_round_that_all_others_have_left():
    room = playing(6, {"seconds": 100})
    join(room, "late")
    assert room.phone("late")["state"] == "next"
    for who in ("p1", "p2", "p3", "p4", "p5", "p6"):
        room.event("leave", who)
    assert game(room).wake == room.now + 2
    close(room)
    assert room.phone("late")["state"] == "open"


def test_the_first_in_an_empty_room_does_not_wait_for_the_clock():
    room = playing(0, {"seconds": 100})
    join(room, "p1")
    assert game(room).wake == room.now + 2
    close(room)
    assert room.phone("p1")["state"] == "open"


def test_which_round_of_the_part_it_is_can_be_asked_and_that_going_on_would_cut_it_short():
    room = playing(6, {"rounds": 2}, virtual=2)
    assert game(room).round_on() == RoundOn(1, 2, 0, 4)
    give(room, "p1", 3)
    give(room, "p6", 3)  # virtual
    assert game(room).round_on() == RoundOn(1, 2, 1, 3)
    close(room)
    assert str(game(room).round_on()) == "2 of 2"
    close(room)
    assert game(room).round_on() is None
    room.step("write")
    assert game(room).round_on() is None


def test_who_does_not_answer_counts_as_nothing_and_is_in_no_mean():
    room = playing(4)
    give(room, "p1", 8)
    give(room, "p2", 4)
    close(room)
    assert game(room).rounds[0].mean == 6
    assert room.phone("p1")["last"]["pot"] == 12
    assert room.phone("p3")["last"] == {"gave": None}
    assert room.phone("p3")["points"] == 0


def test_groups_that_lose_people_are_dissolved_and_nobody_is_left_alone():
    room = playing(9)
    gone = next(iter(game(room).groups.values()))[:-1]
    for who in gone:
        room.event("leave", who)
    close(room)
    sizes = [len(group) for group in game(room).groups.values()]
    assert sum(sizes) == 9 - len(gone)
    assert min(sizes) >= 3
    for who in gone:
        room.event("back", who)
    close(room)
    assert sum(map(len, game(room).groups.values())) == 9
    assert {len(group) for group in game(room).groups.values()} <= {3, 4, 5, 6}


def test_late_joiners_go_to_the_smallest_group_and_a_crowd_of_them_waits_for_the_next_round():
    room = playing(5)
    join(room, "p6")
    assert room.phone("p6")["state"] == "open"
    assert give(room, "p6", 5) == ""
    for number in range(7, 400):
        join(room, f"p{number}")
    assert room.phone("p9")["state"] == "next"
    assert "next round" in give(room, "p9", 5)
    close(room)
    assert {len(group) for group in game(room).groups.values()} <= {3, 4, 5, 6}
    assert room.phone("p9")["state"] == "open"


def test_an_answer_to_an_older_round_is_not_taken_for_this_one():
    room = playing(3)
    old = {"give": 10, "round": game(room).number}
    close(room)
    assert room.say("p1", old) == "This round is over."
    assert room.phone("p1")["gave"] is None


@pytest.mark.parametrize(
    "say",
    [{}, {"give": 11}, {"give": -1}, {"give": 2.5}, {"give": True}, {"give": "5"}, {"give": None}, {"give": [5]},
     {"give": 10**400}, {"give": 5, "round": True}, {"give": 5, "round": [1]}, {"give": 5, "round": None},
     {"choose": 1}, {"text": "<b>"}],
)  # fmt: skip
def test_anything_but_a_gift_is_refused_and_changes_nothing(say):
    room = playing(3)
    before = text(room.phone("p1"))
    assert room.say("p1", {"round": 1, **say}).endswith(".")
    room.event("say", "p1", **{"round": 1, **say})  # even if it were in the log
    assert text(room.phone("p1")) == before
    assert game(room).gifts == {}


def test_a_pause_gives_the_round_its_time_back():
    room = playing(3, {"seconds": 20})
    due = game(room).wake
    room.now += 5
    room.event("pause")
    room.now += 1000
    room.event("tick")
    assert game(room).number == 1
    assert room.say("p1", {"give": 5, "round": 1}) == "The session is paused."
    room.event("resume")
    assert game(room).wake == due + 1000
    assert give(room, "p1", 5) == ""


def test_a_part_ends_after_its_rounds_and_can_be_played_once_more():
    room = playing(4, {"rounds": 2})
    for _ in range(2):
        all_give(room, 5)
        close(room)
    assert game(room).wake is None
    assert room.phone("p1")["state"] == "over"
    assert "over" in give(room, "p1", 5)
    room.event("finish")
    room.event("step", to="free")
    assert room.phone("p1")["state"] == "open"
    all_give(room, 7)
    close(room)
    assert [played.part for played in game(room).rounds] == [1, 1, 2]


def test_a_round_that_is_cut_short_counts_if_half_of_them_gave():
    room = playing(4)
    give(room, "p1", 5)
    room.step("fine")
    assert game(room).rounds == []
    give(room, "p1", 5)
    give(room, "p2", 7)
    room.event("finish")
    assert [played.gifts for played in game(room).rounds] == [(5, 7)]
    assert game(room).wake is None


def test_goals_are_held_until_the_coach_releases_them_and_never_say_whose_they_are():
    room = playing(6)
    goals = [
        "Full pots",
        "  Full   pots ",
        "<script>alert(1)</script>",
        "You know who is lazy",
        "Ten each\u202e",
        "Six",
    ]
    room.step("write")
    for number, goal in enumerate(goals, 1):
        assert room.say(f"p{number}", {"text": goal}) == ""
    assert not any(goal in text(room.log[-1].data) for goal in goals)
    room.step("choose")
    assert sorted(game(room).wrote.texts.values()) == sorted(
        ["Full pots", "<script>alert(1)</script>", "You know who is lazy", "Ten each", "Six"]
    )
    assert room.phone("p1")["options"] == []
    assert room.session.scene().lines == ("The goals are being read. They will be here in a moment.",)
    game(room).touched()
    room.event("release", text=number_of(room, "Full pots"))
    assert game(room).touched() == set(room.session.people)
    assert {text(room.phone(who)) for who in room.session.people} == {text(room.phone("p1"))}
    assert [goal for _, goal in room.phone("p1")["options"]] == ["Full pots"]
    assert room.session.scene().lines == ("“Full pots”",)
    for secret in ("lazy", "script"):
        assert secret not in text(room.session.scene().json()) + text(room.phone("p4"))


def test_the_goal_with_most_votes_is_on_every_phone_and_on_the_screen():
    room = playing(6)
    write(room, ["a", "b", "c", "d", "e"])
    for goal in "abc":
        room.event("release", text=number_of(room, goal))
    vote(room, [number_of(room, goal) for goal in "abbbcc"])
    assert room.phone("p2")["goal"] == "b"
    assert room.session.scene().title == "b"
    assert "3 of you" in room.session.scene().lines[0]
    room.event("withhold", text=number_of(room, "b"))
    assert room.session.scene().title == "c"


def test_with_too_few_goals_or_votes_the_goal_of_the_settings_holds():
    room = playing(6, {"goal": "Ours"})
    write(room, ["a", "b", "c", "d"])
    assert game(room).wrote.texts == {}
    room.step("goal")
    assert room.phone("p1")["goal"] == "Ours"
    write(room, ["a", "b", "c", "d", "e"])
    room.event("release", text=number_of(room, "a"))
    room.event("release", text=number_of(room, "b"))
    vote(room, [number_of(room, "a")] * 4)
    assert room.phone("p1")["goal"] == "Ours"


def test_what_bots_write_is_nobody_s_goal():
    room = playing(6)
    write(room, [], virtual=["from a bot"])
    assert game(room).wrote.texts == {}
    write(room, ["a", "b", "c", "d", "e"], virtual=["from a bot"])
    assert "from a bot" not in game(room).wrote.texts.values()


@pytest.mark.parametrize("goal", ["", "   ", "\u202e", "x" * (LONGEST + 1), None, 7, ["a"], {"a": "b"}])
def test_a_goal_is_one_short_line(goal):
    room = playing(6)
    room.step("write")
    assert "characters" in room.say("p1", {"text": goal})


@pytest.mark.parametrize("chosen", [0, 99, True, "1", None, [1], 1.5])
def test_only_released_goals_can_be_chosen(chosen):
    room = playing(6)
    write(room, ["a", "b", "c", "d", "e"])
    assert room.say("p1", {"choose": 1}) == "Please choose one of the goals."
    room.event("release", text=1)
    assert room.say("p1", {"choose": 1}) == ""
    assert room.say("p1", {"choose": chosen}) == "Please choose one of the goals."


def test_phones_show_little_and_nothing_of_what_others_gave():
    room = playing(30)
    write(room, ["ä" * LONGEST + "", *("🎉" * (LONGEST - 1) + str(n) for n in range(9))])
    for number in game(room).wrote.texts:
        room.event("release", text=number)
    assert len(json.dumps(room.phone("p1"), ensure_ascii=False).encode()) < 2100
    room.step("goal")
    mine = text(room.phone("p1"))
    for who in game(room).here()[1:]:
        give(room, who, 7)
    assert text(room.phone("p1")) == mine
    assert len(mine) < 2000


def test_the_debrief_lays_the_room_beside_a_model_that_begins_where_the_room_began():
    room = playing(8, {"rounds": 3})
    for part, points in (("free", 4), ("fine", 5), ("free", 2), ("goal", 9)):
        room.step(part)
        while game(room).open:
            all_give(room, points)
            close(room)
    scene, (fined, beside) = game(room).debrief(), game(room).further()
    bars = [trace for trace in scene.figures[0].data if trace["type"] == "bar"]
    assert [(bar["name"], set(bar["y"])) for bar in bars] == [
        ("freely", {4}), ("with a fine", {5}), ("after the fine", {2}), ("with our goal", {9}),
    ]  # fmt: skip
    model = beside.figures[0].data[-1]
    assert model["x"] == list(range(1, 13))
    assert model["y"][0] == pytest.approx(4, abs=0.3)
    assert model["y"][2] < model["y"][0]
    assert scene.title == "Of 10 points you gave 4.0 freely, 5.0 with a fine, 2.0 after the fine, 9.0 with our goal"
    assert "paying the fine was cheaper" in fined.lines[0]
    assert game(room).result_of("p1").lines[1] == (
        "In your last round you gave 9, the others in your pot 9.0 on average."
    )
    assert game(room).result_of("ghost").json() == {}


def test_a_fine_that_deters_is_named_as_such():
    room = playing(4, {"rounds": 1, "fine": 4})
    room.step("fine")
    all_give(room, 5)
    close(room)
    fined, beside = game(room).further()
    assert "no dearer than the fine" in fined.lines[0]
    assert beside.figures[0].data[-1]["y"] == [10.0]  # and so it is in the model


def test_givers_among_givers_would_have_more():
    room = play("push-and-pull", 40, seconds=200)
    (scene,) = room.what_ifs
    mixed, alike = (trace["y"] for trace in scene.figures[0].data)
    assert mixed[1] < mixed[0]
    assert alike[1] > mixed[1]
    given = [gift for played in game(room).rounds for gift in played.gifts]
    total = 10 + sum(given) / len(given) * 0.6
    assert sum(mixed) / 2 == pytest.approx(total, abs=0.1)
    assert sum(alike) / 2 == pytest.approx(total, abs=0.1)


def test_every_figure_is_one_that_plotly_knows():
    room = play("push-and-pull", 12, seconds=200)
    for scene in (*room.scenes.values(), room.debrief, *room.further, *room.what_ifs):
        for figure in scene.figures:
            go.Figure(data=list(figure.data), layout=figure.layout)


@pytest.mark.parametrize("people", [1, 2, 3, 5, 11, 50])
def test_a_game_of_any_size_is_played_to_its_end(people):
    room = play("push-and-pull", people, seconds=300)
    assert Counter(played.regime for played in game(room).rounds) == {"free": 4, "fine": 4, "goal": 4}
    assert room.debrief is not None
    assert room.debrief.figures


def test_a_thousand_play_within_two_seconds_of_the_hubs_time():
    room = play("push-and-pull", 1000, seconds=300)
    assert len(game(room).rounds) == 12
    begun = time.process_time()
    session = Session.replay(room.log)
    for who in session.people:
        session.activity.phone(who)
    session.scene()
    session.activity.what_ifs()
    assert time.process_time() - begun < 2


def test_nobody_gives_before_the_game_was_explained():
    room = opened("push-and-pull", 4)
    assert room.phone("p1") == {"step": "explain", "most": 10, "worth": 0.4, "rounds": 4}
    assert "Each point in the pot pays 0.4" in room.activity.room().lines[1]
    assert room.say("p1", {"give": 3, "round": 1}) == "The first round has not begun yet."
    room.event("tick")  # of what ran before
    assert room.activity.step.name == "explain"
    assert room.activity.round_on() is None
    room.step("free")
    assert room.phone("p1")["state"] == "open"


def test_a_log_from_before_the_explanation_can_still_be_read():
    now = opened("push-and-pull", 4, {"rounds": 1})
    now.event("say", "p1", give=4, round=1)
    now.event("say", "p2", give=8, round=1)
    now.event("say", "p3", give=6, round=1)
    now.step("fine")
    assert [played.gifts for played in game(now).rounds] == [(4, 6, 8)]
    silent = opened("push-and-pull", 4, {"rounds": 2, "seconds": 25})
    silent.now += 25
    silent.event("tick")
    assert game(silent).turn == 2
