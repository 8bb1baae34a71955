"""Commitments as a calendar file: what RFC 5545 asks for."""

from __future__ import annotations

import re
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from choreo.progress.calendar import calendar, escape, fold
from choreo.progress.portfolio import Commitment


def promise(**changes):
    fields = {
        "id": "a" * 32,
        "lesson": "A flash mob, not a ballet",
        "item": "my-next-move",
        "what": "Ask the depots",
        "whom": "Mara; and José",
        "by": date(2026, 12, 31),
        "at": "2026-11-20T09:30:00.000Z",
        "changes": 0,
    }
    return Commitment(**{**fields, **changes})


def unfolded(text):
    return text.replace("\r\n ", "").split("\r\n")


def test_an_event_lasts_one_whole_day():
    lines = unfolded(calendar([promise()]))
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert "DTSTART;VALUE=DATE:20261231" in lines
    assert "DTEND;VALUE=DATE:20270101" in lines
    assert "DTSTAMP:20261120T093000Z" in lines
    assert r"DESCRIPTION:Ask the depots\nWith: Mara\; and José\nFrom the lesson: A flash mob\, not a ballet" in lines


def test_a_changed_commitment_changes_its_event():
    before, after = (unfolded(calendar([promise(changes=n, what=f"Ask {n}")])) for n in (0, 2))
    uid = next(line for line in before if line.startswith("UID:"))
    assert uid in after
    assert "SEQUENCE:2" in after


def test_without_a_day_there_is_no_event_and_without_events_no_file():
    assert calendar([promise(by=None)]) == ""
    assert calendar([promise(by=None), promise()]).count("BEGIN:VEVENT") == 1


def test_the_last_day_of_all_has_no_day_after():
    assert "DTEND" not in calendar([promise(by=date.max)])


def test_nobody_can_write_a_line_of_their_own_into_the_file():
    text = calendar([promise(what="x\r\nEND:VEVENT\r\nBEGIN:VALARM", whom="y\x85ATTACH:z")])
    names = [re.split("[:;]", line)[0] for line in unfolded(text)]
    assert names.count("END") == 2
    assert "ATTACH" not in names


@given(st.text())
def test_lines_are_folded_at_75_octets_and_no_character_is_cut(text):
    text = text.encode("utf-8", "replace").decode().replace("\r", "").replace("\n", "")
    folded = fold(text)
    assert all(len(line.encode()) <= 75 for line in folded.split("\r\n"))
    assert folded.replace("\r\n ", "") == text


@given(st.text())
def test_an_escaped_text_can_be_read_back(text):
    text = "".join(char for char in text if char.isprintable())
    back = re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], escape(text))
    assert back == text
    assert not re.search(r"[\r\n\x00-\x08]", escape(text))
