"""Whom a colour stands for: the one vocabulary of all figures, in lessons, live sessions and on the hub's pages.

A trace of a Plotly figure names its role in `meta`, and no colour. What a role looks like is said once for each medium:
`views/theme.css` (light, dark, print), `views/shared/roles.js` (Plotly), `views/shared/canvas.js` (stages).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, get_args

Role = Literal[
    "you",  # what you did, said or predicted; in a live session, this room
    "others",  # the others: what happened, what the model did
    "goal",  # the goal, and what is well
    "apart",  # what is apart, or asks for care
    "quiet",  # what only stands beside
]
ROLES: tuple[Role, ...] = get_args(Role)


def in_role(role: Role) -> dict[str, Any]:
    """What makes a trace one of this role's, to be merged into it.

    >>> {"type": "bar"} | in_role("goal")
    {'type': 'bar', 'meta': {'role': 'goal'}}
    """
    return {"meta": {"role": role}}


def role_of(trace: Mapping[str, Any]) -> Role:
    """The role of a trace; one without any stands beside."""
    meta = trace.get("meta")
    role = meta.get("role") if isinstance(meta, Mapping) else None
    return role if role in ROLES else "quiet"


def colour(role: Role) -> str:
    """A role's colour, where a figure has no trace for it: an area, a note."""
    return f"var(--choreo-{role})"
