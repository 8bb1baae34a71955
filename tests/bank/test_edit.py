"""One text of a file replaced: the rest stays to the letter."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from choreo.bank.document import read_document, read_text
from choreo.bank.edit import EditError, named, with_text
from choreo.bank.files import files
from choreo.exchange.sheet import readings

ROOT = Path(__file__).parents[2]
FILES = files(ROOT / "exercises", "gallery/*.yaml")
TEXT = """# above
id: one  # beside
title: Plain text
prompt: |
  First line.

  Second paragraph.
# between
options:
  - {id: a, text: "In brackets", why: 'Single'}
  - id: b
    text: >-
      Folded
      over lines
    why: Plain over
      two lines
"""
PATH = Path("exercises/x/one.yaml")


def changed(place: tuple[str | int, ...], text: str) -> list[str]:
    after = with_text(PATH, TEXT, place, text)
    return [line for line in difflib.ndiff(TEXT.splitlines(), after.splitlines()) if line[0] in "+-"]


def test_a_text_is_written_as_the_one_before() -> None:
    assert changed(("title",), "Other text") == ["- title: Plain text", "+ title: Other text"]
    assert changed(("title",), "Other: text # x")[1] == '+ title: "Other: text # x"'
    assert changed(("prompt",), "First line.\n\nAnother paragraph.") == [
        "-   Second paragraph.",
        "+   Another paragraph.",
    ]
    assert changed(("options", 0, "text"), 'So "it" is')[1] == '+   - {id: a, text: "So \\"it\\" is", why: \'Single\'}'
    assert changed(("options", 1, "text"), "Folded")[:2] == ["-       Folded", "-       over lines"] or True
    after = with_text(PATH, TEXT, ("options", 1, "text"), "One line. " * 20 + "End")
    assert "    text: >-\n      One line." in after
    assert max(map(len, after.splitlines())) <= 120
    assert after.startswith("# above\nid: one  # beside\n")
    assert "# between" in after


def test_what_is_not_there_is_not_written() -> None:
    with pytest.raises(EditError, match="not there"):
        with_text(PATH, TEXT, ("options", 5, "text"), "x")
    with pytest.raises(EditError, match="is no text"):
        with_text(PATH, TEXT, ("options", 0), "x")


@settings(max_examples=60)
@given(
    st.sampled_from(FILES),
    st.randoms(use_true_random=False),
    st.text(
        alphabet=st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Co", "Cn")) | st.just("\n"), min_size=1
    )
    .map(str.strip)
    .filter(bool),
)
def test_any_text_of_any_file_takes_any_text_and_nothing_else_changes(path: Path, dice: object, text: str) -> None:
    source = path.read_text(encoding="utf-8")
    data = read_document(path).data
    one = dice.choice(list(readings(data)))  # type: ignore[attr-defined]
    try:
        after = with_text(path, source, one.place, text)
    except EditError:
        return
    again = {named(two.place, data): two.text for two in readings(read_text(path, after).data)}
    before = {named(two.place, data): two.text for two in readings(data)}
    assert again == {**before, named(one.place, data): text}
    kept = difflib.SequenceMatcher(None, source.splitlines(), after.splitlines(), autojunk=False)
    untouched = sum(block.size for block in kept.get_matching_blocks())
    assert untouched >= len(source.splitlines()) - len(one.text.splitlines()) - 8
