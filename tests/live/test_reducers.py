"""What holds for every activity: whatever its log holds, nothing raises, and the log alone gives the state again."""

import json
import shutil
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.live.hostile import anything
from tests.live.rooms import START, Room, play, text

import choreo.live
import choreo.live.activities
from choreo.live.activities import activities, notes_on, phone_part
from choreo.live.activity import Activity, Settings
from choreo.live.event import Event
from choreo.live.session import Session

KINDS = activities()
NO_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)  # of logs it takes minutes, and says little more
LIVE = Path(choreo.live.__file__).parent
LONGEST = 300  # lines of a file
EVENTS = (
    "join",
    "leave",
    "back",
    "remove",
    "name",
    "begin",
    "step",
    "pause",
    "resume",
    "say",
    "tally",
    "tick",
    "release",
    "group",
    "ungroup",
)
EVENTS += ("groups", "guide", "countdown", "undo", "withhold", "show", "hide", "finish", "plan", "open", "no such kind")
EVERYBODY = ["", "p1", "p2", "p3", "p4", "p5", "p6", "ghost", "<b>"]


SECONDS = {"flash-mob": 20}  # of a step, where bots do something every second


def shown(session: Session) -> str:
    """Everything that a session shows to anybody, in one text."""
    activity = session.activity
    if activity is None:
        return text([session.scene().json()])
    phones = {who: [activity.phone(who), activity.result_of(who).json()] for who in activity.people}
    scenes = [session.scene(), activity.room(), activity.debrief(), *activity.further(), *activity.what_ifs()]
    rest = [activity.wake, activity.step.name, [vars(group) for group in activity.wrote.groups()], session.finished]
    return text([phones, [scene.json() for scene in scenes], rest])


@cache
def said(name: str) -> list[dict[str, Any]]:
    """What bots say in a small game, ballots included."""
    found: list[dict[str, Any]] = []
    for event in play(name, 6, virtual=6, late=0, seed=5, seconds=SECONDS.get(name, 120)).log:
        if event.kind == "say":
            found.append(dict(event.data))
        elif event.kind == "tally":
            found += event.data["ballots"]
    assert found
    return found[:200]


@cache
def events(name: str) -> st.SearchStrategy[tuple[float, str, str, Any]]:
    """Seconds later, kind, who, data: of these, many nearly make sense."""
    steps = [step.name for step in KINDS[name].steps]
    good = st.sampled_from(said(name))
    say = good | st.builds(lambda base, key, value: base | {key: value}, good, st.sampled_from(keys(name)), anything)
    number = st.builds(lambda number: {"text": number}, st.integers(0, 5) | anything)
    sensible = {
        "say": say,
        "step": st.builds(lambda to: {"to": to}, st.sampled_from(steps)),
        "tally": st.builds(lambda ballots: {"ballots": ballots}, st.lists(say | anything, max_size=8) | anything),
        "release": number,
        "withhold": number,
        "ungroup": number,
        "group": st.builds(
            lambda texts, name: {"texts": texts, "name": name}, st.lists(st.integers(0, 5) | anything), anything
        ),
        "join": st.builds(lambda virtual: {"virtual": virtual}, st.booleans() | anything),
        "begin": st.just({"item": 0}),
        "groups": st.builds(lambda size: {"size": size}, st.integers(0, 4) | anything),
        "guide": st.builds(lambda screen: {"screen": screen}, st.integers(0, 4) | anything),
    }
    later, who = st.sampled_from([0.0, 0.1, 1.0, 7.0, 60.0, 1e5]), st.sampled_from(EVERYBODY)
    kinds = [st.tuples(later, st.just(kind), who, data) for kind, data in sensible.items()]
    return st.one_of(*kinds, kinds[0], kinds[0], st.tuples(later, st.sampled_from(EVENTS), who, anything))


def keys(name: str) -> list[str]:
    """The keys of what bots say."""
    return sorted({key for say in said(name) for key in say})


