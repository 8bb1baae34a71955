"""What the author's preview knows: what has changed, who has to start again, and where a fault is."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.browser.authors import own_copy
from typer.testing import CliRunner

from choreo.authoring.main import app
from choreo.authoring.preview import NothingThereError, found
from choreo.serve.forking.recording import place_of
from choreo.serve.preview.faults import Fault, told
from choreo.serve.preview.preview import written_in
from choreo.serve.preview.watching import PACKAGE, changed, look, stale_servers

ROOT = Path(__file__).parents[2]


def test_what_is_new_gone_or_saved_has_changed_and_what_programs_leave_has_not(tmp_path):
    for name in ("a.yaml", "b.yaml", ".a.yaml.swp", "a.yaml~"):
        (tmp_path / name).write_text("1")
    before = look([tmp_path])
    (tmp_path / "a.yaml").write_text("12")
    (tmp_path / "b.yaml").unlink()
    (tmp_path / "c.yaml").write_text("1")
    (tmp_path / ".a.yaml.swp").write_text("12")
    assert [Path(path).name for path in changed(before, look([tmp_path]))] == ["a.yaml", "b.yaml", "c.yaml"]


@pytest.mark.parametrize(
    ("name", "servers"),
    [
        ("explorables/hall.py", []),
        ("views/stages/people.js", []),
        ("live/activities/pulse.js", ["hub"]),
        ("serve/frame.py", ["lesson server"]),
        ("bank/loader.py", ["hub", "lesson server"]),
        ("serve/client/src/main.js", []),
    ],
)
def test_a_server_starts_again_when_its_own_code_has_changed(name, servers):
    assert stale_servers([str(PACKAGE / name)]) == servers


def test_faults_have_file_line_and_cell_apart():
    lines = [
        "/course/exercises/02-silos/a.yaml:14: mesure: unknown field; did you mean measure?",
        "lessons/02-silos.ipynb, cell 4, line 1: no such thing; mend it.",
        "something else",
    ]
    assert told(lines, Path("/course")) == [
        Fault("mesure: unknown field; did you mean measure?", "exercises/02-silos/a.yaml", 14),
        Fault("no such thing; mend it.", "lessons/02-silos.ipynb", 0, 4),
        Fault("something else"),
    ]


def test_an_error_is_placed_in_the_cell_or_in_what_the_author_has_written():
    scope = {"__name__": "__main__"}
    with pytest.raises(ZeroDivisionError) as raised:
        exec(compile("a = 1\n1 / 0", "<cell>", "exec"), scope)
    assert place_of(raised.value) == ("", 2)
    own = {"__name__": "choreo.explorables.mine", "scope": scope}
    exec(compile("def run():\n    return 1 / 0", "mine.py", "exec"), own)
    with pytest.raises(ZeroDivisionError) as raised:
        exec(compile("run()", "<cell>", "exec"), {"__name__": "__main__", "run": own["run"]})
    assert place_of(raised.value) == ("mine.py", 2)
    with pytest.raises(SyntaxError) as broken:
        compile("a = 1\nclass A((:\n  pass", "mine.py", "exec")
    assert place_of(broken.value) == ("mine.py", 2)


def test_a_line_of_a_pages_script_leads_to_the_one_file_that_has_it():
    path = PACKAGE / "views" / "stages" / "network.js"
    lines = path.read_text("utf-8").splitlines()
    number = next(number for number, line in enumerate(lines, 1) if "I have left. Whoever came to me" in line)
    assert written_in(lines[number - 1]) == ("widgets/choreo/views/stages/network.js", number)
    assert written_in("}") is None


def test_an_exercise_is_found_in_its_lesson_or_alone():
    assert found("02-silos", ROOT) == ("02-silos", "")
    assert found("02-silos/three-or-all", ROOT) == ("02-silos", "three-or-all")
    assert found("02-silos/when-samir-left", ROOT) == ("02-silos--when-samir-left", "")
    assert found("", ROOT)[0] == "00-welcome"


@pytest.mark.parametrize(
    ("what", "says"),
    [("02-sylos", 'did you mean "02-silos"?'), ("02-silos/three-or-al", 'did you mean "three-or-all"?')],
)
def test_what_is_not_there_is_told_with_the_nearest(what, says):
    with pytest.raises(NothingThereError, match=says.replace("?", r"\?")):
        found(what, ROOT)
    done = CliRunner().invoke(app, ["preview", what, "--course", str(ROOT)])
    assert done.exit_code == 1
    assert says in done.output


RENEW = """
from choreo.serve.forking.zygote import _import_the_stack
from choreo.serve.preview.renewal import renew
from choreo.serve.preview.watching import PACKAGE, code_of_lessons
before = code_of_lessons()
_import_the_stack()
import sys
kept = sys.modules["choreo.models.culture"]
for name, old, new in (
    ("models/thresholds.py", '"acting"', '"acted"'),
    ("explorables/hall.py", "PEOPLE_NOT_THERE", "x"),
):
    path = PACKAGE / name
    path.write_text(path.read_text().replace(old, new) + "\\nNEW = 1\\n")
renew(before)
import choreo.lesson
from choreo.explorables.finder import explorable
import choreo.explorables.hall, choreo.models.thresholds
assert choreo.explorables.hall.NEW == choreo.models.thresholds.NEW == 1
assert explorable("hall").model is choreo.models.thresholds.Thresholds
assert sys.modules["choreo.models.culture"] is kept
"""


def test_changed_code_and_what_imports_it_is_imported_anew_and_nothing_else(tmp_path):
    folder = own_copy(tmp_path)
    environ = os.environ | {"PYTHONPATH": str(folder / "widgets")}
    done = subprocess.run([sys.executable, "-c", RENEW], cwd=folder, env=environ, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
