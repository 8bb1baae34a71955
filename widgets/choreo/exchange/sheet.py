"""All texts of exercises in one table, for people who review them in a spreadsheet; and what they changed, back.

The last column is a mark of what was there. So nobody's change is taken for another's: a text is changed where it no longer fits
its mark, and it can be put in where the file still fits it.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from choreo.bank.edit import is_name, named
from choreo.exchange.markup import printable
from choreo.live.export import DANGEROUS, cell

HEAD = ("exercise", "kind", "part", "note", "text", "remark", "mark")
READ = frozenset({
    "about", "after", "ask", "consequence", "do", "first", "goal", "help", "high", "hints", "label", "last", "low",
    "note", "prompt", "reflection", "say", "sources", "text", "title", "unit", "what", "who", "why",
})  # fmt: skip
GRADED = frozenset(("options", "accept", "given", "right"))  # texts of gaps that decide what is right
PINNED = re.compile(r"(?<=[,;\t\r\n])'(?=[\s\"']*[=+\-@＝＋－＠])")
DECIDES = "decides what is right; write changes under remark"
LARGEST = 16 * 2**20  # bytes of a table
Place = tuple[str | int, ...]


class SheetError(ValueError):
    """A table that did not come from here, or not as a whole; the message says what to do."""


@dataclass(frozen=True)
class Reading:
    """One text that people read."""

    place: Place
    text: str
    note: str


@dataclass(frozen=True)
class Row:
    """What came back about one text."""

    exercise: str
    part: str
    text: str
    remark: str
    mark: str

    @property
    def changed(self) -> bool:
        """Whether somebody wrote something else."""
        return mark(self.text) != self.mark


def readings(data: Any, place: Place = ()) -> Iterator[Reading]:
    """The texts of an exercise's file, in its order."""
    if isinstance(data, dict):
        right = "right" if data.get("right") is True else ""
        for key, value in data.items():
            if key != "checks" or place:
                for one in readings(value, (*place, str(key))):
                    direct = len(one.place) == len(place) + 1
                    yield Reading(one.place, one.text, one.note or (right if direct and key == "text" else ""))
    elif isinstance(data, list):
        for at, value in enumerate(data):
            yield from readings(value, (*place, at))
    elif isinstance(data, str) and data.strip():
        key = next((str(part) for part in reversed(place) if isinstance(part, str)), "")
        if key in GRADED:
            yield Reading(place, data.strip(), DECIDES)
        elif "example" in place or (key in READ and not (key in ("after", "first") and is_name(data))):
            yield Reading(place, data.strip(), "")


def table(exercises: Iterable[tuple[str, Mapping[str, Any]]], separator: str = ",") -> str:
    """The table as CSV, after the sign by which spreadsheets know UTF-8; nothing in it is a formula."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=separator, lineterminator="\r\n")
    writer.writerow(HEAD)
    for address, data in exercises:
        for one in readings(data):
            part = named(one.place, data)
            writer.writerow(
                [*map(cell, (address, str(data.get("kind")), part, one.note, one.text)), "", mark(one.text)]
            )
    return "\ufeff" + file.getvalue()


def rows_in(content: bytes) -> list[Row]:
    """What came back; raise SheetError."""
    if len(content) > LARGEST:
        raise SheetError(f"is larger than {LARGEST // 2**20} MB; send the rows that changed")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SheetError("is not in UTF-8; save it as “CSV UTF-8”") from error
    if text.startswith("sep="):
        text = text.partition("\n")[2]
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    try:
        found = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise SheetError(f"is no table ({error}); save it as CSV") from error
    missing = [name for name in HEAD if name not in ("kind", "note") and (not found or name not in found[0])]
    if missing:
        raise SheetError(f"has no column {', '.join(missing)}; keep the first line as it was")
    return [_row(record) for record in found if (record["exercise"] or "").strip()]


def _row(record: Mapping[str, Any]) -> Row:
    values = {name: printable(str(record.get(name) or "")).strip() for name in HEAD}
    return Row(
        _bare(values["exercise"]), _bare(values["part"]), _bare(values["text"]), _bare(values["remark"]), values["mark"]
    )


def _bare(text: str) -> str:
    """A cell's text without what kept it from being a formula."""
    text = PINNED.sub("", text)
    return text[1:] if text.startswith("'") and text[1:].lstrip().startswith(DANGEROUS) else text


def mark(text: str) -> str:
    """Eight letters that stand for a text, whatever a spreadsheet did to its edges and to what could be a formula."""
    plain = re.sub(r"[ \t]+(?=\n)", "", _bare(printable(text).strip()))
    digits = hashlib.sha256(plain.encode()).hexdigest()[:8]
    return "".join(
        "abcdefghijklmnop"[int(digit, 16)] for digit in digits
    )  # letters only: no spreadsheet reckons with them


@dataclass(frozen=True)
class Change:
    """A text that shall be put into a file."""

    exercise: str
    place: Place
    text: str


@dataclass(frozen=True)
class Returned:
    """What a table asks for, what of it cannot be done, and what its readers remarked."""

    changes: tuple[Change, ...]
    refused: tuple[str, ...]
    remarks: tuple[str, ...]


def returned(rows: Sequence[Row], files: Mapping[str, Mapping[str, Any]]) -> Returned:
    """What the rows mean for the files as they are now, by address."""
    known = {(address, named(one.place, data)): one for address, data in files.items() for one in readings(data)}
    changes, refused, remarks = [], [], []
    for row in rows:
        where = f"{row.exercise}: {row.part}"
        one = known.get((row.exercise, row.part))
        if row.remark:
            remarks.append(f"{where}: {row.remark}")
        if not row.changed or (one and mark(one.text) == mark(row.text)):
            continue
        if one is None:
            refused.append(f"{where}: is not there any more; look where it went.")
        elif one.note == DECIDES:
            refused.append(f"{where}: decides what is right; change it in the file, and raise the version.")
        elif mark(one.text) != row.mark:
            refused.append(
                f"{where}: was changed in the file as well, since the table was written; choose one by hand."
            )
        elif not row.text:
            refused.append(f"{where}: is empty in the table; if it shall go, take it out of the file.")
        else:
            changes.append(Change(row.exercise, one.place, row.text))
    return Returned(tuple(changes), tuple(refused), tuple(remarks))
