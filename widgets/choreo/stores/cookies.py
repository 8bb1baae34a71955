"""The one reader of cookies outside the hub: what other programs of this host have put beside ours is passed over."""

from __future__ import annotations

LEARNER = "choreo_learner"  # under which a browser keeps its learner's pass


def cookie(header: str, name: str) -> str:
    """What a Cookie header says under a name, the last one if there are several; else empty.

    >>> cookie('zoomdata={"a": "b c"}; choreo_learner=abc.def.ghi; x', "choreo_learner")
    'abc.def.ghi'
    """
    named = (one.partition("=") for one in header.split(";"))
    found = [value.strip().strip('"') for said, _, value in named if said.strip() == name]
    return found[-1] if found else ""
