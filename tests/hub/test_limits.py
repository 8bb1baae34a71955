"""Buckets of what one address may ask for, and sockets that are counted."""

from __future__ import annotations

from choreo.hub.limits import Bucket, Buckets, Held, Rate


def test_a_bucket_lets_a_burst_through_and_then_so_many_a_second() -> None:
    bucket = Bucket(Rate(3, 2), 0.0)
    assert [bucket.take(0.0) for _ in range(5)] == [0, 0, 0, 0.5, 1.0]
    assert bucket.take(10.0) == 0
    assert not bucket.full(10.0)
    assert bucket.full(11.0)


def test_a_clock_that_goes_back_takes_nothing_out_of_a_bucket() -> None:
    bucket = Bucket(Rate(3, 2), 1000.0)
    assert not bucket.empty(0.0)
    assert [bucket.take(0.0) for _ in range(3)] == [0, 0, 0]
    assert bucket.take(1.0) == 0


def test_addresses_do_not_share_a_bucket_and_sockets_are_counted() -> None:
    now = 0.0
    buckets = Buckets(Rate(2, 1), lambda: now)
    assert [buckets.take("a") for _ in range(3)] == [True, True, False]
    assert buckets.take("b")
    now = 1.0
    assert buckets.take("a")
    sockets = Held(4000, 4001)
    assert all(sockets.enter("a") for _ in range(4000))
    assert not sockets.enter("a")
    assert sockets.enter("b")
    assert not sockets.enter("c")  # too many in all
    sockets.leave("a")
    assert sockets.enter("a")
