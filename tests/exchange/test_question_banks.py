"""GIFT and Moodle XML: what goes out comes back; what others wrote comes in as exercises that stand; nothing is lost silently."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from choreo.bank.document import read_text
from choreo.bank.files import files
from choreo.bank.loader import exercise_in, kind_named, load_lesson
from choreo.bank.plain_xml import XmlError
from choreo.bank.proof import proof_faults
from choreo.exchange import gift, moodle
from choreo.exchange.fresh import Fresh, Left, file_text
from choreo.exchange.lost import GIFT, MOODLE, lost
from choreo.exchange.read_gift import read_gift
from choreo.exchange.read_moodle import read_moodle
from choreo.grading.exercise import Exercise
from choreo.views.markdown import html

ROOT = Path(__file__).parents[2]
EXERCISES = [
    (f"{folder.name}/{one.id}", one)
    for folder in files(ROOT / "exercises", "*/")
    for one in load_lesson(ROOT / "exercises", folder.name).exercises
]
SAID = [one for one in EXERCISES if one[1].kind in moodle.TYPES]


def stands(fresh: Fresh | Left) -> Exercise:
    """The exercise in the file that would be written; it proves itself."""
    assert isinstance(fresh, Fresh), fresh
    path = Path("exercises/01-one/new-one.yaml")
    exercise = exercise_in(read_text(path, file_text("new-one", fresh.data)))
    assert list(proof_faults(exercise)) == []
    return exercise


def words(exercise: Exercise) -> dict[str, Any]:
    """What people read of it, and what is right; ids and proofs are made anew."""
    fields = exercise.model_dump(mode="json")
    match exercise.kind:
        case "choice":
            parts: Any = [(one["text"], one["right"], one["why"]) for one in fields["options"]], fields["several"]
        case "match":
            parts = (
                {(one["left"]["text"], one["right"]["text"]) for one in fields["pairs"]},
                {one["text"] for one in fields["extra"]},
            )
        case "order":
            parts = [one["text"] for one in fields["steps"]]
        case "estimate":
            parts = fields["truth"], fields["why"]
        case "cloze":
            parts = [(one["options"], one["right"], one["accept"], one["why"]) for one in fields["gaps"]]
        case _:
            parts = ()
    return {"title": fields["title"], "parts": parts}


@pytest.mark.parametrize(("address", "exercise"), SAID, ids=[address for address, _ in SAID])
def test_what_goes_out_comes_back(address: str, exercise: Exercise) -> None:
    (again,) = read_moodle(moodle.file([(address, exercise)]))
    back = stands(again)
    assert words(back) == words(exercise)
    assert (back.hints, back.sources) == (exercise.hints, exercise.sources)
    text = gift.file(iter([(address, exercise)]))
    if not text:
        assert any(line.startswith("left out") for line in lost(exercise, GIFT))
        return
    (again,) = read_gift(text)
    assert words(stands(again)) == words(exercise)


def test_of_every_exercise_it_is_told_what_cannot_be_said() -> None:
    for address, exercise in EXERCISES:
        told = " ".join(lost(exercise, GIFT))
        said = gift.gift(address, exercise)
        assert (said is None) == ("left out:" in told)
        assert ("left out:" in " ".join(lost(exercise, MOODLE))) == (exercise.kind not in moodle.TYPES)
        if said:
            assert bool(exercise.hints) == ("hints" in told)
            assert bool(exercise.variants) == ("variants" in told)


FOREIGN = """
// a comment
$CATEGORY: $course$/top

::Capital:: What is the capital of France? {
  =Paris#Yes. ~London#That is in England. ~Ber\\=lin
}

Which are prime? {~%50%two ~%50%three ~%-100%four}

