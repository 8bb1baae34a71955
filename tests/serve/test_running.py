import errno
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import psutil
import pytest
from tests.serve.course import PATIENCE, ROOT, arguments, one_lesson, own, running_course
from tests.serve.visitor import Visitor, fetch, go, opened
from websockets.sync.client import connect

from choreo.hub.health import TAKEN
from choreo.hub.lan import lan_addresses
from choreo.serve.forking.nursery import POSSIBLE
from choreo.serve.places import Places, StartError, listening, private_ports
from choreo.serve.running import RETAKES, STOP_PATIENCE, Child, LostPortError, Stop, run
from choreo.serve.watch import MISSES, Watch


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


@pytest.fixture(scope="module")
def busy(tmp_path_factory):
    """A course whose first port was taken when it started, and the number of that port."""
    port = own(8790)  # none of those from which the system gives connections theirs: they would take the next one, too
    with (
        socket.create_server(("127.0.0.1", port)),
        running_course(tmp_path_factory.mktemp("busy"), port=port) as course,
    ):
        yield course, port


def hosts_and_ends():
    """Each way to end on another host: a start takes seconds."""
    kinds = {"::1": "SIGINT", "127.0.0.2": "SIGHUP", "0.0.0.0": "SIGKILL"}
    linux = pytest.mark.skipif(sys.platform != "linux", reason="these addresses are taken on Linux only")
    return [
        pytest.param(host, getattr(signal, end, None), marks=linux, id=f"{host} {end}") for host, end in kinds.items()
    ]


def stays_at_the_address_they_came_by(course):
    course.address = course.address.replace("127.0.0.1", "127.0.0.3")
    status, headers, _ = fetch(course.address, "/lessons/09-choreography")
    assert (status, headers["Location"]) == (303, "/lessons/09-choreography/?new")
    assert 'class="choreo-home" href="/"' in Visitor(course).page()


@pytest.mark.parametrize(("host", "end"), hosts_and_ends())
def test_another_host_works_as_well_and_however_it_ends_nothing_stays(tmp_path, host, end):
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    small, port = one_lesson(tmp_path / "course"), own(8750)
    drains = {"CHOREO_DRAIN": "60"}  # which a course that ends as a whole does not wait for
    with running_course(tmp_path / "data", small, port, host=host, TMPDIR=str(scratch), **drains) as course:
        visitor = Visitor(course)
        assert "Forty names" in visitor.page()

        async def work():
            page = await visitor.socket()
            await page.read_message()
            assert (await opened(page, visitor.link()))["opened"]

        if POSSIBLE:
            go(work())
        if host == "0.0.0.0":
            stays_at_the_address_they_came_by(course)
        started, began = course.processes(), time.monotonic()
        assert course.stop(end) == (-end if end == signal.SIGKILL else 0)
        assert psutil.wait_procs(started, timeout=PATIENCE)[1] == []
        assert time.monotonic() - began < STOP_PATIENCE
    if end != signal.SIGKILL:
        assert scratch_folders(scratch) == set()


TOLD_WHILE_WAITING = """
import signal
from choreo.serve.running import Stop

def say(*_):
    told.append(1)
    stop.set()
    signal.setitimer(signal.ITIMER_REAL, 0.00005)  # again, and however slow the machine never while this one is said

for _ in range(300):
    with Stop() as stop:
        told = []
        signal.signal(signal.SIGALRM, say)
        signal.setitimer(signal.ITIMER_REAL, 0.001)
        while not (stop.wait(0.00001) and len(told) > 20):
            pass
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, signal.SIG_IGN)
stop.set()  # after the end it asks for nothing
"""


@pytest.mark.skipif(os.name != "posix", reason="sends itself alarms")
def test_ctrl_c_is_heard_whatever_is_going_on():
    subprocess.run([sys.executable, "-c", TOLD_WHILE_WAITING], check=True, timeout=60)


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


def start(data, *flags):
    """What a `choreo start` says that does not start."""
    command = [sys.executable, "-m", "choreo.authoring", "start", "--course", str(ROOT), "--data", str(data), *flags]
    environ = os.environ | {"CHOREO_NO_BROWSER": "1", "PYTHONPATH": str(ROOT / "widgets")}
    done = subprocess.run(command, env=environ, capture_output=True, text=True, timeout=PATIENCE)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    return done.stderr


def test_a_taken_port_is_told_and_the_next_one_used(busy):
    course, port = busy
    assert course.port > port
    assert f"Port {port}" in "".join(course.printed)


def test_a_second_start_on_a_data_folder_says_who_has_it(busy):
    course, port = busy
    said = start(course.data, "--port", str(port))
    assert f"runs on it already, at {course.address} since" in said
    assert f"(process {course.server('choreo.hub').pid})" in said
    assert "--data" in said


def test_a_lesson_server_that_dies_is_started_again(busy):
    course, _ = busy
    lesson_server = course.server("choreo.serve")
    lesson_server.kill()
    lesson_server.wait(PATIENCE)
    found = None
    while found is None:  # ends by the run's own time limit
        found = next((p for p in course.processes() if "choreo.serve" in arguments(p) and p != lesson_server), None)
    assert course.process.poll() is None


def test_the_port_outlives_the_door_and_what_is_asked_meanwhile_is_answered(busy):
    course, _ = busy
    door = course.server("choreo.door")
    door.kill()
    door.wait(PATIENCE)
    assert fetch(course.address, "/health")[0] == 200  # it waited for the next door
    assert course.server("choreo.door") != door


def there_again(server, path, status):
    """Ask until a server that was killed answers, in the run's own time limit."""
    while fetch(server, path)[0] != status:
        time.sleep(0.05)


