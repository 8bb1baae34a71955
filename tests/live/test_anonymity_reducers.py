"""Who said what in a sealed ballot cannot be told from anything that a reducer shows, nor from the log."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.live.rooms import Room, opened, text

from choreo.live.activities import activities
from choreo.live.activity import FEWEST, Activity, Person, Settings, Step
from choreo.live.event import Event

PLANS: dict[str, tuple[str, dict[str, Any], str]] = {  # name: activity, settings, the step that shows what came
    "scale": ("pulse", {"form": "scale"}, "show"),
    "choice": ("pulse", {"form": "choice", "options": ["yes", "no", "later"]}, "show"),
    "words": ("pulse", {"form": "words"}, "show"),
    "safe to say?": ("safe-to-say", {}, "gap"),
    "like me?": ("disconnect", {}, "truth"),
    "our alliance map": ("alliance-map", {}, "tie"),
}
SAY = {
    "scale": st.builds(lambda answer: {"answer": answer}, st.integers(0, 4)),
    "choice": st.builds(lambda answer: {"answer": answer}, st.integers(0, 2)),
    "words": st.builds(lambda answer: {"answer": answer}, st.sampled_from(["trust", "p3", "time", "Ada says no"])),
    "safe to say?": st.builds(
        lambda own, others: {"own": own, "others": 10 * others}, st.integers(0, 3), st.integers(0, 10)
    ),
    "like me?": st.builds(lambda own, same: {"own": own, "same": 10 * same}, st.booleans(), st.integers(0, 10)),
    "our alliance map": st.builds(
        lambda party, talked: {"party": party, "talked": sorted(talked - {party})},
        st.integers(0, 5),
        st.sets(st.integers(0, 5)),
    ),
}
ONE: dict[str, dict[str, Any]] = {
    "scale": {"answer": 1},
    "choice": {"answer": 1},
    "words": {"answer": "time"},
    "safe to say?": {"own": 1, "others": 50},
    "like me?": {"own": True, "same": 50},
    "our alliance map": {"party": 1, "talked": [0, 3]},
}
PEOPLE = 12


def everything(room: Room) -> str:
    """All that phones, projector, coach, replay and report can be made of; but for a phone's own ballot."""
    activity = room.activity
    for number in activity.wrote.texts:
        room.event("release", text=number)
    phones = [activity.phone(who) for who in room.session.people]
    scenes = [activity.room(), activity.debrief(), *activity.further(), *activity.what_ifs()]
    log = [[event.number, event.at, event.kind, event.who, event.data] for event in room.log]
    return text([phones, [scene.json() for scene in scenes], activity.wrote.texts, activity.ballots, log])


def voted(plan: str, ballots: dict[str, dict[str, Any]], virtual: int = 0) -> Room:
    """A room in which these people gave these ballots, and the coach shows what came."""
    name, settings, show = PLANS[plan]
    room = opened(name, PEOPLE, settings, virtual=virtual)
    for who, say in ballots.items():
        assert room.say(who, say) == ""
    room.step(show)
    return room


@pytest.mark.parametrize("plan", PLANS)
@settings(max_examples=50)
@given(st.data())
def test_who_gave_which_ballot_changes_nothing(plan: str, data: st.DataObject) -> None:
    says = data.draw(st.lists(SAY[plan], min_size=FEWEST, max_size=PEOPLE))
    people = data.draw(st.permutations([f"p{number}" for number in range(1, PEOPLE + 1)]))
    one = voted(plan, {f"p{number}": say for number, say in enumerate(says, 1)})
    other = voted(plan, dict(zip(people, says, strict=False)))
    assert everything(one) == everything(other)


@pytest.mark.parametrize("plan", PLANS)
@settings(max_examples=50)
@given(st.data())
def test_before_the_tally_only_the_count_is_shown(plan: str, data: st.DataObject) -> None:
    name, settings, _ = PLANS[plan]
    rooms = []
    for _ in range(2):
        room = opened(name, PEOPLE, settings)
        for who in ("p1", "p2", "p3", "p4", "p5", "p6"):
            room.say(who, data.draw(SAY[plan]))
        assert {event.kind for event in room.log} == {"open", "join", "begin"}
        rooms.append(room)
    assert everything(rooms[0]) == everything(rooms[1])
    assert len({text(rooms[0].activity.phone(who)) for who in rooms[0].session.people}) == 1


