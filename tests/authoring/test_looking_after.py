"""`choreo backup | restore | move | forget | sessions`, on a hub that runs and on one that rests."""

from __future__ import annotations

import asyncio
import os
import stat
import tarfile
import threading
from pathlib import Path

import pytest
from tests.hub.live.visiting import Coach, Server, coach, joined, line, phone, serving
from tests.hub.visiting import LESSON, START
from typer.testing import CliRunner, Result

from choreo.authoring.main import app
from choreo.hub.copying import sqlite_url
from choreo.hub.engine import open_database
from choreo.hub.identity import Identity, load_secret, new_code
from choreo.hub.settings import Settings
from choreo.progress.entry import Entry, new_entry
from choreo.stores.hub import HubStore


def choreo(*words: object, **environ: str) -> Result:
    return CliRunner().invoke(app, list(map(str, words)), env=environ)


def done(*words: object, **environ: str) -> str:
    result = choreo(*words, **environ)
    assert result.exit_code == 0, result.output
    return result.output


def refused(*words: object, **environ: str) -> str:
    result = choreo(*words, **environ)
    assert result.exit_code == 1, result.output
    assert isinstance(result.exception, SystemExit)
    return " ".join(result.output.split())


def attempt(number: int) -> Entry:
    return new_entry(LESSON, f"item-{number}", "attempt", 1, {"text": f"number {number} ☃"}, 1.0, START)


def learner(data: Path, url: str = "") -> tuple[str, str]:
    """A new learner: their token and their resume code."""
    database = open_database(url or Settings(data, data, data).database_url)
    identity = Identity(load_secret(data))
    known, code = database.add_learner(START), new_code()
    database.set_resume_hash(known, identity.code_hash(code))
    database.close()
    return identity.token(known), code


async def opened_and_joined(server: Server) -> Coach:
    """A session with two people, in its first activity."""
    async with coach(server) as desk:
        await desk.do("begin", item=2)
        for taps in ([1, 2], [3]):
            async with phone(server, await joined(server, desk.code)) as person:
                assert "ack" in await person.said({"taps": taps})
        return desk


def test_a_backup_of_a_running_hub_holds_what_was_acknowledged_and_opens_elsewhere(tmp_path: Path) -> None:
    data, file = tmp_path / "data", tmp_path / "one.backup"
    token, _code = learner(data)
    kept: list[Entry] = []
    halfway, enough = threading.Event(), threading.Event()

    def write(store: HubStore) -> None:
        for number in range(400):
            entry = attempt(number)
            store.add(entry)
            kept.append(entry)
            if number == 20:
                halfway.set()
            if enough.is_set():
                return

    with serving(data) as server:
        desk = asyncio.run(opened_and_joined(server))
        writing = threading.Thread(target=write, args=(HubStore(server.url, token),))
        writing.start()
        assert halfway.wait(60)
        before = len(kept)
        assert "everybody’s work and the secret" in done("backup", file, "--data", data)
        enough.set()
        writing.join()
        after = len(kept)
        assert f"{data}: Choreo runs on it already, at {server.url}" in refused("restore", file, "--data", data)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    elsewhere = tmp_path / "elsewhere"
    assert "1 learners" in done("restore", file, "--data", elsewhere)
    assert stat.S_IMODE(elsewhere.stat().st_mode) == 0o700
    assert {stat.S_IMODE((elsewhere / name).stat().st_mode) for name in ("secret", "choreo.db")} == {0o600}

    async def go_on(server: Server) -> None:
        async with coach(server, {"host": desk.host}) as again:
            assert (again.code, (await again.desk())["people"]["count"]) == (desk.code, 2)
            await again.do("finish")

    with serving(elsewhere) as server:
        found = HubStore(server.url, token).entries(LESSON)
        assert before <= len(found) <= after
        assert set(map(str, kept[: len(found)])) == set(map(str, found))
        asyncio.run(go_on(server))
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".")) == []


def test_nothing_is_put_over_anything_and_what_is_no_backup_is_named(tmp_path: Path) -> None:
    data, file = tmp_path / "data", tmp_path / "one.backup"
    learner(data)
    done("backup", file, "--data", data)
    whole = file.read_bytes()
    assert f"{file}: is there already; name another file" in refused("backup", file, "--data", data)
    assert file.read_bytes() == whole
    before = {path.name: path.read_bytes() for path in data.iterdir()}
    assert f"{data / 'choreo.db'}: is there already; move it away" in refused("restore", file, "--data", data)
    (data / "secret").rename(tmp_path / "secret")
    learner(data)  # with a secret of its own
    (data / "choreo.db").unlink()
    assert f"{data / 'secret'}: another secret is there already" in refused("restore", file, "--data", data)
    (tmp_path / "secret").replace(data / "secret")
    (data / "choreo.db-wal").touch()
    assert f"{data / 'choreo.db-wal'}: is there already" in refused("restore", file, "--data", data)
    (data / "choreo.db-wal").unlink()
    done("restore", file, "--data", data)  # beside the secret that fits
    assert (data / "secret").read_bytes() == before["secret"]

    nowhere = tmp_path / "nowhere"
    assert "there is no such file" in refused("restore", tmp_path / "missing", "--data", nowhere)
    assert "no secret here; name the folder with --data" in refused("backup", tmp_path / "two", "--data", nowhere)
    assert not (tmp_path / "two").exists()
    for spoilt in (whole[:-200], b"", b"PK\x03\x04 something else", whole[:100] + bytes(50) + whole[150:]):
        file.write_bytes(spoilt)
        told = refused("restore", file, "--data", nowhere)
        assert f"{file}: is no file that `" in told
        assert "choreo backup` wrote, or not all of it" in told
    for name, text in (("choreo.db", b"no database"), ("choreo.db", b"")):
        with tarfile.open(file, "w:gz") as archive:
            (tmp_path / "db").write_bytes(text * 400)
            archive.add(tmp_path / "db", name)
            archive.add(data / "secret", "secret")
        outcome = choreo("restore", file, "--data", nowhere)
        assert (outcome.exit_code == 1) == bool(text), outcome.output
    assert sorted(path.name for path in nowhere.iterdir()) == ["choreo.db", "hub.lock", "secret"]


