"""What a lesson's code can reach: nothing of what people have done, and no more than the learner's own pass."""

from __future__ import annotations

import ctypes
import errno
import json
import os
import re
import socket
import struct
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import nbformat
import pytest
from tests.serve.course import own, running_course
from tests.serve.visitor import Visitor, go, said

from choreo.serve import landlock
from choreo.serve.confined import (
    CLOSED,
    WITHOUT,
    closed_places,
    confine,
    lessons_environ,
    open_places,
    part,
    scrubbed,
    warning,
)
from choreo.serve.forking.nursery import POSSIBLE
from choreo.serve.forking.wire import unpack

HAS = landlock.version() > 0

# A lesson whose author is curious: each line says what came of looking somewhere.
CURIOUS = """
import json, os, socket, sys
from pathlib import Path
import ipywidgets
from choreo.lesson import Lesson

def tried(what):
    try:
        return f"got {what()!r}"[:200]
    except OSError as error:
        return type(error).__name__

def connect(port):
    with socket.create_connection(("127.0.0.1", port), timeout=5):
        return "a line"

def processes(name):
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        if int(folder.name) != os.getpid():
            try:
                found[int(folder.name)] = (folder / name).read_bytes()
            except OSError:
                pass
    return found

def look():
    at = {name: Path(place) for name, place in json.loads(os.environ["CHOREO_PLACES"]).items()}
    scratch = Path(os.environ["TMPDIR"])
    (scratch / "link").unlink(missing_ok=True)
    (scratch / "link").symlink_to(at["data"] / "secret")
    hub = next(pid for pid, words in processes("cmdline").items() if b"choreo.hub" in words and str(at["data"]).encode() in words)
    return {
        "secret": tried((at["data"] / "secret").read_bytes),
        "names": tried(lambda: os.listdir(at["data"])),
        "database": tried(at["database"].read_bytes),
        "journal": tried(Path(f"{at['database']}-wal").read_bytes),
        "by the root": tried(Path(f"/proc/self/root{at['data']}/secret").read_bytes),
        "by the hub": tried(Path(f"/proc/{hub}/root{at['data']}/secret").read_bytes),
        "by a link": tried((scratch / "link").read_bytes),
        "memory": tried(Path(f"/proc/{hub}/mem").read_bytes),
        "passwords": [pid for pid, found in processes("environ").items() if b"hidden" in found],
        "signal": tried(lambda: os.kill(hub, 0)),
        "new": tried(lambda: (at["data"] / "more").write_text("x")),
        "notebook": tried(lambda: (at["course"] / "lessons" / "more.ipynb").write_text("x")),
        "code": tried(lambda: Path(json.__file__).open("a").close()),
        "elsewhere": tried(lambda: connect(int(at["port"].name))),
        "course": tried(lambda: (at["course"] / "lessons" / "course.yaml").read_text()[:5]),
        "scratch": tried(lambda: (scratch / "note").write_text("x")),
        "hub": tried(lambda: connect(int(os.environ["CHOREO_HUB"].rsplit(":")[-1]))),
        "environ": sorted(os.environ),
        "cookie": os.environ.get("HTTP_COOKIE", ""),
    }

lesson = Lesson("curious")

class Probe(ipywidgets.DOMWidget):
    def __init__(self):
        super().__init__()
        self.on_msg(lambda *_: self.send(look()))

print("found", json.dumps(look()).encode().hex(), "end")
Probe()
"""
CLOSED_TO_ALL = ("secret", "names", "database", "journal", "by the root", "by the hub", "by a link", "memory", "new")
READ_ONLY = ("notebook", "code")


@pytest.fixture
def course(tmp_path: Path) -> Path:
    folder = tmp_path / "course"
    (folder / "lessons").mkdir(parents=True)
    (folder / "exercises" / "curious").mkdir(parents=True)
    lesson = "{name: curious, title: Curious, promise: Looks around., minutes: 5}"
    (folder / "lessons" / "course.yaml").write_text(f"title: T\npromise: P\nlessons:\n  - {lesson}\n")
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(CURIOUS)])
    nbformat.write(notebook, folder / "lessons" / "curious.ipynb")
    return folder


