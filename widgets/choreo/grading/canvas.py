"""A canvas: one page of fields, each with a question, and with what earlier lessons kept that could stand there. No score.

What was written earlier is offered, never filled in: somebody takes it over, and then it is theirs to change.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, ClassVar, Literal

from pydantic import ConfigDict, Field, StringConstraints, model_validator

from choreo.grading.answer import parts, refuse_unknown, words
from choreo.grading.commit import sentence
from choreo.grading.exercise import Answer, Exercise, Part, Record, Text, refuse_doubles
from choreo.grading.verdict import AnswerError, Verdict
from choreo.words import _, n_

EXAMPLE = '{"fields": {"intent": "..."}}'
LONGEST = 2000  # characters in a field: nine of them fit into an entry

Source = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,79}(/[a-z0-9][a-z0-9-]{0,79}){1,2}$")]
"""lesson/exercise, or lesson/exercise/part where only one of its texts is meant."""


class CanvasField(Part):
    """One field of the page."""

    model_config = ConfigDict(**{**Record.model_config, "populate_by_name": True})

    label: Text
    help: Text
    rows: int = Field(default=3, ge=1, le=20)
    sources: tuple[Source, ...] = Field(
        default=(),
        max_length=4,
        alias="from",
        description="What earlier lessons kept that could stand here: lesson/exercise or lesson/exercise/part.",
    )


class Canvas(Exercise):
    """One page on a collaboration; it can be changed at any time."""

    entry_kind: ClassVar[str] = "reflection"

    kind: Literal["canvas"]
    fields: tuple[CanvasField, ...] = Field(min_length=2, max_length=12)

    @model_validator(mode="after")
    def _fields_differ(self) -> Canvas:
        refuse_doubles("fields", self.fields)
        return self

    @property
    def earlier(self) -> tuple[str, ...]:
        """The exercises that something is offered from, each once."""
        return tuple(dict.fromkeys(address(source) for field in self.fields for source in field.sources))

    def grade(self, answer: Answer) -> Verdict:
        """Answer: {"fields": {field id: text}}; a field may be empty, but not all of them."""
        (texts,) = parts(answer, EXAMPLE, "fields")
        if not isinstance(texts, dict) or not all(isinstance(name, str) for name in texts):
            raise AnswerError(f"This is not an answer to this exercise; one looks like {EXAMPLE}.")
        refuse_unknown(texts, [field.id for field in self.fields])
        given = [words(texts.get(field.id, ""), field.label, LONGEST) for field in self.fields]
        if not any(given):
            raise AnswerError(_("The page is still empty. A few words in one field are enough to begin with."))
        left = given.count("")
        if not left:
            return Verdict(None, _("Kept. You can change your page at any time."))
        line = n_(
            "Kept. One field is still empty: perhaps the one to talk about first. You can change your page at any time.",
            "Kept. {left} fields are still empty: perhaps those to talk about first. "
            "You can change your page at any time.",
            left,
        )
        return Verdict(None, line.format(left=left))

    def face(self) -> dict[str, Any]:
        """The fields and their questions; what is offered belongs to the learner and comes later."""
        return {"fields": [{"id": f.id, "label": f.label, "help": f.help, "rows": f.rows} for f in self.fields]}

    def recall(self, kept: Mapping[str, Answer]) -> dict[str, Any]:
        """For each field what it can take over: {field id: [{"lesson": words, "said": text}]}, where there is something."""
        found = {
            field.id: [
                {"lesson": lesson_in_words(source.partition("/")[0]), "said": said[:LONGEST]}
                for source in field.sources
                if (said := said_in(kept.get(address(source), {}), source.split("/")[2:]))
            ]
            for field in self.fields
        }
        return {name: offers for name, offers in found.items() if offers}


def lesson_in_words(name: str) -> str:
    """A lesson as people know it.

    >>> lesson_in_words("06-push-and-pull")
    'lesson 6, Push and pull'
    """
    number, _dash, rest = name.partition("-")
    title = rest.replace("-", " ").capitalize()
    return _("lesson {number}, {title}").format(number=int(number), title=title) if number.isdecimal() else name


def address(source: str) -> str:
    """The exercise that a source names.

    >>> address("06-push-and-pull/sentence-that-pulls/sentence")
    '06-push-and-pull/sentence-that-pulls'
    """
    return "/".join(source.split("/")[:2])


def said_in(answer: Answer, part: Sequence[str] = ()) -> str:
    """What somebody wrote in a kept answer: of that part, or all of it; a plan as one sentence.

    >>> said_in({"fields": {"gap": "Five desks", "person": "Agata"}, "met": []}, ["person"])
    'Agata'
    """
    if not part and (plan := sentence(answer)):
        return _storable(plan)
    texts = answer.get("fields", answer)
    if not isinstance(texts, Mapping):
        return ""
    named = part or tuple(texts)
    said = (text.strip() for name in named if isinstance(text := texts.get(name), str) and text.strip())
    return _storable("\n".join(said))


def _storable(text: str) -> str:
    """A text that a field takes over and keeps: entries from elsewhere may hold half characters."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()
