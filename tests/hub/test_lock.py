"""Two hubs never work on one data folder, and the second says who has it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from choreo.hub.lock import TakenError, hold

HOLDER = """
import sys
from pathlib import Path
from choreo.hub.lock import hold
lock = hold(Path(sys.argv[1]), "", "http://127.0.0.1:8000")
print("held", flush=True)
sys.stdin.read()
"""


def test_a_second_one_hears_who_has_the_folder_and_a_killed_one_leaves_it(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout
        assert process.stdout.readline() == "held\n"
        with pytest.raises(TakenError) as error:
            hold(tmp_path, "", "http://127.0.0.1:9000", patience=0)
        said = str(error.value)
        assert re.search(rf"at http://127\.0\.0\.1:8000 since \d+ \w+, \d\d:\d\d \(process {process.pid}\)", said)
        assert str(tmp_path) in said
        assert "--data" in said
    finally:
        process.kill()
        process.communicate()
    hold(tmp_path, "", "http://127.0.0.1:9000").close()


def test_named_hubs_share_a_folder_and_no_name(tmp_path: Path) -> None:
    with hold(tmp_path, "1", "a"), hold(tmp_path, "2", "b"), pytest.raises(TakenError, match="CHOREO_PROCESS=2"):
        hold(tmp_path, "2", "c", patience=0)


@pytest.mark.parametrize("note", [b"", b"{}", b"[1]", b"\xff", b'{"since": "x", "pid": 1, "address": 2}'])
def test_a_note_that_is_none_is_no_trouble(tmp_path: Path, note: bytes) -> None:
    with hold(tmp_path, "", "a"):
        (tmp_path / "hub.lock").write_bytes(note)
        with pytest.raises(TakenError, match="runs on it already"):
            hold(tmp_path, "", "b", patience=0)


@pytest.mark.skipif(os.name != "posix", reason="looks at POSIX modes")
def test_the_note_is_for_nobody_else(tmp_path: Path) -> None:
    with hold(tmp_path / "data", "", "a"):
        assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700
        assert (tmp_path / "data" / "hub.lock").stat().st_mode & 0o777 == 0o600
