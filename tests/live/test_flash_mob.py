"""The flash mob: what is measured is what was tapped, and everybody hears whom they should hear."""

from __future__ import annotations

import heapq
import math
import random
import time
from typing import Any

import numpy as np
import pytest
from tests.live.rooms import START, Room, join, opened, play, text
from tests.live.tapping import Crowd, feed, mob, tick

from choreo.live.activities.flash_mob.activity import FlashMob
from choreo.live.activities.flash_mob.oscillators import heard_by, listening, settled
from choreo.live.activities.flash_mob.rhythm import common_period, periods, phases, together
from choreo.live.scene import Scene
from choreo.models.kuramoto import order

NAN = math.nan


def ms(*seconds: float) -> list[int]:
    return [round(1000 * (START + second)) for second in seconds]


def beating(people: int, period: float = 0.6, seconds: float = 20.0, after: float = 0.0) -> list[np.ndarray]:
    """Taps of people who tap together."""
    return [np.arange(period + after, seconds, period) for _ in range(people)]


def facts(scene: Scene) -> dict[str, str]:
    return dict(scene.facts)


# -- rhythm: from taps to phases ------------------------------------------------------------------------------------------


def test_a_phase_grows_evenly_between_two_taps_and_goes_on_at_the_own_tempo() -> None:
    taps = np.array([[NAN, NAN, 1.0, 1.5, 2.0, 2.8]])
    for at, turn in ((1.0, 0.0), (1.25, 0.5), (1.6, 0.2), (2.2, 0.25), (2.4, 0.5), (2.8, 0.0), (3.05, 0.5)):
        angle = phases(taps, at)[0]
        assert math.cos(angle - 2 * math.pi * turn) == pytest.approx(1, abs=1e-9), at
    assert periods(taps)[0] == pytest.approx(0.5)


def test_who_tapped_once_or_long_ago_or_not_yet_has_no_phase() -> None:
    taps = np.array([[NAN, NAN, 1.0], [NAN, 1.0, 1.5], [8.0, 8.5, 9.0], [1.0, 9.5, 10.0]])
    assert np.isnan(phases(taps, 7.0)).all()
    assert np.isnan(phases(taps, 2.0)).tolist() == [True, False, True, False]
    assert together(phases(taps, 7.0)) is None
    assert common_period(taps, phases(taps, 7.0)) is None
    assert phases(np.empty((0, 5)), 1.0).shape == (0,)
    assert common_period(np.empty((0, 5)), np.empty(0)) is None


@pytest.mark.parametrize("coupling", [0.0, 0.8, 2.0])
def test_the_order_of_the_room_is_that_of_a_known_tap_log_after_a_slow_network(coupling: float) -> None:
    crowd = Crowd(40, coupling)
    room = opened("flash-mob", 40)
    room.step("alone")
    feed(room, crowd.taps(), random.Random(2), until=38)
    got = mob(room).samples
    seconds = range(3, 35)
    assert [count for _, _, count in got[2:34]] == [40] * 32
    error = np.array([got[second - 1][1] for second in seconds]) - crowd.order_at(seconds)
    assert np.max(np.abs(error)) <= 0.02


def test_delays_of_phones_and_people_are_measured_and_taken_off() -> None:
    chance = np.random.default_rng(4)
    delays = chance.uniform(-0.04, 0.22, 30)
    late = [some + delay + chance.normal(0, 0.01, len(some)) for some, delay in zip(beating(30), delays, strict=True)]
    room = opened("flash-mob", 30)
    feed(room, late, random.Random(1), until=18)
    assert facts(room.activity.room())["phones measured"] == "30"
    before = mob(room).samples[-3][1]
    room.step("conductor")
    again = [18 + some + delay for some, delay in zip(beating(30, seconds=12), delays, strict=True)]
    feed(room, again, random.Random(1), until=29)
    assert np.abs(mob(room).delay[:30] - delays).max() < 0.015
    assert before is not None
    assert before < 0.8
    after = mob(room).samples[-1][1]
    assert after is not None
    assert after > 0.99


