"""An explorable whose code is broken is told with file and line, and takes no other fault with it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.authoring.check.course import PLAY, laid

import choreo.explorables
from choreo.authoring.check import explorables as checked
from choreo.authoring.check.explorables import explorable_faults
from choreo.authoring.check.whole import course_faults
from choreo.explorables import finder

CODE = """\
from choreo.explorables.explorable import Explorable
from choreo.models.thresholds import Thresholds


class BrokenOne(Explorable):
    model, stage, controls, start, measures = Thresholds, "people", (), {}, ()

    def run(self, params, seed): ...

    def scene(self, params, found, seed): ...

    def words(self, settings): ...
"""

Lay = Callable[..., Path]


@pytest.fixture
def lay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Lay:
    """Puts code where explorables are looked for."""
    folder = tmp_path / "explorables"
    folder.mkdir()
    monkeypatch.setattr(finder, "HERE", folder)
    monkeypatch.setattr(checked, "HERE", folder)
    monkeypatch.setattr(choreo.explorables, "__path__", [*choreo.explorables.__path__, str(folder)])

    def put(code: str, name: str = "broken_one") -> Path:
        (folder / f"{name}.py").write_text(code)
        return folder / f"{name}.py"

    yield put
    finder.explorable.cache_clear()
    for module in ("broken_one", "broken_two"):
        __import__("sys").modules.pop(f"choreo.explorables.{module}", None)
        vars(choreo.explorables).pop(module, None)


@pytest.mark.parametrize(
    ("old", "new", "line", "fault"),
    [
        ("(), {}, ()", "(, {}, ()", 6, "is no Python (invalid syntax); mend this line or the one before."),
        ("words(self, settings): ...", "words(self, settings)", 12, "is no Python (expected ':')"),
        ("Thresholds, ", "Thresolds, ", 6, "raises NameError: name 'Thresolds' is not defined; mend it."),
        ("models.thresholds", "models.threshold", 2, "raises ModuleNotFoundError: No module named 'choreo.models.threshold'"),
        ("class BrokenOne", "class Brokenone", 5, "class Brokenone is not found under this file's name; call it BrokenOne"),
        ('"people"', '"poeple"', 0, 'stage: there is no stage "poeple"; did you mean "people"?'),
        ("(), {}, ()", '(), {"mean": 1}, ()', 0, 'start: "mean" is no control'),
        ("def words", "def word", 0, "raises TypeError: Can't instantiate abstract class BrokenOne"),
        (", start, measures", ", start, sizes", 0, "measures: missing; add it, as docs/explorables.md shows."),
    ],
)  # fmt: skip
def test_broken_code_is_told_with_its_place(lay: Lay, old: str, new: str, line: int, fault: str) -> None:
    path = lay(CODE.replace(old, new))
    (found,) = explorable_faults()
    assert found.startswith(f"{path}:{line}: " if line else f"{path}: ")
    assert fault in found


def test_what_is_well_has_no_fault(lay: Lay) -> None:
    lay(CODE)
    assert list(explorable_faults()) == []


def test_a_play_of_a_broken_explorable_says_so_and_the_rest_is_checked(lay: Lay, tmp_path: Path) -> None:
    lay(CODE.replace("Explorable):", "Explorable)"))
    course = tmp_path / "course"
    course.mkdir()
    play = PLAY.replace("choreography", "broken-one")
    laid(
        course, **{"exercises__01-one__try.yaml": play, "exercises__01-one__promise.yaml": "id: promise\nkind: comit\n"}
    )
    found = course_faults(course, accept=True)
    assert any('promise.yaml:2: kind: "comit" is no kind of exercise; did you mean "commit"?' in one for one in found)
    assert any("try.yaml:7: explorable: " in one and '"broken-one" cannot be read: SyntaxError' in one for one in found)
    assert any("broken_one.py:5: is no Python (expected ':')" in one for one in found)
    assert len(found) == 4  # and the promise is not the first line's
