"""All faults of all files at once, each with file, line, fault and remedy; and quickly."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import yaml
from tests.grading.samples import _RECORDS, ANSWERS, sample

from choreo.bank.check import SCHEMA, check
from choreo.bank.loader import exercises_about, load_lesson
from choreo.bank.versions import FILE
from choreo.explorables.proof import unknown

COMMIT = """\
{first}
id: {name}
version: 1
kind: commit
title: T
prompt: P
checks:
  - {{answer: {{what: a, whom: b, by: 2026-12-01}}}}
  - {{answer: {{}}, invalid: true}}
"""
CHOICE = """\
{first}
id: {name}
version: {version}
kind: choice
title: {title}
prompt: P
options:
  - {{id: frame, text: Frame, right: {frame}, why: W}}
  - {{id: steps, text: Steps, right: {steps}, why: W}}
checks:
  - {{answer: {{chosen: [{good}]}}, score: 1}}
  - {{answer: {{chosen: [{bad}]}}, score: 0}}
  - {{answer: {{chosen: [attic]}}, invalid: true}}
"""


def commit(name: str, first: str = SCHEMA) -> str:
    return COMMIT.format(name=name, first=first)


def choice(name: str, *, version: int = 1, title: str = "T", frame: bool = True) -> str:
    ids = ("frame", "steps") if frame else ("steps", "frame")
    right = {"frame": str(frame).lower(), "steps": str(not frame).lower(), "good": ids[0], "bad": ids[1]}
    return CHOICE.format(first=SCHEMA, name=name, version=version, title=title, **right)


def lay(folder: Path, files: dict[str, str], accept: bool = True) -> list[str]:
    """Write the files, accept them if so wanted, and return the faults."""
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return check(folder, accept=accept)


def test_an_id_is_used_once_in_a_lesson_and_may_come_again_in_another(tmp_path: Path) -> None:
    files = {"01-one/same.yaml": commit("same"), "02-two/same.yaml": commit("same")}
    assert lay(tmp_path, files) == []
    faults = lay(tmp_path, {"01-one/other.yaml": commit("same")})
    assert len(faults) == 2
    assert any("01-one/same.yaml:2: id: same is also in other.yaml; rename" in fault for fault in faults) or any(
        "01-one/other.yaml:2: id: same is also in same.yaml; rename" in fault for fault in faults
    )


def test_all_faults_of_all_files_come_at_once_in_the_order_of_files_and_lines(tmp_path: Path) -> None:
    files = {
        "01-one/note.yml": "",
        "01-one/broken.yaml": f"{SCHEMA}\nkind: commit\nid: broken\n",
        "01-one/picture.yaml": commit("picture").replace("prompt: P", "prompt: 'See ![](plaza.png)'"),
        "02-two/bare.yaml": commit("bare", first="# nothing"),
        "02-two/half.yaml": commit("half").replace("  - {answer: {}, invalid: true}\n", "").replace("a,", "'',"),
        "02-two/latin.yaml": "",
    }
    lay(tmp_path, files)
    (tmp_path / "02-two/latin.yaml").write_bytes(b"title: caf\xe9\n")
    faults = check(tmp_path, accept=True)
    for fault in (
        "broken.yaml:2: version: is missing; add it.",
        "picture.yaml:6: a picture has no text",
        "note.yml: not an exercise; name it note.yaml",
        "bare.yaml:1: the first line does not name the schema",
        "half.yaml:8: checks 1: the answer was refused",
        "half.yaml:7: checks: an invalid answer",
        "latin.yaml:1: not UTF-8",
    ):
        assert sum(fault in found for found in faults) == 1, fault
    places = [found.split(": ")[0].rsplit(":", 1) for found in faults if ".yaml:" in found]
    assert places == sorted(places, key=lambda place: (place[0], int(place[1])))


def test_a_case_with_a_dead_end_and_an_island_is_named_with_its_lines(tmp_path: Path) -> None:
    record = {"id": "case", "version": 1, "title": "T", "prompt": "P", **_RECORDS["case"]}
    text = SCHEMA + "\n" + yaml.safe_dump(record, sort_keys=False).replace("to: torn", "to: tron")
    (fault,) = [found for found in lay(tmp_path, {"01-one/case.yaml": text}) if "case.yaml" in found]
    line = text.splitlines().index("    to: tron") + 1 if "    to: tron" in text else 0
    assert 'a dead end: "tron" is no step or ending' in fault
    assert line == 0 or f"case.yaml:{line}:" in fault
    text = text.replace("to: tron", "to: quiet")
    (fault,) = [found for found in lay(tmp_path, {"01-one/case.yaml": text}) if "case.yaml" in found]
    assert 'no way leads to the ending "torn"' in fault


def test_what_a_canvas_offers_is_kept_by_an_exercise_that_has_it(tmp_path: Path) -> None:
    def page(*sources: str) -> str:
        fields = [
            {"id": name, "label": name, "help": "?", "from": [source]}
            for name, source in zip("ab", sources, strict=True)
        ]
        checks = [{"answer": {"fields": {"a": "x"}}}, {"answer": {}, "invalid": True}]
        record = {"id": "page", "version": 1, "kind": "canvas", "title": "T", "prompt": "P", "fields": fields}
        return f"{SCHEMA}\n{yaml.safe_dump({**record, 'checks': checks})}"

    sources = ("01-one/nowhere", "01-one/plan/will")
    faults = lay(tmp_path, {"01-one/plan.yaml": commit("plan"), "01-one/page.yaml": page(*sources)})
    assert len(faults) == 2, faults
    assert "from: there is no exercise 01-one/nowhere; name one" in faults[0]
    assert "from: 01-one/plan has no text will (what, whom, by)" in faults[1]
    assert lay(tmp_path, {"01-one/page.yaml": page("01-one/plan", "01-one/plan/what")}) == []


def test_a_second_profile_asks_the_same_as_the_first(tmp_path: Path) -> None:
    checks = [{"answer": ANSWERS["self"]}, {"answer": {}, "invalid": True}]
    first = sample("self", checks=checks).model_dump(mode="json", exclude_defaults=True)

    def text(name: str, **changes: object) -> str:
        return f"{SCHEMA}\n{yaml.safe_dump({**first, 'id': name, **changes})}"

    files = {"00-one/self.yaml": text("self"), "10-two/again.yaml": text("again", first="00-one/self")}
    assert lay(tmp_path, files) == []
    (fault,) = lay(tmp_path, {"10-two/again.yaml": text("again", first="00-one/slef")})
    assert "00-one/slef is no profile" in fault
    scale = {"points": 7, "low": "never", "high": "always"}
    (fault,) = lay(tmp_path, {"10-two/again.yaml": text("again", first="00-one/self", scale=scale, version=2)})
    assert "other dimensions, statements or points" in fault


def asking(name: str, collaboration: str) -> str:
    return commit(name).replace("title:", f"collaboration: {collaboration}\ntitle:")


def test_an_exercise_asks_about_a_collaboration_that_is_named_somewhere_and_stays_the_same(tmp_path: Path) -> None:
    checks = [{"answer": ANSWERS["mine"]}, {"answer": {}, "invalid": True}]
    mine = sample("mine", checks=checks).model_dump(mode="json", exclude_defaults=True)
    files = {"00-one/mine.yaml": f"{SCHEMA}\n{yaml.safe_dump(mine)}", "01-two/plan.yaml": commit("plan")}
    assert lay(tmp_path, files) == []
    assert lay(tmp_path, {"01-two/plan.yaml": asking("plan", "00-one/mine")}, accept=False) == []
    assert list(exercises_about(tmp_path, "00-one/mine")) == ["01-two/plan"]
    (fault,) = lay(tmp_path, {"01-two/plan.yaml": asking("plan", "00-one/mien")}, accept=False)
    assert "plan.yaml:5: collaboration: 00-one/mien is none (00-one/mine); correct it." in fault
    review = asking("plan", "00-one/mine").replace("title:", "review: true\ntitle:")
    assert "is for what people write and plan" in lay(tmp_path, {"01-two/plan.yaml": review}, accept=False)[0]


PREDICTION = """\
{schema}
id: guess
version: 1
kind: predict
title: T
prompt: P
explorable: choreography
play: {{network: everyone}}
measure: order
ask: {{form: number, label: L, low: 0, high: 100}}
checks:
  - {{answer: {{number: 3}}}}
  - {{answer: {{number: -3}}, invalid: true}}
