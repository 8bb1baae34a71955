"""Whatever stands in a file or comes from a browser: a clear error, or it is shown safely. Nothing crashes."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.grading.samples import _RECORDS, ANSWERS, sample, samples
from tests.progress.memory import Kept

from choreo.bank.check import SCHEMA, check, check_exercise
from choreo.bank.fault import BankError
from choreo.bank.loader import load_exercise
from choreo.grading.exercise import Exercise
from choreo.grading.verdict import AnswerError
from choreo.views.card import ExerciseCard

quick = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40)
json_values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4), max_leaves=10
)
RECORDS = {
    name: {"id": "one", "version": 1, "title": "A title", "prompt": "A prompt.", **record}
    for name, record in _RECORDS.items()
}
SAMPLES = {exercise.id: exercise for exercise in samples()}
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[go](javascript:alert(1))",
    "![x](javascript:alert(1))",
    '"><svg onload=alert(1)>',
    "[a]: javascript:alert(1)\n\n[a]",
    "&lt;script&gt; &#60;b&#62;",
]
WRITINGS = ["مرحبا بالعالم", "שלום", "‮gnp.exe", "🎺👩‍👩‍👧‍👦🏽", "漢字かな", "e\u0301\u0327", "a\u200bb", "x" * 3000]


def read(folder: Path, raw: bytes) -> Exercise | tuple[str, ...]:
    """The exercise, or its faults; anything else is a crash."""
    path = folder / "one.yaml"
    path.write_bytes(raw)
    try:
        return load_exercise(path)
    except BankError as error:
        faults = error.faults
    assert faults
    assert all(fault.startswith(str(path)) for fault in faults)
    return faults


def places(value: Any, place: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a record, deep ones too."""
    found = [place] if place else []
    pairs = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, list) else ()
    return found + [deeper for key, part in pairs for deeper in places(part, (*place, key))]


def put(value: Any, place: tuple[Any, ...], new: Any) -> Any:
    """A copy of the record with another value at a place."""
    if not place:
        return new
    copy = dict(value) if isinstance(value, Mapping) else list(value)
    copy[place[0]] = put(value[place[0]], place[1:], new)
    return copy


@quick
@given(raw=st.binary(max_size=400))
def test_any_bytes_are_an_exercise_or_faults(tmp_path: Path, raw: bytes) -> None:
    read(tmp_path, raw)


@quick
@given(text=st.text(alphabet="abid: -[]{}&*!|>'\"\n\t#%@`,?~<.1é\u202e\U0001f3ba", max_size=200))
def test_any_text_of_yaml_s_own_signs_is_an_exercise_or_faults(tmp_path: Path, text: str) -> None:
    read(tmp_path, text.encode())


@pytest.mark.parametrize("name", sorted(RECORDS))
@quick
@given(data=st.data())
def test_a_record_with_one_value_spoilt_is_an_exercise_or_faults(
    name: str, tmp_path: Path, data: st.DataObject
) -> None:
    record = RECORDS[name]
    place = data.draw(st.sampled_from(places(record)))
    spoilt = put(record, place, data.draw(json_values))
    found = read(tmp_path, json.dumps(spoilt).encode())
    if isinstance(found, Exercise):
        json.dumps(found.face())
        list(check_exercise(found))


@pytest.mark.parametrize("name", sorted(RECORDS))
def test_a_record_with_any_field_taken_away_is_an_exercise_or_faults(name: str, tmp_path: Path) -> None:
    for place in places(RECORDS[name]):
        if not isinstance(place[-1], str):
            continue
        parent = RECORDS[name]
        for part in place[:-1]:
            parent = parent[part]
        less = put(RECORDS[name], place[:-1], {key: value for key, value in parent.items() if key != place[-1]})
        read(tmp_path, yaml.safe_dump(less).encode())


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        (b"\xff\xfei\x00d\x00", "not UTF-8"),
        ("id: caf\u00e9".encode("latin-1"), "not UTF-8"),
        (b"\xef\xbb\xbfid: one", "kind: is missing"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not UTF-8"),
        (b"PK\x03\x04 archive", "does not allow"),
        (b"{" * 5000, "levels within each other"),
        (b"- " * 50_000, "levels within each other"),
        (b"a: !!python/name:os.system ''", "is not allowed"),
        (b"a: !!python/object/new:subprocess.Popen [[ls]]", "is not allowed"),
        (b"!<tag:yaml.org,2002:set> {a, b}", "is not allowed"),
        (b"a: &x 1\n<<: *x\n", "repeated by an alias"),
        (b"%YAML 9.9\n---\nid: one", "not YAML"),
        (b"id: one\n...\nmore", "not YAML"),
        (b"\xc2\x85id: one", "missing"),
    ],
)
def test_what_is_no_exercise_is_said_to_be_none(tmp_path: Path, raw: bytes, fault: str) -> None:
    found = read(tmp_path, raw)
    assert isinstance(found, tuple)
    assert any(fault in one for one in found), found


def test_ten_megabytes_are_refused_without_being_read(tmp_path: Path) -> None:
    begin = time.perf_counter()
    found = read(tmp_path, b"id: one\nprompt: |\n" + b"  words and more words\n" * 450_000)
    assert isinstance(found, tuple)
    assert "larger than 256 KB" in found[0]
    assert time.perf_counter() - begin < 1


