"""One thing a learner did, as it is kept for good."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from typing import Any

KINDS = (
    *("attempt", "prediction", "played", "goal", "reflection", "commitment", "collaboration", "profile", "settings"),
    "review",
)
MAX_ANSWER = 40_000  # characters of JSON; a long reflection has 5,000
MAX_DEPTH = 24  # levels of nesting in an answer
LARGEST = 1e15  # of the numbers in an answer; every one of them can be drawn, written out and counted on
YEARS = range(1970, 2200)  # of an entry; a clock that lost its battery begins in 1970

_ID = re.compile(r"[0-9a-f]{32}")
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")


class EntryError(ValueError):
    """A record that is not an entry; the message names field, fault and remedy."""


@dataclass(frozen=True)
class Entry:
    """An attempt, a prediction, a reached goal, a reflection, a commitment, a collaboration, a self-profile, settings, a review.

    Or that something was played: for the first time, once the predictions that it answers were made or declined.
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

    @property
    def address(self) -> str:
        """The exercise's name in the whole course: "09-choreography/few-listeners"."""
        return f"{self.lesson}/{self.item}"


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


def place_in_time(entry: Entry) -> tuple[str, str]:
    """What entries are ordered by: when each was made, and for those of one moment always the same way."""
    return entry.at, entry.id


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """The entries, oldest first."""
    return sorted(entries, key=place_in_time)


def entries_in(records: Iterable[object], complain: Callable[[str], None]) -> list[Entry]:
    """Those of the records that are entries; of each other one `complain` hears, and it costs the rest nothing."""
    found = []
    for record in records:
        try:
            found.append(from_json(record))
        except EntryError as error:
            name = record.get("id") if isinstance(record, dict) else None
            complain(f"Entry {name}: left out, as it cannot be read ({error}).")
    return found


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
        case "answer":
            return answer_fault(value)
        case "score" if value is not None and not (
            isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value <= 1
        ):
            return "score: must be a number from 0 to 1, or null"
        case "at" if not _is_stamp(value):
            return f'at: must be a time such as "2026-11-20T09:30:00.000Z", from {YEARS[0]} to {YEARS[-1]}'
    return None


def answer_fault(answer: object) -> str | None:
    """What in an answer nobody could show: numbers without measure, and nesting without end; None if all is well."""
    level, depth = [answer], 0
    while level:
        depth += 1
        if depth > MAX_DEPTH:
            return f"answer: nested deeper than {MAX_DEPTH} levels"
        if any(isinstance(value, (int, float)) and not abs(value) <= LARGEST for value in level):
            return f"answer: a number in it is none, or larger than {LARGEST:g}"
        level = [child for parent in level for child in _children(parent)]
    return None


def _children(value: object) -> Iterable[object]:
    return value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()


def _is_stamp(value: Any) -> bool:
    try:
        at = datetime.fromisoformat(value) if isinstance(value, str) else None
        return at is not None and stamp(at) == value and at.year in YEARS
    except (ValueError, OverflowError):
        return False