def printed(page: str) -> dict[str, Any]:
    """What the lesson printed where its page was made."""
    found = re.search(r"found ([0-9a-f]+) end", page)
    assert found, page
    return dict(json.loads(bytes.fromhex(found[1])))


async def kernels(visitor: Visitor) -> dict[str, Any]:
    """What its widget finds in the visitor's own kernel."""
    widget = next(name for name, one in visitor.widgets().items() if one["model_name"] == "DOMWidgetModel")
    page = await visitor.socket()
    await page.read_message()
    await page.write_message(said(widget, {}), binary=True)
    while True:
        content = unpack(await page.read_message()).content
        if content.get("data", {}).get("method") == "custom":
            return dict(content["data"]["content"])


@pytest.mark.skipif(sys.platform != "linux", reason=WITHOUT)
@pytest.mark.parametrize("fork", ["1", "0"] if POSSIBLE else ["0"])
def test_code_in_a_lesson_reaches_the_course_and_nothing_of_what_people_did(
    tmp_path: Path, course: Path, fork: str, capfd: pytest.CaptureFixture[str]
) -> None:
    database = tmp_path / "elsewhere" / "work.db"
    with socket.create_server(("127.0.0.1", 0)) as other:
        places = {
            "data": tmp_path / "data",
            "database": database,
            "course": course,
            "port": str(other.getsockname()[1]),
        }
        environ = {
            "CHOREO_PLACES": json.dumps(places, default=str),
            "CHOREO_DATABASE": f"sqlite:///{database}",
            "A_PASSWORD": "hidden",
            "CHOREO_FORK": fork,
        }
        with running_course(tmp_path / "data", course=course, port=own(8750), **environ) as running:
            visitor = Visitor(running, "curious")
            visitor.cookie += "; other_programs=session"
            looked = [printed(visitor.page())]
            if fork == "1":
                looked.append(go(kernels(visitor)))
            learner = visitor.cookie.split("; ")[0]
    for found in looked:
        assert "A_PASSWORD" not in found["environ"]
        assert "CHOREO_DATABASE" not in found["environ"]
        assert found["course"] == "got 'title'"
        assert found["scratch"].startswith("got")
        assert found["hub"] == "got 'a line'"
    assert looked[-1]["cookie"] == f"{learner}; choreo_zone="
    assert [found["cookie"] for found in looked[:-1]] == [""] * (len(looked) - 1)
    told = "Code in lessons could read people’s work" in capfd.readouterr().err
    if not HAS:
        assert told
        assert looked[0]["secret"].startswith("got")
        return
    assert not told
    for found in looked:
        assert {found[name] for name in CLOSED_TO_ALL} == {"PermissionError"}, found
        assert {found[name] for name in READ_ONLY} == {"PermissionError"}, found
        assert found["passwords"] == []
        if landlock.version() >= 6:
            assert found["signal"] == "PermissionError"
        if landlock.version() >= 4 and fork == "1":
            assert found["elsewhere"] == "PermissionError"


def test_where_the_system_cannot_it_says_so_and_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(landlock, "version", lambda: 0)
    environ = {CLOSED: "/data"}
    assert warning(environ) == f"Code in lessons could read people’s work: {WITHOUT}. See docs/operating.md."
    confine(environ)
    part(environ)
    with Path(__file__).open("a") as file:  # as before
        assert file.writable()
    monkeypatch.setattr(landlock, "version", lambda: 1)
    assert warning(environ) == ""
    assert warning({}) == ""


