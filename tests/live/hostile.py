"""What may come in where a log or a phone is not what it should be; for hypothesis."""

from typing import Any

from hypothesis import strategies as st

NASTY: list[Any] = [
    None, True, False, 0, -1, 1, 2, 10**400, -(10**400), 1e308, -1e308, float("nan"), float("inf"), -float("inf"), 0.5,
    "", "p1", "<script>alert(1)</script>", "=cmd()", "\ud800", "\u202e", "x" * 300, [], [[]], {}, [None], {"own": {}},
]  # fmt: skip

anything: st.SearchStrategy[Any] = st.recursive(
    st.sampled_from(NASTY) | st.integers(-3, 120) | st.floats(-10, 1e6) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
