"""Questions out of GIFT."""

from __future__ import annotations

import re
from collections.abc import Iterator

from choreo.exchange.fresh import Fresh, Left, plain
from choreo.exchange.made import (
    UNREAD,
    Gap,
    Given,
    Head,
    NoExerciseError,
    choice,
    cloze,
    estimate,
    match,
    order,
    refuse_length,
    written,
)
from choreo.exchange.markup import from_html, from_markdown, literal, printable

FORMAT = re.compile(r"\s*\[(html|markdown|plain|moodle)\]")
SHARE = re.compile(r"\s*%(-?\d+(?:\.\d+)?)%")
NUMBER = r"-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?"
KEPT = {"n": "\n"}
MOST = 2000  # questions of a file


def read_gift(text: str) -> Iterator[Fresh | Left]:
    """What each question of the file makes, in its order."""
    for number, block in enumerate(_blocks(printable(text).lstrip("\ufeff")), start=1):
        if number > MOST:
            yield Left(f"Question {number} and on", f"more than {MOST} questions; split the file")
            return
        title, rest = _title(block, f"Question {number}")
        try:
            yield _question(title, rest)
        except NoExerciseError as error:
            yield Left(title, str(error))


def _blocks(text: str) -> Iterator[str]:
    """Questions are apart by blank lines; comments and categories are no question."""
    lines: list[str] = []
    depth = 0  # of brackets: a blank line within them parts nothing
    for line in [*text.split("\n"), ""]:
        if line.strip():
            if not line.lstrip().startswith(("//", "$CATEGORY:")):
                lines.append(line)
                bare = re.sub(r"\\.", "", line)
                depth += bare.count("{") - bare.count("}")
        elif lines and depth <= 0:
            yield "\n".join(lines).strip()
            lines, depth = [], 0
    if lines:
        yield "\n".join(lines).strip()


def _title(block: str, name: str) -> tuple[str, str]:
    found = re.match(r"::((?:\\.|[^\\])*?)::", block, re.DOTALL)
    if not found:
        return name, block
    return plain(_plain(found[1])) or name, block[found.end() :]


def _question(title: str, text: str) -> Fresh:
    form, text = _form(text, "moodle")
    refuse_length(text)
    opens = re.search(r"(?<!\\)(?:\\\\)*\{", text)
    found = re.compile(r"((?:\\.|[^\\}])*)\}", re.DOTALL).match(text, opens.end()) if opens else None
    if not opens or not found:
        raise NoExerciseError("it asks for no answer; write {} behind it with what is right, and close them")
    before, inner, after = text[: opens.end() - 1], found[1].strip(), text[found.end() :]
    general = ""
    if (split := re.search(r"(?<!\\)####", inner)) is not None:
        inner, general = inner[: split.start()].strip(), inner[split.end() :]
    head = Head(title, "")
    head.general = _said(general, form, head)
    opening, closing = _said(before, form, head), _said(after, form, head)
    head.prompt = opening
    if inner.startswith(">"):
        steps = [_said(line, form, head) for line in inner.split("\n")[1:] if line.strip()]
        return order(head, steps)
    if inner == "":
        return written(head)
    if inner.startswith("#"):
        return _number(head, inner[1:], form)
    if (truth := re.fullmatch(r"(TRUE|FALSE|T|F)(?:#(.*))?", inner, re.DOTALL | re.IGNORECASE)) is not None:
        return _true_or_false(head, truth[1].upper().startswith("T"), truth[2] or "", form)
    return _answers(head, inner, form, opening, closing)


def _answers(head: Head, inner: str, form: str, opening: str, closing: str) -> Fresh:
    parts = [
        (part[0], _share(part[0], part[1:])) for part in re.split(r"(?<!\\)(?=[=~])", inner) if part[:1] in ("=", "~")
    ]
    if not parts:
        raise NoExerciseError("what stands in its brackets is no answer; begin each with = or ~")
    if all(mark == "=" and re.search(r"(?<!\\)->", text) for mark, (_, text) in parts):
        sides = [
            tuple(_said(side, form, head) for side in re.split(r"(?<!\\)->", text, maxsplit=1))
            for _, (_, text) in parts
        ]
        return match(
            head, [(left, right) for left, right in sides if left], [right for left, right in sides if not left]
        )
    given = [_given(share, text, form, head) for _, (share, text) in parts]
    typed = all(mark == "=" for mark, _ in parts)
    if closing or typed:
        space = "" if closing[:1] in ".,;:!?)" else " "
        place = f"{opening} {{{{0}}}}{space}{closing}".strip() if closing else "{{0}}"
        head.prompt = "Fill the gap." if closing else opening
        return cloze(head, place, [Gap(not typed, tuple(given))])
    return choice(head, given, several=not any(mark == "=" for mark, _ in parts))


def _share(mark: str, text: str) -> tuple[float, str]:
    found = SHARE.match(text)
    if found:
        return float(found[1]) / 100, text[found.end() :]
    return float(mark == "="), text


def _given(share: float, text: str, form: str, head: Head) -> Given:
    answer, said = _cut(text)
    return Given(_said(answer, form, head), share, _said(said, form, head))


def _cut(text: str) -> tuple[str, str]:
    found = re.search(r"(?<!\\)#", text)
    return (text[: found.start()], text[found.end() :]) if found else (text, "")


def _true_or_false(head: Head, true: bool, said: str, form: str) -> Fresh:
    wrong, right = (_said(part, form, head) for part in _cut(said))
    options = [
        Given("True", float(true), right if true else wrong),
        Given("False", float(not true), wrong if true else right),
    ]
    return choice(head, options, several=False, ordered=True)


def _number(head: Head, inner: str, form: str) -> Fresh:
    first = next((part for part in re.split(r"(?<!\\)[=~]", inner) if part.strip()), "")
    answer, said = _cut(_share("=", first)[1])
    answer = re.sub(r"\\(.)", r"\1", answer).strip()
    if span := re.fullmatch(rf"({NUMBER})\s*\.\.\s*({NUMBER})", answer):
        low, high = sorted(map(float, span.groups()))
        return estimate(head, (low + high) / 2, (high - low) / 2, _said(said, form, head))
    if exact := re.fullmatch(rf"({NUMBER})(?:\s*:\s*({NUMBER}))?", answer):
        return estimate(head, float(exact[1]), abs(float(exact[2] or 0)), _said(said, form, head))
    raise NoExerciseError(UNREAD)


def _form(text: str, form: str) -> tuple[str, str]:
    found = FORMAT.match(text)
    return (found[1], text[found.end() :]) if found else (form, text)


def _plain(text: str) -> str:
    return re.sub(r"\\(.)", lambda found: KEPT.get(found[1], found[1]), text).strip()


def _said(text: str, form: str, head: Head) -> str:
    """A text in our Markdown, whatever form it had."""
    form, text = _form(text, form)
    text = _plain(text)
    if form == "plain" or (form == "moodle" and not re.search(r"<[a-zA-Z/!]|&\w+;", text)):
        return literal(re.sub(r"\n[ \t]+", "\n", text))
    found, dropped = from_markdown(text) if form == "markdown" else from_html(text.replace("\n", "<br>"))
    head.notes += [f"{what} was left out" for what in dropped]
    return found
