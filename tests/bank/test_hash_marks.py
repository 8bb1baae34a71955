"""A # that cuts off a text is told; a comment that is meant is none of anybody's business."""

from __future__ import annotations

from pathlib import Path

import pytest

from choreo.bank.document import read_document
from choreo.bank.hash_marks import cut_off


def cut(folder: Path, text: str) -> list[tuple[int, str]]:
    path = folder / "one.yaml"
    path.write_text(text, encoding="utf-8")
    document = read_document(path)
    return [(document.line(place), fault) for place, fault in cut_off(document.root, document.lines)]


@pytest.mark.parametrize(
    ("text", "line", "lost"),
    [
        ("a: 1\ntitle: Song # 3 of five\n", 2, '"# 3 of five" is read as a comment and not shown'),
        ("a:\n  - text: Our  #1 rule\n", 2, '"#1 rule" is read as a comment'),
        ("hints:\n  - first\n  - go #team\n", 3, '"#team" is read as a comment'),
        ("title: #1 in the list\n", 1, 'is empty: "#1 in the list" is read as a comment'),
    ],
)
def test_what_a_hash_takes_away_is_told_with_its_line(tmp_path: Path, text: str, line: int, lost: str) -> None:
    ((found, fault),) = cut(tmp_path, text)
    assert found == line
    assert lost in fault


@pytest.mark.parametrize(
    "text",
    [
        "title: Song  # as they sing it\n",
        "# yaml-language-server: x\ntitle: Song\n",
        "minutes: 15 # counted\nright: true #yes\n",
        "title: 'Song # 3'\nprompt: |\n  Rule # 1\n",
        "title: C# and F#\n",
        "checks:  # the proof\n  - x\nlast:\n",
    ],
)
def test_comments_and_quoted_texts_are_left_alone(tmp_path: Path, text: str) -> None:
    assert cut(tmp_path, text) == []
