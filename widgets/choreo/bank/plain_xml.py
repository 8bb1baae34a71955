"""XML that only says what it says: no document type, no entities, nothing from elsewhere."""

from __future__ import annotations

from typing import NoReturn
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers.expat import ExpatError, ParserCreate

DEEPEST = 60  # elements within each other


class XmlError(ValueError):
    """A text that is no XML, or more than plain XML; the message names fault and remedy."""


def plain_xml(content: bytes) -> Element:
    """The root of a document; raise XmlError for what is broken, nested without end, or could mean something else elsewhere."""
    builder = TreeBuilder()
    parser = ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    depth = 0

    def refuse(*_: object) -> NoReturn:
        raise XmlError("has a document type (<!DOCTYPE), which may bring in anything; remove it")

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise XmlError(f"has more than {DEEPEST} elements within each other; write it flatter")
        builder.start(name, attributes)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(name)

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = builder.data
    try:
        parser.Parse(content, True)
    except ExpatError as error:
        raise XmlError(f"is no XML (line {error.lineno}: {error}); mend it") from error
    return builder.close()
