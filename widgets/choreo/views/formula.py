"""Formulas: TeX as MathML, which browsers draw and read out by themselves."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape, unescape
from xml.etree.ElementTree import Element

LONGEST = 4000  # characters of a formula
LONG = 30  # letters and signs after which a formula on a line of its own may be wider than a phone
# Environments that the reader of TeX knows under another name; equations are not numbered, as in JupyterLab.
_SAME = {"aligned": "align*", "align": "align*", "split": "align*", "eqnarray": "align*", "eqnarray*": "align*"} | {
    "gathered": "gather*",
    "gather": "gather*",
    "multline": "gather*",
    "multline*": "gather*",
    "alignat": "align*",
    "alignat*": "align*",
    "flalign": "align*",
    "flalign*": "align*",
}
_ENVIRONMENT = re.compile(r"\\(begin|end)\s*\{(\w+\*?)\}")
_COLUMNS = re.compile(r"\\begin\{alignat\*?\}\s*\{\d+\}")
_LEFT_OUT = re.compile(r"\\(?:label|tag\*?|require)\s*\{[^{}]*\}|\\(?:nonumber|notag|displaystyle)(?![a-zA-Z])")
_DROPPED = ("href", "style", "class", "id")  # a formula is no way to a link or to a look of its own
# Limits of sums stand below and above where there is room: browsers know where, if it is said like this.
_LARGE = frozenset("∑∏∐⋃⋂⨁⨂⨀⋁⋀")
_LIMITS = {"msubsup": "munderover", "msub": "munder", "msup": "mover"}


class _UnreadError(ValueError):
    """A formula with something that is not known; the message is that."""


def formula(tex: str, block: bool = False) -> str:
    """The formula as MathML, on a line of its own if `block`; as its TeX where it cannot be read."""
    try:
        made = _mathml(tex, block)
    except _UnreadError:
        said = f'<code class="choreo-tex">{escape(tex.strip())}</code>'
        return f"<p>{said}</p>\n" if block else said
    if not block:
        return made
    wide = len(re.sub(r"<[^>]+>", "", made)) > LONG
    return f'<div class="choreo-formula"{" tabindex=0" if wide else ""}>{made}</div>\n'


def unread(tex: str) -> str:
    """What of a formula cannot be read, so that it is shown as TeX; "" where all can."""
    try:
        _mathml(tex, False)
    except _UnreadError as error:
        return str(error)
    return ""


@lru_cache(500)
def _mathml(tex: str, block: bool) -> str:
    from latex2mathml.converter import convert_to_element  # for lessons with formulas: none of ours has one

    if len(tex) > LONGEST:
        raise _UnreadError(f"more than {LONGEST} characters")
    text = _LEFT_OUT.sub(" ", _COLUMNS.sub(r"\\begin{align*}", tex))
    text = _ENVIRONMENT.sub(lambda found: f"\\{found[1]}{{{_SAME.get(found[2], found[2])}}}", text)
    try:
        made = convert_to_element(text, display="block" if block else "inline")
    except Exception as error:  # the reader raises whatever comes: StopIteration, KeyError, errors of its own
        raise _UnreadError(tex.strip()) from error
    return _written(made)


def _written(element: Element) -> str:
    """An element as text. The reader's own writer lets words in a formula through as markup."""
    text = unescape(element.text or "")
    if element.tag in ("mi", "mo") and (text == "&" or re.match(r"\\[a-zA-Z]", text)):
        raise _UnreadError(text)
    attributes = "".join(
        f' {name}="{escape(unescape(value))}"'
        for name, value in element.attrib.items()
        if name not in _DROPPED and re.fullmatch(r"[a-z]+", name) and not name.startswith("on")
    )
    large = len(element) > 0 and element[0].tag == "mo" and unescape(element[0].text or "") in _LARGE
    tag = _LIMITS.get(element.tag, element.tag) if large else element.tag
    inner = escape(text, quote=False) + "".join(map(_written, element))
    return f"<{tag}{attributes}>{inner}</{tag}>" + escape(unescape(element.tail or ""), quote=False)
