"""What programs write for a terminal, as HTML: colours, lines that are written over, characters that are taken back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from colorsys import rgb_to_hls
from html import escape

ESCAPE = re.compile(r"\x1b\[([\d;]*)m|\x1b\[[\d;?]*[A-Za-z]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b.")
COLOURS = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")
HUES = ("red", "yellow", "green", "cyan", "blue", "magenta")  # from 0 degrees in steps of 60
LOOKS = {1: "bold", 3: "italic", 4: "under", 7: "inverse", 9: "struck"}
ENDS = {22: "bold", 23: "italic", 24: "under", 27: "inverse", 29: "struck"}
GREY = 0.25  # saturation below which a colour is none


def as_html(text: str) -> str:
    """Text as it stands in a terminal in the end."""
    parts, looks = [], dict[str, str]()
    for plain, codes in _pieces(written_over(text)):
        if plain:
            classes = " ".join(f"choreo-ansi-{look}" for look in looks.values())
            parts.append(
                f'<span class="{classes}">{escape(plain, quote=False)}</span>' if looks else escape(plain, quote=False)
            )
        _follow(codes, looks)
    return "".join(parts)


def written_over(text: str) -> str:
    """Text after its carriage returns and backspaces: of a progress bar, its end."""
    if "\b" in text:
        kept: list[str] = []
        for character in text:
            if character != "\b":
                kept.append(character)
            elif kept and kept[-1] != "\n":
                kept.pop()
        text = "".join(kept)
    if "\r" not in text:
        return text
    return "\n".join(_last(line) for line in re.sub(r"\r+\n", "\n", text).split("\n"))


def plain(text: str) -> str:
    """Text without what steers a terminal."""
    return ESCAPE.sub("", text)


def _last(line: str) -> str:
    shown = ""
    for part in line.split("\r"):
        shown = part + shown[len(part) :] if "\x1b" not in part else part or shown
    return shown


def _pieces(text: str) -> Iterator[tuple[str, list[int]]]:
    """The text between two escapes, and the codes of the second; other escapes than those for looks say nothing."""
    at = 0
    for found in ESCAPE.finditer(text):
        codes = [int(code or 0) for code in found[1].split(";")] if found[1] is not None else []
        yield text[at : found.start()], codes
        at = found.end()
    yield text[at:], []


def _follow(codes: list[int], looks: dict[str, str]) -> None:
    rest = iter(codes)
    for code in rest:
        if code == 0:
            looks.clear()
        elif code in LOOKS:
            looks[LOOKS[code]] = LOOKS[code]
        elif code in ENDS:
            looks.pop(ENDS[code], None)
        elif code in (38, 48):
            colour = _named(rest)
            _set(looks, "colour" if code == 38 else "ground", colour)
        elif code in (39, 49):
            looks.pop("colour" if code == 39 else "ground", None)
        elif 30 <= code % 60 <= 37 and code < 98:  # 30 to 37, and 90 to 97, which are the same and brighter
            _set(looks, "colour", COLOURS[code % 10])
        elif 40 <= code % 60 <= 47 and code < 108:
            _set(looks, "ground", COLOURS[code % 10])


def _set(looks: dict[str, str], what: str, colour: str) -> None:
    looks[what] = colour if what == "colour" else f"on-{colour}"


def _named(rest: Iterator[int]) -> str:
    """The nearest of the eight colours to one of 256 or of 16 million: those can be read on light and on dark."""
    kind = next(rest, 5)
    if kind == 2:
        red, green, blue = (next(rest, 0) for _ in range(3))
    else:
        index = next(rest, 0)
        if index < 16:
            return COLOURS[index % 8]
        if index >= 232:
            red = green = blue = 8 + 10 * (index - 232)
        else:
            red, green, blue = (51 * ((index - 16) // step % 6) for step in (36, 6, 1))
    hue, light, saturation = rgb_to_hls(red / 255, green / 255, blue / 255)
    if saturation < GREY:
        return "black" if light < 0.5 else "white"
    return HUES[round(6 * hue) % 6]
