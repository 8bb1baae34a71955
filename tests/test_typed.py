"""What people type, as it is meant."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from choreo.typed import AmbiguousError, NumberError, bare, code, letters, line, number, readings, visible

TABLE = json.loads((Path(__file__).parent / "numbers.json").read_text())  # number.test.mjs reads it too
FAMILY, FLAG, SCOTLAND = "👨‍👩‍👧", "🇩🇪", "🏴󠁧󠁢󠁳󠁣󠁴󠁿"
LETTERS = ["a", "é", "e\u0301", FAMILY, FLAG, SCOTLAND, "👋🏽", "❤️", "क्षि", "ש", "각", "1️⃣"]


@pytest.mark.parametrize(("text", "value"), TABLE["read"].items())
def test_a_number_is_read_as_people_write_it(text: str, value: float) -> None:
    assert number(text) == value


@pytest.mark.parametrize(("text", "values"), TABLE["asked"].items())
def test_what_can_be_read_in_two_ways_is_asked_back(text: str, values: list[float]) -> None:
    with pytest.raises(AmbiguousError, match=f"Is that {values[0]} or {values[1]}\\?"):
        number(text)


@pytest.mark.parametrize("text", [*TABLE["none"], "", "\u2800", "9" * 5000 + "x"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(NumberError, match="Please type a number, in digits"):
        number(text)


@given(st.floats(-1e9, 1e9).map(lambda value: round(value, 2)))
def test_a_number_in_english_german_and_swiss_is_the_same(value: float) -> None:
    english = f"{value:,.2f}"
    german = english.translate({ord(","): ".", ord("."): ","})
    assert number(english) == number(german) == number(english.replace(",", "’")) == value


@given(st.text("0123456789.,'", max_size=12))
def test_a_number_has_two_readings_at_most(text: str) -> None:
    assert len(readings(text)) <= 2


@given(st.text())
def test_any_text_is_a_number_or_is_not(text: str) -> None:
    with suppress(NumberError):
        number(text)


@given(st.lists(st.sampled_from(LETTERS), max_size=8))
def test_a_text_falls_into_the_letters_that_people_see(parts: list[str]) -> None:
    assert letters("".join(parts)) == parts


@given(st.text())
def test_letters_lose_nothing(text: str) -> None:
    assert "".join(letters(text)) == text


@pytest.mark.parametrize(
    "text", ["\u2800", "\u3164", "\uffa0", "\u115f", "\u200b", "\u200e\u200d", "\u00ad", "\ufe0f", " \n"]
)
def test_what_shows_nothing_is_empty(text: str) -> None:
    assert not visible(text * 3)
    assert line(text * 3) == ""


@pytest.mark.parametrize("text", [FAMILY, FLAG, SCOTLAND, "👋🏽", "می‌خواهم", "Ünal", "ا", "🫩"])
def test_a_name_stays_as_it_is(text: str) -> None:
    assert line(text, 24) == text


def test_a_line_is_cut_between_letters() -> None:
    assert line(FAMILY * 30, 24) == FAMILY * 24
    assert line("e\u0301" * 3, 2) == "e\u0301" * 2
    assert len(line("a" + "\u0301" * 500, 24)) < 20  # marks that would stand in the lines above and below


@given(st.text(), st.integers(1, 30))
def test_a_line_is_kept_once_and_for_all(text: str, most: int) -> None:
    kept = line(text, most)
    assert line(kept, most) == kept
    assert len(letters(kept)) <= most
    assert kept.encode().decode() == kept
    assert kept.split() == kept.split(" ") or kept == ""


@pytest.mark.parametrize(
    "typed",
    [
        "ab cd ef",
        "AB-CD-EF",
        "ab\u2010cd\u2011ef",
        "ab\u2012cd\u2013ef",
        "\u200eabc\u200bdef",
        "abc\u00addef",
        "ａｂｃｄｅｆ",
        "ab·cd·ef",
    ],
)
def test_a_code_is_what_its_letters_are(typed: str) -> None:
    assert code(typed) == "ABCDEF"


def test_a_code_may_have_the_digits_of_a_keyboard_of_ones_own() -> None:
    assert code("ab٣cd۴") == "AB3CD4"


SAME = [
    (
        "starting cue",
        ["star\u200bting cue", "star\u00adting\u200e cue", "STARTING\u00a0CUE", "starting\u2003cue\ufeff"],
    ),
    ("co-op", [f"co{dash}op" for dash in "\u2010\u2011\u2012\u2013\u2014\u2212"]),
    ("don't", [f"don{mark}t" for mark in "’ʼ´`′‘＇"]),
    ('"yes"', ["„yes“", "«yes»", "»yes«", "“yes”", "″yes″"]),
    ("0.5", ["0,5", ",5", ".5", "٠٫٥", "۰٫۵", "0,50"]),
    ("1000 people", ["1 000 people", "1'000 people", "1\u202f000 people", "١٬٠٠٠ people"]),
    ("-3.5 %", ["\u22123,5 %"]),
    ("at 12.5, not", ["at 12,5, not"]),
]


@pytest.mark.parametrize(("text", "typed"), [(text, typed) for text, ways in SAME for typed in ways])
def test_however_it_is_written_it_is_the_same(text: str, typed: str) -> None:
    assert bare(typed) == bare(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1.000", "1"),
        ("1.000", "1000"),
        ("1,2,3", "123"),
        ("1.2.3", "123"),
        ("x,5", "x.5"),
        ("1990 200", "1990200"),
        ("ab", "a b"),
    ],
)
def test_what_may_be_something_else_is_something_else(one: str, other: str) -> None:
    assert bare(one) != bare(other)


@given(st.text("0123456789.,' -x", max_size=14) | st.text(max_size=40))
def test_comparing_forgives_once_and_for_all(text: str) -> None:
    assert bare(bare(text)) == bare(text)
