"""Who offers the course: colours that can be read, a logo that only draws, and every fault with its remedy."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from choreo.bank.contrast import AA, apart, contrast, least
from choreo.bank.course import load_course
from choreo.bank.fault import BankError
from choreo.bank.house import GROUNDS, ON_ROLE, ROLES, Colours, wash
from choreo.bank.logo import LARGEST, LogoError, read_logo
from choreo.views.source import VIEWS

COURSE = "title: T\npromise: P\nlessons: []\nhouse:\n"
PLAIN = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><circle r="2" fill="url(#a)"/></svg>'
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (20).to_bytes(4, "big") + (10).to_bytes(4, "big") + bytes(10)


def faults(folder: Path, house: str) -> str:
    (folder / "course.yaml").write_text(COURSE + house, encoding="utf-8")
    with pytest.raises(BankError) as found:
        load_course(folder)
    return str(found.value)


def test_the_theme_says_what_colours_are_measured_against() -> None:
    light, dark = (
        dict(re.findall(r"--choreo-([\w-]+): (#[0-9a-fA-F]{6})", part))
        for part in (VIEWS / "theme.css").read_text().split("@media (prefers-color-scheme: dark)")
    )
    for scheme, theme in (("light", light), ("dark", dark)):
        assert GROUNDS[scheme] == tuple(theme[name] for name in ("paper", "card", "sunk"))
        assert ROLES[scheme] == {role: theme[role] for role in ROLES[scheme]}
        assert ON_ROLE[scheme] == theme["on-role"]


@given(st.sampled_from(list(ROLES["light"])), *[st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)] * 2)
def test_colours_that_are_taken_can_be_read_and_told_apart(role: str, light: str, dark: str) -> None:
    try:
        Colours.model_validate({role: {"light": light, "dark": dark}})
    except ValidationError as error:
        told = str(error)
        assert re.search(r"contrast of \d+\.\d\d to 1, and text needs 4.5; |are the same for", told)
        return
    for scheme, colour in (("light", light), ("dark", dark)):
        assert least(colour, (*GROUNDS[scheme], wash(colour, scheme), ON_ROLE[scheme]))[0] >= AA
        others = [other for name, other in ROLES[scheme].items() if name != role]
        assert min(apart(colour, other)[0] for other in others) > 0


def test_a_colour_is_refused_with_its_ratio_and_a_shade_that_is_taken(tmp_path: Path) -> None:
    told = faults(tmp_path, '  colours:\n    you: {light: "#3399ff", dark: "#003366"}\n')
    assert "house.colours.you.light: #3399ff on #f1ece2 has a contrast of 2.50 to 1" in told
    remedies = re.findall(r'as "(#[0-9a-f]{6})"', told)
    (tmp_path / "course.yaml").write_text(
        COURSE + f'  colours:\n    you: {{light: "{remedies[0]}", dark: "{remedies[1]}"}}\n', encoding="utf-8"
    )
    house = load_course(tmp_path).house
    assert f"--choreo-you: {remedies[0]};" in house.style
    assert contrast(remedies[0], "#f1ece2") >= AA


@pytest.mark.parametrize(
    ("house", "fault"),
    [
        ('  colours:\n    goal: {light: "#0a6b52", dark: "#f5a262"}\n', "(others) and #f5a262 (goal) are the same for"),
        ('  colours:\n    you: {light: blue, dark: "#7fb8f5"}\n', 'blue is no colour; write one as "#0b5cad"'),
        ('  colours:\n    you: {light: "#0b5cad"}\n', "dark: is missing"),
        ('  name: ""\n', "house.name: is empty"),
        ("  logo: ../logo.svg\n", "is no file beside course.yaml"),
        ("  logo: logo.jpg\n", "ends in .svg or .png"),
        ("  logo: logo.svg\n", "cannot be read"),
        ("  nmae: x\n", "unknown field"),
    ],
)
def test_what_a_house_cannot_wear_is_named(tmp_path: Path, house: str, fault: str) -> None:
    assert fault in faults(tmp_path, house)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ('<!DOCTYPE svg [<!ENTITY a "b">]>' + PLAIN, "document type"),
        (PLAIN.replace("<circle", "<script>alert(1)</script><circle"), "has <script> in it"),
        (PLAIN.replace("<circle", "<foreignObject/><circle"), "has <foreignobject> in it"),
        (PLAIN.replace("<circle", '<circle onload="a()"'), "does something (onload)"),
        (
            PLAIN.replace("<circle", '<image href="https://elsewhere.example/x.png"/><circle'),
            "asks for something elsewhere",
        ),
        (PLAIN.replace("<circle", '<use href="javascript:a()"/><circle'), "asks for something elsewhere"),
        (
            PLAIN.replace("<circle", "<style>@import url(//x)</style><circle"),
            "asks for something elsewhere in its style",
        ),
        (PLAIN.replace("url(#a)", "url(https://x)"), "asks for something elsewhere"),
        ("<html/>", "is no SVG"),
        ("", "no XML"),
        (PLAIN + " " * LARGEST, "larger than 64 KB"),
    ],
)
def test_a_logo_that_does_more_than_draw_is_refused(tmp_path: Path, content: str, fault: str) -> None:
    (tmp_path / "logo.svg").write_text(content)
    with pytest.raises(LogoError) as found:
        read_logo(tmp_path, "logo.svg")
    assert fault in str(found.value)


def test_pictures_that_only_draw_are_taken(tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_text(PLAIN)
    (tmp_path / "logo.png").write_bytes(PNG)
    assert read_logo(tmp_path, "logo.svg").kind == "image/svg+xml"
    assert read_logo(tmp_path, "logo.png").name.endswith(".png")
    (tmp_path / "huge.png").write_bytes(PNG.replace((20).to_bytes(4, "big"), (9000).to_bytes(4, "big")))
    with pytest.raises(LogoError, match="9000 by 10 pixels"):
        read_logo(tmp_path, "huge.png")
    (tmp_path / "link.svg").symlink_to(tmp_path / "logo.svg")
    with pytest.raises(LogoError, match="link to another place"):
        read_logo(tmp_path, "link.svg")
