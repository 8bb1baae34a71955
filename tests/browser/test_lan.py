"""The laptop as the server for the room's network: `choreo start --lan`."""

import ipaddress
import subprocess
import sys

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import ready
from tests.browser.test_live import add, open_console, open_session
from tests.serve.course import ROOT, RunningCourse, own

from choreo.hub.lan import lan_addresses

pytestmark = pytest.mark.browser
ROOM = lan_addresses()
in_a_network = pytest.mark.skipif(not ROOM, reason="this machine is in no network")


def test_no_address_of_this_machine_only_is_offered_to_phones():
    for address in ROOM:
        assert not ipaddress.IPv4Address(address).is_loopback


def test_lan_and_another_host_are_not_meant_together():
    command = [sys.executable, "-m", "choreo.authoring", "start", "--lan", "--host", "127.0.0.2", "--course", str(ROOT)]
    done = subprocess.run(
        command, capture_output=True, text=True, env={"PYTHONPATH": str(ROOT / "widgets"), "PATH": ""}
    )
    assert done.returncode == 2
    assert "leave out --lan" in " ".join(done.stderr.replace("│", "").split())


class LanCourse(RunningCourse):
    """`choreo start --lan`."""

    flags = ("--lan",)


@pytest.fixture
def lan_course(tmp_path):
    course = LanCourse(tmp_path / "data", port=own(8960))
    yield course
    course.stop()


@in_a_network
def test_phones_get_the_address_of_the_room(lan_course, browser):
    phones = f"http://{ROOM[0]}:{lan_course.port}"
    assert lan_course.address == f"http://127.0.0.1:{lan_course.port}"
    assert f"Phones go to  {phones}/join\n" in lan_course.more()
    context = browser.new_context()
    faults = []
    context.on("weberror", lambda error: faults.append(str(error.error)))
    page = context.new_page()
    open_console(page, lan_course)
    add(page, "Pulse")
    code = open_session(page)
    expect(page.locator(".choreo-console-address")).to_have_text(f"{ROOM[0]}:{lan_course.port}/join")
    expect(page.get_by_text("Phones cannot reach this address")).to_have_count(0)
    phone = context.new_page()
    phone.goto(f"{phones}/join/{code}")
    expect(page.locator(".choreo-console-count")).to_contain_text("1 here")
    lesson = context.new_page()
    lesson.goto(f"{phones}/lessons/09-choreography")  # without TLS, and not this machine: browsers offer less there
    ready(lesson)
    expect(lesson.get_by_role("slider").first).to_be_visible()
    page.get_by_text("Coach from another device").click()
    other = context.new_page()
    other.goto(page.get_by_label("Coach’s link").input_value())
    expect(other.locator(".choreo-console-code")).to_have_text(code)
    assert faults == []
    context.close()