def test_who_did_not_tap_along_gets_the_usual_delay_and_who_tapped_wildly_none_of_their_own() -> None:
    room = opened("flash-mob", 6)
    wild = np.cumsum(np.random.default_rng(1).uniform(0.3, 0.9, 30))
    feed(room, [some + 0.1 for some in beating(4)] + [wild[wild < 20], np.empty(0)], random.Random(1), until=20)
    room.step("alone")
    assert np.isnan(mob(room).delay[:6]).tolist() == [False] * 4 + [True] * 2
    join(room, "late")
    feed(room, [20 + some + 0.1 for some in beating(6, seconds=8)], random.Random(1), until=27)
    room.event("say", "late", taps=ms(25.5, 26.1, 26.7))
    tick(room, 30)
    latest = mob(room).samples[-1]
    assert latest[1] is not None
    assert latest[1] > 0.99


# -- taps that come in ----------------------------------------------------------------------------------------------------

HOSTILE: list[Any] = [
    None, "taps", 7, {}, [], [None], [True, False], ["1"], [[1]], [1e999 * 0, "x"], list(range(65)), {"0": 1},
]  # fmt: skip


@pytest.mark.parametrize("taps", HOSTILE, ids=repr)
def test_what_is_not_a_short_list_of_numbers_is_refused(taps: Any) -> None:
    room = opened("flash-mob", 2)
    assert room.session.refusal("p1", {"taps": taps})
    room.activity.said = pytest.fail  # type: ignore[method-assign,assignment]
    room.session.take(type(room.log[0])(99, room.now, "say", "p1", {"taps": taps}))


def test_numbers_that_are_no_times_of_about_now_are_left_out() -> None:
    room = opened("flash-mob", 2)
    room.now = START + 20
    nonsense = [math.nan, math.inf, -math.inf, -1, 0, 10**400, -(10**400), *ms(9.9, 21.1, 1e6)]
    room.session.take(type(room.log[0])(99, room.now, "say", "p1", {"taps": [*nonsense, *ms(10.1, 20.9)]}))
    row = mob(room).taps[0]
    assert row[~np.isnan(row)].tolist() == pytest.approx([START + 10.1, START + 20.9])


def test_unsorted_late_and_repeated_taps_end_up_in_order_and_once() -> None:
    room = opened("flash-mob", 2)
    room.now = START + 5
    for batch in ((3.0, 2.4), (4.2, 3.6), (2.4, 3.0, 1.8), (4.2,)):
        room.event("say", "p1", taps=ms(*batch))
    row = mob(room).taps[0]
    assert row[~np.isnan(row)].tolist() == pytest.approx([START + t for t in (1.8, 2.4, 3.0, 3.6, 4.2)])


def test_nobody_taps_faster_than_a_hand_and_thousands_of_taps_take_no_room() -> None:
    room = opened("flash-mob", 2)
    for second in range(1, 40):
        room.now = START + second
        room.event("say", "p1", taps=ms(*np.linspace(second - 1, second, 64)))
    row = mob(room).taps[0]
    assert np.diff(row[~np.isnan(row)]).min() >= 0.119
    assert mob(room).taps.shape[1] < 30
    assert len(text(room.phone("p1"))) < 400


def test_a_tap_changes_nothing_on_the_phone_that_it_comes_from() -> None:
    room = opened("flash-mob", 3)
    room.activity.touched()
    room.now += 0.5
    room.event("say", "p1", taps=ms(0.4))
    assert room.activity.touched() == set()


# -- coming, going, pausing -----------------------------------------------------------------------------------------------


def test_who_stops_tapping_fades_after_four_seconds_and_who_leaves_at_once() -> None:
    room = opened("flash-mob", 5)
    feed(room, [*beating(3, seconds=20), *beating(2, seconds=10)], random.Random(1), until=12.5)
    assert facts(room.activity.room())["tapping"] == "5"
    feed(room, beating(3, seconds=20)[:0], random.Random(1), until=12.6)
    room = opened("flash-mob", 5)
    feed(room, [*beating(3, seconds=20), *beating(2, seconds=10)], random.Random(1), until=17)
    assert facts(room.activity.room())["tapping"] == "3"
    room.event("leave", "p1")
    assert facts(room.activity.room())["tapping"] == "2"
    room.event("back", "p1")
    assert facts(room.activity.room())["tapping"] == "2"


