"""Who offers the course: a name, a logo, colours, an imprint, as `house` in course.yaml says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from choreo.bank.contrast import AA, apart, contrast, least, mixed, readable
from choreo.grading.exercise import Record
from choreo.grading.faults import FaultsError, Place


def _colour(text: str) -> str:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", text):
        raise ValueError(f'{text} is no colour; write one as "#0b5cad", between quotation marks.')
    return text.lower()


def _line(text: str) -> str:
    return " ".join(text.split())


Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60), AfterValidator(_line)]
Imprint = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1500)]
Colour = Annotated[str, AfterValidator(_colour)]

NAME = "Choreo"  # while nobody names another

# What theme.css says of both schemes: on what a role's colour stands, what stands on it, and how much of it is in its wash.
ROLES = {
    "light": {"you": "#0b5cad", "others": "#b34700", "goal": "#0a6b52", "apart": "#86358f"},
    "dark": {"you": "#7fb8f5", "others": "#f5a262", "goal": "#5fceab", "apart": "#dd9be5"},
}
GROUNDS = {"light": ("#fbf8f2", "#ffffff", "#f1ece2"), "dark": ("#17191d", "#1f2228", "#2a2e35")}
ON_ROLE = {"light": "#ffffff", "dark": "#14161a"}
WASH = {"light": ("#ffffff", 0.9), "dark": ("#17191d", 0.84)}
NEAREST = 4.5  # distance at which two roles are just told apart by everybody


class Shades(Record):
    """A colour by day and by night."""

    light: Colour
    dark: Colour


class Colours(Record):
    """Other colours for the four roles."""

    you: Shades | None = Field(default=None, description="What the learner did; links and buttons.")
    others: Shades | None = Field(default=None, description="What the model or the room did.")
    goal: Shades | None = Field(default=None, description="The goal, and what is well.")
    apart: Shades | None = Field(default=None, description="What is apart, or asks for care.")

    @model_validator(mode="after")
    def _can_be_read_and_told_apart(self) -> Colours:
        found = [*self._unreadable(), *self._alike()]
        if found:
            raise FaultsError(found)
        return self

    @property
    def own(self) -> dict[str, Shades]:
        """Those that are not as they are anyway."""
        return {role: shades for role in ROLES["light"] if (shades := getattr(self, role)) is not None}

    def _unreadable(self) -> Iterator[tuple[Place, str]]:
        for role, shades in self.own.items():
            for scheme in ROLES:
                colour = getattr(shades, scheme)
                grounds = (*GROUNDS[scheme], wash(colour, scheme), ON_ROLE[scheme])
                ratio, ground = least(colour, grounds)
                if ratio < AA:
                    towards, how = ("#000000", "darker") if scheme == "light" else ("#ffffff", "lighter")
                    shade = readable(colour, (*GROUNDS[scheme], ON_ROLE[scheme]), towards)
                    remedy = f'make it {how}, as "{shade}"' if shade else "choose another"
                    yield (
                        (role, scheme),
                        f"{colour} on {ground} has a contrast of {ratio:.2f} to 1, and text needs {AA}; {remedy}.",
                    )

    def _alike(self) -> Iterator[tuple[Place, str]]:
        for scheme, usual in ROLES.items():
            colours = usual | {role: getattr(shades, scheme) for role, shades in self.own.items()}
            for one, other in combinations(colours, 2):
                distance, sight = apart(colours[one], colours[other])
                if distance < NEAREST and {one, other} & set(self.own):
                    mine = other if other in self.own else one
                    remedy = "make one much lighter, or choose another hue"
                    yield (
                        (mine, scheme),
                        f"{colours[one]} ({one}) and {colours[other]} ({other}) are the same for {sight}; {remedy}.",
                    )


class House(Record):
    """Who offers the course."""

    name: Line = NAME
    logo: str | None = Field(default=None, description="An SVG or PNG file beside course.yaml.")
    colours: Colours = Colours()
    imprint: Imprint | None = Field(
        default=None, description="Markdown: who answers for the course, and how to reach them."
    )

    @property
    def style(self) -> str:
        """What its colours replace in theme.css; empty where it has none. It holds wherever theme.css comes in, also later."""
        if not self.colours.own:
            return ""
        light, dark = (_rules(self.colours, scheme) for scheme in ROLES)
        return (
            f":root:root {{ {light} }}\n@media screen and (prefers-color-scheme: dark) {{ :root:root {{ {dark} }} }}\n"
        )


def _rules(colours: Colours, scheme: str) -> str:
    shades = {role: getattr(own, scheme) for role, own in colours.own.items()}
    return " ".join(
        f"--choreo-{role}: {colour}; --choreo-{role}-wash: {wash(colour, scheme)};" for role, colour in shades.items()
    )


def wash(colour: str, scheme: str) -> str:
    """A thin layer of a colour, to write on in the ink of the page; so thin that the colour itself can be read on it."""
    ground, share = WASH[scheme]
    while share < 1 and contrast(colour, mixed(colour, ground, share)) < AA:
        share += 0.02
    return mixed(colour, ground, min(share, 1.0))


def is_file_name(name: str) -> bool:
    """Whether a logo's name is one of a file in the same folder."""
    return bool(re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}\.(svg|png)", name))
