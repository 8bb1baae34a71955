"""An author in JupyterLab: the preview beside the notebook, marks and completion in an exercise's file, all cells run."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading

import pytest
from playwright.sync_api import expect
from tests.browser.authors import own_copy, replace
from tests.serve.course import own

from choreo.authoring.notebooks import blank, code

pytestmark = pytest.mark.browser

PORT = own(8860)
EXERCISE = "exercises/02-silos/three-or-all.yaml"
CHART = """
import plotly.graph_objects as go
from choreo.lesson import Lesson

Lesson("gallery").chart(go.Figure(go.Scatter(y=[1, 3, 2])), alt="News rises to three.")
"""
BUSY = """
from pathlib import Path
from time import sleep

while not Path("enough").exists():
    sleep(0.1)
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return own_copy(tmp_path_factory.mktemp("lab"))


@pytest.fixture(scope="module")
def lab(folder):
    own_places = {
        "JUPYTER_CONFIG_DIR": "config",
        "JUPYTERLAB_SETTINGS_DIR": "settings",
        "JUPYTERLAB_WORKSPACES_DIR": "spaces",
    }
    environ = os.environ | {name: str(folder / place) for name, place in own_places.items()}
    environ |= {"PYTHONPATH": str(folder / "widgets"), "CHOREO_NO_BROWSER": "1", "CHOREO_DATA": str(folder / "data")}
    flags = [f"--ServerApp.port={PORT}", "--IdentityProvider.token=", "--allow-root", "--LabApp.news_url="]
    command = [sys.executable, "-m", "choreo.authoring", "lab", "--course", folder, "--port", PORT + 10, "--", *flags]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    process = subprocess.Popen(list(map(str, command)), env=environ, **pipes)
    assert any("is running at" in line for line in process.stdout)
    rest = threading.Thread(target=process.stdout.read)  # so that it never waits for a reader
    rest.start()
    address = f"http://127.0.0.1:{PORT}"
    yield f"{address}/lab/tree"
    process.terminate()
    assert process.wait(30) == 0
    rest.join()
    process.stdout.close()


def beside(page):
    return page.frame_locator("iframe[title='The lesson, as learners see it']")


def test_the_preview_stands_beside_the_notebook_and_follows_it(lab, browser, folder):
    page = browser.new_page(viewport={"width": 1700, "height": 950})
    page.goto(f"{lab}/lessons/02-silos.ipynb")
    lesson = beside(page).frame_locator("iframe")
    expect(lesson.get_by_role("heading", name="From silos to eco-system")).to_be_visible()
    replace(folder / "lessons/02-silos.ipynb", "It took fifty-one days", "Saved in JupyterLab")
    expect(lesson.locator("main")).to_contain_text("Saved in JupyterLab")
    expect(beside(page).locator("[data-state]")).to_have_text(re.compile("Up to date"))
    page.close()


def test_a_fault_is_marked_in_its_line_until_it_is_mended(lab, browser, folder):
    page = browser.new_page(viewport={"width": 1700, "height": 950})
    replace(folder / EXERCISE, "\nmeasure:", "\nmesure:")
    page.goto(f"{lab}/{EXERCISE}")
    marked = page.locator(".choreo-fault")
    expect(marked).to_have_text("mesure: lead")
    expect(marked).to_have_attribute("title", 'mesure: unknown field; did you mean "measure"?')
    replace(folder / EXERCISE, "\nmesure:", "\nmeasure:")
    expect(marked).to_have_count(0)
    page.close()


def test_names_and_values_are_offered_with_a_line_of_help_and_are_put_in(lab, browser):
    page = browser.new_page(viewport={"width": 1700, "height": 950})
    page.goto(f"{lab}/{EXERCISE}")
    text, offered = page.locator(".jp-FileEditor .cm-content"), page.locator(".jp-Completer:visible li")
    expect(text).to_contain_text("three-or-all")
    text.click()

    def types(begun, opens="Tab"):
        page.keyboard.press("ControlOrMeta+End")
        page.keyboard.type(f"\n{begun}")
        page.keyboard.press(opens)

    types("vari")
    expect(offered).to_have_count(1)
    expect(offered).to_contain_text("variants")
    expect(offered).to_contain_text("Fields to replace, so that another try is not a memory test.")
    page.keyboard.press("Enter")
    expect(text).to_contain_text("variants: ")
    types("review: ")
    expect(offered).to_have_text(["true", "false"])
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(text).to_contain_text("review: false")
    types("", "Control+Space")  # where nothing was typed yet, Tab sets in
    expect(offered.filter(has_text="Read one by one before an answer; Markdown.")).to_contain_text("hints")
    expect(offered.filter(has_text="What is asked; Markdown.")).to_have_count(0)  # the file has its prompt
    page.close()


def test_a_chart_is_drawn_when_the_kernel_that_runs_all_cells_is_free(lab, browser, folder):
    notebook = blank([code("chart", CHART.strip()), code("busy", BUSY.strip())])
    (folder / "lessons/charts.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    page = browser.new_page(viewport={"width": 1700, "height": 950})
    page.goto(f"{lab}/lessons/charts.ipynb")
    cells = page.locator(
        ".jp-NotebookPanel:not(.lm-mod-hidden) .jp-CodeCell"
    )  # other tests' notebooks come back, out of sight
    expect(page.get_by_text("Python 3 (ipykernel) | Idle")).to_be_visible()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_text("Run All Cells", exact=True).click()
    chart = cells.first.locator(".main-svg").first
    expect(cells.first.get_by_role("img", name="News rises to three.")).to_be_attached()
    expect(cells.last.locator(".jp-InputPrompt")).to_have_text("[*]:")
    expect(chart).to_have_count(0)
    (folder / "lessons/enough").touch()
    expect(chart).to_be_visible()
    page.close()
