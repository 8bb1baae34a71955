"""A lesson with what an author brings: ipywidgets' own controls, and a component of the author's."""

import json
import shutil

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import ready
from tests.serve.course import ROOT, own, running_course

pytestmark = pytest.mark.browser

CELLS = [
    ("markdown", "# Any widget\n\nA slider, a sum, and a counter."),
    (
        "code",
        "import anywidget\nimport ipywidgets\nimport traitlets\n"
        "slider = ipywidgets.IntSlider(value=3, max=10, description='Teams')\n"
        "links = ipywidgets.Label('3 links')\n"
        "slider.observe(lambda change: links.set_trait('value', f'{change.new * (change.new - 1) // 2} links'), 'value')\n"
        "ipywidgets.VBox([slider, links])",
    ),
    (
        "code",
        "class Counter(anywidget.AnyWidget):\n"
        "    _esm = '''\n"
        "    export default {\n"
        "      render({ model, el }) {\n"
        "        const button = document.createElement('button');\n"
        "        const paint = () => { button.textContent = `met ${model.get('count')} times`; };\n"
        "        button.onclick = () => { model.set('count', model.get('count') + 1); model.save_changes(); };\n"
        "        model.on('change:count', paint);\n"
        "        paint();\n"
        "        el.append(button);\n"
        "      },\n"
        "    };'''\n"
        "    count = traitlets.Int(0).tag(sync=True)\n"
        "counter = Counter()\n"
        "counter.observe(lambda change: counter.set_trait('count', min(change.new, 2)), 'count')\n"
        "counter",
    ),
]


@pytest.fixture(scope="module")
def authors_course(tmp_path_factory):
    folder = tmp_path_factory.mktemp("authors")
    for name in ("lessons", "exercises"):
        shutil.copytree(ROOT / name, folder / name)
    extra = {"markdown": {}, "code": {"outputs": [], "execution_count": None}}
    cells = [{"cell_type": kind, "metadata": {}, "source": source} | extra[kind] for kind, source in CELLS]
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (folder / "lessons" / "any-widget.ipynb").write_text(json.dumps(notebook))
    with running_course(folder / "data", course=folder, port=own(8960)) as course:
        yield course


def test_stock_controls_and_an_author_s_component_talk_to_the_kernel(authors_course, learner):
    learner.goto(f"{authors_course.address}/lessons/any-widget")
    ready(learner)
    handle = learner.get_by_role("slider")
    handle.focus()
    handle.press("ArrowRight")
    expect(learner.get_by_text("6 links")).to_be_visible()
    for count in (1, 2):
        learner.get_by_role("button", name="met").click()
        expect(learner.get_by_role("button", name=f"met {count} times")).to_be_visible()
    learner.get_by_role("button", name="met").click()  # the kernel allows no third
    expect(learner.get_by_role("button", name="met 2 times")).to_be_visible()
