"""Moodle XML, which says more than GIFT: hints, texts with several gaps, steps in their order."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from markdown_it import MarkdownIt

from choreo.exchange.gift import afterwards, essay_prompt
from choreo.grading.choice import Choice
from choreo.grading.cloze import Cloze, Gap
from choreo.grading.estimate import Estimate
from choreo.grading.exercise import Exercise
from choreo.grading.match import Match
from choreo.grading.order import Order
from choreo.grading.passage import PLACE
from choreo.grading.written import Written

TYPES = {
    "choice": "multichoice", "match": "matching", "cloze": "cloze", "order": "ordering", "estimate": "numerical",
    "written": "essay",
}  # fmt: skip
# Between a gap's marks Moodle decodes entities. A sign before `~`, `/`, `"` or another sign would be shown there
# (question/type/multianswer/questiontype.php takes it away before `}` and `#` only).
IN_GAP = re.compile(r"[&~#{}\\]")


def file(exercises: Iterable[tuple[str, Exercise]]) -> bytes:
    """All questions that Moodle XML can say, in one file."""
    quiz = Element("quiz")
    for address, exercise in exercises:
        if exercise.kind in TYPES:
            _question(quiz, address, exercise)
    indent(quiz)
    return tostring(quiz, encoding="utf-8", xml_declaration=True) + b"\n"


def _question(quiz: Element, address: str, exercise: Exercise) -> None:
    question = SubElement(quiz, "question", type=TYPES[exercise.kind])
    SubElement(SubElement(question, "name"), "text").text = exercise.title
    match exercise:
        case Cloze():
            _said(question, "questiontext", f"{exercise.prompt}\n\n{_with_gaps(exercise)}")
        case Written():
            _said(question, "questiontext", essay_prompt(exercise))
        case _:
            _said(question, "questiontext", exercise.prompt)
    _said(question, "generalfeedback", afterwards(exercise))
    SubElement(question, "idnumber").text = address
    match exercise:
        case Choice():
            _choice(question, exercise)
        case Match():
            _match(question, exercise)
        case Order():
            _order(question, exercise)
        case Estimate():
            off = (exercise.good if exercise.good is not None else (exercise.high - exercise.low) / 10) / 2
            answer = _answer(question, f"{exercise.truth:.10g}", 100, exercise.why, "moodle_auto_format")
            SubElement(answer, "tolerance").text = f"{off:.10g}"
        case Written():
            SubElement(question, "responseformat").text = "editor"
            SubElement(question, "responsefieldlines").text = str(sum(field.rows for field in exercise.fields))
            _said(question, "graderinfo", _for_graders(exercise))
    for hint in exercise.hints:
        _said(question, "hint", hint)


def _choice(question: Element, exercise: Choice) -> None:
    SubElement(question, "single").text = "false" if exercise.several else "true"
    SubElement(question, "shuffleanswers").text = "0" if exercise.ordered else "1"
    right = sum(option.right for option in exercise.options)
    wrong = len(exercise.options) - right
    for option in exercise.options:
        share = 100 / right if option.right else (-100 / wrong if exercise.several else 0)
        _answer(question, option.text, share, option.why)


def _match(question: Element, exercise: Match) -> None:
    SubElement(question, "shuffleanswers").text = "true"
    for left, right in [*((pair.left.text, pair.right.text) for pair in exercise.pairs)] + [
        ("", extra.text) for extra in exercise.extra
    ]:
        part = _said(question, "subquestion", left)
        SubElement(SubElement(part, "answer"), "text").text = right


def _order(question: Element, exercise: Order) -> None:
    for name, value in (("layouttype", "VERTICAL"), ("selecttype", "ALL"), ("selectcount", str(len(exercise.steps))),
                        ("gradingtype", "ABSOLUTE_POSITION"), ("showgrading", "SHOW"), ("numberingstyle", "none")):  # fmt: skip
        SubElement(question, name).text = value
    for step in exercise.steps:
        _answer(question, step.text, 100, "")


def _answer(question: Element, text: str, share: float, why: str, form: str = "markdown") -> Element:
    answer = SubElement(question, "answer", fraction=f"{share:.7g}", format=form)
    SubElement(answer, "text").text = text
    if why:
        _said(answer, "feedback", why)
    return answer


def _said(parent: Element, name: str, text: str) -> Element:
    element = SubElement(parent, name, format="markdown")
    SubElement(element, "text").text = text
    return element


def _with_gaps(exercise: Cloze) -> str:
    gaps = {gap.id: gap for gap in exercise.gaps}
    return PLACE.sub(lambda found: _gap(gaps[found[1]]), exercise.text)


def _gap(gap: Gap) -> str:
    """One gap: what may be chosen and what is said about an answer are HTML there, what is typed is plain."""
    if gap.options:
        kind = "MULTICHOICE"
        answers = [
            f"{'=' if text == gap.right else ''}{_in_gap(escape(text))}#{_told(gap.comment(text))}"
            for text in gap.options
        ]
    else:
        kind = "SHORTANSWER"
        near = [(text, one.say) for one in gap.near for text in one.given]
        answers = [f"={_in_gap(text)}#{_told(gap.why)}" for text in gap.accept]
        answers += [f"%0%{_in_gap(text)}#{_told(said)}" for text, said in near]
        answers.append(f"*#{_told(gap.why)}")
    return "{1:" + kind + ":" + "~".join(answers) + "}"


def _told(text: str) -> str:
    return _in_gap(MarkdownIt().render(text) if "\n" in text else MarkdownIt().renderInline(text))


def _in_gap(text: str) -> str:
    return IN_GAP.sub(lambda found: f"&#{ord(found[0])};", " ".join(text.split()))


def _for_graders(exercise: Written) -> str:
    criteria = [f"- {criterion.text}" for criterion in exercise.criteria]
    labels = {field.id: field.label for field in exercise.fields}
    examples = [f"**{labels[name]}**\n\n{text}" for name, text in exercise.example.items()]
    about = [exercise.about] if exercise.about and examples else []
    return "\n\n".join(["\n".join(criteria), *about, *examples]).strip()
