"""Questions out of Moodle XML."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from xml.etree.ElementTree import Element

from choreo.bank.plain_xml import plain_xml
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
from choreo.exchange.read_gift import MOST

GAP = re.compile(r"\{\d*:([A-Z_]+):((?:\\.|[^\\{}])*)\}", re.DOTALL)
CHOSEN = ("MULTICHOICE", "MC", "MULTICHOICE_H", "MCH", "MULTICHOICE_V", "MCV", "MULTICHOICE_S", "MCS")
TYPED = ("SHORTANSWER", "SA", "MW", "SHORTANSWER_C", "SAC", "MWC", "NUMERICAL", "NM")
PLACE = "choreogap{}choreo"  # where a gap stands while its text is read: letters that no form of text changes
FORMS = {"markdown": "markdown", "plain_text": "plain", "html": "html"}


def read_moodle(content: bytes) -> Iterator[Fresh | Left]:
    """What each question of the file makes, in its order; raise XmlError for what is no plain XML."""
    root = plain_xml(content)
    questions = [one for one in root.iter("question") if one.get("type") != "category"]
    for number, question in enumerate(questions, start=1):
        if number > MOST:
            yield Left(f"Question {number} and on", f"more than {MOST} questions; split the file")
            return
        title = plain(printable(question.findtext("name/text") or "")[:200]) or f"Question {number}"
        kind = question.get("type") or ""
        try:
            if kind not in READERS:
                known = ", ".join(READERS)
                raise NoExerciseError(f"the type {kind or 'none'} has no counterpart here; ask it as one of {known}")
            head = Head(title, "")
            if kind != "cloze":
                head.prompt = _said(question.find("questiontext"), head)
            if question.find("image_base64") is not None:
                head.notes.append("a picture was left out")
            head.general = _said(question.find("generalfeedback"), head)
            head.hints = [said for hint in question.findall("hint") if (said := _said(hint, head))]
            yield READERS[kind](question, head)
        except NoExerciseError as error:
            yield Left(title, str(error))


def _choice(question: Element, head: Head) -> Fresh:
    given = _given(question, head)
    ordered = (question.findtext("shuffleanswers") or "1").strip() in ("0", "false")
    several = (question.findtext("single") or "true").strip() in ("0", "false")
    return choice(head, given, several, ordered)


def _true_or_false(question: Element, head: Head) -> Fresh:
    given = [Given(one.text.capitalize(), one.share, one.said) for one in _given(question, head)]
    return choice(head, sorted(given, key=lambda one: one.text != "True"), several=False, ordered=True)


def _short(question: Element, head: Head) -> Fresh:
    """What is typed is plain text, whatever form its file names."""
    typed = [
        Given(literal((one.findtext("text") or "").strip()), earned.share, earned.said)
        for one, earned in zip(question.findall("answer"), _given(question, head), strict=True)
    ]
    return cloze(head, "{{0}}", [Gap(False, tuple(typed))])


def _match(question: Element, head: Head) -> Fresh:
    sides = [
        (_said(one, head), literal((one.findtext("answer/text") or "").strip()) if one.get("format") != "markdown"
         else from_markdown(one.findtext("answer/text") or "")[0])
        for one in question.findall("subquestion")
    ]  # fmt: skip
    return match(head, [(left, right) for left, right in sides if left], [right for left, right in sides if not left])


def _order(question: Element, head: Head) -> Fresh:
    return order(head, [one.text for one in _given(question, head)])


def _number(question: Element, head: Head) -> Fresh:
    right = max(question.findall("answer"), key=lambda one: _float(one.get("fraction")), default=None)
    if right is None:
        raise NoExerciseError("it has no answer; give it one")
    try:
        truth = float((right.findtext("text") or "").strip().replace(",", "."))
    except ValueError:
        raise NoExerciseError(UNREAD) from None
    unit = (question.findtext("units/unit/unit_name") or "").strip()
    return estimate(
        head, truth, abs(_float(right.findtext("tolerance"))), _said(right.find("feedback"), head), plain(unit)
    )


def _essay(question: Element, head: Head) -> Fresh:
    if _said(question.find("graderinfo"), head):
        head.notes.append("what was told to who grades it is left out; write criteria and an example")
    if _said(question.find("responsetemplate"), head):
        head.notes.append("what stood in the field already was left out; say it under prompt")
    return written(head, int(_float(question.findtext("responsefieldlines"))) or 6)


def _cloze(question: Element, head: Head) -> Fresh:
    gaps: list[Gap] = []
    element = question.find("questiontext")
    text = (element.findtext("text") if element is not None else None) or ""
    refuse_length(text)

    def gap(found: re.Match[str]) -> str:
        gaps.append(_gap(found[1], found[2], head))
        return PLACE.format(len(gaps) - 1)

    text = _text(GAP.sub(gap, text), _form(element), head)
    if not gaps:
        raise NoExerciseError("it has no gap that could be read; write each as {1:SHORTANSWER:=word}")
    for at in range(len(gaps)):
        text = text.replace(PLACE.format(at), "{{" + str(at) + "}}")
    head.prompt = "Fill the gaps." if len(gaps) > 1 else "Fill the gap."
    return cloze(head, text, gaps)


def _gap(kind: str, inner: str, head: Head) -> Gap:
    if kind not in CHOSEN and kind not in TYPED:
        raise NoExerciseError(f"a gap of the type {kind} has no counterpart here; write SHORTANSWER or MULTICHOICE")
    answers = []
    for part in re.split(r"(?<!\\)~", inner):
        found = re.match(r"(?:%(-?\d+(?:[.,]\d*)?)%|(=))?", part)
        assert found  # all of it may be missing
        share = float(found[1].replace(",", ".")) / 100 if found[1] else float(bool(found[2]))
        pieces = re.split(r"(?<!\\|&)(?<!&amp;)#", part[found.end() :], maxsplit=1)
        answer, said = (re.sub(r"\\([}#~/\"\\])", r"\1", unescape(piece)) for piece in [*pieces, ""][:2])
        if kind in ("NUMERICAL", "NM") and ":" in answer:
            head.notes.append("how far a number in a gap may be off is left out")
            answer = answer.partition(":")[0]
        shown = _text(answer, "html" if kind in CHOSEN else "plain", head)
        answers.append(Given(shown, share, _text(said, "html", head)))
    return Gap(kind in CHOSEN, tuple(answers))


READERS: dict[str, Callable[[Element, Head], Fresh]] = {
    "multichoice": _choice, "truefalse": _true_or_false, "shortanswer": _short, "matching": _match, "ordering": _order,
    "numerical": _number, "essay": _essay, "cloze": _cloze,
}  # fmt: skip


def _given(question: Element, head: Head) -> list[Given]:
    return [
        Given(_said(one, head), _float(one.get("fraction")) / 100, _said(one.find("feedback"), head))
        for one in question.findall("answer")
    ]


def _said(element: Element | None, head: Head) -> str:
    """The text in an element, as our Markdown."""
    if element is None:
        return ""
    return _text((element.findtext("text") or "").strip(), _form(element), head)


def _form(element: Element | None) -> str:
    return FORMS.get((element.get("format") if element is not None else None) or "", "html")


def _text(text: str, form: str, head: Head) -> str:
    refuse_length(text)
    if form == "plain":
        return literal(text)
    found, dropped = from_markdown(text) if form == "markdown" else from_html(text)
    head.notes += [f"{what} was left out" for what in dropped]
    return found


def _float(text: str | None) -> float:
    try:
        value = float((text or "0").strip() or 0)
    except ValueError:
        return 0.0
    return value if abs(value) < 1e15 else 0.0
