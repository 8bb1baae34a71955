"""The phone's idea of the hub's clock, with the script that phones run, in a browser, over a simulated network."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page, Route
from tests.browser.chromium import launched
from tests.live.rooms import START, opened
from tests.live.tapping import Crowd, feed, mob

import choreo.live

pytestmark = pytest.mark.browser

CLOCK = Path(choreo.live.__file__).parent / "phone" / "clock.js"
KEEP = """async (phones) => {
  const { ahead, kept } = await import("/clock.js");
  return phones.map((exchanges) => {
    let good = [];
    return exchanges.map((one) => {
      good = kept(good, one);
      return { ...ahead(good, one.got), left: good.length };
    });
  });
}"""


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    def answer(route: Route) -> None:
        if route.request.url.endswith("/clock.js"):
            route.fulfill(body=CLOCK.read_text(encoding="utf-8"), content_type="text/javascript")
        else:
            route.fulfill(body="<title>Clock</title>", content_type="text/html")

    with launched() as browser:
        page = browser.new_page()
        page.route("**/*", answer)
        page.goto("http://clock.test/")
        yield page


@dataclass
class Phone:
    """A phone whose clock is off, and runs a little fast or slow, on a network of its own."""

    chance: random.Random
    off: float  # ms that its clock is behind the hub's at START
    drift: float
    there: float  # ms that the quickest way to the hub takes
    back: float
    jitter: float

    @classmethod
    def any(cls, seed: int) -> Phone:
        chance = random.Random(seed)
        slow = chance.uniform(10, 60)
        uneven = chance.uniform(-8, 8)
        drift = chance.uniform(-4e-5, 4e-5)
        return cls(chance, chance.uniform(-9e6, 9e6), drift, slow + uneven, slow - uneven, chance.uniform(10, 100))

    def local(self, hub: float) -> float:
        """What its clock says (ms), so many seconds after START."""
        return (START + hub) * 1000 - self.off + 1000 * self.drift * hub

    def way(self, least: float) -> float:
        """Seconds on the way: often near the least, sometimes very long."""
        return (least + min(160.0, self.chance.expovariate(1 / self.jitter))) / 1000

    def exchange(self, hub: float) -> dict[str, float]:
        """An exchange that begins so many seconds after START."""
        came = hub + self.way(self.there)
        out = came + self.chance.uniform(0, 0.003)
        got = out + self.way(self.back)
        told = [round((START + moment) * 1000) for moment in (came, out)]
        return {"sent": self.local(hub), "in": told[0], "out": told[1], "got": self.local(got)}


def rounds(phone: Phone, until: float) -> list[tuple[float, dict[str, float]]]:
    """Ten exchanges at first and four every half minute, as align() makes them; with when each was over."""
    times = [0.08 * number for number in range(10)]
    times += [begin + 0.08 * number for begin in np.arange(30, until, 30) for number in range(4)]
    return [(at + 0.4, phone.exchange(at)) for at in times]


def test_two_hundred_phones_know_the_time_to_a_few_hundredths_of_a_second_and_say_how_well(page: Page) -> None:
    made = [rounds(Phone.any(seed), 120) for seed in range(200)]
    got = page.evaluate(KEEP, [[one for _, one in some] for some in made])
    first, last = [], []
    for some, told in zip(made, got, strict=True):
        for (at, one), says in zip(some, told, strict=True):
            error = says["by"] - ((START + at - 0.4) * 1000 - one["sent"])
            assert abs(error) <= says["within"] + 8, "says that it is more certain than it is"
            if one is some[9][1]:
                first.append(error)
        last.append(error)
        assert all(says["left"] == number for number, says in enumerate(told, 1))  # no good exchange is thrown away
    assert np.percentile(np.abs(first), 95) < 30
    assert np.percentile(np.abs(last), 95) < 20
    assert np.median(np.abs(last)) < 8


@pytest.mark.parametrize("coupling", [0.8, 2.0])
def test_the_order_of_a_room_of_phones_with_wrong_clocks_on_a_bad_network_is_right_to_two_hundredths(
    page: Page, coupling: float
) -> None:
    crowd = Crowd(60, coupling, seconds=70)
    phones = [Phone.any(seed) for seed in range(60)]
    made = [rounds(phone, 70) for phone in phones]
    told = page.evaluate(KEEP, [[one for _, one in some] for some in made])
    stamped = []
    for phone, some, says, taps in zip(phones, made, told, crowd.taps(), strict=True):
        over = np.array([at for at, _ in some])
        taps = taps[taps > over[9]]
        newest = np.searchsorted(over, taps) - 1
        hub = [phone.local(tap) + says[index]["by"] for tap, index in zip(taps, newest, strict=True)]
        stamped.append(np.array(hub) / 1000 - START)
    room = opened("flash-mob", 60)
    room.step("alone")
    feed(room, stamped, random.Random(5), until=68)
    seconds = range(6, 64)
    got = [mob(room).samples[second - 1] for second in seconds]
    assert {count for _, _, count in got} == {60}
    error = np.array([value for _, value, _ in got]) - crowd.order_at(seconds)
    assert np.max(np.abs(error)) <= 0.02


@pytest.mark.parametrize("jump", [-3_600_000.0, -400.0, 400.0, 10_000.0])
def test_a_clock_that_was_set_or_slept_is_read_anew(page: Page, jump: float) -> None:
    phone = Phone(random.Random(1), 5000, 0, 20, 20, 15)
    before = [phone.exchange(0.1 * number) for number in range(10)]
    phone.off += jump
    after = [phone.exchange(30 + 0.1 * number) for number in range(10)]
    told = page.evaluate(KEEP, [before + after])[0]
    assert told[9]["by"] == pytest.approx(5000, abs=15)
    assert told[-1]["by"] == pytest.approx(5000 + jump, abs=15)
    assert told[-1]["left"] <= 10


def test_what_is_no_exchange_changes_nothing(page: Page) -> None:
    phone = Phone(random.Random(1), 5000, 0, 20, 20, 15)
    good = phone.exchange(1)
    nonsense: list[dict[str, Any]] = [
        {"sent": 0, "in": None, "out": 5, "got": 1},
        {"sent": 0, "in": 9, "out": 5, "got": 1},
        {"sent": 5, "in": 1, "out": 2, "got": 1},
        {"sent": 0, "in": "x", "out": "y", "got": 1},
        {"sent": 0, "got": 1},
    ]
    told = page.evaluate(KEEP, [[good, *nonsense, good]])[0]
    assert {says["left"] for says in told[:-1]} == {1}


def test_align_asks_resolves_with_the_lead_and_asks_less_when_it_knows_enough(page: Page) -> None:
    counts = page.evaluate("""async () => {
      const { aligner } = await import("/clock.js");
      const align = aligner();
      let asked = 0;
      const ask = async () => {
        const sent = performance.now();
        asked += 1;
        if (asked % 3 === 0) throw new Error("no answer");
        await new Promise((done) => setTimeout(done, 5));
        return { sent, in: sent + 5002, out: sent + 5002, got: performance.now() };
      };
      const first = await align(ask);
      const before = asked;
      await align(ask);
      await align(ask);
      const then = asked;
      const last = await align(ask);
      return { first, last, before, again: asked - then };
    }""")
    assert counts["first"] == pytest.approx(5000, abs=25)
    assert counts["last"] == pytest.approx(5000, abs=25)
    assert (counts["before"], counts["again"]) == (10, 4)


def test_align_fails_in_words_when_the_hub_does_not_answer(page: Page) -> None:
    words = page.evaluate("""async () => {
      const { aligner } = await import("/clock.js");
      return aligner()(() => Promise.reject(new Error("no connection"))).then(() => "", (error) => error.message);
    }""")
    assert words == "The clock of the session could not be read."
