"""Reading exercises: what is right comes in, and every fault comes out at once, with place, fault and remedy."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from choreo.bank.fault import BankError
from choreo.bank.loader import kind_named, kinds, load_exercise, load_lesson
from choreo.grading.choice import Choice

EXERCISES = Path(__file__).parents[2] / "exercises"

GOOD = """\
id: {name}
version: 1
kind: choice
title: A title
prompt: A prompt
options:
  - {{id: frame, text: Frame, right: true, why: Because}}
  - {{id: steps, text: Steps, why: Because not}}
"""


def lay(folder: Path, **files: str) -> Path:
    lesson = folder / "09-test"
    lesson.mkdir(exist_ok=True)
    for name, text in files.items():
        (lesson / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def faults_in(folder: Path) -> tuple[str, ...]:
    with pytest.raises(BankError) as caught:
        load_lesson(folder, "09-test")
    return caught.value.faults


def test_a_lesson_has_items_and_review_questions(tmp_path: Path) -> None:
    bank = load_lesson(
        lay(tmp_path, first=GOOD.format(name="first"), later=GOOD.format(name="later") + "review: true\n"), "09-test"
    )
    assert (bank.lesson, bank.items, bank.questions) == ("09-test", ("first",), ("later",))
    assert isinstance(bank.get("first"), Choice)


def test_a_name_that_is_none_gets_the_nearest_one(tmp_path: Path) -> None:
    bank = load_lesson(lay(tmp_path, first=GOOD.format(name="first")), "09-test")
    with pytest.raises(BankError, match=r'lesson 09-test: there is no exercise "frist"; did you mean "first"\?'):
        bank.get("frist")


def test_a_lesson_that_is_none_gets_the_nearest_one(tmp_path: Path) -> None:
    lay(tmp_path)
    with pytest.raises(BankError, match='did you mean "09-test"'):
        load_lesson(tmp_path, "9-test")


def test_all_faults_of_all_files_come_at_once_with_their_lines(tmp_path: Path) -> None:
    one = GOOD.format(name="one").replace("title:", "titel:").replace("why: Because not", "wy: x")
    two = GOOD.format(name="elsewhere")
    faults = faults_in(lay(tmp_path, one=one, two=two))
    assert len(faults) == 3  # what is called otherwise is not missing besides
    assert any(f.endswith('one.yaml:4: titel: unknown field; did you mean "title"?') for f in faults)
    assert any(f.endswith('one.yaml:8: options.1.wy: unknown field; did you mean "why"?') for f in faults)
    assert any("two.yaml:1: id:" in f and "write id: two" in f for f in faults)


def test_a_field_deep_in_a_prediction_gets_the_nearest_name_of_its_own_place(tmp_path: Path) -> None:
    text = (
        "id: one\nversion: 1\nkind: predict\ntitle: T\nprompt: P\n"
        "ask:\n  form: curve\n  x: {label: L, valus: [1, 2, 3]}\n  y: {label: L}\n"
    )
    faults = faults_in(lay(tmp_path, one=text))
    assert any("one.yaml:8:" in f and 'valus: unknown field; did you mean "values"?' in f for f in faults)


def test_a_fault_that_the_kind_finds_stands_at_its_field(tmp_path: Path) -> None:
    faults = faults_in(lay(tmp_path, one=GOOD.format(name="one").replace("right: true", "right: false")))
    assert faults[0].endswith("one.yaml:6: options: none is right; mark one with right: true.")


@pytest.mark.parametrize(
    ("kind", "remedy"),
    [("choise", 'did you mean "choice"'), ("exercise", "no kind"), ("../choice", "no kind"), ("os", "no kind")],
)
def test_a_kind_that_is_none_is_refused(tmp_path: Path, kind: str, remedy: str) -> None:
    faults = faults_in(lay(tmp_path, one=GOOD.format(name="one").replace("kind: choice", f"kind: {kind}")))
    assert ":3: kind:" in faults[0]
    assert remedy in faults[0]


def test_a_module_of_grading_is_a_kind_by_itself() -> None:
    assert {"choice", "classify", "order", "written", "predict", "commit", "goal"} <= set(kinds())
    assert kind_named("verdict") is None


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        (b"", "empty"),
        (b"just words", "not a set of fields"),
        (b"id: [", "1: the bracket [ is opened here and not closed"),
        (b"id: \xff\xfe", "not UTF-8"),
        (b"id: a\x00b", "does not allow"),
        (b"id: one\nid: two\n", '"id" is there twice'),
        (b"a: &a [x]\nb: *a\n", "repeated by an alias"),
        (b"a: &a [*a]\n", "repeated by an alias"),
        (b"id: !!python/object/apply:os.system ['true']\n", "is not allowed"),
        (b"id: !!binary aGk=\n", "is not allowed"),
        (b"id: !!int many\n", "not YAML"),
        (b"? [a, b]\n: c\n", "must be a plain word"),
        (b"[" * 100_000, "levels within each other"),
        (b"a: " + b"x" * 300_000, "larger than 256 KB"),
        (b"a: 1\n---\nb: 2\n", "not YAML"),
    ],
)
def test_what_is_not_plain_small_yaml_is_refused_with_its_place(tmp_path: Path, raw: bytes, fault: str) -> None:
    path = tmp_path / "one.yaml"
    path.write_bytes(raw)
    with pytest.raises(BankError) as caught:
        load_exercise(path)
    assert all(line.startswith(str(path)) for line in caught.value.faults)
    assert fault in str(caught.value)


def test_a_bomb_of_aliases_is_refused_at_once(tmp_path: Path) -> None:
    names = zip("abcdefghij", "bcdefghijk", strict=True)
    rows = ["a: &a [x, x]"] + [f"{new}: &{new} [*{old}, *{old}, *{old}, *{old}]" for old, new in names]
    path = tmp_path / "one.yaml"
    path.write_text("\n".join(rows))
    begin = time.perf_counter()
    with pytest.raises(BankError, match="alias"):
        load_exercise(path)
    assert time.perf_counter() - begin < 1


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BankError, match="cannot be read"):
        load_exercise(tmp_path / "none.yaml")


def test_words_stay_words(tmp_path: Path) -> None:
    text = GOOD.format(name="one").replace("A title", "no").replace("A prompt", "2026-12-01")
    exercise = load_lesson(lay(tmp_path, one=text), "09-test").get("one")
    assert (exercise.title, exercise.prompt) == ("no", "2026-12-01")


def test_any_writing_and_emoji_come_through(tmp_path: Path) -> None:
    exercise = load_lesson(lay(tmp_path, one=GOOD.format(name="one").replace("A title", "سؤال 🎺")), "09-test").get(
        "one"
    )
    assert exercise.title == "سؤال 🎺"


def test_a_lesson_loads_in_under_fifty_milliseconds() -> None:
    load_lesson(EXERCISES, "09-choreography")
    times = []
    for _ in range(5):
        begin = time.process_time()
        load_lesson(EXERCISES, "09-choreography")
        times.append(time.process_time() - begin)
    assert min(times) < 0.05
