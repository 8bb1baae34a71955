"""The course's own typeface, for headings and prose: where its files are, and the rules that bring them to a page.

Only pages with an address of their own have it; in a notebook, theme.css falls back on each system's best.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from choreo.bank.files import files

TYPE = Path(__file__).parent / "type"
FILES = {path.name: path for path in files(TYPE, "*.woff2")}
MORE = "U+0100-017F"  # letters of Central and Northern Europe, in names

# "optional": text never waits for it and never moves; who comes for the second time has it.
RULE = (
    '@font-face {{ font-family: "Choreo Prose"; font-style: {style}; font-weight: {weight}; font-display: optional; '
    'src: url("{url}") format("woff2"){range}; }}\n'
)


def faces(address: Callable[[str], str]) -> str:
    """The @font-face rules; `address` says where a file of FILES is served."""
    return "".join(
        RULE.format(style=style, weight=weight, url=address(name), range=f"; unicode-range: {only}" if only else "")
        for name, style, weight, only in (
            ("prose.woff2", "normal", "400 700", ""),
            ("prose-more.woff2", "normal", "400 700", MORE),
            ("prose-italic.woff2", "italic", "400", ""),
        )
    )
