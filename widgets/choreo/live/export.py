"""A session to take away: its answers as a table, its log as JSON. Pure: events in, text out."""

from __future__ import annotations

import csv
import io
import json
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from choreo.live.activities import activities
from choreo.live.activity import FEWEST
from choreo.live.event import Event
from choreo.live.session import Session
from choreo.live.story import Answer, answers

FORMAT = "choreo-session"
VERSION = 1
MOST_FIELDS = 24  # columns for what was said; rarer names than these share the last column
DANGEROUS = tuple("=+-@\t\r\n＝＋－＠")  # what a spreadsheet may take for the beginning of a formula
INNER = re.compile(
    r"(?<=[,;\t\r\n])(?=[\s\"']*[=+\-@＝＋－＠])"
)  # the same, for who reads other separators than were written
HEAD = ("round", "activity", "step", "participant", "virtual", "seconds")
TAPS_HEAD = ("round", "activity", "step", "participant", "virtual", "seconds")
LATEST = 1e15  # ms since 1970 up to which a number can be a time
FEW = f"fewer than {FEWEST} people, so nobody is listed"
HELD = f"fewer than {FEWEST} answers other than before, so nobody is listed"


@dataclass(frozen=True)
class Marks:
    """What a spreadsheet takes for the end of a column, and for a decimal mark; both go by its country."""

    separator: str = ","
    decimal: str = "."


SPREADSHEETS = {"comma": Marks(), "semicolon": Marks(";", "."), "semicolon-comma": Marks(";", ",")}


