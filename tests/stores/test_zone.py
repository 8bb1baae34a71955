from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from choreo.stores.zone import zone_here, zone_of

HUB = {"CHOREO_HUB": "http://127.0.0.1:8000"}


@pytest.mark.parametrize("name", ["America/Los_Angeles", "Asia/Kolkata", "America/Argentina/Buenos_Aires", "Etc/GMT+5"])
def test_a_zone_is_what_its_name_says(name):
    assert zone_of(name) == ZoneInfo(name)


@pytest.mark.parametrize(
    "name", [None, "", "Europe", "Europe/Atlantis", "../../etc/passwd", "/etc/localtime", "a" * 999, "\0"]
)
def test_a_zone_that_there_is_not_is_utc(name):
    assert zone_of(name) is UTC


@pytest.mark.parametrize(
    ("cookies", "zone"),
    [
        ("choreo_learner=a.b.c; choreo_zone=Europe/Berlin", ZoneInfo("Europe/Berlin")),
        ('choreo_zone=Asia/Tokyo; other={"a": "b c"}', ZoneInfo("Asia/Tokyo")),
        ("not_choreo_zone=Asia/Tokyo; choreo_zone=", UTC),
        ("", UTC),
    ],
)
def test_a_kernel_knows_the_zone_of_its_page(cookies, zone):
    assert zone_here(HUB | {"HTTP_COOKIE": cookies}) == zone


def test_without_a_hub_days_are_those_of_the_machine():
    assert datetime.now(zone_here({})).utcoffset() == datetime.now().astimezone().utcoffset()
