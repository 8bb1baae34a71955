"""What YAML cannot read is told in an author's words, at the line where it went wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from choreo.bank.document import read_document
from choreo.bank.fault import BankError
from choreo.bank.loader import load_exercise

TOP = "id: one\nversion: 1\nkind: choice\n"
REST = "options:\n  - {id: x, text: T, why: W}\nchecks: []\n"


def fault_of(folder: Path, text: str) -> str:
    path = folder / "one.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BankError) as caught:
        read_document(path)
    fault = caught.value.faults[0]
    return fault.removeprefix(f"{path}:")


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("options:\n\t- id: x\n", 5, "a tab; YAML is indented by spaces"),
        ("options:\n  - id: x\n\ttext: T\n", 6, "a tab;"),
        ("prompt: |\n\tHello\n" + REST, 5, "a tab;"),
        ("title: Note: this is\n" + REST, 4, "the text of title has a colon in it"),
        ("hints:\n  - id: Note: this\n", 5, "the text of id has a colon in it"),
        ("title: Note\n  that: this\n" + REST, 5, "read as part of the text above it, and has a colon"),
        ("options:\n  - {id: x, text: Note: this, why: W}\n", 5, "a text in this line has a colon in it"),
        ('title: "Hello\nprompt: World\n' + REST, 4, "a quotation mark is opened here and never closed"),
        ("title: 'Hello\nprompt: World\n" + REST, 4, "a quotation mark is opened here and never closed"),
        ('title: "Hello\nprompt: "World"\n' + REST, 4, "opened here and only closed in line 5"),
        ('options:\n  - {id: x, text: "T}\n  - {id: y, text: "U"}\n', 5, "opened here and only closed in line 6"),
        ("title: 'It's here'\n" + REST, 4, "ends this text early; where it belongs to the text, write it twice ('')"),
        ('title: "Yes", she said\n' + REST, 4, "ends this text early; where it belongs to the text, put the whole"),
        ("title: *Bold* words\n" + REST, 4, "cannot begin with *"),
        ("title: *bold\n" + REST, 4, "cannot begin with *"),
        ("title: & more\n" + REST, 4, "cannot begin with &"),
        ("title: @home\n" + REST, 4, "cannot begin with @"),
        ("title: %5 of all\n" + REST, 4, "cannot begin with %"),
        ("title: `code` here\n" + REST, 4, "cannot begin with `"),
        ("title: - what\n" + REST, 4, "cannot begin with -"),
        ("title: >what\n" + REST, 4, "cannot begin with >"),
        ("title: !important thing\n" + REST, 4, "put a text that begins with ! between quotation marks"),
        ("title: [sic] he said\n" + REST, 4, "cannot begin with ["),
        ('title: "C:\\program"\n' + REST, 4, "write \\\\, or use single ones"),
        ("options:\n  - {id: x, text: T\n  - {id: y, text: T}\n", 5, "the bracket { is opened here and not closed"),
        ("hints: [a, b\ntitle: x\n", 4, "the bracket [ is opened here and not closed; close it with ]"),
        ("options:\n  - id: x\n    text: T\n   why: W\n", 7, "stands 3 spaces in, and line 5"),
        ("options:\n  id: x\n  - id: y\n", 6, "a list (-) begins here"),
        ("title:Hello\nprompt: P\n" + REST, 4, "a space is missing after the colon"),
        ("title Hello\nprompt: P\n" + REST, 4, "neither a field (name: value) nor a text"),
        ("prompt: |\nHello\ntitle: x\n", 5, "the text of line 4 must be indented"),
        ("title: Hello # world\n  more\n" + REST, 4, "what stands after # is a comment"),
    ],
)
def test_a_mistake_is_told_where_it_was_made(tmp_path: Path, text: str, line: int, words: str) -> None:
    fault = fault_of(tmp_path, TOP + text)
    assert fault.startswith(f"{line}: ")
    assert words in fault


CHOICE = """\
id: one
version: 1
kind: choice
title: T
prompt: P
options:
  - {id: frame, text: Frame, right: true, why: W}
  - {id: steps, text: Steps, why: W}
"""


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("text: Frame,", "text: Frame, or both,", ":7: options.0.or both: unknown field; known are: id, right, text, why. Or if"),
        ("prompt: P", "prompt: P\nhints:\n  - Think: who?", ":7: hints.0: a colon makes it a field, and it must be a text"),
        ("id: frame", "id: My Frame", ":7: options.0.id: must be a name of lower-case letters, digits and hyphens; write my-"),
    ],
)  # fmt: skip
def test_what_yaml_reads_otherwise_than_it_is_meant_says_so(tmp_path: Path, old: str, new: str, fault: str) -> None:
    (tmp_path / "one.yaml").write_text(CHOICE.replace(old, new))
    with pytest.raises(BankError) as caught:
        load_exercise(tmp_path / "one.yaml")
    assert any(fault in one for one in caught.value.faults), caught.value.faults


def test_a_file_with_spaces_in_its_name_is_told_a_better_one(tmp_path: Path) -> None:
    path = tmp_path / "My first one.yaml"
    path.write_text(CHOICE)
    with pytest.raises(BankError) as caught:
        load_exercise(path)
    assert "no spaces; rename it my-first-one.yaml." in caught.value.faults[0]


CLASSIFY = """\
id: one
version: 1
kind: classify
title: T
prompt: P
buckets: [{id: ballet, text: B}, {id: flash-mob, text: F}]
cases:
  - {id: a, text: A, bucket: ballet, why: W}
  - id: b
    text: B
    bucket: flash-mop
    why: W
  - {id: c, text: C, bucket: opera, why: W}
"""


def test_every_case_in_a_wrong_bucket_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_text(CLASSIFY)
    with pytest.raises(BankError) as caught:
        load_exercise(tmp_path / "one.yaml")
    first, second = (fault.removeprefix(f"{tmp_path / 'one.yaml'}:") for fault in caught.value.faults)
    assert first == '11: cases.1.bucket: "flash-mop" is no bucket; did you mean "flash-mob"?'
    assert second == '13: cases.2.bucket: "opera" is no bucket; known are: ballet, flash-mob.'
