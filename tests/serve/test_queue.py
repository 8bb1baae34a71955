"""The order of coming, on one server and over several that know nothing of each other."""

import time
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from choreo.serve import queue as queue_module
from choreo.serve.queue import WAITING, FullError, Queue, Ticket, Tickets

HERE = "192.0.2.1"


def lines(queue):
    return [line for line, _ in queue]


def test_who_comes_from_another_server_goes_before_who_came_later_here():
    queue = Queue()
    for name, came in (("second", 20.0), ("third", 30.0), ("first", 10.0)):
        queue.enter(name, HERE, Ticket(("", name), came))
    assert lines(queue) == ["first", "second", "third"]
    queue.leave("second")
    assert lines(queue) == ["first", "third"]


def test_who_comes_just_now_comes_last_whatever_the_clocks_of_other_servers_say():
    queue = Queue()
    ahead = time.time() + 3600
    queue.enter("ahead", HERE, Ticket(("", "ahead"), ahead))
    for name in ("one", "two"):
        queue.enter(name, HERE, Ticket(("", name)))
    assert lines(queue) == ["ahead", "one", "two"]
    assert queue.ticket("two").came == ahead
    elsewhere = Queue()
    for name in ("ahead", "one", "two"):
        elsewhere.enter(name, HERE, queue.ticket(name))
    assert lines(elsewhere) == ["ahead", "one", "two"]


@given(
    st.lists(st.floats(0, 2e9), min_size=1, unique=True).flatmap(
        lambda came: st.tuples(st.just(came), st.permutations(came))
    )
)
def test_every_server_has_them_in_the_same_order_however_they_got_there(found):
    orders = []
    for came in found:
        queue = Queue()
        for moment in came:
            queue.enter(moment, HERE, Ticket(("", str(moment)), moment))
        orders.append(lines(queue))
    assert orders[0] == orders[1] == sorted(found[0])


def test_a_page_waits_but_once_on_each_server_and_where_there_is_room():
    queue = Queue()
    ticket = Ticket(("ada", "page"), 1.0)
    assert queue.takes(ticket, HERE)
    queue.enter("line", HERE, ticket)
    assert not queue.takes(Ticket(("ada", "page"), 2.0), HERE)
    assert queue.takes(Ticket(("ben", "page"), 1.0), HERE)
    for number in range(WAITING // 2 - 1):
        queue.enter(number, HERE, Ticket(("", str(number))))
    assert not queue.takes(Ticket(("ben", "page"), 1.0), HERE)
    with pytest.raises(FullError):
        queue.enter("one too many", HERE, Ticket(("", "")))
    assert queue.takes(Ticket(("ben", "page"), 1.0), "192.0.2.2")
    queue.leave("line")
    assert queue.takes(ticket, HERE)


def test_a_ticket_is_its_learners_own_of_one_course_and_for_some_minutes(monkeypatch):
    tickets, ticket = Tickets(b"s" * 32), Ticket(("ada", "page"), 1234.5)
    text = tickets.signed(ticket)
    assert tickets.read(text, "ada") == ticket
    assert tickets.read(text, "ben") is None
    assert Tickets(b"t" * 32).read(text, "ada") is None
    monkeypatch.setattr(queue_module, "AGE", timedelta(seconds=-2))
    assert tickets.read(text, "ada") is None


@given(st.text())
def test_what_is_no_ticket_is_none(text):
    assert Tickets(b"s" * 32).read(text, "") is None
