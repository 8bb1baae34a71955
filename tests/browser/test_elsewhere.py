"""The same notebook, opened without the course's own servers."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest
from playwright.sync_api import expect
from tests.browser.hands import Mouse
from tests.browser.lesson09 import CASE, PLAY, PREDICTION, predict
from tests.browser.walk import card, choose, kept
from tests.serve.course import PATIENCE, ROOT

pytestmark = pytest.mark.browser


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


@pytest.fixture
def serve(tmp_path):
    """Starts a server in a copy of the course and waits until it answers."""
    for folder in ("lessons", "exercises"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    started = []

    def start(module, *options, **environ):
        port = free_port()
        plain = {
            "CHOREO_DATA": str(tmp_path / "data"),
            "CHOREO_NO_BROWSER": "1",
            "PYTHONPATH": str(ROOT / "widgets"),
            "JUPYTER_PORT": str(port),
            "JUPYTER_CONFIG_DIR": str(tmp_path / "config"),
            "JUPYTER_RUNTIME_DIR": str(tmp_path / "runtime"),
            "IPYTHONDIR": str(tmp_path / "ipython"),
        }
        command = [sys.executable, "-m", module, *(option.format(port=port) for option in options)]
        with (tmp_path / "log").open("wb") as log:
            process = subprocess.Popen(command, cwd=tmp_path, env=os.environ | plain | environ, stdout=log, stderr=log)
        started.append(process)
        address = f"http://127.0.0.1:{port}"
        while True:  # ends by the run's own time limit, or with the process
            assert process.poll() is None, (tmp_path / "log").read_text()
            try:
                urllib.request.urlopen(address, timeout=PATIENCE).close()
                return address
            except urllib.error.HTTPError:
                return address
            except OSError:
                time.sleep(0.05)  # the server needs the processor

    yield start
    for process in started:
        process.terminate()
        process.wait(PATIENCE)


@pytest.fixture
def visitor(browser):
    """A page whose other hosts do not answer: stock Voilà's own template names one."""
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        context.set_default_timeout(60_000)
        context.route(
            lambda url: "127.0.0.1" not in url and not url.startswith(("blob:", "data:")), lambda route: route.abort()
        )
        yield context.new_page()


def test_the_lesson_opens_in_stock_voila_and_keeps_work_in_a_file(serve, visitor, tmp_path):
    address = serve("voila", "lessons/09-choreography.ipynb", "--no-browser", "--port={port}", "--Voila.ip=127.0.0.1")
    visitor.goto(address)
    expect(visitor.locator(".choreo-player-ground").first).to_be_visible(timeout=60_000)
    choose(Mouse(visitor), CASE, "call daily")
    predict(Mouse(visitor))
    assert (tmp_path / "data" / "entries" / "09-choreography.jsonl").is_file()
    visitor.reload()
    kept(card(visitor, CASE))
    expect(card(visitor, PLAY).locator(".js-plotly-plot")).to_be_attached(timeout=60_000)


def test_a_course_author_runs_the_lesson_in_jupyterlab(serve, visitor):
    address = serve("choreo.authoring", "lab", "--", "--allow-root", JUPYTER_TOKEN="test-token")
    visitor.goto(f"{address}/lab/tree/lessons/09-choreography.ipynb?token=test-token")
    expect(visitor.get_by_role("heading", name="A flash mob, not a ballet")).to_be_visible(timeout=60_000)
    expect(visitor.get_by_text("| Idle")).to_be_visible(timeout=60_000)
    visitor.get_by_role("menuitem", name="Run").first.click()
    visitor.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    first = card(visitor, PREDICTION)
    first.scroll_into_view_if_needed()
    expect(first.get_by_role("button", name="Lock in my prediction")).not_to_have_attribute("aria-disabled", "true")
