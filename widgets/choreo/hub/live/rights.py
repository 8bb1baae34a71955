"""What each of a session's two coaches may have done: the first everything, the second what helps to read along."""

from __future__ import annotations

from typing import Literal

from choreo.hub.live.commands import COMMANDS, NO_SUCH

Role = Literal["first", "second"]

OF_THE_HUB = frozenset(
    {"picture", "ticket", "delete", "invite", "withdraw", "let_in"}
)  # what no log tells of; see coaches.py
RIGHTS: dict[Role, frozenset[str]] = {
    "first": OF_THE_HUB | COMMANDS.keys(),
    "second": frozenset({"release", "withhold"}),
}
NOT_YOURS = "With this link you can read along and show answers. Everything else is up to the coach who gave it to you."


def refusal(role: Role, name: object) -> str:
    """Why this coach cannot have this done; empty if they can."""
    if isinstance(name, str) and name in RIGHTS[role]:
        return ""
    return NO_SUCH if role == "first" else NOT_YOURS
