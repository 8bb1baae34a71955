"""What a recorded lesson's page loads to show its widgets."""

import base64
import json
import re

import ipywidgets
import jinja2
import pytest
from anywidget import AnyWidget
from tests.serve.course import ROOT

from choreo.bank.course import load_course
from choreo.hub.public import ANYWHERE, Public
from choreo.serve.forking.recording import Recording
from choreo.serve.frame import lesson_frame, page_files
from choreo.serve.pages import one_sheet, plotly_for, render_page, shown_by
from choreo.serve.voila import TEMPLATE
from choreo.views.chart import Chart
from choreo.views.source import VIEWS, style


class Authors(AnyWidget):
    _esm = "export default { render: ({ el }) => el.append('an author made this') };"


def states(*widgets):
    return ipywidgets.Widget.get_manager_state(widgets=[*widgets, *(widget.layout for widget in widgets)])["state"]


def test_the_course_s_own_components_are_all_that_their_host_gets():
    chart = Chart()
    assert shown_by(states(chart)) == ("components", {chart.model_id: states(chart)[chart.model_id]})


@pytest.mark.parametrize("other", [ipywidgets.IntSlider, Authors])
def test_anything_else_gets_the_widget_library_and_every_widget(other):
    widgets = states(Chart(), other())
    assert shown_by(widgets) == ("widgets", widgets)


@pytest.mark.parametrize(
    ("kinds", "build"),
    [([], ""), ([None, "bar"], "basic"), (["pie"], "cartesian"), (["scatter", "heatmap"], "cartesian")],
)
def test_a_page_names_the_plotly_that_its_charts_need(kinds, build):
    figures = [{"data": [{"type": kind} if kind else {}]} for kind in kinds]
    assert plotly_for([{}, {"figure": {}}, {"figure": None}, *({"figure": figure} for figure in figures)]) == build
    assert plotly_for([{"chart": {"figure": figure}, "task": {"small": False}} for figure in figures]) == build


def test_a_stage_that_is_closed_will_have_a_chart_and_a_small_one_has_none():
    assert plotly_for([{"chart": {}, "task": {"item": "one", "kind": "play"}}]) == "basic"
    assert plotly_for([{"chart": {}, "task": {"small": True}}]) == ""


@pytest.mark.parametrize("other", [None, ipywidgets.IntSlider])
def test_a_page_names_only_parts_that_are_served(other):
    static = page_files()
    widgets = states(Chart(), *([other()] if other else []))
    template = jinja2.Environment(loader=jinja2.FileSystemLoader(TEMPLATE), autoescape=True).get_template(
        "recorded.html.j2"
    )
    frame = lesson_frame("09-choreography", load_course(ROOT / "lessons"), ROOT / "lessons", None, static)
    page = render_page(template, "09-choreography", Recording([], {}, widgets), "1", frame)
    html = page.html.content.decode()
    loaded = re.findall(r'<(?:link|script)[^>]+(?:href|src)="/(static/\w+|parts)/([^"]+)"', html)
    assert {name for where, name in loaded if where == "parts"} <= set(page.parts)
    assert {name for where, name in loaded if where != "parts"} <= set(static.files)
    library = [name for _, name in loaded if name.startswith("client/manager")]
    assert len(library) == (1 if other else 0)
    described = json.loads(re.search(r'id="choreo-page">(.*?)</script>', html)[1])
    assert set(json.loads(page.parts[described["widgets"].removeprefix("/parts/")].content)["state"]) <= set(widgets)


def test_a_lesson_wears_the_house(tmp_path):
    (tmp_path / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    (tmp_path / "01-one.ipynb").touch()
    (tmp_path / "course.yaml").write_text(
        "title: T\npromise: P\nlessons: [{name: 01-one, title: One, promise: P, minutes: 1}]\nhouse:\n  name: A & B\n"
        '  logo: logo.svg\n  imprint: "**Here** <b>"\n  colours: {you: {light: "#7a1f5c", dark: "#f2a7d4"}}\n'
    )
    loader = jinja2.FileSystemLoader(TEMPLATE)
    template = jinja2.Environment(loader=loader, autoescape=True).get_template("recorded.html.j2")

    def html(folder, hub):
        frame = lesson_frame("01-one", load_course(folder), folder, hub, page_files())
        return render_page(template, "01-one", Recording([], {}, {}), "1", frame).html.content.decode()

    page = html(tmp_path, Public("https://course.example", "/choreo"))
    assert re.search(r'<img src="/choreo/house/logo.[0-9a-f]+.svg" alt="">', page)
    assert "A &amp; B <a href=" in page
    assert 'href="/choreo/imprint"' in page
    assert "<strong>Here</strong> &lt;b&gt;" in page
    assert ":root:root { --choreo-you: #7a1f5c;" in page
    assert "Lesson 1 of 1" in page
    assert page.startswith('<!DOCTYPE html>\n<html lang="en" data-at="/choreo">')
    assert 'content="/parts/' not in page
    assert "https://course.example" not in page  # whatever the name by which somebody came
    assert "/house/" not in html(tmp_path, None)  # without a hub nobody serves it
    ours = html(ROOT / "lessons", ANYWHERE)
    assert 'class="choreo-foot"' not in ours
    assert ":root:root" not in ours


def test_a_large_picture_is_a_part_that_the_text_does_not_wait_for():
    template = jinja2.Environment(loader=jinja2.FileSystemLoader(TEMPLATE), autoescape=True).get_template(
        "recorded.html.j2"
    )
    frame = lesson_frame("09-choreography", load_course(ROOT / "lessons"), ROOT / "lessons", None, page_files())
    large, small = base64.b64encode(b"x" * 5000).decode(), base64.b64encode(b"y" * 50).decode()
    cells = [
        {"cell_type": "markdown", "source": "![a](attachment:a.png)", "attachments": {"a.png": {"image/png": large}}},
        {"cell_type": "code", "source": "x", "metadata": {}},
    ]
    outputs = {1: [{"output_type": "display_data", "data": {"image/png": data}} for data in (large, small)]}
    page = render_page(template, "09-choreography", Recording(cells, outputs, {}), "1", frame)
    html = page.html.content.decode()
    (name,) = [name for name in page.parts if name.endswith(".png")]
    assert html.count(f"/parts/{name}") == 2
    assert (page.parts[name].content, page.parts[name].media_type) == (b"x" * 5000, "image/png")
    assert small in html


def test_what_style_sheets_share_is_sent_once_and_before_what_is_their_own():
    sheets = [style(VIEWS / f"{name}.css", "plot") for name in ("chart", "comparison")]
    shared, chart, comparison = (
        (VIEWS / name).read_text(encoding="utf-8") for name in ("shared/plot.css", "chart.css", "comparison.css")
    )
    together = one_sheet(sheets)
    assert [together.count(rules) for rules in (shared, chart, comparison)] == [1, 1, 1]
    assert together.index(shared) < together.index(chart) < together.index(comparison)
