import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import psutil
import pytest
from tests.serve.course import PATIENCE, ROOT, own, running_course
from tests.serve.visitor import Visitor, fetch, go, opened

from choreo.serve.forking.nursery import POSSIBLE
from choreo.serve.running import StartError, free_ports
from choreo.stores.hub import HubStore


def get(url):
    with urllib.request.urlopen(url, timeout=PATIENCE) as reply:
        return reply.read().decode()


def scratch_folders(folder=None):
    folder = Path(folder or tempfile.gettempdir())
    return {*folder.glob("choreo-*"), *folder.glob("voila_*"), *folder.glob("tmp*")}


def test_a_start_serves_the_home_page_and_a_lesson_and_a_stop_leaves_nothing(tmp_path):
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    with running_course(tmp_path / "data", TMPDIR=str(scratch)) as course:
        assert "A flash mob, not a ballet" in get(course.address)
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        page = opener.open(f"{course.address}/lessons/09-choreography", timeout=PATIENCE).read().decode()
        assert "Forty names on a whiteboard" in page
        assert "choreo-page" in page
        started = course.processes()
        assert scratch_folders(scratch)
        assert len(started) >= 3  # hub, lesson server, kernel
        assert course.stop() == 0
        _, alive = psutil.wait_procs(started, timeout=PATIENCE)
        assert alive == []
    assert scratch_folders(scratch) == set()


def test_ctrl_c_stops_everything(tmp_path):
    with running_course(tmp_path / "data") as course:
        started = course.processes()
        assert course.stop(signal.SIGINT) == 0
        assert psutil.wait_procs(started, timeout=PATIENCE)[1] == []


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="Windows has no SIGHUP")
def test_closing_the_terminal_stops_everything(tmp_path):
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    with running_course(tmp_path / "data", TMPDIR=str(scratch)) as course:
        started = course.processes()
        assert course.stop(signal.SIGHUP) == 0
        assert psutil.wait_procs(started, timeout=PATIENCE)[1] == []
    assert scratch_folders(scratch) == set()


@pytest.mark.skipif(sys.platform == "win32", reason="these addresses are taken on Linux only")
@pytest.mark.parametrize("host", ["::1", "0.0.0.0", "127.0.0.2"])
def test_another_host_works_as_well(tmp_path, host):
    with running_course(tmp_path / "data", port=own(8750), host=host) as course:
        visitor = Visitor(course)
        assert "Forty names" in visitor.page()

        async def work():
            page = await visitor.socket()
            await page.read_message()
            assert (await opened(page, visitor.link()))["opened"]

        if POSSIBLE:
            go(work())


TOLD_WHILE_WAITING = """
import signal
from choreo.serve.running import Stop

for _ in range(300):
    with Stop() as stop:
        told = []
        signal.signal(signal.SIGALRM, lambda *_: (told.append(1), stop.set()))
        signal.setitimer(signal.ITIMER_REAL, 0.001, 0.00005)
        while not (stop.wait(0.00001) and len(told) > 20):
            pass
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, signal.SIG_IGN)
"""


@pytest.mark.skipif(os.name != "posix", reason="sends itself alarms")
def test_ctrl_c_is_heard_whatever_is_going_on():
    subprocess.run([sys.executable, "-c", TOLD_WHILE_WAITING], check=True, timeout=60)


@pytest.mark.skipif(sys.platform != "linux", reason="uses another loopback address")
def test_who_comes_by_another_address_stays_there(tmp_path):
    with running_course(tmp_path / "data", port=own(8750), host="0.0.0.0") as course:
        course.address = course.address.replace("127.0.0.1", "127.0.0.3")
        status, headers, _ = fetch(course.address, "/lessons/09-choreography")
        assert (status, headers["Location"]) == (303, f"http://127.0.0.3:{course.port + 1}/lessons/09-choreography?new")
        assert f'href="{course.address}/"' in Visitor(course).page()


@pytest.mark.skipif(not POSSIBLE, reason="this system cannot fork")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
@pytest.mark.parametrize("stage", [0.0, 0.7, 1.5])
def test_a_stop_while_starting_or_recording_leaves_no_process(tmp_path, number, stage):
    command = [sys.executable, "-m", "choreo.authoring", "start", "--course", str(ROOT), "--port", "8740"]
    environ = os.environ | {"CHOREO_NO_BROWSER": "1", "PYTHONPATH": str(ROOT / "widgets"), "TMPDIR": str(tmp_path)}
    process = subprocess.Popen([*command, "--data", str(tmp_path / "data")], env=environ, stdout=subprocess.DEVNULL)
    me = psutil.Process(process.pid)
    while len(me.children()) < 2:  # hub and lesson server
        time.sleep(0.01)
    time.sleep(stage)
    started = me.children(recursive=True)
    process.send_signal(number)
    process.wait(PATIENCE)
    assert psutil.wait_procs(started, timeout=20)[1] == []
    assert [p for p in psutil.process_iter() if str(tmp_path) in " ".join(cmdline(p))] == []


def cmdline(process):
    try:
        return process.cmdline()
    except psutil.Error:
        return []


def test_two_starts_may_share_a_data_folder(tmp_path):
    with (
        running_course(tmp_path / "data", port=own(8750)) as one,
        running_course(tmp_path / "data", port=own(8750)) as two,
    ):
        assert one.port != two.port
        visitor = Visitor(one)
        assert HubStore(two.address, visitor.cookie.partition("=")[2]).entries("09-choreography") == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no kill -9")
def test_servers_end_even_when_the_process_that_started_them_is_killed(tmp_path):
    with running_course(tmp_path / "data", TMPDIR=str(tmp_path)) as course:
        started = course.processes()
        course.stop(signal.SIGKILL)
        assert psutil.wait_procs(started, timeout=PATIENCE)[1] == []


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
    port = own(8790)  # none of those from which the system gives connections theirs: they would take the next one, too
    with socket.create_server(("127.0.0.1", port)), running_course(tmp_path / "data", port=port) as course:
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
