"""What docs/explorables.md shows is what works: its example is walked over as all explorables are, its files are sound."""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.explorables import test_all as walk

from choreo.explorables.control import sound
from choreo.explorables.explorable import STAGES, Explorable
from choreo.explorables.finder import explorable, names
from choreo.grading.play import Play

TEXT = (Path(__file__).parents[2] / "docs" / "explorables.md").read_text(encoding="utf-8")
STAGES_FOLDER = Path(__file__).parents[2] / "widgets" / "choreo" / "views" / "stages"
WALK = [
    step
    for name, step in vars(walk).items()
    if name.startswith("test_") and "found" in inspect.signature(step).parameters
]


def block(language: str) -> str:
    """The first piece of that language in the document."""
    found = re.search(rf"^```{language}\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)
    assert found
    return found[1]


@pytest.fixture(scope="module")
def example() -> Explorable:
    scope: dict[str, Any] = {"__name__": "walk_out"}
    exec(compile(block("python"), "docs/explorables.md", "exec"), scope)
    found = scope["WalkOut"]()
    assert isinstance(found, Explorable)
    return found


@pytest.mark.parametrize("step", WALK, ids=lambda step: step.__name__)
def test_the_example_is_an_explorable_like_all_others(example: Explorable, step: Any) -> None:
    step(example)


def test_the_examples_file_is_a_play_of_it(example: Explorable) -> None:
    play = Play.model_validate(yaml.safe_load(block("yaml")))
    controls = {control.name for control in example.controls}
    assert set(play.controls or ()) <= controls
    assert {task.when.control for task in play.guide} - {None} <= controls
    assert sound(example.controls, play.begin, example.start) == {**example.start, **play.begin}


def test_every_explorable_stands_in_the_table_with_its_model_and_stage() -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \| (\w+) \| (\w+) \| [^|]+ \|$", TEXT, re.MULTILINE)
    modules = {name: next(k for k in explorable(name).model.__mro__ if ".models." in k.__module__) for name in names()}
    assert sorted(rows) == [
        (name, modules[name].__module__.rpartition(".")[2], explorable(name).stage) for name in sorted(names())
    ]


@pytest.mark.parametrize("stage", STAGES)
def test_the_scene_of_a_stage_names_what_its_code_reads(stage: str) -> None:
    code = (STAGES_FOLDER / f"{stage}.js").read_text(encoding="utf-8")
    typedef = re.search(r"@typedef \{object\} \w+Scene\n(.*?)\*/", code, re.DOTALL)
    assert typedef
    named = set(re.findall(r"@property \{.+\} \[?(\w+)\]?", typedef[1])) - {"frames", "names", "tells", "clock"}
    (row,) = re.findall(rf"^\| {stage} \| (`.*) \|$", TEXT, re.MULTILINE)
    assert named - set(re.findall(r"`(\w+)`", row)) == set()
