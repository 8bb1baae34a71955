"""What is printed and displayed goes to the cell that runs, or to the Output widget that is entered; in a process of its own."""

import json
import os
import re
import subprocess
import sys

import pytest
from tests.serve.course import ROOT

from choreo.serve.taken import LONGEST, MOST, Taken

RUN = """
import json, sys
from pathlib import Path
from choreo.serve.capture import Capture
from choreo.serve.forking.recording import make_shell, record
from choreo.serve.outputs import shown
told = []
recording = record(make_shell(Capture(told.append)), Path(sys.argv[1]))
states = [one["state"] for one in recording.widgets.values() if one["model_name"] == "OutputModel"]
forms = {index: shown(outputs, True) for index, outputs in recording.outputs.items()}
widgets = [one["outputs"] for one in states]
sys.__stdout__.write(json.dumps({"forms": forms, "widgets": widgets, "told": told, "fault": recording.fault}))
"""


def ran(tmp_path, *cells, tags=()):
    """What the cells of a notebook show."""
    path = tmp_path / "lessons" / "one.ipynb"
    path.parent.mkdir()
    made = [{"cell_type": "code", "metadata": {"tags": list(tags)}, "source": cell, "outputs": []} for cell in cells]
    path.write_text(json.dumps({"cells": made}))
    environ = os.environ | {"PYTHONPATH": str(ROOT / "widgets")}
    done = subprocess.run(
        [sys.executable, "-c", RUN, path], capture_output=True, text=True, env=environ, timeout=60, cwd=path.parent
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def words(forms):
    return [form.get("html", form.get("error", "widget" if "widget" in form else "")) for form in forms]


def test_what_a_cell_shows_stands_in_the_order_of_its_making(tmp_path):
    found = ran(
        tmp_path,
        "from IPython.display import *\nprint('a')\ndisplay(HTML('<b>b</b>'))\nprint('c')\n'd'",
        "print('gone')\nclear_output(wait=True)\nprint('left')",
        "1;",
        "handle = display('not yet', display_id='x')",
        "handle.update(HTML('anew'))",
        "display({'application/json': {'x': float('nan')}, 'text/plain': ''}, raw=True)",
    )
    forms = found["forms"]
    assert [re.sub("<[^>]+>", "", one).strip() for one in words(forms["0"])] == ["a", "b", "c", "'d'"]
    assert words(forms["1"]) == ['<pre class="choreo-stdout">left\n</pre>']
    assert forms["2"] == forms["4"] == []
    assert forms["3"] == [{"html": "anew", "display": "x"}]
    assert found["told"] == [{"html": "anew", "display": "x"}]
    assert "null" in words(forms["5"])[0]


def test_an_output_widget_takes_what_is_shown_inside_it(tmp_path):
    found = ran(
        tmp_path,
        "import ipywidgets as widgets\nfrom IPython.display import *\nout = widgets.Output()\nout",
        "with out:\n    print('a')\n    display(Markdown('*b*'))\n    1 / 0\nprint('outside')",
        "out.append_stdout('c')\n[one['output_type'] for one in out.outputs]",
    )
    a, b, error, c = words(found["widgets"][0])
    assert (a, c) == ('<pre class="choreo-stdout">a\n</pre>', '<pre class="choreo-stdout">c</pre>')
    assert "<em>b</em>" in b
    assert "ZeroDivisionError" in error
    assert words(found["forms"]["1"]) == ['<pre class="choreo-stdout">outside\n</pre>']
    assert "display_data" in words(found["forms"]["2"])[0]
    assert found["fault"] == ""


def test_interact_shows_what_its_function_shows(tmp_path):
    found = ran(
        tmp_path,
        "import ipywidgets as widgets\ndef times(x=3):\n    print('printed', x)\n    return x * 100\n"
        "widgets.interact(times, x=(0, 5));",
    )
    assert words(found["forms"]["0"]) == ["widget"]
    assert words(found["widgets"][0]) == ['<pre class="choreo-stdout">printed 3\n</pre>', "<pre>300</pre>"]


def test_a_command_says_what_it_says_and_input_says_that_it_cannot(tmp_path):
    found = ran(
        tmp_path,
        "word = 'hello'\n!echo $word; false\n_exit_code",
        "found = !echo listed\nfound",
        "input('Name?')",
        "%%sh\necho a script",
        "import threading\nthreading.active_count()",
    )
    assert words(found["forms"]["0"]) == ['<pre class="choreo-stdout">hello\n</pre>', "<pre>1</pre>"]
    assert words(found["forms"]["3"]) == ['<pre class="choreo-stdout">a script\n</pre>']
    assert words(found["forms"]["4"]) == ["<pre>1</pre>"]
    assert "listed" in words(found["forms"]["1"])[0]
    assert "use a field of ipywidgets" in words(found["forms"]["2"])[0]
    assert "input()" in found["fault"]


def test_a_cell_that_is_meant_to_raise_shows_what_and_is_no_fault(tmp_path):
    found = ran(tmp_path, "1 / 0", tags=["raises-exception"])
    assert '<pre class="choreo-traceback">' in words(found["forms"]["0"])[0]
    assert found["fault"] == ""


PICTURED = "class Figure:\n    def _repr_png_(self):\n        return b'png'\nFigure()"


def test_matplotlib_s_magic_does_not_raise_without_it_and_figures_are_pictures(tmp_path):
    found = ran(tmp_path, "%matplotlib inline", PICTURED)
    assert found["fault"] == ""
    assert 'src="data:image/png;base64,cG5n"' in words(found["forms"]["1"])[0]


def test_plotly_s_figures_come_without_a_library_of_their_own(tmp_path):
    found = ran(
        tmp_path,
        "import plotly.graph_objects as go\nfig = go.Figure(go.Scatter(y=[1, 2]))\nfig",
        "fig.show()",
    )
    for forms in found["forms"].values():
        (form,) = forms
        assert form["build"] == "basic"
        assert len(json.dumps(form)) < 12_000


def test_what_is_taken_is_bounded():
    taken = Taken()
    for _ in range(5):
        taken.stream("stdout", "x" * LONGEST)
    assert len(taken.outputs[0]["text"]) == LONGEST
    for index in range(2 * MOST):
        taken.display({"text/plain": index}, {}, {})
    assert len(taken.outputs) == MOST


@pytest.mark.parametrize("value", [b"png", float("inf"), object(), {1: (2,)}])
def test_what_is_taken_is_json(value):
    taken = Taken()
    taken.display({"application/json": value}, {}, {})
    json.dumps(taken.outputs, allow_nan=False)
