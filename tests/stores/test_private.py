import stat

from tests.progress.test_entry import an_entry

from choreo.stores.file import FileStore
from choreo.stores.private import close_to_others


def rights(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_work_kept_in_a_file_is_for_its_owner_alone(tmp_path):
    data = tmp_path / "new" / "data"
    FileStore(data).add(an_entry())
    assert {rights(path) for path in (data, data / "entries")} == {0o700}
    assert {rights(path) for path in (data / "entries").iterdir()} == {0o600}


def test_what_an_older_version_left_open_is_closed(tmp_path):
    data = tmp_path / "data"
    (data / "entries").mkdir(parents=True)
    files = [data / name for name in ("choreo.db", "choreo.db-wal", "choreo.db-shm", "secret", "entries/09-x.jsonl")]
    for path in files:
        path.touch()
        path.chmod(0o644)
    data.chmod(0o755)
    close_to_others(data)
    assert [rights(path) for path in (data, data / "entries", *files)] == [0o700, 0o700, *[0o600] * len(files)]


def test_a_folder_that_everybody_uses_stays_open(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o1777)
    (shared / "choreo.db").touch(0o644)
    tmp_path.chmod(0o755)
    for folder in (tmp_path, shared):
        close_to_others(folder)
    assert (rights(tmp_path), rights(shared)) == (0o755, 0o1777)
    assert rights(shared / "choreo.db") == 0o600


def test_a_folder_that_is_not_there_is_no_fault(tmp_path):
    close_to_others(tmp_path / "nothing")