@cache
def logs(name: str) -> st.SearchStrategy[list[Event]]:
    """Logs of an activity with four people, and whatever comes then."""
    plan = {"title": "A test", "items": [{"activity": name, "minutes": 5}]}

    def log(seed: int, rest: list[tuple[float, str, str, Any]]) -> list[Event]:
        parts = [(0.0, "open", "", {"plan": plan, "seed": seed})]
        parts += [(0.0, "join", who, {}) for who in EVERYBODY[1:5]]
        parts += [(0.0, "begin", "", {"item": 0}), *rest]
        times = accumulate((later for later, *_ in parts), initial=START)
        return [Event(number, at, *part[1:]) for number, (at, part) in enumerate(zip(times, parts, strict=False), 1)]

    return st.builds(log, st.integers(0, 2**62), st.lists(events(name), max_size=30))


def test_all_are_found_in_the_course_s_order_and_named_as_their_folders() -> None:
    folders = {path.parent.name for path in (LIVE / "activities").glob("*/activity.py")}
    assert {name.replace("-", "_") for name in KINDS} == folders
    assert list(KINDS)[:2] == ["pulse", "ten-dots"]
    lessons = [kind.lesson for kind in KINDS.values()]
    assert lessons == sorted(lessons)


def test_a_folder_is_all_that_a_new_activity_needs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "second_pulse"
    shutil.copytree(LIVE / "activities" / "pulse", folder, ignore=shutil.ignore_patterns("__pycache__"))
    text = (folder / "activity.py").read_text(encoding="utf-8")
    text = text.replace("class Pulse(", "class SecondPulse(").replace('name = "pulse"', 'name = "second-pulse"')
    (folder / "activity.py").write_text(text, encoding="utf-8")
    monkeypatch.setattr(choreo.live.activities, "HERE", tmp_path)
    monkeypatch.setattr(choreo.live.activities, "__path__", [*choreo.live.activities.__path__, str(tmp_path)])
    assert [kind.__name__ for kind in activities.__wrapped__().values()] == ["SecondPulse"]
    assert phone_part("second-pulse") == "activities/second_pulse/phone.js"
    assert "What for" in notes_on("second-pulse")


def test_no_file_of_an_activity_is_long() -> None:
    files = [path for path in (LIVE / "activities").rglob("*") if path.suffix in (".py", ".js")]
    assert len(files) > 40
    assert [path for path in files if len(path.read_text(encoding="utf-8").splitlines()) > LONGEST] == []


