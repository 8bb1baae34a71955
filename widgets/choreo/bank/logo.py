"""A house's logo: an SVG that only draws, or a PNG, both small."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element

from choreo.bank.house import is_file_name
from choreo.bank.plain_xml import XmlError, plain_xml

LARGEST = 64 * 1024  # bytes
WIDEST = 2000  # pixels of a PNG's side
KINDS = {"svg": "image/svg+xml", "png": "image/png"}
SVG = "http://www.w3.org/2000/svg"
ACTS = frozenset(
    ("script", "foreignobject", "iframe", "object", "embed", "audio", "video", "animate", "set", "handler")
)
ELSEWHERE = re.compile(r"@import|url\(\s*['\"]?(?!#|data:image/(png|jpeg|gif))", re.IGNORECASE)


class LogoError(ValueError):
    """A logo that cannot be shown safely; the message names fault and remedy."""


@dataclass(frozen=True)
class Logo:
    """A picture that may stand on every page, as an image and never as part of the page."""

    content: bytes
    ending: str

    @property
    def kind(self) -> str:
        """Its media type."""
        return KINDS[self.ending]

    @property
    def name(self) -> str:
        """A name that carries its hash."""
        return f"logo.{hashlib.sha256(self.content).hexdigest()[:16]}.{self.ending}"

    @property
    def data(self) -> str:
        """It as an address that needs no server."""
        return f"data:{self.kind};base64,{b64encode(self.content).decode()}"


def read_logo(folder: Path, name: str) -> Logo:
    """The logo in that file of the folder; raise LogoError."""
    if not is_file_name(name):
        raise LogoError(
            f"{name} is no file beside course.yaml that ends in .svg or .png; move it there, and name it so"
        )
    path = folder / name
    if path.is_symlink():
        raise LogoError(f"{name} is a link to another place; put the file itself there")
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise LogoError(f"{name} cannot be read ({error.strerror}); put it beside course.yaml") from error
    if len(content) > LARGEST:
        raise LogoError(f"{name} is larger than {LARGEST // 1024} KB; a logo has a few, make it smaller")
    fault = _fault_of_svg(content) if name.endswith(".svg") else _fault_of_png(content)
    if fault:
        raise LogoError(f"{name} {fault}")
    return Logo(content, name.rsplit(".", 1)[1])


def _fault_of_png(content: bytes) -> str | None:
    if content[:8] != b"\x89PNG\r\n\x1a\n" or content[12:16] != b"IHDR":
        return "is no PNG; save it as one"
    width, height = (int.from_bytes(content[at : at + 4], "big") for at in (16, 20))
    if not (0 < width <= WIDEST and 0 < height <= WIDEST):
        return f"has {width} by {height} pixels; {WIDEST} a side are the most"
    return None


def _fault_of_svg(content: bytes) -> str | None:
    try:
        root = plain_xml(content)
    except XmlError as error:
        return str(error)
    if root.tag != f"{SVG}}}svg":
        return 'is no SVG; begin it with <svg xmlns="http://www.w3.org/2000/svg">'
    return next((fault for element in root.iter() if (fault := _fault_of_element(element))), None)


def _fault_of_element(element: Element) -> str | None:
    name = element.tag.rpartition("}")[2].lower()
    if name in ACTS:
        return f"has <{name}> in it, and a logo only draws; remove it"
    for attribute, value in element.attrib.items():
        short = attribute.rpartition("}")[2].lower()
        if short.startswith("on"):
            return f"does something ({short}), and a logo only draws; remove it"
        if short in ("href", "src") and not re.match(r"#|data:image/(png|jpeg|gif);", value):
            return f"asks for something elsewhere ({short}); put it into the file"
        if ELSEWHERE.search(value):
            return "asks for something elsewhere; put it into the file"
    if name == "style" and ELSEWHERE.search(element.text or ""):
        return "asks for something elsewhere in its style; put it into the file"
    return None
