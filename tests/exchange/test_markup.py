"""Texts of others: whatever they hold, they become words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from choreo.exchange.markup import from_html, literal
from choreo.views.markdown import html

TAGS = (
    "<p",
    "<script",
    "<b",
    "</b>",
    "<img src=x onerror=a()",
    ">",
    "<a href='javascript:x'",
    "</a>",
    "<svg",
    "<!--",
    "<li>",
    "&lt;",
)


@given(st.lists(st.sampled_from(TAGS) | st.text(max_size=8), max_size=14).map("".join))
def test_html_becomes_markdown_in_which_nothing_runs(text: str) -> None:
    shown = html(from_html(text)[0]).lower()
    for harm in ("<script", "<img", "<svg", "<iframe", 'href="javascript'):
        assert harm not in shown


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=40))
def test_plain_text_is_shown_as_it_is(text: str) -> None:
    shown = html(literal(f"x{text}x"))
    for tag in ("<em>", "<strong>", "<a ", "<code>", "<li>", "<h1>"):
        assert tag not in shown


def test_lists_tables_and_lines_stay_readable() -> None:
    text, dropped = from_html("<h2>Head</h2><p>One<br>two</p><ol><li>a</li><li>b<ul><li>c</li></ul></li></ol>")
    assert (text, dropped) == ("**Head**\n\nOne\ntwo\n\n1. a\n2. b\n   - c", [])
