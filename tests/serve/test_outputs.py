"""What of a cell's outputs the page shows, and what it says in the place of the rest."""

import base64

import pytest

from choreo.serve.outputs import SHOWN, shown, unshown


def displayed(data, **metadata):
    return {"output_type": "display_data", "data": data, "metadata": metadata}


def html(data, **metadata):
    (form,) = shown([displayed(data, **metadata)])
    return form["html"]


def plotly(*kinds, **layout):
    return {"application/vnd.plotly.v1+json": {"data": [{"type": kind, "y": [1]} for kind in kinds], "layout": layout}}


@pytest.mark.parametrize(
    ("data", "part"),
    [
        ({"text/plain": "<a>"}, "<pre>&lt;a&gt;</pre>"),
        ({"text/html": ["<b>a</b>", "<i>b</i>"], "text/plain": "x"}, "<b>a</b><i>b</i>"),
        ({"text/markdown": "# A *title*"}, "<h3>A <em>title</em></h3>"),
        ({"text/latex": "$\\displaystyle \\frac{a}{b}$"}, '<div class="choreo-formula"><math'),
        ({"text/latex": "Text with $x < y$ & more"}, "Text with <math"),
        ({"image/jpeg": "QUJD\n"}, '<img src="data:image/jpeg;base64,QUJD"'),
        ({"image/png": "QUJD", "text/plain": "<Figure>"}, 'src="data:image/png;base64,QUJD"'),
        ({"application/json": {"a": ["<", 2]}}, "<code>&quot;&lt;&quot;</code>"),
        ({"application/json": ["a", "b"]}, "2 items"),
    ],
)
def test_the_richest_form_is_shown(data, part):
    assert part in html(data)


def test_a_picture_says_what_its_author_says_of_it_and_is_as_wide():
    made = html({"image/png": "QUJD"}, **{"image/png": {"alt": "Two <teams>", "width": 30}})
    assert 'alt="Two &lt;teams&gt;" width="30"' in made
    assert "has not described it" in html({"image/png": "QUJD"})


def test_a_drawing_is_a_picture_and_runs_nothing():
    made = html({"image/svg+xml": "<svg onload='alert(1)'/>"})
    assert "onload" not in made
    drawn = base64.b64decode(made.split("base64,")[1].split('"')[0]).decode()
    assert drawn == "<svg xmlns=\"http://www.w3.org/2000/svg\" onload='alert(1)'/>"


def test_a_widget_is_named_and_not_described():
    view = {"application/vnd.jupyter.widget-view+json": {"model_id": "abc"}, "text/plain": "IntSlider()"}
    assert shown([displayed(view)]) == [{"widget": "abc"}]


@pytest.mark.parametrize(
    ("kinds", "build"), [(["scatter", "bar"], "basic"), (["scattergl"], "basic"), (["heatmap"], "cartesian")]
)
def test_a_figure_names_the_plotly_that_draws_it(kinds, build):
    (form,) = shown([displayed(plotly(*kinds, title={"text": "A <b>title</b>"}))])
    assert (form["build"], form["alt"]) == (build, "A title")
    assert "scattergl" not in str(form)


def test_a_figure_takes_no_more_of_its_template_than_it_needs():
    template = {"data": {"scatter": [1], "surface": [2]}, "layout": {"colorway": ["red"]}}
    (form,) = shown([displayed(plotly("scatter", template=template))])
    assert form["plotly"]["layout"]["template"] == {"data": {"scatter": [1]}, "layout": {"colorway": ["red"]}}


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (plotly("scatter3d"), "scatter3d"),
        ({"application/javascript": "alert(1)"}, "JavaScript"),
        ({"application/vnd.vegalite.v5+json": {}, "text/plain": "x"}, "Vega"),
        ({"application/vnd.bokehjs_exec.v0+json": "", "text/plain": ""}, "Bokeh"),
        ({"application/pdf": "QUJD", "text/plain": "x"}, "PDF"),
        ({"text/html": "<div></div><script>alert(1)</script>"}, "script"),
        ({"text/html": '<iframe src="map.html"></iframe>'}, "map.html"),
        ({"text/html": '<img src="https://example.org/a.png">'}, "https://example.org/a.png"),
    ],
)
def test_what_cannot_be_shown_is_said_in_its_place_and_to_the_check(data, word):
    assert '<p class="choreo-unshown">This cannot be shown:' in html(data)
    (why,) = unshown([displayed(data)])
    assert word in why
    assert word in html(data)


@pytest.mark.parametrize(
    "foreign", [plotly("surface"), {"application/vnd.vega.v5+json": {}}, {"text/html": "<script></script>"}]
)
def test_a_picture_that_came_along_is_shown_in_its_place(foreign):
    data = {**foreign, "image/png": "QUJD"}
    assert "<img" in html(data)
    assert unshown([displayed(data)]) == []


def test_a_page_of_another_host_is_a_link():
    frame = '<iframe width="400" src="https://www.youtube.com/embed/x" allowfullscreen></iframe>'
    assert "<iframe" not in html({"text/html": frame})
    assert 'href="https://www.youtube.com/embed/x"' in html({"text/html": frame})


def test_what_jupyter_shows_gives_the_check_nothing_to_say():
    table = {"text/html": "<table></table>", "text/plain": "x"}
    raised = {"output_type": "error", "ename": "E", "evalue": "v", "traceback": []}
    printed = {"output_type": "stream", "name": "stdout", "text": ["a\n"]}
    assert (
        unshown([displayed(table), raised, printed, displayed(plotly("pie")), displayed({"text/latex": "$x$"})]) == []
    )
    assert "\\foo" in unshown([displayed({"text/latex": "$\\foo$"})])[0]


def test_what_a_cell_raised_is_told_in_one_line_and_as_a_whole_where_it_is_meant():
    lines = ["\x1b[31mValueError\x1b[0m", "File /srv/course/lib/x.py:3, in f", "ValueError: no"]
    raised = {"output_type": "error", "ename": "ValueError", "evalue": "\x1b[1mno\x1b[0m", "traceback": lines}
    assert shown([raised]) == [{"error": "ValueError: no"}]
    paths = {**raised, "evalue": "/srv/lib/python3.11/site-packages/x.py and lessons/a.csv at https://a.org/b/c"}
    assert shown([paths]) == [{"error": "ValueError: x.py and lessons/a.csv at https://a.org/b/c"}]
    (form,) = shown([raised], expected=True)
    assert '<span class="choreo-ansi-red">ValueError</span>' in form["html"]
    assert "File x.py:3" in form["html"]


def test_warnings_are_the_author_s_concern():
    text = "/srv/x.py:3: UserWarning: old\n  import old\nstep 2\n"
    assert shown([{"output_type": "stream", "name": "stderr", "text": text}]) == [
        {"html": '<pre class="choreo-stderr">step 2\n</pre>'}
    ]
    assert (
        shown([{"output_type": "stream", "name": "stderr", "text": "/srv/x.py:3: UserWarning: old\n  import old\n"}])
        == []
    )


def test_what_may_be_shown_anew_keeps_its_name():
    output = {**displayed({"text/plain": "x"}), "transient": {"display_id": "one"}}
    assert shown([output])[0]["display"] == "one"
    assert shown([displayed({SHOWN: {"html": "y", "display": "two"}})]) == [{"html": "y", "display": "two"}]
