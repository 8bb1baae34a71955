"""Authors' Markdown."""

from __future__ import annotations

import pytest

from choreo.views.markdown import html, line


def test_a_line_has_no_paragraph_around_it() -> None:
    assert line("a *word*") == "a <em>word</em>"
    assert html("a *word*") == "<p>a <em>word</em></p>\n"


@pytest.mark.parametrize("text", ["<img src=x onerror=alert(1)>", "<b>x</b>", "<!-- x -->", "a\n\n<div>x</div>"])
def test_html_is_shown_as_text(text: str) -> None:
    assert "&lt;" in html(text)
    assert "&lt;" in line(text)


@pytest.mark.parametrize("address", ["javascript:alert(1)", "vbscript:x", "data:text/html,x", "file:///etc/passwd"])
def test_links_that_could_run_are_no_links(address: str) -> None:
    assert "<a" not in html(f"[x]({address})")


def test_links_hand_nothing_to_the_page_they_open() -> None:
    assert 'rel="noopener noreferrer"' in html("[x](https://example.org)")
    assert 'target="_blank"' in html("[x](https://example.org)")
    assert "target" not in html("[x](#here)")


FOLD = "Before.\n\n<details>\n<summary>The *studies*</summary>\n\n- one\n- two <b>x</b>\n\n</details>\n\nAfter."


def test_what_may_stay_folded_is_markdown_inside() -> None:
    shown = html(FOLD)
    assert "<details><summary>The <em>studies</em></summary><ul>" in shown.replace("\n", "")
    assert "&lt;b&gt;" in shown
    assert shown.replace("\n", "").endswith("</ul></details><p>After.</p>")


@pytest.mark.parametrize(
    "text",
    [
        "<details>\nno summary\n</details>",
        "<details>\n<summary>never closed</summary>\n\ntext",
        "<details open>\n<summary>x</summary>\n</details>",
        "<details>",
    ],
)
def test_half_a_fold_is_shown_as_text(text: str) -> None:
    assert "<details" not in html(text)
    assert "&lt;details" in html(text)
