"""What a recorded lesson's page loads to show its widgets."""

import json
import re

import ipywidgets
import jinja2
import pytest
from anywidget import AnyWidget
from tests.serve.course import ROOT

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
def test_a_page_begins_early_with_the_plotly_that_its_charts_need(kinds, build):
    figures = [{"data": [{"type": kind} if kind else {}]} for kind in kinds]
    assert plotly_for([{}, {"figure": {}}, {"figure": None}, *({"figure": figure} for figure in figures)]) == build


@pytest.mark.parametrize("other", [None, ipywidgets.IntSlider])
def test_a_page_names_only_parts_that_are_served(other):
    static = page_files()
    widgets = states(Chart(), *([other()] if other else []))
    template = jinja2.Environment(loader=jinja2.FileSystemLoader(TEMPLATE), autoescape=True).get_template(
        "recorded.html.j2"
    )
    frame = lesson_frame("09-choreography", ROOT / "lessons", "", static)
    page = render_page(template, "09-choreography", Recording([], {}, widgets), "1", frame)
    html = page.html.content.decode()
    loaded = re.findall(r'<(?:link|script)[^>]+(?:href|src)="/(static/\w+|parts)/([^"]+)"', html)
    assert {name for where, name in loaded if where == "parts"} <= set(page.parts)
    assert {name for where, name in loaded if where != "parts"} <= set(static.files)
    library = [name for _, name in loaded if name.startswith("client/manager")]
    assert len(library) == (1 if other else 0)
    described = json.loads(re.search(r'id="choreo-page">(.*?)</script>', html)[1])
    assert set(json.loads(page.parts[described["widgets"].removeprefix("/parts/")].content)["state"]) <= set(widgets)


def test_what_style_sheets_share_is_sent_once_and_before_what_is_their_own():
    sheets = [style(VIEWS / f"{name}.css", "plot") for name in ("chart", "comparison")]
    shared, chart, comparison = (
        (VIEWS / name).read_text(encoding="utf-8") for name in ("shared/plot.css", "chart.css", "comparison.css")
    )
    together = one_sheet(sheets)
    assert [together.count(rules) for rules in (shared, chart, comparison)] == [1, 1, 1]
    assert together.index(shared) < together.index(chart) < together.index(comparison)