::T:: Water is wet.{TRUE#No.#Indeed.}

::Gap:: Two plus {=two#right ~three} is four.

::Typed:: Who wrote it? {=Kuramoto =Yoshiki Kuramoto}

::Pairs::[html]<p>Match <b>these</b></p>{
=cat -> kitten
=dog -> puppy
= -> calf
}

::When::In which year?{#1975:2#A meeting in Kyoto.####By the way.}

::Span::How many?{#3..5}

::Sorted::[markdown]Put in *order*.{>3 ALL VERTICAL ABSOLUTE_POSITION
egg
chick
hen
}

::Write::Tell us.{}

::Weights:: He came from {=Nazareth#Yes. =%75%Nazereth#Misspelt. =%0%*#No.
   Look again.}.

::Digits::Two plus two is {=four =4}.

::Loose::A number from 1 to 5? {#3:2~#Completely wrong}";

::Nothing::This only tells something.

::Twice::Match them{=a -> x =b -> x}

::Half::Broken {=one
"""


def test_what_others_wrote_in_gift_comes_in() -> None:
    found = {one.title: one for one in read_gift(FOREIGN)}
    kinds = {title: one.data["kind"] for title, one in found.items() if isinstance(one, Fresh)}
    assert kinds == {
        "Capital": "choice", "Question 2": "choice", "T": "choice", "Gap": "cloze", "Typed": "cloze", "Pairs": "match",
        "When": "estimate", "Span": "estimate", "Sorted": "order", "Write": "written",
        "Weights": "cloze", "Digits": "cloze", "Loose": "estimate",
    }  # fmt: skip
    for one in found.values():
        if isinstance(one, Fresh):
            stands(one)
    left = {one.title: one.why for one in found.values() if isinstance(one, Left)}
    assert (
        left["Nothing"]
        == left["Half"]
        == "it asks for no answer; write {} behind it with what is right, and close them"
    )
    assert "same right side" in left["Twice"]
    capital = found["Capital"]
    assert isinstance(capital, Fresh)
    assert [option["text"] for option in capital.data["options"]] == ["Paris", "London", "Ber=lin"]
    assert capital.notes == ("1 option without a reason: the file gave no reason; write one",)
    weights = found["Weights"]
    assert isinstance(weights, Fresh)
    assert weights.data["text"].endswith("}}.")
    assert weights.data["gaps"][0]["near"] == [{"given": ["Nazereth"], "say": "Misspelt."}]
    number = stands(found["When"])
    assert number.grade({"low": 1973, "guess": 1975, "high": 1977}).score == 1
    assert number.sources == ("As taken over from a question bank, which did not say.",)


HOSTILE = """<?xml version="1.0"?>
<quiz>
<question type="category"><category><text>x</text></category></question>
<question type="multichoice">
  <name><text>&lt;script&gt;alert(1)&lt;/script&gt;</text></name>
  <questiontext format="html"><text><![CDATA[<p onclick="steal()">Which <b>one</b>? <script>alert(1)</script>
    <img src="https://elsewhere.example/pixel.png" alt="a pixel"><a href="javascript:alert(1)">here</a>
    <a href="https://example.org/">there</a> &lt;img src=x onerror=alert(1)&gt; {{frame}} [[x|y]]</p>]]></text></questiontext>
  <single>true</single>
  <answer fraction="100" format="html"><text>Yes</text></answer>
  <answer fraction="0" format="markdown"><text>![spy](https://elsewhere.example/x.png)
    [go](javascript:alert(1)) &lt;b&gt;</text></answer>
</question>
<question type="calculated"><name><text>Sum</text></name></question>
</quiz>"""


def test_what_comes_in_can_do_nothing() -> None:
    choice, left = read_moodle(HOSTILE.encode())
    assert isinstance(choice, Fresh)
    assert isinstance(left, Left)
    assert left.title == "Sum"
    assert left.why.startswith("the type calculated has no counterpart here; ask it as one of multichoice, ")
    exercise = stands(choice)
    shown = html(exercise.prompt) + "".join(html(option["text"]) for option in exercise.face()["options"])
    assert "<strong>one</strong>" in shown
    assert 'href="https://example.org/"' in shown
    assert "<script" not in shown
    assert "<img" not in shown
    assert 'href="javascript' not in shown
    assert "&lt;img src=x onerror=alert(1)&gt;" in shown
    assert {"a script was left out", "a picture was left out", "a link was left out"} <= set(choice.notes)


def quiz(kind: str, text: str, more: str = "") -> bytes:
    """A question as Moodle writes it."""
    head = f"<name><text>Q</text></name><questiontext format='html'><text><![CDATA[{text}]]></text></questiontext>"
    return f"<quiz><question type='{kind}'>{head}{more}</question></quiz>".encode()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (quiz("cloze", "Choose."), "it has no gap that could be read; write each as"),
        (quiz("cloze", "Choose {1:MULTICHOICE}"), "it has no gap that could be read; write each as"),
        (quiz("cloze", "{1:MULTICHOICE:=Apple#Yes}"), "a gap offers one answer only, or the same twice; add another"),
        (quiz("cloze", "{1:MC:Pear#No~%50%Apple}"), "a gap has no answer that is right; give one all of the points"),
        (quiz("ordering", "Sort."), "it has 0 steps where 3 to 8 can stand; add some"),
        (quiz("matching", "Match."), "it has 0 pairs where 2 to 8 can stand; add some"),
        (
            quiz("multichoice", "Choose.", "<answer/>" * 9),
            "it has 9 answers to choose from where 2 to 8 can stand; split it",
        ),
        (quiz("description", "Only told."), "the type description has no counterpart here; ask it as one of"),
        (quiz("numerical", "How many?"), "it has no answer; give it one"),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else "",
)
def test_what_cannot_come_in_from_moodle_is_told_with_what_helps(content: bytes, why: str) -> None:
    (left,) = read_moodle(content)
    assert isinstance(left, Left)
    assert left.why.startswith(why)


def test_a_gap_is_read_as_moodle_reads_it() -> None:
    text = (
        "<p>San Francisco: {1:MULTICHOICE:=Cali&amp;amp;fornia#OK~Arizona#<b>Wrong</b>}<br />"
        "Paris: {2:SHORTANSWER:%100%Paris \\#1#Yes!<br />~%50%Mar&#126;seille#No \\}~*#No.}</p>"
    )
    (fresh,) = read_moodle(quiz("cloze", text, "<image>x.png</image><image_base64>iVBORw0K</image_base64>"))
    first, second = stands(fresh).model_dump()["gaps"]
    assert first["options"] == ("Cali&fornia", "Arizona")
    assert first["near"][0]["say"] == "**Wrong**"
    assert second["accept"] == ("Paris #1",)
    assert second["near"][0]["given"] == ("Mar~seille",)
    assert second["near"][0]["say"] == r"No \}"
    assert isinstance(fresh, Fresh)
    assert "a picture was left out" in fresh.notes


def test_signs_in_a_gap_come_back_and_need_none_before_them() -> None:
    (fresh,) = read_gift('::Q::Which is {=a/b \\~ \\# \\{1\\} <c>#So "it" *is* & \\\\. ~and/or}?')
    gap = stands(fresh)
    text = moodle.file([("a/q", gap)]).decode()
    assert r"\~" not in text
    assert r"\/" not in text
    (again,) = read_moodle(text.encode())
    assert words(stands(again)) == words(gap)


def test_what_is_typed_is_plain_and_a_star_is_told() -> None:
    typed = "<answer fraction='100' format='moodle_auto_format'><text>{}</text></answer>"
    (fresh,) = read_moodle(quiz("shortanswer", "Which?", typed.format("x &lt; 5_y") + typed.format("*small*")))
    assert stands(fresh).model_dump()["gaps"][0]["accept"] == ("x < 5_y", "small")
    assert isinstance(fresh, Fresh)
    assert any("* that stood for any letters" in note for note in fresh.notes)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ('<!DOCTYPE q [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><quiz>&b;</quiz>', "document type"),
        ('<!DOCTYPE q SYSTEM "file:///etc/passwd"><quiz/>', "document type"),
        ("<quiz><question></quiz>", "line 1"),
        ("", "no XML"),
        ("<a>" * 100 + "</a>" * 100, "60 elements"),
        ("<quiz>&other;</quiz>", "no XML"),
    ],
)
def test_xml_that_is_more_than_plain_is_refused(content: str, fault: str) -> None:
    with pytest.raises(XmlError, match=fault):
        list(read_moodle(content.encode()))


@pytest.mark.parametrize(
    "text",
    [
        "{" * 300_000,
        "{\n\n" * 100_000,
        "::" * 200_000,
        "{1:SA:" * 100_000,
        "![" * 150_000,
        "<!--" * 100_000,
        "\\" * 300_001,
        "{=a" + "#" * 300_000 + "}",
    ],
    ids=lambda text: text[:8],
)
def test_a_file_without_measure_is_read_in_a_moment(text: str) -> None:
    began = time.monotonic()
    quiz = (
        f"<quiz><question type='cloze'><questiontext><text><![CDATA[{text}]]></text></questiontext></question></quiz>"
    )
    assert all(isinstance(one, Left) for one in [*read_gift(text), *read_moodle(quiz.encode())])
    assert time.monotonic() - began < 5


def test_what_is_told_about_a_file_steers_no_terminal() -> None:
    (left,) = read_gift("::\x1b[31mred\x9b31m::only told")
    assert left.title == "[31mred31m"
    quiz = "<quiz><question type='x'><name><text>a\u009b31mb</text></name></question></quiz>"
    assert next(read_moodle(quiz.encode())).title == "a31mb"


def test_names_of_parts_tell_nothing() -> None:
    (order,) = read_gift("::O::Sort{>3 ALL VERTICAL ABS\n1. one\n2. two\n3. three\n}")
    exercise = stands(order)
    assert not any(char.isdigit() for step in exercise.face()["steps"] for char in step["id"])
    (typed,) = read_gift("::Q::Who?{=Kuramoto}")
    assert "kuramoto" not in str(stands(typed).face()).lower()


def test_every_kind_that_can_be_said_has_a_reader() -> None:
    assert {kind_named(name) for name in moodle.TYPES} == {type(one) for _, one in SAID}
