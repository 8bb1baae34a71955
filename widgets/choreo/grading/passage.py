"""Texts with places in them: gaps to fill, and phrases to mark. In a face every place stands as `{{id}}`."""

from __future__ import annotations

import re
from collections.abc import Sequence

PLACE = re.compile(r"\{\{\s*([^{}|]*?)\s*\}\}")
PHRASE = re.compile(r"\[\[(.+?)\|\s*([^\[\]|]*?)\s*\]\]", re.DOTALL)

_HIDDEN = re.compile(r"!\[[^\]]*\{\{|\]\([^)\s]*\{\{|(?:^|\n)(?: {4}|\t)[^\n]*\{\{|`[^`\n]*\{\{[^`\n]*`")


def refuse_misplaced(field: str, text: str, known: Sequence[str], remedy: str) -> None:
    """Raise ValueError unless every name of `known` has its one place in `text`, and no other name has one.

    Places inside pictures, addresses and code are refused: nothing can be put there.
    """
    there = PLACE.findall(text)
    for name in there:
        if name not in known:
            raise ValueError(f'text: "{name}" is none of the {field} ({", ".join(known)}); add it, or change the text')
    for name in known:
        count = there.count(name)
        if count == 0:
            raise ValueError(f'{field}: "{name}" stands nowhere in the text; {remedy.format(name)}')
        if count > 1:
            raise ValueError(f'text: "{name}" stands there {count} times; leave one, and name the others differently')
    if _HIDDEN.search(text):
        raise ValueError("text: a place cannot stand inside a picture, an address or code; move it out")


def normal_places(text: str) -> str:
    """The text with every place written the same way."""
    return PLACE.sub(lambda found: "{{" + found[1] + "}}", text)
