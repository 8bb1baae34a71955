"""What a notebook's Markdown shows."""

from __future__ import annotations

import pytest

from choreo.views.formula import LONGEST, formula, unread
from choreo.views.markdown import html
from choreo.views.prose import read


def shown(text: str) -> str:
    return read(text, cell=3).html()


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("~~gone~~", "<s>gone</s>"),
        ("- [ ] a\n- [x] b", 'aria-label="done">☑</span> b'),
        ("$x_i$", "<msub><mi>x</mi><mi>i</mi></msub>"),
        ("$ x_i $", "<msub>"),
        (r"\\(x_i\\)", "<msub>"),
        ("$$\n\\frac{a}{b}\n$$", '<div class="choreo-formula"><math'),
        ("words $$x$$ words", 'display="block"'),
        ("\\begin{align}\na &= b \\\\\nc &= d\n\\end{align}", "<mtable"),
        ("\\begin{equation}\nx\n\\end{equation}", "<math"),
        ("$\\begin{aligned}a&=b\\\\c&=d\\end{aligned}$", "<mtable"),
    ],
)
def test_what_jupyter_shows_is_shown_in_exercises_and_notebooks(text: str, part: str) -> None:
    assert part in html(text)
    assert part in shown(text)


def test_money_is_no_formula() -> None:
    assert "<math" not in shown("It costs $5 here and $10 there, or $ 20.")


@pytest.mark.parametrize(
    "tex", ["\\text{<script>alert(1)</script>}", "\\href{javascript:alert(1)}{x}", 'x"onclick="y', "\\style{a:b}{x}"]
)
def test_a_formula_brings_no_markup(tex: str) -> None:
    made = formula(tex)
    assert "<script" not in made
    assert "href" not in made
    assert "style=" not in made
    assert " onclick" not in made


@pytest.mark.parametrize("tex", ["\\foo{x}", "\\left( x", "{" * 40, "x" * (LONGEST + 1), "a & b"])
def test_a_formula_that_cannot_be_read_is_shown_as_tex_and_told_by_the_check(tex: str) -> None:
    assert unread(tex)
    assert '<code class="choreo-tex">' in formula(tex)
    assert unread("x") == ""


def test_notes_stand_at_the_foot_and_lead_back() -> None:
    made = shown("Words[^a].\n\n[^a]: A note.")
    assert '<a href="#fn-3-1" id="fnref-3-1">' in made
    assert '<a href="#fnref-3-1" aria-label="Back to the text">' in made


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('<img src="a.png" width="30" onerror="x()">', '<img src="a.png" width="30" alt="">'),
        ("H<sub>2</sub>O<br>", "H<sub>2</sub>O<br>"),
        ('<a href="javascript:x()">x</a>', '<a rel="noopener noreferrer">x</a>'),
        ("<b>open", "<b>open</b>"),
        ("shut</b>", "shut"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("a < b and c", "a &lt; b and c"),
        ("<!-- aside -->", ""),
    ],
)
def test_html_that_runs_nothing_is_html_and_the_rest_is_text(text: str, expected: str) -> None:
    made = shown(text).strip()
    assert made.removeprefix("<p>").removesuffix("</p>").strip() == expected


def test_a_film_has_controls_and_captions() -> None:
    made = shown('<video src="clip.mp4">\n<track kind="captions" src="clip.vtt" srclang="en" default>\n</video>')
    assert '<video src="clip.mp4" controls="" preload="metadata">' in made
    assert '<track kind="captions" src="clip.vtt" srclang="en" default="">' in made
    assert made.rstrip().endswith("</video></p>") or made.rstrip().endswith("</video>")


@pytest.mark.parametrize("text", ["![Map](https://x.org/a.png)", '<img alt="Map" src="//x.org/a.png">'])
def test_nothing_is_fetched_from_another_host(text: str) -> None:
    made = shown(text)
    assert "<img" not in made
    assert "Map (at x.org, not fetched from there)</a>" in made


def test_the_check_is_told_what_cannot_be_shown() -> None:
    found = read("<iframe src=x></iframe>\n\n$\\foo$ <b>fine</b>").unshown()
    assert len(found) == 2
    assert "<iframe>" in found[0]
    assert "\\foo" in found[1]
    assert read("# Fine\n\n$x$ `<iframe>`").unshown() == []


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ('<img src="//x.org/a.png">', "//x.org/a.png is not fetched"),
        ('<iframe src="https://x.org/a"></iframe>', "https://x.org/a is not fetched"),
    ],
)
def test_the_check_is_told_of_pictures_that_cannot_be_there(text: str, part: str) -> None:
    (found,) = read(text).unshown()
    assert part in found
