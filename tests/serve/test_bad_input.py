"""Files, disks and servers that do not work, as a learner meets them: the real servers on a copy of the course."""

import json
import os
import re
import sqlite3
import subprocess
import sys
import time
from datetime import UTC, datetime

import psutil
import pytest
from tests.serve.course import PATIENCE, ROOT, one_lesson, own, running_course
from tests.serve.visitor import LESSON, Visitor, fetch, go, opened

from choreo.progress.entry import in_order, new_entry
from choreo.progress.store import StoreError
from choreo.serve.forking.nursery import POSSIBLE
from choreo.stores.hub import HubStore

NOW = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A running course whose files each test breaks and puts back."""
    folder = one_lesson(tmp_path_factory.mktemp("course"))
    with running_course(folder / "data", course=folder, port=own(8960)) as course:
        yield course


@pytest.fixture
def spoilt(course):
    """Write a file of the course; it is put back, or taken away again, afterwards."""
    before = {}

    def spoil(name, content):
        path = course.course / name
        before.setdefault(path, path.read_bytes() if path.exists() else None)
        path.write_text(content)

    yield spoil
    for path, content in before.items():
        path.unlink() if content is None else path.write_bytes(content)


def shown_errors(page):
    """What the page shows in place of outputs that could not be made."""
    records = [json.loads(one) for one in re.findall(r"data-outputs=\"\d+\">(.*?)</script>", page)]
    return [form["error"] for forms in records for form in forms if "error" in form]


def mine(page):
    assert "Forty names on a whiteboard" in page
    return page


@pytest.mark.skipif(not POSSIBLE, reason="reads the page of a recorded lesson")
def test_a_broken_exercise_file_takes_nothing_away_is_named_for_the_author_and_mended_without_a_restart(course, spoilt):
    visitor = Visitor(course)
    assert shown_errors(mine(visitor.page())) == []
    path = course.course / "exercises" / LESSON / "quiet-months.yaml"
    good = path.read_text()
    spoilt(f"exercises/{LESSON}/quiet-months.yaml", good + "\nsurprise: [\n")
    page = mine(visitor.page())
    assert shown_errors(page) == []  # nobody loses an exercise to it
    assert re.search(r"For the author:.*quiet-months\.yaml:\d+: ", page)
    assert b"cannot be read just now" not in fetch(course.address, "/", Cookie=visitor.cookie)[2]
    other = Visitor(course, "gallery")
    assert shown_errors(other.page()) == []
    path.write_text(good)
    assert "For the author" not in mine(visitor.page())


@pytest.mark.skipif(not POSSIBLE, reason="reads the page of a recorded lesson")
def test_what_programs_leave_beside_the_exercises_is_none(course, spoilt):
    visitor = Visitor(course)
    before = visitor.page()
    (course.course / "exercises" / LESSON / ".ipynb_checkpoints").mkdir(exist_ok=True)
    for name in ("._quiet-months.yaml", ".#x.yaml", "x.yaml~", ".ipynb_checkpoints/x-checkpoint.yaml"):
        spoilt(f"exercises/{LESSON}/{name}", "\0\5\x16\7")
    assert visitor.page() == before
    assert b"cannot be read just now" not in fetch(course.address, "/", Cookie=visitor.cookie)[2]


@pytest.mark.skipif(not POSSIBLE, reason="reads the page of a recorded lesson")
def test_a_lesson_without_its_exercises_says_so(course, spoilt):
    folder = course.course / "exercises"
    visitor = Visitor(course)
    visitor.page()
    (folder / LESSON).rename(folder / "elsewhere")
    try:
        page = mine(visitor.page())
        assert shown_errors(page) == []
        assert re.search("For the author:.*there are no exercises for this lesson", page)
    finally:
        (folder / "elsewhere").rename(folder / LESSON)
    assert "For the author" not in mine(visitor.page())


@pytest.mark.skipif(not POSSIBLE, reason="reads the page of a recorded lesson")
def test_a_cell_that_raises_takes_no_other_away(course, spoilt):
    notebook = json.loads((course.course / "lessons" / f"{LESSON}.ipynb").read_text())
    broken = {
        "cell_type": "code",
        "source": ["1 / 0"],
        "metadata": {},
        "outputs": [],
        "execution_count": None,
        "id": "x",
    }
    notebook["cells"].insert(-1, broken)
    spoilt("lessons/broken.ipynb", json.dumps(notebook))  # one that never ran well
    page = mine(Visitor(course, "broken").page())
    assert shown_errors(page) == ["ZeroDivisionError: division by zero"]
    assert page.count('"widget": ') >= 10


def test_a_browser_that_takes_no_cookie_is_told_so_and_not_sent_in_circles(course):
    path = f"/lessons/{LESSON}"
    assert fetch(course.address, f"{path}/")[1]["Location"] == path
    assert fetch(course.address, path)[1]["Location"] == f"{path}/?new"
    status, headers, body = fetch(course.address, f"{path}/?new")
    assert status == 403
    assert "Allow cookies for this address" in body.decode()
    assert 'href="?"' in body.decode()  # tries again without saying that a cookie was given
    assert "default-src 'none'" in headers["Content-Security-Policy"]


@pytest.mark.parametrize("content", ['{"cells": [', "[]", '{"cells": 3}', ""])
def test_a_notebook_that_is_none_is_a_page_that_names_it(course, spoilt, content):
    visitor = Visitor(course)
    spoilt("lessons/torn.ipynb", content)
    status, headers, body = fetch(course.address, "/lessons/torn/", Cookie=visitor.cookie)
    text = body.decode()
    assert status == 500
    assert "lessons/torn.ipynb" in text
    assert "Go to the home page" in text
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert str(course.course) not in text
    assert "Traceback" not in text
    assert fetch(course.address, "/lessons/gallery/", Cookie=visitor.cookie)[0] == 200
    assert fetch(course.address, "/", Cookie=visitor.cookie)[0] == 200


@pytest.mark.skipif(not POSSIBLE, reason="stock kernels know their own lesson only")
def test_a_page_of_a_lesson_that_was_changed_gets_no_kernel_that_does_not_fit(course, spoilt):
    visitor = Visitor(course)
    visitor.page()
    version = visitor.record["version"]
    notebook = json.loads((course.course / "lessons" / f"{LESSON}.ipynb").read_text())
    first = next(i for i, cell in enumerate(notebook["cells"]) if "exercise(" in "".join(cell["source"]))
    notebook["cells"].insert(first, {**notebook["cells"][first], "id": "twice"})

    async def open_it(expected):
        page = await visitor.socket(f"page-of-{expected}", version=version)
        assert expected in json.loads(await page.read_message())

    go(open_it("kernel"))
    spoilt(f"lessons/{LESSON}.ipynb", json.dumps(notebook))
    go(open_it("trouble"))
    visitor.page()
    assert visitor.record["version"] != version
    version = visitor.record["version"]
    go(open_it("kernel"))


def test_a_forged_or_old_pass_keeps_nothing_and_says_what_to_do(course):
    visitor = Visitor(course)
    token = visitor.cookie.partition("=")[2]
    learner, _, signature = token.split(".")
    for bad in ("", "x", f"{learner}.AAAAAA.{signature}", token[:-2], token + "x"):
        store = HubStore(course.address, bad)
        with pytest.raises(StoreError, match="home page"):
            store.entries(LESSON)
        with pytest.raises(StoreError, match="home page"):
            store.add(new_entry(LESSON, "half-days", "attempt", 1, {"value": 1}, 0.5, NOW))


@pytest.mark.skipif(not POSSIBLE, reason="asks a forked kernel")
def test_the_hub_may_die_while_a_lesson_is_open(course):
    visitor = Visitor(course)
    visitor.page()

    async def work():
        page = await visitor.socket("hub")
        await page.read_message()
        hub = course.server("choreo.hub")
        hub.suspend()
        hub.kill()
        found = await opened(page, visitor.link())
        assert "does not answer" in found["trouble"] or found.get("opened")
        deadline = time.monotonic() + PATIENCE
        while not (await opened(page, visitor.link())).get("opened"):  # the page's own button does this
            assert time.monotonic() < deadline

    go(work())


@pytest.mark.skipif(sys.platform != "linux", reason="bounds the size of files")
def test_a_full_disk_is_told_and_nothing_kept_is_lost(tmp_path):
    with running_course(tmp_path / "data", one_lesson(tmp_path / "course"), own(8980)) as course:
        visitor = Visitor(course)
        store = HubStore(course.address, visitor.cookie.partition("=")[2])
        entries = [
            new_entry(LESSON, f"item-{n}", "reflection", 1, {"text": "x" * 39_000}, None, NOW) for n in range(40)
        ]
        store.add(entries[0])
        hub = course.server("choreo.hub")
        psutil.Process(hub.pid).rlimit(psutil.RLIMIT_FSIZE, (400_000, psutil.RLIM_INFINITY))
        kept = [entries[0]]
        refusal = ""
        for entry in entries[1:]:
            try:
                store.add(entry)
            except StoreError as error:
                refusal = str(error)
                break
            kept.append(entry)
        assert "not saved yet" in refusal
        assert fetch(course.address, "/", Cookie=visitor.cookie)[0] == 200
        assert [one.id for one in store.entries(LESSON)] == [one.id for one in in_order(kept)]
        psutil.Process(hub.pid).rlimit(psutil.RLIMIT_FSIZE, (psutil.RLIM_INFINITY, psutil.RLIM_INFINITY))
        store.add(entries[-1])
        course.restart()
        assert len(store_of(course, visitor).entries(LESSON)) == len(kept) + 1


def store_of(course, visitor):
    return HubStore(course.address, visitor.cookie.partition("=")[2])


def started(*arguments, before=None, **environ):
    command = [sys.executable, "-m", "choreo.authoring", "start", "--course", str(ROOT), *map(str, arguments)]
    environ = os.environ | {"CHOREO_NO_BROWSER": "1", "PYTHONPATH": str(ROOT / "widgets")} | environ
    return subprocess.run(
        command, env=environ, capture_output=True, text=True, timeout=PATIENCE, preexec_fn=before, check=False
    )


def test_a_database_of_a_newer_version_stops_the_start_and_stays_as_it_is(tmp_path):
    data = tmp_path / "data"
    with running_course(data, one_lesson(tmp_path / "course"), own(8985)) as course:
        Visitor(course)
    with sqlite3.connect(data / "choreo.db") as database:
        database.execute("update alembic_version set version_num = 'from-tomorrow'")
    database.close()
    before = (data / "choreo.db").read_bytes()
    done = started("--data", data, "--port", "8985")
    assert done.returncode == 1
    assert "choreo.db" in done.stderr
    assert "newer version" in done.stderr
    assert "Traceback" not in done.stderr
    assert (data / "choreo.db").read_bytes() == before


@pytest.mark.skipif(sys.platform == "win32", reason="folders of others are for POSIX")
def test_a_data_folder_that_cannot_be_written_stops_the_start_with_the_remedy(tmp_path):
    done = started("--data", "/proc/choreo", "--port", "8985")
    assert done.returncode == 1
    assert "/proc/choreo" in done.stderr
    assert "--data" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_address_that_is_not_ours_is_named(tmp_path):
    done = started("--data", tmp_path, "--host", "192.0.2.1")
    assert done.returncode == 1
    assert "192.0.2.1" in done.stderr
    assert "--host" in done.stderr
