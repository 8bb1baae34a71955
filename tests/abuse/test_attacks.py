"""Every attack alone against a running course: the servers answer, memory stays, and others notice nothing.

Prints a table: pytest -q tests/abuse
"""

from __future__ import annotations

import time

import psutil
import pytest
from tests.abuse.attacks import ATTACKS
from tests.abuse.bystanders import Bystanders
from tests.serve.course import one_lesson, own, running_course

from choreo.serve.forking.nursery import POSSIBLE

pytestmark = pytest.mark.skipif(not POSSIBLE or not psutil.LINUX, reason="takes many addresses of loopback, and forks")

ANSWER = 1.0  # seconds within which 99 of 100 questions for health are answered, and others' deeds done
GROWTH = 200 * 2**20  # bytes that an attack may leave behind


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    folder = tmp_path_factory.mktemp("attacks")
    small = one_lesson(folder / "course")
    with running_course(folder / "data", small, own(8995), log=folder / "log", CHOREO_AWAY="1") as course:
        yield course


@pytest.fixture(scope="module")
def bystanders(course):
    bystanders = Bystanders(course)
    yield bystanders
    bystanders.stop()


def memory(course):
    """Bytes of all servers."""
    return sum(course.server(module).memory_info().rss for module in ("choreo.hub", "choreo.serve", "choreo.door"))


@pytest.mark.parametrize(("attack", "before"), ATTACKS, ids=[attack.__name__ for attack, _ in ATTACKS])
def test_an_attack_is_bounded_and_others_notice_nothing(course, bystanders, attack, before, record_property):
    held, counts = memory(course), bystanders.counts()
    now = attack(course)
    end = time.monotonic() + 2  # whatever it set off shows by then
    while time.monotonic() < end or min(a - b for a, b in zip(bystanders.counts(), counts, strict=True)) < 10:
        time.sleep(0.05)
    grown = memory(course) - held
    slowest = {one.name: one.since(count) for one, count in zip(bystanders.all, counts, strict=True)}
    p99 = max(took for took, _ in slowest.values())
    shown = (attack.__name__.replace("_", " "), before, now, f"{p99 * 1000:.0f} ms", f"{grown / 2**20:+.0f} MB")
    record_property("attack", shown)
    assert [fault for _, failed in slowest.values() for fault in failed] == []
    assert {name: took for name, (took, _) in slowest.items() if took > ANSWER} == {}
    assert grown < GROWTH
