"""One thing a learner did, as it is kept for good."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from typing import Any

KINDS = ("attempt", "prediction", "goal", "reflection", "commitment", "profile", "settings", "review")
MAX_ANSWER = 40_000  # characters of JSON; a long reflection has 5,000

_ID = re.compile(r"[0-9a-f]{32}")
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")


class EntryError(ValueError):
    """A record that is not an entry; the message names field, fault and remedy."""


@dataclass(frozen=True)
class Entry:
    """An attempt, a prediction, a reached goal, a reflection, a commitment, a self-profile, settings or a review answer.

    Entries are never changed. The newest of an item (by `at`, then `id`) is its present state.
    """

    id: str  # 32 hex digits, made where the work was done, so that sending twice stores once
    lesson: str  # "09-choreography"
    item: str  # the exercise's name within the lesson: "few-listeners"
    kind: str  # one of KINDS
    version: int  # of the exercise, 1 or more
    answer: Mapping[str, Any]  # as the kind defines it; JSON
    score: float | None  # 0 to 1; None where nothing is right or wrong
    at: str  # when, ISO 8601 in UTC with milliseconds: "2026-11-20T09:30:00.000Z"


def new_entry(
    lesson: str, item: str, kind: str, version: int, answer: Mapping[str, Any], score: float | None, now: datetime
) -> Entry:
    """An entry with a fresh id, stamped `now` (an aware datetime)."""
    return Entry(uuid.uuid4().hex, lesson, item, kind, version, answer, score, stamp(now))


def stamp(moment: datetime) -> str:
    """An aware datetime as entries carry it."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def moment(entry: Entry) -> datetime:
    """When the entry was made, as an aware datetime."""
    return datetime.fromisoformat(entry.at)


def to_json(entry: Entry) -> dict[str, Any]:
    """The entry as a JSON object."""
    return asdict(entry)


def from_json(record: object) -> Entry:
    """The entry in a JSON object; raise EntryError that names every fault."""
    if not isinstance(record, dict):
        raise EntryError(f"an entry must be a JSON object, not {type(record).__name__}")
    names = {f.name for f in fields(Entry)}
    faults = [f"{name}: missing" for name in sorted(names - set(record))]
    faults += [f"{name}: unknown field; remove it" for name in sorted(map(str, set(record) - names))]
    faults += [fault for name, value in record.items() if (fault := _fault(str(name), value))]
    if faults:
        raise EntryError("; ".join(faults))
    return Entry(**record)


def _fault(name: str, value: Any) -> str | None:
    match name:
        case "id" if not (isinstance(value, str) and _ID.fullmatch(value)):
            return "id: must be 32 hex digits"
        case "lesson" | "item" if not (isinstance(value, str) and _NAME.fullmatch(value)):
            return f"{name}: must be a name of lower-case letters, digits and hyphens"
        case "kind" if value not in KINDS:
            return f"kind: must be one of {', '.join(KINDS)}"
        case "version" if not (isinstance(value, int) and not isinstance(value, bool) and 1 <= value < 10**6):
            return "version: must be a whole number from 1"
        case "answer" if not isinstance(value, dict):
            return "answer: must be a JSON object"
        case "score" if value is not None and not (
            isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value <= 1
        ):
            return "score: must be a number from 0 to 1, or null"
        case "at" if not _is_stamp(value):
            return 'at: must be a time such as "2026-11-20T09:30:00.000Z"'
    return None


def _is_stamp(value: Any) -> bool:
    try:
        return isinstance(value, str) and stamp(datetime.fromisoformat(value)) == value
    except (ValueError, OverflowError):
        return False
