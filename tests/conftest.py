"""In which order files are tested, which the fast lane leaves out, and that a notebook's outputs are there to be compared."""

from __future__ import annotations

import os

import psutil
import pytest
from hypothesis import settings
from nbval.plugin import IPyNbCell

# As in the servers: small matrices are no work for threads, which would burn the processors while they wait for each other.
os.environ |= {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # servers start as a learner's do: with what was compiled before
settings.register_profile("choreo", deadline=None)  # on a busy machine an example that takes 10 ms can take a second
settings.load_profile("choreo")

SLOW = ("tests/abuse/", "tests/browser/", "tests/load/", "tests/serve/")  # beside what is marked `browser`
SLOWEST = ("test_lesson.py", "test_whole.py", "test_keyboard.py", "test_phone.py", "test_live.py", "test_goals.py")

# Of `make quick`, beside what drives a browser: servers that are started, attacked or killed, databases, hundreds of crowds.
LEFT_OUT = (
    "tests/abuse/",
    "tests/authoring/test_looking_after.py",
    "tests/authoring/test_new.py",
    "tests/authoring/test_rehearse.py",
    "tests/docs/test_authoring_doc.py",
    "tests/explorables/test_goals.py",
    "tests/hub/live/test_abuse.py",
    "tests/hub/live/test_anonymity.py",
    "tests/hub/live/test_door.py",
    "tests/hub/live/test_faults.py",
    "tests/hub/live/test_hubs.py",
    "tests/hub/live/test_presence.py",
    "tests/hub/live/test_writer.py",
    "tests/hub/test_postgres.py",
    "tests/hub/test_privacy.py",
    "tests/hub/test_probes.py",
    "tests/hub/test_rates.py",
    "tests/hub/test_running.py",
    "tests/hub/test_whole_course.py",
    "tests/lessons/test_03_micro_cultures_numbers.py",
    "tests/models/test_alliance.py",
    "tests/models/test_record.py",
    "tests/serve/test_abuse.py",
    "tests/serve/test_bad_input.py",
    "tests/serve/test_confined.py",
    "tests/serve/test_doorway.py",
    "tests/serve/test_forking.py",
    "tests/serve/test_installed.py",
    "tests/serve/test_last_good.py",
    "tests/serve/test_running.py",
    "tests/serve/test_sessions.py",
    "tests/serve/test_several.py",
)
TRIALS = (  # left to `make trials`: minutes of what other tests show in seconds, or of programs that are not ours
    "tests/browser/test_attacked.py",
    "tests/browser/test_elsewhere.py",
    "tests/browser/test_keyboard.py",
    "tests/browser/test_lab.py",
    "tests/live/test_hubs_in_browser.py",
    "tests/load/",
)


def pytest_xdist_auto_num_workers() -> int:
    """Three workers for two cores: each waits a third of its time for servers, browsers and what is to take a while."""
    return 3 * (psutil.cpu_count(logical=False) or 2) // 2


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
