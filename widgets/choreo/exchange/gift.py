"""GIFT, the plain text that many question banks read and write (docs.moodle.org, "GIFT format")."""

from __future__ import annotations

import re
from collections.abc import Iterator

from choreo.exchange.fresh import reasons, with_sources
from choreo.grading.choice import Choice
from choreo.grading.cloze import Cloze
from choreo.grading.estimate import Estimate
from choreo.grading.exercise import Exercise
from choreo.grading.match import Match
from choreo.grading.order import Order
from choreo.grading.passage import PLACE
from choreo.grading.written import Written

SPECIAL = re.compile(r"[\\~=#{}:]")


def gift(address: str, exercise: Exercise) -> str | None:
    """The question in GIFT; None for what it has no words for."""
    title = escaped(exercise.title)
    prompt = escaped(exercise.prompt)
    match exercise:
        case Choice():
            body = _choice(exercise)
        case Match():
            body = [*(f"={escaped(pair.left.text)} -> {escaped(pair.right.text)}" for pair in exercise.pairs)]
            body += [f"= -> {escaped(extra.text)}" for extra in exercise.extra]
        case Order():
            steps = [" ".join(escaped(step.text, "").split()) for step in exercise.steps]
            body = [f">{len(steps)} ALL VERTICAL ABSOLUTE_POSITION", *steps]
        case Estimate():
            off = (exercise.good if exercise.good is not None else (exercise.high - exercise.low) / 10) / 2
            body = [f"#{exercise.truth:.10g}:{off:.10g}#{escaped(exercise.why)}"]
        case Written():
            prompt, body = escaped(essay_prompt(exercise)), []
        case Cloze() if len(exercise.gaps) == 1:
            before, after = (part.strip() for part in PLACE.split(exercise.text)[::2])
            opening = f"{exercise.prompt}\n\n{before}" if before else exercise.prompt
            return _question(
                address, title, f"{escaped(opening)} ", _gap(exercise), f" {escaped(after)}", afterwards(exercise)
            )
        case _:
            return None
    if isinstance(exercise, Order):  # the whole of what stands in its brackets are steps
        return _question(address, title, prompt, body, "", "")
    return _question(address, title, prompt, body, "", afterwards(exercise))


def _question(address: str, title: str, prompt: str, body: list[str], after: str, general: str) -> str:
    told = [*body, f"####{escaped(general)}"] if general else body
    inner = "{" + "".join(f"\n{line}" for line in told) + ("\n}" if told else "}")
    return f"// {address}\n::{title}::[markdown]{prompt}{inner}{after.rstrip()}\n"


def _choice(exercise: Choice) -> list[str]:
    right = sum(option.right for option in exercise.options)
    wrong = len(exercise.options) - right
    lines = []
    for option in exercise.options:
        mark = "=" if option.right else "~"
        if exercise.several:
            mark = f"~%{100 / right:.7g}%" if option.right else f"~%-{100 / wrong:.7g}%"
        lines.append(f"{mark}{escaped(option.text)}#{escaped(option.why)}")
    return lines


def _gap(exercise: Cloze) -> list[str]:
    gap = exercise.gaps[0]
    if gap.options:
        return [
            f"{'=' if text == gap.right else '~'}{escaped(text)}#{escaped(gap.comment(text))}" for text in gap.options
        ]
    near = [(text, one.say) for one in gap.near for text in one.given]
    return [
        *(f"={escaped(text)}#{escaped(gap.why)}" for text in gap.accept),
        *(f"=%0%{escaped(text)}#{escaped(said)}" for text, said in near),
    ]


def afterwards(exercise: Exercise) -> str:
    """What everybody is told afterwards: reasons that have no place of their own, and sources."""
    said = ""
    if isinstance(exercise, Match):
        said = reasons(
            [*((pair.left.text, pair.why) for pair in exercise.pairs), *((one.text, one.why) for one in exercise.extra)]
        )
    elif isinstance(exercise, Order):
        said = reasons((step.text, step.why) for step in exercise.steps)
    return with_sources(said, exercise.sources)


def essay_prompt(exercise: Written) -> str:
    """The question, with what each of several fields asks."""
    if len(exercise.fields) == 1:
        return exercise.prompt
    return "\n\n".join(
        [exercise.prompt, *(f"**{field.label}** {field.help or ''}".strip() for field in exercise.fields)]
    )


def escaped(text: str, newline: str = r"\n") -> str:
    r"""A text as GIFT takes it: on one line, with what has a meaning there marked.

    >>> print(escaped("a = b\n{c}"))
    a \= b\n\{c\}
    """
    lines = SPECIAL.sub(lambda found: f"\\{found[0]}", text.strip()).split("\n")
    return (newline or " ").join(lines)


def file(exercises: Iterator[tuple[str, Exercise]]) -> str:
    """All questions that GIFT can say, in one file."""
    return "\n".join(found for address, exercise in exercises if (found := gift(address, exercise)))