@pytest.mark.parametrize("name", KINDS)
@settings(max_examples=40, phases=NO_SHRINKING, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_nothing_in_a_log_raises_and_the_log_gives_the_state_again(name: str, data: st.DataObject) -> None:
    log = data.draw(logs(name))
    session = Session()
    for event in log:
        session.take(event)
        if session.activity is not None:
            session.activity.touched()
            for who in session.activity.people:
                text(session.activity.phone(who))
            text(session.activity.room().json())
    assert shown(Session.replay(log)) == shown(session)


@pytest.mark.parametrize("name", KINDS)
@settings(max_examples=40, phases=NO_SHRINKING, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_whatever_a_phone_says_is_taken_or_refused_with_a_sentence(name: str, data: st.DataObject) -> None:
    session = Session.replay(data.draw(logs(name)))
    strategy = st.dictionaries(st.sampled_from(keys(name)) | st.text(max_size=5), anything, max_size=3)
    for who in EVERYBODY:
        say = data.draw(strategy)
        why = session.refusal(who, say)
        assert isinstance(why, str)
        assert why == "" or why.endswith((".", "?")), why
        assert len(why) < 200


@pytest.mark.parametrize("people", [1, 2, 5, 30])
@pytest.mark.parametrize("name", KINDS)
def test_a_game_in_which_people_come_late_and_leave_can_be_played_again_from_its_log(name: str, people: int) -> None:
    room = play(name, people, seed=people, seconds=SECONDS.get(name, 300))
    stored = json.loads(text([vars(event) for event in room.log]))
    assert shown(Session.replay(Event(**event) for event in stored)) == shown(room.session)
    assert len(room.refused) <= 0.05 * max(20, len(room.log)), room.refused[:5]


@pytest.mark.parametrize("name", KINDS)
def test_the_same_seed_plays_the_same_game(name: str) -> None:
    assert (
        play(name, 7, seed=3, seconds=SECONDS.get(name, 200)).log
        == play(name, 7, seed=3, seconds=SECONDS.get(name, 200)).log
    )


@pytest.mark.parametrize("name", KINDS)
def test_what_phones_and_projector_get_stays_small(name: str) -> None:
    sizes = {"phone": 0, "room": 0}

    def weigh(room: Room) -> None:
        sizes["room"] = max(sizes["room"], len(text(room.activity.room().json())))
        some = list(room.session.people)[:: len(room.session.people) // 10]
        sizes["phone"] = max(sizes["phone"], *(len(text(room.phone(who))) for who in some))

    play(name, 150, virtual=75, seed=2, seconds=SECONDS.get(name, 60), watch=weigh)
    assert sizes["phone"] <= 6_000
    assert sizes["room"] <= 60_000


@pytest.mark.parametrize("name", KINDS)
def test_a_scene_says_in_words_what_its_figures_show(name: str) -> None:
    room = play(name, 20, seed=4, seconds=SECONDS.get(name, 300))
    scenes = [*room.scenes.values(), room.debrief, *room.further, *room.what_ifs]
    for scene in scenes:
        assert scene is not None
        assert scene.title
        for figure in scene.figures:
            assert len(figure.says) > 10
            assert {trace.get("type") for trace in figure.data} <= {
                "bar",
                "scatter",
                "heatmap",
                "histogram",
                "box",
                "contour",
            }
    assert room.debrief is not None
    assert room.debrief.ask or room.debrief.lines


@pytest.mark.parametrize("name", KINDS)
def test_before_the_first_move_a_phone_says_what_is_kept_of_it_and_in_sealed_steps_nothing_is(name: str) -> None:
    room = play(name, 6, seed=5, late=0, leaving=0, seconds=SECONDS.get(name, 120))
    moved, session = set[str](), Session()
    for event in room.log:
        if (activity := session.activity) is not None and not activity.step.ballots:
            for who in session.people if activity.keeps else ():
                told = activity.view(who).get("kept", "")
                assert told.startswith("What is kept: ") == (who not in moved)
                assert told.endswith(".") == (who not in moved)
        if event.kind == "say":
            assert KINDS[name].keeps, "what people say in it is under their number in the log"
            moved.add(event.who)
        session.take(event)
    assert bool(moved) == bool(KINDS[name].keeps)


@pytest.mark.parametrize("name", KINDS)
def test_an_activity_comes_with_its_phone_part_and_its_notes(name: str) -> None:
    kind: type[Activity] = KINDS[name]
    script = (LIVE / phone_part(name)).read_text()
    assert "export default" in script
    assert len(script) <= 8_000
    assert "innerHTML" not in script
    assert len(notes_on(name)) > 400
    assert kind.title
    assert 1 <= kind.minutes <= 60
    assert len({step.name for step in kind.steps}) == len(kind.steps) > 0


@pytest.mark.parametrize("name", KINDS)
def test_the_settings_have_defaults_bounds_and_nothing_else(name: str) -> None:
    kind = KINDS[name]
    assert issubclass(kind.Settings, Settings)
    assert kind.Settings() == kind.Settings.model_validate(kind.Settings().model_dump(mode="json"))
    with pytest.raises(ValueError, match="xtra"):
        kind.Settings.model_validate({"no such setting": 1})
