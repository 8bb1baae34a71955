"""Exercises as plain forms: what is asked, the answer in what comes back, and the answer explained part by part.

A kind has a form as soon as it has a reader and a teller here and a template `exercise_form/<kind>.html`. All three know no
more of it than its face, its solution and its notes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from choreo.bank.loader import LessonBank
from choreo.grading.exercise import Answer, Exercise
from choreo.grading.verdict import AnswerError, Verdict
from choreo.hub.body import Form
from choreo.typed import AmbiguousError, NumberError, isolated, number

Face = Mapping[str, Any]


@dataclass(frozen=True)
class Told:
    """One part of an answered exercise, explained. Texts are Markdown, `yours` and `rights` too."""

    text: str
    chosen: bool  # whether the learner took or filled this part
    right: bool | None
    yours: str  # what the learner answered here; may be empty
    rights: str  # what is right here; empty where nothing more is to be said
    why: str


def questions(bank: LessonBank) -> tuple[str, ...]:
    """The lesson's review questions that can be asked in a form."""
    return tuple(name for name in bank.questions if bank.get(name).kind in READERS)


def read(exercise: Exercise, form: Form) -> Answer:
    """The answer in a posted form, still to be graded; raise AnswerError if it cannot even be that."""
    return READERS[exercise.kind](exercise.face(), form)


def told(exercise: Exercise, face: Face, answer: Answer, verdict: Verdict) -> tuple[Told, ...]:
    """Every part of the exercise, with what was answered, what is right, and why; parts in the order of `face`."""
    solution = exercise.solution() or {}
    why = {note.part: note.text for note in verdict.notes}
    right = {note.part: note.right for note in verdict.notes}
    return tuple(
        Told(
            text=text,
            chosen=chosen,
            right=right.get(part),
            yours=yours,
            rights="Right" if rights and right.get(part) else rights,
            why=why.get(part, ""),
        )
        for part, text, chosen, yours, rights in TELLERS[exercise.kind](face, answer, solution)
    )


def _choice(_face: Face, form: Form) -> Answer:
    return {"chosen": form.all("chosen")}


def _classify(face: Face, form: Form) -> Answer:
    return {"placed": _parts(face["cases"], form)}


def _match(face: Face, form: Form) -> Answer:
    return {"matched": _parts(face["from"], form)}


def _cloze(face: Face, form: Form) -> Answer:
    return {"filled": {gap["id"]: form.first(_field(gap)) for gap in face["gaps"]}}


def _mark(_face: Face, form: Form) -> Answer:
    return {"marked": form.all("marked")}


def _order(face: Face, form: Form) -> Answer:
    placed = _parts(face["steps"], form)
    places = list(placed.values())
    if len(places) == len(face["steps"]) and sorted(places) != sorted(str(n + 1) for n in range(len(places))):
        raise AnswerError("Two of them have the same place; give each a place of its own.")
    return {"order": sorted(placed, key=lambda name: placed[name])}


def _estimate(_face: Face, form: Form) -> Answer:
    answer = {}
    for name in ("low", "guess", "high"):
        try:
            answer[name] = number(form.first(name))
        except AmbiguousError as error:
            raise AnswerError(str(error)) from error
        except NumberError as error:
            fault = "Give three numbers: the lowest it may be, your best guess, and the highest."
            raise AnswerError(fault) from error
    return answer


def _parts(parts: Sequence[Mapping[str, str]], form: Form) -> dict[str, str]:
    return {part["id"]: given for part in parts if (given := form.first(_field(part)))}


def _field(part: Mapping[str, Any]) -> str:
    return f"part.{part['id']}"


READERS: Mapping[str, Callable[[Face, Form], Answer]] = {
    "choice": _choice,
    "classify": _classify,
    "cloze": _cloze,
    "estimate": _estimate,
    "mark": _mark,
    "match": _match,
    "order": _order,
}

Line = tuple[str, str, bool, str, str]  # part, text, chosen, yours, rights


def _chosen_told(name: str, parts: str) -> Callable[[Face, Answer, Answer], list[Line]]:
    def tell(face: Face, answer: Answer, solution: Answer) -> list[Line]:
        return [
            (
                part["id"],
                part["text"],
                part["id"] in answer[name],
                "Your answer" if part["id"] in answer[name] else "",
                "Right" if part["id"] in solution[name] else "",
            )
            for part in face[parts]
        ]

    return tell


def _paired_told(name: str, parts: str, others: str) -> Callable[[Face, Answer, Answer], list[Line]]:
    def tell(face: Face, answer: Answer, solution: Answer) -> list[Line]:
        words = {other["id"]: other["text"] for other in face[others]}
        return [
            (part["id"], part["text"], True, *_beside(words, answer[name][part["id"]], solution[name][part["id"]]))
            for part in face[parts]
        ]

    return tell


def _match_told(face: Face, answer: Answer, solution: Answer) -> list[Line]:
    """Pairs, then what was taken though it belongs to nothing."""
    extra = [side for side in face["to"] if side["id"] not in solution["matched"].values()]
    used = answer["matched"].values()
    return [
        *_paired_told("matched", "from", "to")(face, answer, solution),
        *((side["id"], side["text"], True, "Belongs to nothing", "") for side in extra if side["id"] in used),
    ]


def _order_told(face: Face, answer: Answer, solution: Answer) -> list[Line]:
    texts = {step["id"]: step["text"] for step in face["steps"]}
    given = list(answer["order"])
    lines: list[Line] = []
    for place, name in enumerate(solution["order"], 1):
        yours = given.index(name) + 1
        lines.append((name, texts[name], True, f"You: place {yours}", f"Place {place}"))
    return lines


def _cloze_told(face: Face, answer: Answer, solution: Answer) -> list[Line]:
    lines: list[Line] = []
    for at, gap in enumerate(face["gaps"], 1):
        given, right = str(answer["filled"][gap["id"]]), str(solution["filled"][gap["id"]])
        label = gap.get("label") or f"gap {at}"
        lines.append(
            (gap["id"], plain(label[:1].upper() + label[1:]), True, f"You: {isolated(plain(given))}", plain(right))
        )
    return lines


def _estimate_told(face: Face, answer: Answer, solution: Answer) -> list[Line]:
    unit = f" {plain(face['unit'])}" if face.get("unit") else ""
    yours = f"You: {answer['guess']:g}{unit}, between {answer['low']:g} and {answer['high']:g}"
    return [("truth", plain(face["label"]), True, yours, f"{solution['guess']:g}{unit}")]


def _beside(words: Mapping[str, str], given: str, right: str) -> tuple[str, str]:
    return f"You: {words[given]}", words[right]


def plain(text: str) -> str:
    """A text as Markdown that shows it as it is."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)


TELLERS: Mapping[str, Callable[[Face, Answer, Answer], list[Line]]] = {
    "choice": _chosen_told("chosen", "options"),
    "classify": _paired_told("placed", "cases", "buckets"),
    "cloze": _cloze_told,
    "estimate": _estimate_told,
    "mark": _chosen_told("marked", "spans"),
    "match": _match_told,
    "order": _order_told,
}
