"""Tokens, limits, and what counts as taken."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from choreo.hub.live.limits import Bucket, Buckets, Rate, Sockets
from choreo.hub.live.seen import KEPT, Seen
from choreo.hub.live.tokens import code_in, fits, hashed, new_code, new_session, new_token, screen_token, session_of


def test_a_screen_token_is_made_from_the_host_token_and_opens_nothing_else() -> None:
    session = new_session()
    host = new_token("h", session)
    screen = screen_token(host)
    assert screen == screen_token(host)
    assert session_of(screen, "s") == session
    assert session_of(screen, "h") is None
    assert not fits("h" + screen[1:], hashed(host))
    assert fits(screen, hashed(screen))


def test_codes_are_read_as_people_type_them() -> None:
    code = new_code()
    for typed in (code, code.lower(), f" {code[:3]} {code[3:]} ", f"{code[:3]}-{code[3:]}"):
        assert code_in(typed) == code
    for wrong in (code[:5], code + "A", code[:5] + "1", "", None, 7, ["A"] * 6):
        assert code_in(wrong) is None


def test_a_bucket_lets_a_burst_through_and_then_so_many_a_second() -> None:
    bucket = Bucket(Rate(3, 2), 0.0)
    assert [bucket.take(0.0) for _ in range(5)] == [0, 0, 0, 0.5, 1.0]
    assert bucket.take(10.0) == 0
    assert not bucket.full(10.0)
    assert bucket.full(11.0)


def test_addresses_do_not_share_a_bucket_and_sockets_are_counted() -> None:
    now = 0.0
    buckets = Buckets(Rate(2, 1), lambda: now)
    assert [buckets.take("a") for _ in range(3)] == [True, True, False]
    assert buckets.take("b")
    now = 1.0
    assert buckets.take("a")
    sockets = Sockets()
    assert all(sockets.enter("a") for _ in range(4000))
    assert not sockets.enter("a")
    sockets.leave("a")
    assert sockets.enter("a")


@given(st.lists(st.integers(0, 40), max_size=60))
def test_every_number_counts_once_in_whatever_order_it_comes(numbers: list[int]) -> None:
    seen, known = Seen(), set()
    for n in numbers:
        assert (n in seen) == (n in known)
        seen.add(n)
        known.add(n)


def test_what_is_long_past_counts_as_taken() -> None:
    seen = Seen(range(10_000))
    assert seen.newest == 9999
    assert all(n in seen for n in range(10_000))
    assert 10_000 not in seen
    late = Seen([*range(0, 6 * KEPT, 2)])
    assert 1 in late
    assert 6 * KEPT - 1 not in late
