"""The units that systemd runs the course by: read as systemd reads them, and by what the code knows."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.deploy.known import CODE, DEPLOY, faults_of, settings, text
from tests.serve.course import ROOT

from choreo.hub.limits import MOST_SOCKETS

UNITS = DEPLOY / "systemd"
SERVICES = sorted(UNITS.glob("*.service"))
STARTED = ("choreo-migrate.service", "choreo-door.service", "choreo-hub@8010.service", "choreo-lessons@8020.service")
EXPOSURE = 1.5  # of ten, as `systemd-analyze security` counts; all but the network is closed
ANALYZE = shutil.which("systemd-analyze")
needs_systemd = pytest.mark.skipif(ANALYZE is None, reason="there is no systemd here")


def values(path: Path, name: str) -> list[str]:
    return re.findall(rf"^{name}=(.*)$", text(path), re.MULTILINE)


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.name)
def test_a_service_starts_what_there_is_and_names_settings_that_are_read(path: Path) -> None:
    (command,) = values(path, "ExecStart")
    assert faults_of(shlex.split(command)) == []
    told = [*values(path, "Environment"), *[line for env in UNITS.glob("*.env") for line in text(env).splitlines()]]
    named = {name for line in told if not line.startswith("#") for name in re.findall(r"\b(CHOREO_\w+)=", line)}
    assert named <= settings()
    for file in re.findall(r"^EnvironmentFile=-?/etc/choreo/(\S+)", text(path), re.MULTILINE):
        assert (UNITS / file).is_file()
    for folder in re.findall(r"/opt/choreo/([a-z]+)\b", command):
        assert (ROOT / folder).is_dir()


def test_lessons_have_no_way_to_the_hubs_data_and_are_told_no_password() -> None:
    lessons, hub = UNITS / "choreo-lessons@.service", UNITS / "choreo-hub@.service"
    assert values(lessons, "User") != values(hub, "User")
    assert values(lessons, "InaccessiblePaths") == ["-/var/lib/choreo -/etc/choreo"]
    assert "database.env" not in text(lessons)
    assert "CHOREO_CLOSED=%d" in text(lessons)
    assert "CHOREO_DATABASE" not in text(UNITS / "choreo.env")
    known = re.findall(r"^u (\S+) ", text(UNITS / "choreo.sysusers.conf"), re.MULTILINE)
    assert {user for path in SERVICES for user in values(path, "User")} == set(known)


def test_a_server_has_the_files_that_it_asks_for() -> None:
    for path in (UNITS / "choreo-hub@.service", UNITS / "choreo-lessons@.service"):
        assert int(values(path, "LimitNOFILE")[0]) > MOST_SOCKETS
        assert f"FILES = {values(path, 'LimitNOFILE')[0]}  #" in text(CODE / "hub" / "listener.py")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The units as they would be in /etc/systemd/system, of programs that there are here."""
    folder = tmp_path_factory.mktemp("units")
    shutil.copytree(UNITS, folder, dirs_exist_ok=True)
    for path in folder.glob("*.service"):
        path.write_text(re.sub(r"/opt/choreo/\.venv/bin/\w+", sys.executable, text(path)), "utf-8")
    return folder


def analyze(installed: Path, *words: str) -> str:
    environ = {"SYSTEMD_UNIT_PATH": f"{installed}:", "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
    done = subprocess.run([str(ANALYZE), *words], env=environ, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@needs_systemd
def test_systemd_finds_nothing_wrong(installed: Path) -> None:
    assert "choreo" not in analyze(installed, "verify", "--man=no", "choreo.target", *STARTED)


@needs_systemd
@pytest.mark.parametrize("unit", STARTED)
def test_little_is_exposed(installed: Path, unit: str) -> None:
    told = analyze(installed, "security", "--offline=true", "--no-pager", unit)
    found = re.search(r"Overall exposure level for \S+: ([\d.]+)", told)
    assert found
    assert float(found[1]) <= EXPOSURE, told
