"""The table for reviewers: every text, no formula, and what comes back is told from what was there."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest

from choreo.bank.document import read_document
from choreo.bank.files import files
from choreo.exchange.sheet import HEAD, SheetError, returned, rows_in, table

ROOT = Path(__file__).parents[2]
DATA = {
    f"{path.parent.name}/{path.stem}": read_document(path).data for path in files(ROOT / "exercises", "gallery/*.yaml")
}
ODD = {
    "kind": "choice",
    "title": "=HYPERLINK(1)",
    "prompt": "+1\n- one, -2\n;@now",
    "hints": ["'tis so", "-3"],
    "options": [{"id": "a", "text": "-x", "right": True, "why": "\t=1"}, {"id": "b", "text": "b", "why": "no"}],
    "checks": [{"answer": {"chosen": ["text"]}}],
}


@pytest.mark.parametrize("separator", [",", ";"])
def test_a_table_that_comes_back_as_it_went_changes_nothing(separator: str) -> None:
    files = {**DATA, "x/odd": ODD}
    text = table(files.items(), separator)
    rows = rows_in(text.encode())
    assert len(rows) > 390
    assert returned(rows, files) == returned([], files)
    through_a_spreadsheet = text.replace("\r\n", "\n").replace("\n", "\r\n").encode("utf-8")
    assert returned(rows_in(through_a_spreadsheet), files).changes == ()


def test_no_cell_is_a_formula() -> None:
    rows = list(csv.reader(io.StringIO(table([("x/odd", ODD)]).lstrip("\ufeff"))))
    assert tuple(rows[0]) == HEAD
    assert len(rows) == 9  # title, prompt, two hints, and two of each of the options
    assert not any(
        cell.lstrip(" \t'\"").startswith(("=", "@")) and not cell.startswith("'") for row in rows for cell in row
    )
    assert [row[3] for row in rows if row[2] == "options.a.text"] == ["right"]


def test_a_change_is_told_from_one_that_came_between_and_from_one_that_decides() -> None:
    address = "gallery/postcard-from-the-plaza"
    rows = rows_in(table([(address, DATA[address])]).encode())
    by_part = {row.part: row for row in rows}
    title, prompt, decides = by_part["title"], by_part["prompt"], by_part["gaps.first.right"]
    sent = [
        replace(title, text="Another title", remark="Shorter?"),
        replace(prompt, text="Another prompt"),
        replace(decides, text="most"),
        replace(by_part["gaps.first.why"], text=""),
        replace(title, part="gaps.gone.why", text="x"),
    ]
    now = {address: {**DATA[address], "prompt": "Changed meanwhile."}}
    found = returned(sent, now)
    assert [(change.place, change.text) for change in found.changes] == [(("title",), "Another title")]
    assert found.remarks == (f"{address}: title: Shorter?",)
    assert [line.split(": ", 2)[2].split(";")[0] for line in found.refused] == [
        "was changed in the file as well, since the table was written",
        "decides what is right",
        "is empty in the table",
        "is not there any more",
    ]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("exercise,part\r\nx,y\r\n".encode("utf-16"), "UTF-8"),
        (b"caf\xe9", "UTF-8"),
        (b"a,b\r\n1,2\r\n", "no column exercise"),
        (b"", "no column"),
    ],
)
def test_what_is_no_table_of_ours_is_refused(content: bytes, fault: str) -> None:
    with pytest.raises(SheetError, match=fault):
        rows_in(content)