def test_late_joiners_are_heard_and_hear() -> None:
    room = opened("flash-mob", 2)
    room.step("neighbours")
    for number in range(3, 201):
        join(room, f"p{number}")
    assert room.phone("p200")["voices"] == []
    feed(room, beating(200, seconds=8), random.Random(1), until=8)
    assert len(room.phone("p200")["voices"]) == 4
    assert mob(room).samples[-1][2] == 200


def test_a_pause_stops_time_and_taps_and_the_rhythm_is_found_again_afterwards() -> None:
    room = opened("flash-mob", 5)
    feed(room, beating(5, seconds=10), random.Random(1), until=10)
    played = len(mob(room).samples)
    room.event("pause")
    assert "paused" in room.session.refusal("p1", {"taps": ms(10)})
    tick(room, 70)
    room.event("say", "p1", taps=ms(69, 69.6))
    room.event("resume")
    assert len(mob(room).samples) == played
    feed(room, [70 + some for some in beating(5, seconds=10)], random.Random(1), until=80)
    reached = [value for _, value, _ in mob(room).samples[played:]]
    assert len(reached) <= 12
    assert reached[-1] == pytest.approx(1, abs=0.01)


def test_the_room_goes_on_when_the_coach_comes_back_from_the_debrief() -> None:
    room = opened("flash-mob", 3)
    feed(room, beating(3, seconds=10), random.Random(1), until=10)
    room.event("finish")
    assert room.activity.wake is None
    room.event("step", to="calibrate")
    feed(room, [10 + some for some in beating(3, seconds=10)], random.Random(1), until=20)
    assert mob(room).samples[-1][2] == 3


# -- who hears whom -------------------------------------------------------------------------------------------------------


def test_neighbours_are_the_nearest_on_both_sides_and_never_oneself() -> None:
    ring = [0, 2, 3, 5, 8, 9]
    assert heard_by(3, ring, 2, 4) == [2, 0, 5, 8]
    assert heard_by(4, ring, 3, 4) == [3, 2, 5, 8]  # not on the ring
    assert heard_by(0, ring, 0, 2) == [9, 2]
    assert heard_by(0, [0], 0, 4, far=0.5) == []
    for far in (0.0, 0.5, 0.999):
        assert heard_by(3, ring, 2, 4, far)[4:] == [9]  # the only one left
    for row in range(7):
        heard = heard_by(row, range(7), row, 3, far=0.7)
        assert len(set(heard)) == 4
        assert row not in heard


def test_each_step_lets_people_hear_what_it_says() -> None:
    room = opened("flash-mob", 12, {"neighbours": 2, "far": 100, "tempo": 90})
    taps = [np.arange(0.1 * number % 0.6 + 0.05, 60, 0.6) for number in range(12)]
    pulse = room.phone("p1")["voices"]
    assert pulse == [[round(1000 * START), 667, 1]]
    feed(room, taps, random.Random(1), until=6)
    for step, voices in (("conductor", 1), ("alone", 0), ("everyone", 1), ("neighbours", 2), ("far", 3)):
        room.step(step)
        view = room.phone("p5")
        assert view["step"] == step
        assert len(view["voices"]) == voices, step
    near = {tuple(voice) for voice in room.phone("p5")["voices"][:2]}
    own = [mob(room).taps[row][-1] for row in (3, 5)]
    assert near == {(round(1000 * last), 600, 1.0) for last in own}


def test_the_pulse_of_everyone_is_the_mean_of_the_room_and_as_strong_as_its_order() -> None:
    room = opened("flash-mob", 20)
    room.step("everyone")
    taps = [np.arange(0.3 + 0.01 * number, 15, 0.6) for number in range(20)]
    feed(room, taps, random.Random(1), until=10)
    [[at, every, strength]] = room.phone("p3")["voices"]
    assert every == 600
    assert (at / 1000 - START - 0.3 - 0.095 + 0.3) % 0.6 == pytest.approx(0.3, abs=0.01)
    angles = 2 * np.pi * 0.01 * np.arange(20) / 0.6
    assert strength == pytest.approx(order(angles), abs=0.01)


def test_phones_are_told_every_two_seconds_at_most() -> None:
    room = opened("flash-mob", 10)
    room.step("neighbours")
    told = []
    for second in range(1, 21):
        tick(room, second)
        told.append(bool(room.activity.touched()))
    assert sum(told) in (10, 11)