@pytest.mark.skipif(not lan_addresses(), reason="this machine is in no network")
def test_phones_that_were_let_in_come_by_the_same_port_also_after_hub_and_door_were_killed(busy):
    course, _ = busy
    room, plan = lan_addresses()[0], {"title": "x", "items": [{"activity": "pulse", "minutes": 5}]}
    with connect(f"ws://127.0.0.1:{course.port}/live/host", origin=course.address, max_size=None) as host:
        host.send(json.dumps({"new": plan}))
        assert json.loads(host.recv(PATIENCE))["opened"]["door"] is True
        host.send(json.dumps({"n": 1, "do": "let_in"}))
        while (said := json.loads(host.recv(PATIENCE))).get("done") != 1:
            assert "refused" not in said, said
        assert said["join"] == f"http://{room}:{course.port}/join"
    phones = f"http://{room}:{course.port}"
    assert fetch(phones, "/join")[0] == 200
    there_again(phones, "/lessons/09-choreography", 303)
    assert "Forty names" in Visitor(course, address=phones).page()
    for module in ("choreo.hub", "choreo.door"):
        server = course.server(module)
        server.kill()
        server.wait(PATIENCE)
        there_again(course.address, "/door/health", 200)
        there_again(phones, "/join", 200)


class Foreign(BaseHTTPRequestHandler):
    """Another program, which answers to all that asks whether it is there."""

    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b'{"ok": true}')

    def log_message(self, *_):
        pass


@pytest.mark.parametrize(("which", "name"), [(0, "hub"), (1, "lesson server")])
def test_a_private_port_that_was_taken_after_looking_is_no_start(tmp_path, monkeypatch, which, name):
    with ThreadingHTTPServer(("127.0.0.1", 0), Foreign) as foreign, listening("127.0.0.1", own(8820)) as listener:
        ports = private_ports(2)
        ports[which] = foreign.server_address[1]
        monkeypatch.setattr("choreo.serve.running.private_ports", lambda _count: ports)
        port = listener.getsockname()[1]
        places = Places("127.0.0.1", port, ROOT / "lessons", ROOT / "exercises", tmp_path)
        threading.Thread(target=foreign.serve_forever, daemon=True).start()
        with pytest.raises(StartError, match=rf"port of the {name} .* is taken by another program"):
            run(listener, places, lambda address: pytest.fail(f"{address} is somebody else's"))
        foreign.shutdown()


def test_a_server_whose_port_was_taken_meanwhile_is_not_started_again_for_ever():
    child = Child("hub", [sys.executable, "-c", f"raise SystemExit({TAKEN})"], "http://127.0.0.1:8000/health", {})
    for _ in range(RETAKES):
        child._process.wait()
        child.start_again()
    child.wait()
    with pytest.raises(LostPortError, match=r"127\.0\.0\.1:8000.*start again"):
        child.start_again()


DEAF = """
import pathlib, socket, sys, time
listener = socket.create_server(("127.0.0.1", int(sys.argv[1])))
deaf = pathlib.Path(sys.argv[2])
while not deaf.exists():
    line, _ = listener.accept()
    line.recv(1000)
    line.sendall(b"HTTP/1.1 200 OK\\r\\nContent-Length: 2\\r\\nConnection: close\\r\\n\\r\\n{}")
    line.close()
while True:
    time.sleep(1)  # the system still takes connections, and nobody answers
"""


def test_a_server_that_runs_but_does_not_answer_is_replaced(tmp_path, monkeypatch, caplog):
    monkeypatch.setattr("choreo.serve.watch.Watch.__init__.__defaults__", (0.01,))
    port, deaf = own(8765), tmp_path / "deaf"
    command = [sys.executable, "-c", DEAF, str(port), str(deaf)]
    child = Child("hub", command, f"http://127.0.0.1:{port}/health", dict(os.environ))
    try:
        with Stop() as stopping:
            child.wait_until_it_answers(stopping)
            first = child.pid
            deaf.touch()
            monkeypatch.setattr("choreo.serve.running.answers.__defaults__", ("", 0.05))
            child.watch()
            while not child.stuck:  # ends by the run's own time limit
                time.sleep(0.01)
            child.start_again()
            assert child.pid != first
            assert not child.stuck
            assert not psutil.pid_exists(first)
            assert "does not answer any more" in caplog.text
    finally:
        child.stop()
        child.wait()


def test_a_server_is_stuck_only_if_it_misses_several_answers_in_a_row_and_a_new_one_has_time_to_start():
    asked = []

    def answers():
        asked.append(1)
        return len(asked) % MISSES == 0

    watch = Watch(answers, every=0.001)
    while len(asked) < 6 * MISSES:
        assert not watch.stuck
    watch.forgive()
    watch.end()
    assert watch._missed <= 0


def test_no_free_port_is_told_with_the_remedy(monkeypatch):
    def taken(*_args, **_more):
        raise OSError(errno.EADDRINUSE, "taken")

    monkeypatch.setattr("socket.create_server", taken)
    with pytest.raises(StartError, match="--port"):
        listening("127.0.0.1", 8000)


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
    assert expected in start(data)


STOPPED_WHILE_IT_IS_READ = """
import runpy, signal, sys

class CtrlC:
    def find_spec(self, name, *_more):
        if name == "choreo.serve.voila":
            signal.raise_signal(signal.SIGINT)

sys.meta_path.insert(0, CtrlC())
runpy.run_module("choreo.serve", run_name="__main__")
"""


def test_a_lesson_server_that_is_stopped_while_it_starts_says_nothing():
    environ = os.environ | {"PYTHONPATH": str(ROOT / "widgets")}
    command = [sys.executable, "-c", STOPPED_WHILE_IT_IS_READ]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, timeout=PATIENCE)
    assert (done.returncode, done.stdout, done.stderr) == (-signal.SIGINT, "", "")
