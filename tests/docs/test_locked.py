"""What is installed is what was locked, and what is bundled comes with its licence."""

from __future__ import annotations

import gzip
import json
import re
import tomllib

import pytest
from tests.serve.course import ROOT

CLIENT = ROOT / "widgets/choreo/serve/static/client"
PLOTLY = ROOT / "widgets/choreo/views/plotly"


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt", "requirements-bench.txt"])
def test_everything_that_is_installed_is_locked_by_hash(name):
    lines = [line for line in (ROOT / name).read_text().splitlines() if line and not line.startswith(("#", "-r "))]
    pins = [number for number, line in enumerate(lines) if not line.startswith("    ")]
    assert len(pins) > 10
    for first, after in zip(pins, [*pins[1:], len(lines)], strict=True):
        assert re.match(r"[a-z0-9-]+==\S+( ; .+)? \\$", lines[first]), lines[first]
        assert all(re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}( \\)?", line) for line in lines[first + 1 : after])
        assert after - first > 1, lines[first]


def test_what_the_project_asks_for_is_in_the_lock():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    locked = {line.split("==")[0] for line in (ROOT / "requirements.txt").read_text().splitlines() if "==" in line}
    asked = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    assert {re.match(r"[A-Za-z0-9-]+", one)[0] for one in asked} <= locked


@pytest.mark.parametrize("group", ["dev", "bench"])
def test_what_a_group_asks_for_is_in_its_lock(group):
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text())["dependency-groups"][group]
    text = "".join(
        (ROOT / name).read_text() for name in ("requirements.txt", "requirements-dev.txt", f"requirements-{group}.txt")
    )
    names = {re.match(r"[A-Za-z0-9-]+", one)[0].lower() for one in asked if isinstance(one, str)}
    assert names <= {line.split("==")[0] for line in text.splitlines() if "==" in line}


def test_what_is_bundled_comes_with_its_licence():
    texts = (CLIENT / "LICENSES.txt").read_text(encoding="utf-8")
    for package in (
        "jquery 3",
        "@jupyter-widgets/base 6",
        "@lumino/widgets 2",
        "anywidget 0",
        "backbone 1",
        "lodash 4",
    ):
        assert f"{package}." in texts, package
    assert all(len(part) > 300 for part in texts.split("-" * 80))  # the text itself, not only its name
    assert (ROOT / "widgets/choreo/views/type/LICENSE").is_file()


def test_every_package_in_plotlys_bundles_is_listed_as_it_is_locked():
    texts = (PLOTLY / "LICENSES.txt").read_text(encoding="utf-8")
    found = re.findall(r"^(\S+) (\d+\.\d+\.\d+) \(.+?\)\n\n(.{300})", texts, re.MULTILINE | re.DOTALL)
    listed = {name: version for name, version, _ in found}
    assert {"plotly.js", "@plotly/d3", "culori", "polybooljs", "buffer", "readable-stream", "is-mobile"} <= set(listed)
    locked: dict[str, set[str]] = {}
    for path, package in json.loads((PLOTLY / "package-lock.json").read_text(encoding="utf-8"))["packages"].items():
        locked.setdefault(path.rpartition("node_modules/")[2], set()).add(package.get("version", ""))
    assert [name for name, version in listed.items() if version not in locked[name]] == []
    for bundle in PLOTLY.glob("*.js.gz"):
        head = gzip.decompress(bundle.read_bytes())[:200].decode()
        assert f"v{listed['plotly.js']}" in head, head