@pytest.mark.skipif(sys.platform != "linux", reason="refuses a system call of Linux's")
@pytest.mark.parametrize(
    ("refusal", "fork"),  # a kernel that is older, and one where Landlock is not switched on
    [(errno.ENOSYS, "1" if POSSIBLE else "0"), (errno.EOPNOTSUPP, "0")],
)
def test_where_the_system_call_fails_lessons_run_all_the_same_and_whoever_starts_the_course_is_told(
    tmp_path: Path, course: Path, refusal: int, fork: str
) -> None:
    def look() -> tuple[int, dict[str, Any]]:
        refuse(landlock.CREATE_RULESET, refusal)
        places = {"data": tmp_path / "data", "database": tmp_path / "data" / "choreo.db", "course": course, "port": "1"}
        environ = {"CHOREO_PLACES": json.dumps(places, default=str), "CHOREO_FORK": fork}
        with running_course(
            tmp_path / "data", course=course, port=own(8750), log=tmp_path / "log", **environ
        ) as running:
            visitor = Visitor(running, "curious")
            found = printed(visitor.page())
            return landlock.version(), go(kernels(visitor)) if fork == "1" else found

    with ThreadPoolExecutor(1) as thread:  # what is refused to a thread is refused to its children, and to nobody else
        known, found = thread.submit(look).result()
    assert known == 0
    assert found["secret"].startswith("got")
    assert found["hub"] == "got 'a line'"
    assert f"Code in lessons could read people’s work: {WITHOUT}." in (tmp_path / "log").read_text(encoding="utf-8")


def refuse(call: int, error: int) -> None:
    """Have a system call fail for this thread and its children from now on, as it does on another kernel (seccomp)."""
    no_new_privileges, seccomp, by_filter = 38, 22, 2
    load, equal, answer, allow, fail = 0x20, 0x15, 0x06, 0x7FFF0000, 0x00050000
    steps = [(load, 0, 0, 0), (equal, 0, 1, call), (answer, 0, 0, fail | error), (answer, 0, 0, allow)]
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
    program = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(steps), ctypes.addressof(code)))
    library = ctypes.CDLL(None, use_errno=True)
    assert library.prctl(no_new_privileges, 1, 0, 0, 0) == 0
    assert library.prctl(seccomp, by_filter, program, 0, 0) == 0, ctypes.get_errno()


def test_all_is_open_but_the_closed_places_and_what_leads_to_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("home/data", "home/course/lessons", "elsewhere"):
        (tmp_path / name).mkdir(parents=True)
    for name in ("home/notes", "elsewhere/work.db", "elsewhere/work.db-wal", "elsewhere/work.txt"):
        (tmp_path / name).touch()
    (tmp_path / "home" / "link").symlink_to(tmp_path / "home" / "data")
    closed = closed_places(tmp_path / "home" / "data", f"sqlite:///{tmp_path / 'elsewhere' / 'work.db'}")
    found = {str(place.relative_to(tmp_path)) for place in open_places(closed, tmp_path)}
    assert found == {"home/course", "home/notes", "elsewhere/work.txt"}
    beside = [Path("/usr"), Path("/etc")] if sys.platform == "linux" else []
    assert set(beside) <= set(open_places(closed))
    assert closed_places(tmp_path, "postgresql://u:p@h/name") == [tmp_path]
    monkeypatch.setenv("CHOREO_SECRET_FILE", str(tmp_path / "elsewhere" / "secret"))
    assert closed_places(tmp_path / "home", "") == [tmp_path / "home", tmp_path / "elsewhere" / "secret"]


def test_of_the_environment_only_what_is_known_goes_to_lessons() -> None:
    environ = {"PATH": "p", "LC_ALL": "C", "CHOREO_HUB": "h", "CHOREO_DATABASE": "secret", "AWS_KEY": "secret"}
    more = {"JUPYTER_TOKEN": "secret", "JUPYTERHUB_API_TOKEN": "secret", "JUPYTER_PATH": "j", "SystemRoot": "w"}
    assert "secret" not in scrubbed(environ | more).values()
    assert set(scrubbed(environ | more)) == {"PATH", "LC_ALL", "CHOREO_HUB", "JUPYTER_PATH", "SystemRoot"}


def test_a_lesson_server_knows_what_it_closes_and_no_password(tmp_path: Path) -> None:
    environ = {"CHOREO_DATABASE": f"sqlite:///{tmp_path / 'elsewhere.db'}", "PATH": "p"}
    closed = os.pathsep.join((str(tmp_path.resolve() / "data"), str(tmp_path.resolve() / "elsewhere.db")))
    assert lessons_environ(environ, tmp_path / "data") == {"PATH": "p", CLOSED: closed}
