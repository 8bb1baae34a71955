import os
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

import psutil
import pytest
from tests.serve.course import PATIENCE, ROOT, running_course

from choreo.serve.running import StartError, free_ports


def get(url):
    with urllib.request.urlopen(url, timeout=PATIENCE) as reply:
        return reply.read().decode()


def scratch_folders():
    return set(Path(tempfile.gettempdir()).glob("choreo-*")) | set(Path(tempfile.gettempdir()).glob("voila_*"))


def test_a_start_serves_the_home_page_and_a_lesson_and_a_stop_leaves_nothing(tmp_path):
    before = scratch_folders()
    with running_course(tmp_path / "data") as course:
        assert "A flash mob, not a ballet" in get(course.address)
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        page = opener.open(f"{course.address}/lessons/09-choreography", timeout=PATIENCE).read().decode()
        assert "Forty names on a whiteboard" in page
        assert "choreo-kernel" in page
        started = course.processes()
        assert len(started) >= 3  # hub, lesson server, kernel
        assert course.stop() == 0
        _, alive = psutil.wait_procs(started, timeout=PATIENCE)
        assert alive == []
    assert scratch_folders() == before


def test_ctrl_c_stops_everything(tmp_path):
    with running_course(tmp_path / "data") as course:
        started = course.processes()
        assert course.stop(signal.SIGINT) == 0
        assert psutil.wait_procs(started, timeout=PATIENCE)[1] == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no kill -9")
def test_servers_end_even_when_the_process_that_started_them_is_killed(tmp_path):
    before = scratch_folders()
    with running_course(tmp_path / "data") as course:
        started = course.processes()
        course.stop(signal.SIGKILL)
        assert psutil.wait_procs(started, timeout=PATIENCE)[1] == []
    for folder in scratch_folders() - before:  # nobody was left to tidy up
        subprocess.run(["rm", "-r", str(folder)], check=True)


def test_a_lesson_server_that_dies_is_started_again(tmp_path):
    with running_course(tmp_path / "data") as course:
        lesson_server = next(p for p in course.processes() if "choreo.serve" in p.cmdline())
        lesson_server.kill()
        lesson_server.wait(PATIENCE)
        found = None
        while found is None:  # ends by the run's own time limit
            found = next((p for p in course.processes() if "choreo.serve" in p.cmdline() and p != lesson_server), None)
        assert course.process.poll() is None


def test_a_taken_port_is_told_and_the_next_one_used(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with running_course(tmp_path / "data", port=port) as course:
            assert course.port > port
            assert f"Port {port}" in "".join(course.printed)


def test_no_free_port_is_told_with_the_remedy(monkeypatch):
    monkeypatch.setattr("choreo.serve.running._free", lambda host, port: False)
    with pytest.raises(StartError, match="--port"):
        free_ports("127.0.0.1", 8000)


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (lambda data: data.write_text("a file where the folder should be"), "data"),
        (lambda data: (data.mkdir(), (data / "choreo.db").write_text("not a database" * 100)), "choreo.db"),
    ],
)
def test_a_data_folder_that_does_not_work_stops_the_start_with_its_name(tmp_path, spoil, expected):
    data = tmp_path / "data"
    spoil(data)
    command = [sys.executable, "-m", "choreo.authoring", "start", "--course", str(ROOT), "--data", str(data)]
    environ = os.environ | {"CHOREO_NO_BROWSER": "1", "PYTHONPATH": str(ROOT / "widgets")}
    done = subprocess.run(command, env=environ, capture_output=True, text=True, timeout=PATIENCE)
    assert done.returncode == 1
    assert expected in done.stderr
    assert "Traceback" not in done.stderr
