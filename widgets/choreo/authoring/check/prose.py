"""What a reader would not see in a notebook's text: pictures that are not there, and HTML, which is shown as it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

from markdown_it.token import Token

from choreo.authoring.check.notebook import Cell, Fault, Notebook
from choreo.grading.faults import nearest
from choreo.views.markdown import tokens
from choreo.views.prose import read

ALT = "a picture has no text for those who cannot see it; write ![what it shows](...)."
_TAGS = (
    "a|abbr|area|article|aside|audio|b|base|big|blockquote|body|br|button|canvas|caption|center|cite|"
    "code|col|colgroup|dd|del|details|dfn|dialog|div|dl|dt|em|embed|fieldset|figcaption|figure|font|"
    "footer|form|h1|h2|h3|h4|h5|h6|head|header|hr|html|i|iframe|img|input|ins|kbd|label|legend|"
    "li|link|main|map|mark|math|menu|meta|meter|nav|object|ol|optgroup|option|output|p|picture|pre|"
    "progress|q|s|samp|script|section|select|small|source|span|strong|style|sub|summary|sup|svg|"
    "table|tbody|td|template|textarea|tfoot|th|thead|time|title|tr|track|u|ul|var|video|wbr"
)
_GIVEN = r"\s[^<>]*=[^<>]*|\s+(?:open|controls|hidden|disabled|autoplay|loop|muted|async|defer)\b[^<>]*"
_HTML = re.compile(rf"<!--|</?(?:{_TAGS})(?:{_GIVEN})?\s*/?>", re.IGNORECASE)
_IMG = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([\w-]+)\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s>]+)")
_ROOTED = re.compile(r"/(?!/)")  # an address from the root of the host
_SPACED = re.compile(r"!\[[^\]\n]*\]\(\s*([^()<>\n\"']*[^()<>\s\"'] +[^()<>\n\"']*?)\s*\)")


def prose_faults(notebook: Notebook) -> Iterator[Fault]:
    """What of the text does not come to a reader, with its cell and line."""
    for cell in notebook.prose():
        attached = cell.raw.get("attachments")
        prose = read(cell.source, attached)
        for block in prose.tokens:
            yield from _block_faults(block, cell, notebook.path.parent)
        yield from (Fault(cell.number, 0, text) for text in prose.unshown())


def text_faults(text: str, folder: Path) -> Iterator[str]:
    """The same for a text of an exercise, whose pictures lie beside the notebooks in `folder`."""
    if "<" not in text and "](" not in text:
        return
    cell = Cell(0, "markdown", text, {})
    for block in tokens(text):
        yield from (fault.text for fault in _block_faults(block, cell, folder) if fault.text != ALT)


def _block_faults(block: Token, cell: Cell, folder: Path) -> Iterator[Fault]:
    if not block.children and block.type != "html_block":
        return
    first = (block.map or [0])[0]
    lines = cell.source.splitlines()[first : (block.map or [0, 0])[1]]

    def at(text: str) -> int:
        return first + 1 + next((number for number, line in enumerate(lines) if text in line), 0)

    for part in block.children or [block]:
        if part.type == "image":
            source = str(part.attrGet("src") or "")
            line = at(source) if source in block.content else at("![")
            faults = _picture_faults(part.content, source, cell, folder)
            yield from (Fault(cell.number, line, fault) for fault in faults)
        elif part.type == "link_open" and _ROOTED.match(address := str(part.attrGet("href") or "")):
            better = f"write ../..{address}" if cell.number else "say in words where to go"
            fault = f'the link "{address}" is lost where a path stands in front of the course; {better}.'
            yield Fault(cell.number, at(address), fault)
        elif part.type in ("html_inline", "html_block"):
            for tag in _IMG.findall(part.content):
                given = {name.lower(): value.strip("\"'") for name, value in _ATTRIBUTE.findall(tag)}
                faults = _picture_faults(given.get("alt", ""), given.get("src", ""), cell, folder)
                yield from (Fault(cell.number, at(tag.splitlines()[0]), fault) for fault in faults)
        elif part.type == "text":
            if found := _HTML.search(part.content):
                fault = f"{found[0]} is HTML and will be shown as text; {_instead(found[0])}"
                yield Fault(cell.number, at(found[0]), fault)
            for spaced in _SPACED.finditer(part.content):
                better = spaced[1].replace(" ", "%20")
                yield Fault(
                    cell.number, at(spaced[1]), f"this is no picture, because its name has a space; write ({better})."
                )


def _instead(tag: str) -> str:
    name = tag.strip("<>/! -").split()[0].lower() if tag.strip("<>/! -") else ""
    known = {
        "img": "write ![what it shows](picture.png).",
        "b": "write **so**.",
        "strong": "write **so**.",
        "i": "write *so*.",
        "em": "write *so*.",
        "a": "write [words](address).",
        "br": r"end the line with \, or leave a line empty.",
        "details": "give <details>, <summary>...</summary> and </details> a line of their own each.",
        "summary": "give <details>, <summary>...</summary> and </details> a line of their own each.",
    }
    return known.get(name, "write Markdown, or put it between ` if it is meant to be read.")


def _picture_faults(alt: str, source: str, cell: Cell, folder: Path) -> Iterator[str]:
    if not alt.strip():
        yield ALT
    address = urlsplit(source)
    if address.scheme == "attachment":
        name, known = unquote(address.path), list(cell.raw.get("attachments") or ())
        if name not in known:
            yield f'the picture "{name}" is not attached to this cell; {nearest(name, known) if known else "insert it again."}'
    elif address.scheme in ("http", "https") or address.netloc:
        yield f"the picture lies on {address.netloc}, and a lesson loads nothing from elsewhere; put it beside the notebook."
    elif not address.scheme and not address.path.startswith("/"):
        yield from _missing(unquote(address.path), folder)


def _missing(name: str, folder: Path) -> Iterator[str]:
    path = folder / name
    beside = _names(path.parent)
    if path.name not in beside or not path.is_file():
        near = nearest(path.name, beside) if beside else "put it there."
        remedy = near if near.startswith("did you") else "put it there, or correct its name."
        yield f'the picture "{name}" is not in {path.parent.name}/; {remedy}'


def _names(folder: Path) -> Sequence[str]:
    """The files in a folder, spelled as they are: a Mac finds Plaza.PNG as plaza.png, a server does not."""
    return sorted(path.name for path in folder.iterdir() if path.is_file()) if folder.is_dir() else []
