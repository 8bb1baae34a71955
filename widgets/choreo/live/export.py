"""A session to take away: its answers as a table, its log as JSON. Pure: events in, text out."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from choreo.live.event import Event
from choreo.live.story import Answer, answers

FORMAT = "choreo-session"
VERSION = 1
MOST_FIELDS = 24  # columns for what was said; rarer names than these share the last column
DANGEROUS = tuple("=+-@\t\r\n＝＋－＠")  # what a spreadsheet may take for the beginning of a formula
HEAD = ("round", "activity", "step", "participant", "nickname", "virtual", "seconds")


def cell(value: Any) -> str:
    """A value as a table's cell: text that a spreadsheet might compute gets an apostrophe before it.

    >>> [cell(value) for value in ("=1+1", " @now", -3, True, None, "fine")]
    ["'=1+1", "' @now", '-3', 'yes', '', 'fine']
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)):
        return str(value)
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
    text = text.replace("\0", "")
    return f"'{text}" if text.startswith(DANGEROUS) or text.lstrip().startswith(DANGEROUS) else text


def rows(log: Sequence[Event]) -> list[list[str]]:
    """A head, and a row for everything that was said. Ballots have neither a name nor a time, and come in their alphabet."""
    said = list(answers(log))
    removed = _removed(log)
    counts = Counter(str(name) for answer in said for name in answer.said)
    names = [name for name, _ in counts.most_common(MOST_FIELDS)]
    more = len(counts) > len(names)
    head = [*HEAD, *map(cell, names), *(["more"] if more else [])]
    return [head, *(_row(answer, names, more, removed) for answer in said)]


def _row(answer: Answer, names: Sequence[str], more: bool, removed: frozenset[str]) -> list[str]:
    nickname = "" if answer.who in removed else answer.nickname
    known: list[Any] = [
        answer.run, answer.title, answer.step, answer.who, nickname, answer.virtual, answer.seconds,
    ]  # fmt: skip
    rest = {name: value for name, value in answer.said.items() if name not in names}
    found = [*known, *(answer.said.get(name) for name in names), *([rest or None] if more else [])]
    return [cell(value) for value in found]


def answers_csv(log: Sequence[Event]) -> str:
    """The rows as CSV (RFC 4180), with a mark at the beginning by which spreadsheets know UTF-8."""
    file = io.StringIO()
    csv.writer(file, lineterminator="\r\n").writerows(rows(log))
    return "\ufeff" + file.getvalue()


def session_json(log: Sequence[Event]) -> str:
    """The whole log, one event a line; who was removed keeps no nickname in it."""
    removed = _removed(log)
    lines = ",\n".join(json.dumps(_plain(event, removed), ensure_ascii=False) for event in log)
    return f'{{"format": "{FORMAT}", "version": {VERSION}, "events": [\n{lines}\n]}}\n'


def read_session(text: str) -> list[Event]:
    """The log in what `session_json` wrote; raise ValueError if it is something else."""
    data = json.loads(text)
    if not isinstance(data, dict) or (data.get("format"), data.get("version")) != (FORMAT, VERSION):
        raise ValueError(f"this is no session of Choreo (format {FORMAT!r}, version {VERSION})")
    try:
        return [Event(one["number"], one["at"], one["kind"], one["who"], one["data"]) for one in data["events"]]
    except (KeyError, TypeError) as error:
        raise ValueError(f"an event of this session is broken ({error})") from error


def _removed(log: Iterable[Event]) -> frozenset[str]:
    return frozenset(event.who for event in log if event.kind == "remove")


def _plain(event: Event, removed: frozenset[str]) -> dict[str, Any]:
    data: Mapping[str, Any] = event.data
    if event.who in removed and "nickname" in data:
        data = {name: value for name, value in data.items() if name != "nickname"}
    return {"number": event.number, "at": event.at, "kind": event.kind, "who": event.who, "data": dict(data)}
