import json
import os
from threading import Thread

import pytest
from tests.progress.test_entry import an_entry

from choreo.progress.entry import to_json
from choreo.progress.store import StoreError
from choreo.stores.file import FileStore


def test_what_was_kept_is_there_for_the_next_kernel(tmp_path):
    first, second = an_entry(item="a"), an_entry(item="b")
    for entry in (first, second):
        FileStore(tmp_path).add(entry)
    assert FileStore(tmp_path).entries("09-choreography") == [first, second]
    assert FileStore(tmp_path).entries("01-disconnect") == []


def test_what_a_lesson_builds_on_comes_along_from_other_lessons(tmp_path):
    store = FileStore(tmp_path)
    here, there, other = an_entry(item="a"), an_entry(lesson="00-welcome", item="b"), an_entry(lesson="00-welcome")
    for entry in (here, there, other):
        store.add(entry)
    found = store.entries(here.lesson, "00-welcome/b", "01-disconnect/c")
    assert {entry.id for entry in found} == {here.id, there.id}


def test_sending_twice_keeps_once(tmp_path):
    entry = an_entry()
    FileStore(tmp_path).add(entry)
    FileStore(tmp_path).add(entry)
    assert FileStore(tmp_path).entries(entry.lesson) == [entry]


def test_a_line_cut_off_by_a_crash_costs_neither_earlier_nor_later_work(tmp_path):
    store = FileStore(tmp_path)
    before, after = an_entry(item="a"), an_entry(item="b")
    store.add(before)
    path = tmp_path / "entries" / "09-choreography.jsonl"
    with path.open("a") as file:
        file.write('{"id": "cut o')
    assert store.entries("09-choreography") == [before]
    store.add(after)
    assert store.entries("09-choreography") == [before, after]


@pytest.mark.skipif(os.name != "posix", reason="holds the file as POSIX does")
def test_a_lesson_that_is_open_twice_loses_nothing(tmp_path):
    import fcntl

    store = FileStore(tmp_path)
    first, second, third = (an_entry(item=item) for item in "abc")
    store.add(first)
    line = json.dumps(to_json(second)).encode() + b"\n"
    with (tmp_path / "entries" / "09-choreography.jsonl").open("ab", buffering=0) as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        other.write(line[:20])  # the other kernel is in the middle of a line
        adding = Thread(target=FileStore(tmp_path).add, args=(third,))
        adding.start()
        adding.join(0.5)
        assert adding.is_alive()
        other.write(line[20:])
        fcntl.flock(other, fcntl.LOCK_UN)
        adding.join(10)
    assert store.entries("09-choreography") == [first, second, third]


@pytest.mark.parametrize("rubbish", ["rubbish", "[1]", '{"answer": {"reach": 1e999}}', "9" * 5000, "[" * 5000])
def test_a_broken_line_is_named_and_costs_nothing_else(tmp_path, caplog, rubbish):
    store = FileStore(tmp_path)
    first, second = an_entry(item="a"), an_entry(item="b")
    store.add(first)
    path = tmp_path / "entries" / "09-choreography.jsonl"
    path.write_text(rubbish + "\n" + path.read_text())
    store.add(second)
    assert store.entries("09-choreography") == [first, second]
    assert "09-choreography.jsonl:1" in caplog.text
    assert path.read_text().startswith(rubbish)


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "entries").write_text("a file where the folder should be")
    with pytest.raises(StoreError, match="entries"):
        FileStore(tmp_path).add(an_entry())