@pytest.mark.parametrize("plan", PLANS)
@settings(max_examples=50)
@given(st.data())
def test_under_five_people_nothing_is_shown_whatever_the_log_holds(plan: str, data: st.DataObject) -> None:
    name, settings, show = PLANS[plan]
    people = data.draw(st.lists(SAY[plan], min_size=1, max_size=FEWEST - 1))
    bots = [say | {"virtual": True} for say in data.draw(st.lists(SAY[plan], max_size=20))]
    room, empty = opened(name, PEOPLE, settings), opened(name, PEOPLE, settings)
    room.event("tally", ballots=[*people, *bots])  # the hub does not do that: see its tests
    empty.event("tally", ballots=[])
    for one in (room, empty):
        one.event("step", to=show)
        one.log.clear()
    assert everything(room) == everything(empty)


@pytest.mark.parametrize("plan", PLANS)
@settings(max_examples=50)
@given(st.data())
def test_what_one_more_person_says_cannot_be_had_by_asking_again(plan: str, data: st.DataObject) -> None:
    says = data.draw(st.lists(SAY[plan], min_size=FEWEST, max_size=FEWEST))
    room = voted(plan, {f"p{number}": say for number, say in enumerate(says, 1)})
    before = [room.activity.room().json(), room.activity.debrief().json(), room.activity.wrote.texts]
    room.step("ask")
    assert room.say("p6", data.draw(SAY[plan])) != ""
    room.event("tally", ballots=[*says, data.draw(SAY[plan])])
    room.step(PLANS[plan][2])
    assert [room.activity.room().json(), room.activity.debrief().json(), room.activity.wrote.texts] == before


@pytest.mark.parametrize("plan", PLANS)
@settings(max_examples=50)
@given(st.data())
def test_an_answer_in_the_log_under_somebodys_name_is_not_taken(plan: str, data: st.DataObject) -> None:
    name, settings, show = PLANS[plan]
    room = opened(name, PEOPLE, settings)
    before = text([room.activity.phone("p1"), room.activity.room().json()])
    for who in room.session.people:
        room.event("say", who, **data.draw(SAY[plan]))
    assert text([room.activity.phone("p1"), room.activity.room().json()]) == before
    room.step(show)
    assert not room.activity.wrote.texts
    assert not room.activity.room().figures


def test_no_activity_is_ever_told_who_said_what_in_a_step_with_ballots() -> None:
    class Nosy(Activity):
        steps = (Step("ask", "Ask", ballots=True), Step("talk", "Talk"))

        def refusal(self, who: str, say: Mapping[str, Any]) -> str:
            return ""

        def said(self, who: str, say: Mapping[str, Any], at: float) -> None:
            heard.append(who)

    heard: list[str] = []
    nosy = Nosy(Settings(), 1, {"p1": Person()}, 0.0)
    nosy.take(Event(1, 1.0, "say", "p1", {"answer": 1}))
    assert heard == []
    nosy.take(Event(2, 2.0, "step", "", {"to": "talk"}))
    nosy.take(Event(3, 3.0, "say", "p1", {"answer": 1}))
    assert heard == ["p1"]


@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize("mark", ["who", "nickname", "n", "at", "secret"])
def test_a_ballot_with_a_mark_on_it_is_refused(plan: str, mark: str) -> None:
    name, settings, _ = PLANS[plan]
    say = ONE[plan]
    room = opened(name, 6, settings)
    assert room.say("p1", say) == ""
    assert room.say("p1", {**say, mark: "p1"}) != ""


@pytest.mark.parametrize("plan", PLANS)
def test_late_and_leaving_people_do_not_show_in_what_came(plan: str) -> None:
    say = ONE[plan]
    name, settings, show = PLANS[plan]
    scenes = set()
    for gone in ("p1", "p6", "p12"):
        room = opened(name, PEOPLE, settings)
        for number in range(1, 8):
            room.say(f"p{number}", say)
        room.event("leave", gone)
        room.step(show)
        scenes.add(text([room.activity.room().json(), room.activity.phone("p2")]))
    assert len(scenes) == 1


@pytest.mark.parametrize("name", [name for name, kind in activities().items() if any(s.ballots for s in kind.steps)])
def test_phones_show_the_same_to_all_while_ballots_are_taken(name: str) -> None:
    room = opened(name, 7)
    for step in type(room.activity).steps:
        room.event("step", to=step.name)
        if step.ballots:
            assert len({text(room.activity.phone(who)) for who in room.session.people}) == 1