"""
PLAY = """\
{schema}
id: try
version: 1
kind: play
title: T
prompt: P
explorable: choreography
{fields}
"""


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ("after: [guess]", ""),
        ("after: [gess, guess]", "gess is no prediction"),
        ("after: [guess]\ngiven: {coupling: ours}", "given: ours is no exercise of this lesson"),
        ("after: [guess]\ngiven: {coupling: try}", "given: try is of kind play, and this stays closed"),
        ("after: [guess]\ngiven: {coupling: guess}", "given: guess is of kind predict, and this stays closed"),
        ("start: {network: everyone}", "guess can be read off this"),
        ("start: {network: neighbours}", "guess can be read off this"),
        ("start: {network: neighbours}\ncontrols: [coupling]", ""),
    ],
)
def test_what_answers_a_prediction_comes_after_it(tmp_path: Path, fields: str, fault: str) -> None:
    files = {
        "one/guess.yaml": PREDICTION.format(schema=SCHEMA),
        "one/try.yaml": PLAY.format(schema=SCHEMA, fields=fields),
    }
    found = lay(tmp_path, files)
    assert [fault in one for one in found] == ([True] if fault else [])


@pytest.mark.parametrize(
    ("fields", "line", "fault"),
    [
        ("start:\n  network: everyone\n  couplng: 2", 10, 'start: "couplng" is no control; did you mean "coupling"?'),
        ("controls:\n  - far\n  - reech", 10, 'controls: "reech" is no control; did you mean "reach"?'),
        (
            "guide:\n  - {do: A, when: {deed: played}}\n  - {do: B, when: {control: copling, at_least: 2}}",
            10,
            'when: "copling" is no control; did you mean "coupling"?',
        ),
        (
            "guide:\n  - {do: A, when: {measure: ordr, at_least: 1}}",
            9,
            'when: "ordr" is no measure; did you mean "order"?',
        ),
    ],
)
def test_what_an_explorable_does_not_know_is_told_where_it_stands(
    tmp_path: Path, fields: str, line: int, fault: str
) -> None:
    text = PLAY.format(schema=SCHEMA, fields=fields)
    lay(tmp_path, {"one/try.yaml": text})
    found = check(tmp_path, accept=True, unknown=unknown)
    assert any(f"try.yaml:{line}: {fault}" in one for one in found), found


def test_without_a_lock_file_the_bank_is_not_well(tmp_path: Path) -> None:
    (fault,) = lay(tmp_path, {"01-one/pick.yaml": choice("pick")}, accept=False)
    assert fault.endswith("versions.json: is missing; write it with `choreo check --accept`.")
    assert lay(tmp_path, {}) == []
    assert lay(tmp_path, {}, accept=False) == []


def test_a_changed_answer_needs_a_new_version_and_changed_words_do_not(tmp_path: Path) -> None:
    lay(tmp_path, {"01-one/pick.yaml": choice("pick")})
    before = (tmp_path / FILE).read_text()
    assert lay(tmp_path, {"01-one/pick.yaml": choice("pick", title="Better words")}, accept=False) == []
    changed = {"01-one/pick.yaml": choice("pick", frame=False)}
    for accept in (False, True):  # accepting does not make it well
        (fault,) = lay(tmp_path, changed, accept)
        assert "pick.yaml:3: version: what is graded has changed since version 1; write version: 2." in fault
    assert (tmp_path / FILE).read_text() == before
    (fault,) = lay(tmp_path, {"01-one/pick.yaml": choice("pick", frame=False, version=2)}, accept=False)
    assert "has a new version; accept it" in fault
    assert lay(tmp_path, {}) == []
    assert lay(tmp_path, {}, accept=False) == []
    (fault,) = lay(tmp_path, {"01-one/pick.yaml": choice("pick", frame=False)}, accept=False)
    assert "1 is less than 2" in fault


def test_an_exercise_in_use_does_not_vanish_unnoticed(tmp_path: Path) -> None:
    lay(tmp_path, {"01-one/pick.yaml": choice("pick"), "01-one/promise.yaml": commit("promise")})
    (tmp_path / "01-one/pick.yaml").unlink()
    (fault,) = check(tmp_path)
    assert "01-one/pick is in use and its file is gone" in fault
    assert check(tmp_path, accept=True) == []
    assert check(tmp_path) == []


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b'{"a": {"version": 0, "graded": "x"}}', b"\xff", b'{"a": 3}'])
def test_a_lock_file_that_is_none_is_a_fault_and_is_not_overwritten(tmp_path: Path, raw: bytes) -> None:
    lay(tmp_path, {"01-one/pick.yaml": choice("pick")})
    (tmp_path / FILE).write_bytes(raw)
    for accept in (False, True):
        (fault,) = check(tmp_path, accept=accept)
        assert "versions.json: is no lock file" in fault
    assert (tmp_path / FILE).read_bytes() == raw


def test_a_folder_that_is_not_there_is_a_fault_and_not_silence(tmp_path: Path) -> None:
    assert "no such folder" in check(tmp_path / "none")[0]


def test_a_thousand_exercises_are_checked_in_ten_seconds_and_a_lesson_loads_in_fifty_milliseconds(
    tmp_path: Path,
) -> None:
    files = {}
    for lesson in range(50):
        for number in range(20):
            name = f"pick-{number}"
            files[f"{lesson:02}-lesson/{name}.yaml"] = choice(name, frame=number % 2 == 0)
    lay(tmp_path, files)
    begin = time.process_time()
    assert check(tmp_path) == []
    assert time.process_time() - begin < 10
    times = []
    for _ in range(5):
        begin = time.process_time()
        load_lesson(tmp_path, "07-lesson")
        times.append(time.process_time() - begin)
    assert min(times) < 0.05