def test_a_file_just_small_enough_is_read_soon(tmp_path: Path) -> None:
    options = "".join(f"  - {{id: a{n}, text: T, why: W}}\n" for n in range(7_000))
    begin = time.process_time()
    found = read(tmp_path, f"id: one\nversion: 1\nkind: choice\ntitle: T\nprompt: P\noptions:\n{options}".encode())
    assert isinstance(found, tuple)
    assert "options" in found[0]
    assert time.process_time() - begin < 5


@pytest.mark.parametrize("name", [name for name in sorted(RECORDS) if RECORDS[name]["kind"] not in ("goal", "play")])
def test_html_and_script_in_any_text_is_shown_as_text(name: str, tmp_path: Path) -> None:
    text = "\n\n".join(HOSTILE)
    for place in places(RECORDS[name]):
        spoilt = put(RECORDS[name], place, text)
        found = read(tmp_path, yaml.safe_dump(spoilt, allow_unicode=True).encode())
        if not isinstance(found, Exercise):
            continue
        shown = _as_html(found, ANSWERS[name])
        for tag in ("<script", "<img", "<svg", 'href="javascript', 'src="javascript', "onerror=alert(1)>"):
            assert tag not in shown, (place, tag)


def _as_html(exercise: Exercise, answer: Any) -> str:
    """All that the card sets as HTML, before an answer and after it."""
    card = ExerciseCard(exercise, Kept())
    html = [card.prompt, *_html_of(card.face)]
    card._handle_custom_msg({"type": "answer", "answer": answer}, [])
    shown = [*_html_of(card.state["unfolded"]), *_html_of(card.state["notes"]), *_texts(card.state["reveal"])]
    return "\n".join([*html, card.state["feedback"], *shown])


def _texts(value: Any) -> list[str]:
    if isinstance(value, Mapping | list):
        return [text for part in (value.values() if isinstance(value, Mapping) else value) for text in _texts(part)]
    return [value] if isinstance(value, str) else []


def _html_of(value: Any, key: str = "") -> list[str]:
    """Texts that the browser takes as HTML: those the card has rendered, told by their keys."""
    if isinstance(value, Mapping):
        return [text for name, part in value.items() for text in _html_of(part, name)]
    if isinstance(value, list):
        return [text for part in value for text in _html_of(part, key)]
    return [value] if isinstance(value, str) and key in ("text", "help", "prose") else []


@pytest.mark.parametrize("writing", WRITINGS)
def test_any_writing_comes_through_unchanged(writing: str, tmp_path: Path) -> None:
    record = put(RECORDS["case"], ("steps", 0, "text"), writing)
    found = read(tmp_path, yaml.safe_dump(record, allow_unicode=True).encode())
    assert isinstance(found, Exercise)
    assert found.face()["opening"]["steps"][0]["prose"] == writing


@pytest.mark.parametrize("name", sorted(SAMPLES))
@quick
@given(data=st.data())
def test_no_answer_crashes_a_grader_or_earns_more_than_one(name: str, data: st.DataObject) -> None:
    exercise = SAMPLES[name]
    true = ANSWERS[name]
    place = data.draw(st.sampled_from([(), *places(true)]))
    answer = put(true, place, data.draw(json_values | st.sampled_from(["frame", "a", 10**400, float("nan"), -0.0])))
    try:
        verdict = exercise.grade(answer)
        unfolded = exercise.unfold(answer, [answer, true], [answer] * 6)
    except AnswerError:
        return
    assert verdict.score is None or 0 <= verdict.score <= 1
    assert verdict.feedback
    json.dumps(unfolded, allow_nan=False)


@pytest.mark.parametrize("name", [name for name in sorted(SAMPLES) if SAMPLES[name].kind not in ("goal", "play")])
@settings(max_examples=15)
@given(content=json_values, data=st.data())
def test_no_message_crashes_a_card(name: str, content: Any, data: st.DataObject) -> None:
    card = ExerciseCard(sample(name), Kept(others=[content] * 6))
    kinds = st.sampled_from(["answer", "hint", "show", "save", "unfold", "again", "dance"])
    for _ in range(3):
        message = {
            "type": data.draw(kinds),
            "answer": data.draw(st.just(ANSWERS[name]) | json_values),
            "count": content,
        }
        card._handle_custom_msg(message, [])
    score = card.state["score"]
    assert score is None or 0 <= score <= 1


def test_the_check_survives_a_folder_full_of_nonsense(tmp_path: Path) -> None:
    lesson = tmp_path / "01-one"
    (lesson / "folder.yaml").mkdir(parents=True)
    (lesson / "gone.yaml").symlink_to(tmp_path / "nowhere")
    (lesson / "empty.yaml").write_bytes(b"")
    (lesson / "numbers.yaml").write_text(f"{SCHEMA}\n[1, 2]")
    (lesson / "🎺.yaml").write_text("id: 3")
    (lesson / ".hidden").write_text("x")
    faults = check(tmp_path)
    for name in ("folder.yaml", "gone.yaml", "empty.yaml", "numbers.yaml", "🎺.yaml"):
        assert any(name in fault for fault in faults), name
    assert not any(".hidden" in fault for fault in faults)  # an editor's, or the system's: no exercise
