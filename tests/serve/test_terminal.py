import pytest

from choreo.serve.json_tree import MOST, tree
from choreo.serve.terminal import as_html, plain, written_over


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("10 %\r20 %", "20 %"),
        ("longer\rx", "xonger"),
        ("a\r\nb", "a\nb"),
        ("one\ntwo\rTWO\n", "one\nTWO\n"),
        ("ab\b\bc", "c"),
        ("\b\bx", "x"),
        ("a\n\bb", "a\nb"),
        ("\r\r\r", ""),
    ],
)
def test_lines_are_written_over(text, end):
    assert written_over(text) == end


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("\x1b[31mred\x1b[0m <b>", '<span class="choreo-ansi-red">red</span> &lt;b&gt;'),
        ("\x1b[1;92mok\x1b[22m", '<span class="choreo-ansi-bold choreo-ansi-green">ok</span>'),
        ("\x1b[38;5;28mx\x1b[39my", '<span class="choreo-ansi-green">x</span>y'),
        ("\x1b[38;2;200;10;10mx", '<span class="choreo-ansi-red">x</span>'),
        ("\x1b[38;5;250mx", '<span class="choreo-ansi-white">x</span>'),
        ("\x1b[44mx\x1b[49m", '<span class="choreo-ansi-on-blue">x</span>'),
        ("\x1b[2K\x1b[1Ax\x1b]8;;u\x07", "x"),
        ("\x1b[mx\x1b[", "x"),
    ],
)
def test_colours_are_roles_of_the_page(text, html):
    assert as_html(text) == html


def test_text_without_colours_is_plain():
    assert plain("\x1b[1;31mno\x1b[0m") == "no"


def test_json_is_a_tree_whose_size_is_bounded():
    made = tree({"a": [1, {"<b>": None}]})
    assert made.count("<details") == 3
    assert made.count("<details open") == 2
    assert "&lt;b&gt;" in made
    assert tree(list(range(10 * MOST))).count("<li>") < MOST + 2
    deep = []
    for _ in range(100):
        deep = [deep]
    assert tree(deep).count("<details") == 20