def test_the_pulse_never_flashes_three_times_a_second() -> None:
    with pytest.raises(ValueError, match="less than or equal to 120"):
        FlashMob.Settings.model_validate({"tempo": 121})


# -- many, and the model --------------------------------------------------------------------------------------------------


def bots_play(room: Room, seconds: float, chance: random.Random) -> None:
    """Let bots tap, as the hub does it."""
    end, queue, count = room.now + seconds, [], 0
    while True:
        for who in sorted(room.activity.touched()):
            if (move := FlashMob.bot(room.activity.phone(who), chance)) is not None:
                count += 1
                heapq.heappush(queue, (room.now + move.after, count, who, move.say))
        wake = room.activity.wake or end
        at = min(wake, queue[0][0] if queue else end)
        if at >= end:
            room.now = end
            return
        room.now = at
        if at == wake:
            room.event("tick")
        else:
            *_, who, say = heapq.heappop(queue)
            room.event("say", who, **say)


@pytest.fixture(scope="module")
def thousand() -> tuple[Room, float]:
    room, chance = opened("flash-mob", 1000, virtual=1000), random.Random(1)
    begun = time.process_time()
    bots_play(room, 20, chance)
    room.step("alone")
    bots_play(room, 20, chance)
    room.step("everyone")
    bots_play(room, 20, chance)
    return room, time.process_time() - begun


def test_a_thousand_bots_tap_for_a_minute_in_seconds(thousand: tuple[Room, float]) -> None:
    room, seconds = thousand
    assert sum(event.kind == "say" for event in room.log) > 25_000
    assert seconds < 15  # 2 to 4 where nothing else runs
    values = {doing: value for doing, value, _ in mob(room).samples}
    assert values["calibrate"] is not None
    assert values["calibrate"] > 0.95
    assert values["alone"] is not None
    assert values["alone"] < 0.15


def test_the_room_is_drawn_quickly_and_small_with_a_thousand(thousand: tuple[Room, float]) -> None:
    room, _ = thousand
    took = []
    for _ in range(10):
        begun = time.process_time()
        scene = room.activity.room()
        took.append(time.process_time() - begun)
    assert min(took) < 0.02
    assert len(text(scene.json())) < 20_000
    assert sum(len(trace["x"]) for trace in scene.figures[0].data if trace.get("mode") == "markers") <= 300


@pytest.mark.parametrize("people", [2, 5, 30])
def test_rooms_of_every_size_play_to_a_debrief_beside_as_many_oscillators(people: int) -> None:
    room = play("flash-mob", people, seconds=25, late=0, leaving=0)
    assert room.debrief is not None
    beside = room.further[-1].figures[0]
    bars = {trace["name"]: dict(zip(trace["x"], trace["y"], strict=True)) for trace in beside.data}
    assert room.debrief.figures[0].data == beside.data[:1]
    assert list(bars) == ["this room", f"{people} oscillators"]
    model = bars[f"{people} oscillators"]
    assert list(model) == ["alone", "conductor", "everyone", "neighbours", "some far"]
    assert model["everyone"] == pytest.approx(bars["this room"]["everyone"], abs=0.15)
    assert bars["this room"]["conductor"] > 0.95
    assert len(room.what_ifs) == 1
    alone, *far = room.activity.result_of("p1").lines
    assert alone.startswith("Alone you tapped ")
    assert len(far) <= 1


def test_a_debrief_without_taps_says_so() -> None:
    room = opened("flash-mob", 5)
    room.event("finish")
    assert "Too little" in room.session.scene().title
    assert room.activity.what_ifs() == ()


def test_the_strength_of_listening_is_that_at_which_oscillators_get_as_far() -> None:
    rng = np.random.default_rng(3)
    own = rng.normal(0, 0.7, 400)
    none = np.empty(0, dtype=np.intp)
    for reached in (0.6, 0.9):
        coupling = listening(own, reached)
        assert settled("everyone", own - own.mean(), coupling, (none, none), rng, 60) == pytest.approx(
            reached, abs=0.05
        )
    assert listening(np.zeros(5), 0.9) >= 0
