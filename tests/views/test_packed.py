"""What goes to the browser is JSON and bytes, and can be read there as it was."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from choreo.views.packed import packed, sendable


@given(arrays(np.uint8, st.tuples(st.integers(1, 6), st.integers(0, 5))))
def test_rows_of_bytes_travel_as_what_changes_and_add_up_to_what_they_were(rows: np.ndarray) -> None:
    sent = packed({"rows": rows})["rows"]
    steps = np.frombuffer(sent["data"], dtype=np.uint8).reshape(sent["shape"])
    assert sent["steps"]
    assert np.array_equal(np.cumsum(steps, axis=0, dtype=np.uint8), rows)


def test_other_arrays_travel_as_they_are_and_none_that_the_browser_cannot_read() -> None:
    assert np.frombuffer(packed(np.array([3, 500]))["data"], dtype=np.int32).tolist() == [3, 500]
    with pytest.raises(TypeError, match="complex128"):
        packed(np.array([1j]))


def test_what_is_no_finite_number_is_none_and_numpys_numbers_are_plain() -> None:
    value = {
        1: [np.float64(0.5), float("nan"), np.float32("inf")],
        "many": np.array([1, 2]),
        "so": np.bool_(True),
        "no": None,
    }
    assert sendable(value) == {"1": [0.5, None, None], "many": [1, 2], "so": True, "no": None}
    json.dumps(sendable(value), allow_nan=False)
