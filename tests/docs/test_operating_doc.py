"""What the operators' page says there is, there is; and what there is, it says."""

from __future__ import annotations

import re

from tests.deploy.known import addresses, settings, text
from tests.serve.course import ROOT

from choreo.hub.measures import HubMeasures
from choreo.serve.measures import LessonMeasures

PAGE = text(ROOT / "docs" / "operating.md")
DOCS = "\n".join(text(path) for path in (ROOT / "docs").glob("*.md"))


def test_every_setting_is_in_the_table_or_told_elsewhere() -> None:
    assert set(re.findall(r"`(CHOREO_[A-Z_]+)`", PAGE.partition("## Settings")[2])) <= settings()
    assert {name for name in settings() if f"`{name}" not in DOCS} == set()


def test_the_measures_of_the_table_are_those_that_are_kept() -> None:
    kept = {
        one.name + ("_total" if one.type == "counter" else "")
        for measures in (HubMeasures(), LessonMeasures())
        for one in measures.registry.collect()
        if one.name.startswith("choreo_")
    }
    section = PAGE.partition("**Measures.**")[2].partition("**Alerts")[0]
    table = re.findall(r"^\| (`choreo_.*?) \|", section, re.MULTILINE)
    assert {name for row in table for name in re.findall(r"`(choreo_\w+)`", row)} == kept
    alerts = re.findall(r"choreo_\w+", PAGE.partition("**Alerts")[2].partition("**Logs**")[0])
    assert {name.removesuffix("_bucket") for name in alerts} <= kept


def test_the_addresses_of_the_table_are_answered_by_both_servers() -> None:
    table = set(re.findall(r"^\| `(/\w+)` \|", PAGE, re.MULTILINE))
    assert table == {"/live", "/ready", "/metrics", "/health"}
    assert table <= addresses("hub")
    assert table <= addresses("serve")
