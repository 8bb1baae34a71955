"""`choreo export` and `choreo import`, as an author uses them."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from choreo.authoring.main import app

ROOT = Path(__file__).parents[2]


@pytest.fixture
def course(tmp_path: Path) -> Path:
    for name in ("gallery", "02-silos"):
        shutil.copytree(ROOT / "exercises" / name, tmp_path / "course" / "exercises" / name)
    (tmp_path / "course" / "lessons").mkdir()
    return tmp_path / "course"


@pytest.fixture
def choreo(course: Path) -> Callable[..., tuple[int, str]]:
    def run(*words: object, answer: str = "") -> tuple[int, str]:
        result = CliRunner().invoke(app, [*map(str, words), "--course", str(course)], input=answer)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result.exit_code, result.output

    return run


def edited(table: Path, changes: dict[tuple[str, str], str]) -> None:
    rows = list(csv.reader(io.StringIO(table.read_text(encoding="utf-8-sig"), newline="")))
    for row in rows:
        row[4] = changes.get((row[0], row[2]), row[4])
    file = io.StringIO(newline="")
    csv.writer(file).writerows(rows)
    table.write_text(file.getvalue(), encoding="utf-8-sig", newline="")


def test_a_reviewed_table_comes_back_as_a_change_of_the_files(course: Path, tmp_path: Path, choreo) -> None:
    table = tmp_path / "review.csv"
    code, told = choreo("export", table)
    assert (code, "a row each" in told) == (0, True)
    assert choreo("import", table) == (0, "Nothing is to be written.\n")
    edited(table, {
        ("gallery/which-is-a-cue", "options.attentive.why"): "Shorter.",
        ("gallery/plaza-in-town", "title"): "Another: title",
        ("02-silos/one-roof-memo", "title"): "",
    })  # fmt: skip
    path = course / "exercises" / "gallery" / "which-is-a-cue.yaml"
    before = path.read_text(encoding="utf-8")
    code, told = choreo("import", table, answer="n\n")
    assert code == 1
    assert path.read_text(encoding="utf-8") == before
    code, told = choreo("import", table, answer="y\n")
    assert code == 0, told
    assert "+      Shorter." in told
    assert '+title: "Another: title"' in told
    assert "02-silos/one-roof-memo: title: is empty in the table" in told
    after = path.read_text(encoding="utf-8")
    assert "      Shorter.\n  - id: carmen-rings\n" in after
    assert len(before.splitlines()) - len(after.splitlines()) == 1


def test_a_change_with_a_fault_is_not_written_and_others_are(course: Path, tmp_path: Path, choreo) -> None:
    table = tmp_path / "review.csv"
    choreo("export", table)
    prompt = "gallery/which-is-a-cue", "prompt"
    edited(table, {prompt: "![](nowhere.png)", ("gallery/plaza-in-town", "title"): "Other"})
    code, told = choreo("import", table, "--yes")
    assert code == 0
    assert "a picture has no text for those who cannot see it" in told
    assert "Not written, for the faults above:\n  gallery/which-is-a-cue.yaml" in told
    assert "nowhere.png" not in (course / "exercises" / "gallery" / "which-is-a-cue.yaml").read_text()
    assert "title: Other" in (course / "exercises" / "gallery" / "plaza-in-town.yaml").read_text()


def test_line_ends_of_a_file_stay(course: Path, tmp_path: Path, choreo) -> None:
    path = course / "exercises" / "gallery" / "plaza-in-town.yaml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    table = tmp_path / "review.csv"
    choreo("export", table, "--lesson", "gallery", "--semicolon")
    table.write_text(
        table.read_text(encoding="utf-8-sig").replace("town", "village", 3), encoding="utf-8-sig", newline=""
    )
    choreo("import", table, "--yes")
    assert b"\r\n" in path.read_bytes()
    assert path.read_bytes().count(b"\n") == path.read_bytes().count(b"\r\n")


@pytest.mark.parametrize("ending", ["gift", "xml"])
def test_questions_go_out_and_come_into_another_lesson(course: Path, tmp_path: Path, choreo, ending: str) -> None:
    bank = tmp_path / f"quiz.{ending}"
    code, told = choreo("export", bank, "--lesson", "gallery")
    assert code == 0
    assert "Left out, as neither GIFT nor Moodle XML has anything like canvas: gallery/on-one-page." in told
    assert choreo("export", bank)[0] == 1
    assert choreo("import", bank)[1] == "Into which lesson shall the questions come? Name it with --lesson.\n"
    code, told = choreo("import", bank, "--lesson", "03-quiz", "--yes")
    assert code == 0, told
    names = sorted(path.stem for path in (course / "exercises" / "03-quiz").iterdir())
    assert names[:2] == ["from-ballet-to-flash-mob", "lucky-plazas"]
    assert len(names) == (5 if ending == "gift" else 6)
    code, told = choreo("import", bank, "--lesson", "03-quiz", "--yes")  # again: beside them, never over them
    assert (course / "exercises" / "03-quiz" / "lucky-plazas-2.yaml").is_file()
    code, told = choreo("check", "--accept")
    assert "exercises/03-quiz/" not in told


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("quiz.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><quiz/>', "document type"),
        ("quiz.gift", b"caf\xe9", "UTF-8"),
        ("review.csv", b"a,b\n", "no column"),
    ],
)
def test_a_broken_file_is_named_and_nothing_is_written(
    tmp_path: Path, choreo, name: str, content: bytes, fault: str
) -> None:
    (tmp_path / name).write_bytes(content)
    code, told = choreo("import", tmp_path / name, "--lesson", "gallery", "--yes")
    assert (code, fault in told) == (1, True)