def test_a_learner_with_a_resume_code_is_forgotten_while_the_hub_runs(tmp_path: Path) -> None:
    data = tmp_path / "data"
    (token, code), (other, _) = learner(data), learner(data)
    secret = "my boss never listens"
    with serving(data) as server:
        store, others = HubStore(server.url, token), HubStore(server.url, other)
        store.add(new_entry(LESSON, "one", "reflection", 1, {"text": secret}, None, START))
        others.add(attempt(1))
        assert secret.encode() in server.files()
        assert "no resume code; one has 16" in refused("forget", "ABC", "--data", data)
        assert "fits nobody" in refused("forget", "AAAA-AAAA-AAAA-AAAA", "--data", data)
        asked = CliRunner().invoke(app, ["forget", code, "--data", str(data)], input="n\n")
        assert "Delete this learner and 1 entries, from 2026-11-20 to 2026-11-20, for good?" in asked.output
        assert len(store.entries(LESSON)) == 1
        assert "Forgotten, with 1 entries." in done("forget", code.lower(), "--data", data, "--yes")
        assert secret.encode() not in server.files()
        with pytest.raises(Exception, match="home page"):
            store.entries(LESSON)
        assert len(others.entries(LESSON)) == 1


def test_sessions_are_listed_handed_over_and_deleted_while_the_hub_runs(tmp_path: Path) -> None:
    data = tmp_path / "data"

    async def look_after(server: Server) -> None:
        async with coach(server) as desk:
            pass_ = await joined(server, desk.code)
            async with phone(server, pass_) as person:
                shown = done("sessions", "list", "--data", data)
                assert f"{desk.code}  {desk.session}" in shown
                assert "1 people" in shown
                assert f"ends {desk.ends[:16].replace('T', ' ')} UTC" in shown
                link = done(
                    "sessions", "link", desk.code.lower(), "--data", data, "--address", "http://course.example/"
                )
                token = link.split("#coach=")[1].split()[0]
                assert link.startswith(f"http://course.example/lessons/live#coach=h{desk.session}.")
                async with line(server, "/live/host", {"host": desk.host}) as lost:
                    assert await lost.closed() == 4401
                async with line(server, "/live/screen/socket", {"screen": desk.screen}) as old:
                    assert await old.closed() == 4401
                async with coach(server, {"host": token}) as new:
                    await new.do("begin", item=0)
                    assert "ack" in await person.said({"answer": 1})
                assert "Deleted." in await asyncio.to_thread(
                    done, "sessions", "delete", desk.session, "--data", data, "--yes"
                )
                assert desk.session.encode() not in server.files()
                assert "refused" in await person.said({"answer": 2})
                assert await person.closed() == 4404
            assert await desk.line.closed() == 4404

    with serving(data) as server:
        asyncio.run(look_after(server))
        assert done("sessions", "list", "--data", data) == "There is no live session.\n"
        assert "there is no such session" in refused("sessions", "delete", "ABCDEF", "--data", data, "--yes")


def test_without_a_database_the_commands_say_where_they_looked(tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere"
    load_secret(nowhere)
    for words in (("backup", tmp_path / "x"), ("sessions", "list"), ("forget", new_code()), ("move", "sqlite:///x")):
        told = refused(*words, "--data", nowhere)
        assert f"{nowhere / 'choreo.db'}: there is no database here; name the folder with --data." in told
    assert not (tmp_path / "x").exists()
    database = open_database(sqlite_url(tmp_path / "older" / "choreo.db"))
    with database.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0002'")
    database.close()
    told = refused("sessions", "list", "--data", tmp_path / "older")
    assert "was last used by another version of Choreo; start the course once with this one" in told
    gone = "postgresql+psycopg://choreo:hidden@127.0.0.1:1/postgres?connect_timeout=2"
    told = refused("sessions", "list", "--data", nowhere, CHOREO_DATABASE=gone)
    assert "try again" in told
    assert "hidden" not in told
    assert os.listdir(nowhere) == ["secret"]
