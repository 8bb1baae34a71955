"""How each model works: a page of its own record that needs no script, no cookie and no learner."""

from __future__ import annotations

import ast
import re
from html import unescape

from tests.hub.visiting import Hub

from choreo.hub.models import highlighted
from choreo.models.record import names, parameters, record, results, source


def test_a_models_page_says_all_there_is_and_makes_nobody_a_learner(hub: Hub) -> None:
    for name in names():
        says_all_there_is(hub, name)


def says_all_there_is(hub: Hub, name: str) -> None:
    reply = hub.browser().get(f"/models/{name.replace('_', '-')}")
    assert (reply.status_code, reply.headers.get("set-cookie")) == (200, None)
    page = unescape(reply.text)
    found = record(name)
    assert found is not None
    for text in (found.title, *found.rule, *found.papers, found.left_out, found.ours):
        assert text in page
    for group in parameters(name):
        assert all(f"<code>{spec.name}</code>" in page and spec.meaning in page for spec in group.specs())
    for row in (*results(name), *results(found.based_on)):
        assert all(text in page for text in (row.what, row.reference, row.ours))
    shown = re.search(r"<pre[^>]*><code>(.*?)</code></pre>", reply.text, re.DOTALL)
    assert shown
    assert unescape(re.sub(r"</?span[^>]*>", "", shown[1])) == source(name)


def test_the_index_leads_to_every_model(hub: Hub) -> None:
    page = hub.browser().get("/models").text
    assert re.findall(r'href="/models/([a-z-]+)"', page) == [name.replace("_", "-") for name in names()]


def test_there_is_no_page_of_what_is_no_model(hub: Hub) -> None:
    for name in ("nothing", "record", "parameter", "..%2Frecord", "culture.py", "Culture"):
        assert hub.browser().get(f"/models/{name}").status_code == 404, name


def test_code_stays_text() -> None:
    code = 'x = "<b>" + f"{y}&"  # <i>\nif x:\n    pass\n'
    marked = highlighted(code)
    assert "<b>" not in marked
    assert ast.dump(ast.parse(unescape(re.sub(r"</?span[^>]*>", "", marked)))) == ast.dump(ast.parse(code))
    assert '<span class="choreo-source-word">if</span>' in marked
    assert highlighted("x = '''<b>") == "x = &#39;&#39;&#39;&lt;b&gt;"