def cell(value: Any, decimal: str = ".") -> str:
    """A value as a table's cell: text that a spreadsheet might compute gets an apostrophe before it.

    >>> [cell(value) for value in ("=1+1", " @now", "a;=1+1", -3, True, None, "fine")]
    ["'=1+1", "' @now", "a;'=1+1", '-3', 'yes', '', 'fine']
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)):
        return str(value).replace(".", decimal)
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
    text = INNER.sub("'", text.replace("\0", ""))
    return f"'{text}" if text.startswith(DANGEROUS) or text.lstrip().startswith(DANGEROUS) else text


def rows(log: Sequence[Event], decimal: str = ".") -> list[list[str]]:
    """A head, and a row for everything that was said, but for taps.

    Ballots have neither a name nor a time, and come in their alphabet. Of a game that fewer than five people played, or
    that may not be shown beside an earlier round, there is one row, which says so: what somebody did would be known to all.
    """
    said = [answer for answer in answers(log) if not activities()[answer.activity].tapped]
    numbers, unlisted = _numbers(log), _unlisted(said, log)
    counts = Counter(str(name) for answer in said if _listed(answer, unlisted) for name in answer.said)
    names = [name for name, _ in counts.most_common(MOST_FIELDS)]
    more = len(counts) > len(names)
    head = [*HEAD, *map(cell, names), *(["more"] if more else [])]
    found = [head]
    for answer in _one_line_for_unlisted(said, unlisted):
        if _listed(answer, unlisted):
            found.append(_row(answer, numbers, names, more, decimal))
        else:
            found.append(_note(answer, unlisted, len(head)))
    return found


def taps(log: Sequence[Event], decimal: str = ".") -> list[list[str]]:
    """A head, and a row for every tap; where fewer than five people tapped, one row that says so."""
    said = [answer for answer in answers(log) if activities()[answer.activity].tapped]
    numbers, unlisted = _numbers(log), _unlisted(said, log)
    found = [list(TAPS_HEAD)]
    for answer in _one_line_for_unlisted(said, unlisted):
        if _listed(answer, unlisted):
            known = (answer.run, answer.title, answer.step, numbers.get(answer.who), answer.virtual)
            found += [[cell(value, decimal) for value in (*known, at)] for at in _times(answer)]
        else:
            found.append(_note(answer, unlisted, len(TAPS_HEAD)))
    return found


def _one_line_for_unlisted(said: Iterable[Answer], unlisted: Mapping[int, str]) -> Iterator[Answer]:
    """All that is listed, and of the rest just the first of each run."""
    told = set[int]()
    for answer in said:
        if _listed(answer, unlisted) or answer.run not in told:
            yield answer
        if not _listed(answer, unlisted):
            told.add(answer.run)


def _note(answer: Answer, unlisted: Mapping[int, str], columns: int) -> list[str]:
    return [cell(answer.run), cell(answer.title), "", unlisted[answer.run], *[""] * (columns - 4)]


def _times(answer: Answer) -> list[float]:
    """When the taps of a message were, in seconds since the activity began; what is no time is left out."""
    batch = answer.said.get("taps")
    good = [tap for tap in batch if type(tap) in (int, float) and abs(tap) < LATEST] if isinstance(batch, list) else []
    return [round(tap / 1000 - answer.began, 3) for tap in good]


def _numbers(log: Sequence[Event]) -> dict[str, str]:
    """What everybody is called in a table, the same in each: a number that says nothing about who came when."""
    joined = {event.who: event.data.get("virtual") is True for event in log if event.kind == "join"}
    people = sorted(who for who, virtual in joined.items() if not virtual)
    seed = next((event.data.get("seed") for event in log if event.kind == "open"), None)
    random.Random(f"numbers {seed}").shuffle(people)
    bots = [who for who, virtual in joined.items() if virtual]
    named = {who: f"virtual {number}" for number, who in enumerate(bots, 1)}
    return named | {who: str(number) for number, who in enumerate(people, 1)}


def _unlisted(said: Iterable[Answer], log: Sequence[Event]) -> dict[int, str]:
    """The runs in which somebody would be known by what they did, and why: so few moved, or differ from what was shown."""
    moved: dict[int, set[str]] = {}
    for answer in said:
        if answer.who and not answer.virtual:
            moved.setdefault(answer.run, set()).add(answer.who)
    held = dict.fromkeys(Session.replay(log).held_runs, HELD)
    return held | {run: FEW for run, people in moved.items() if len(people) < FEWEST}


def _listed(answer: Answer, unlisted: Mapping[int, str]) -> bool:
    return answer.virtual or not answer.who or answer.run not in unlisted


def _row(answer: Answer, numbers: Mapping[str, str], names: Sequence[str], more: bool, decimal: str) -> list[str]:
    who = numbers.get(answer.who)
    known: list[Any] = [answer.run, answer.title, answer.step, who, answer.virtual, answer.seconds]
    rest = {name: value for name, value in answer.said.items() if name not in names}
    found = [*known, *(answer.said.get(name) for name in names), *([rest or None] if more else [])]
    return [cell(value, decimal) for value in found]


def answers_csv(log: Sequence[Event], marks: Marks = SPREADSHEETS["comma"]) -> str:
    """The rows as CSV."""
    return _csv(rows(log, marks.decimal), marks)


def taps_csv(log: Sequence[Event], marks: Marks = SPREADSHEETS["comma"]) -> str:
    """The taps as CSV."""
    return _csv(taps(log, marks.decimal), marks)


def _csv(table: Iterable[Sequence[str]], marks: Marks) -> str:
    """CSV (RFC 4180, with the separator that is wanted), after the mark by which spreadsheets know UTF-8.

    Excel opens a file by the separator of its country, unless the file begins with "sep=": then it no longer sees the mark.
    """
    file = io.StringIO()
    csv.writer(file, delimiter=marks.separator, lineterminator="\r\n").writerows(table)
    return "\ufeff" + file.getvalue()


def session_json(log: Sequence[Event]) -> str:
    """The whole log, one event a line; of a round that nobody may see beside an earlier one, without its answers."""
    held = Session.replay(log).held
    data = (dict(event.data) | ({"ballots": []} if event.number in held else {}) for event in log)
    lines = ",\n".join(
        json.dumps(vars(event) | {"data": one}, ensure_ascii=False) for event, one in zip(log, data, strict=True)
    )
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
