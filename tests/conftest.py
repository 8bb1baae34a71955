"""In which order files are tested, which the fast lane leaves out, and that a notebook's outputs are there to be compared."""

from __future__ import annotations

import os

import pytest
from nbval.plugin import IPyNbCell

# As in the servers: small matrices are no work for threads, which would burn the processors while they wait for each other.
os.environ |= {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # servers start as a learner's do: with what was compiled before

SLOW = ("tests/abuse/", "tests/browser/", "tests/load/", "tests/serve/")  # beside what is marked `browser`
SLOWEST = ("test_lesson.py", "test_whole.py", "test_keyboard.py", "test_phone.py", "test_live.py", "test_goals.py")


LEFT_OUT = (  # of `make quick`, beside what drives a browser: servers that are attacked or killed, hundreds of crowds
    "tests/abuse/",
    "tests/authoring/test_rehearse.py",
    "tests/explorables/test_goals.py",
    "tests/hub/live/test_abuse.py",
    "tests/hub/live/test_faults.py",
    "tests/models/test_record.py",
    "tests/serve/test_bad_input.py",
    "tests/serve/test_running.py",
)
TRIALS = (  # left to `make trials`: minutes of what other tests show in seconds, or of programs that are not ours
    "tests/browser/test_attacked.py",
    "tests/browser/test_elsewhere.py",
    "tests/browser/test_keyboard.py",
    "tests/browser/test_lab.py",
    "tests/live/test_hubs_in_browser.py",
    "tests/load/",
)


@pytest.hookimpl(tryfirst=True)  # before they are chosen by their marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Slow files first: what workers take last is short then, and none waits long for the others."""
    slow = {item.path for item in items if item.get_closest_marker("browser") or item.nodeid.startswith(SLOW)}

    def turn(item: pytest.Item) -> int:
        return 0 if item.path.name in SLOWEST else 1 if item.path in slow else 2

    items.sort(key=turn)
    for item in items:
        if item.nodeid.startswith(LEFT_OUT):
            item.add_marker("slow")
        if item.nodeid.startswith(TRIALS):
            item.add_marker("trial")
        if isinstance(item, IPyNbCell) and item.cell.execution_count is None:
            item.cell.execution_count = 0  # else nbval compares nothing where a cell was not run
