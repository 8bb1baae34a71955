"""A branching case: choices with consequences, several endings, and the map of the ways at the end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar, Literal

from pydantic import Field, model_validator

from choreo.grading.answer import parts
from choreo.grading.exercise import Answer, Exercise, Name, Part, Text
from choreo.grading.faults import FaultsError, Place
from choreo.grading.verdict import AnswerError, UnknownPartError, Verdict

EXAMPLE = '{"path": ["ask", "wait"]}'


class Move(Part):
    """Something to do at a step, what comes of it, and where it leads."""

    text: Text = Field(description="What is read; Markdown.")
    consequence: Text = Field(description="What happens next.")
    to: Name = Field(description="A later step, or an ending.")


class Step(Part):
    """A moment that asks for a decision."""

    text: Text = Field(description="What is read; Markdown.")
    choices: tuple[Move, ...] = Field(
        min_length=2, max_length=4, description="What can be done; each names the step it leads to."
    )


class Ending(Part):
    """How it can end, and what there is to think about."""

    title: Text = Field(description="One line.")
    text: Text = Field(description="What is read; Markdown.")
    reflection: Text = Field(description="What is worth thinking about at this end.")
    score: float | None = Field(default=None, ge=0, le=1, description="Leave it out in all endings, or in none.")


class Scenario(Exercise):
    """Decide, see what comes of it, go back and try the other way."""

    stepwise: ClassVar[bool] = True

    kind: Literal["scenario"]
    steps: tuple[Step, ...] = Field(min_length=2, max_length=30, description="The first is where it begins.")
    endings: tuple[Ending, ...] = Field(min_length=2, max_length=12, description="How it can end.")

    @model_validator(mode="after")
    def _ways_lead_somewhere(self) -> Scenario:
        found = [*self._doubles(), *self._loose_ends()] or [*self._circles(), *self._unreached(), *self._scores()]
        if found:
            raise FaultsError(found)
        return self

    @property
    def graded(self) -> bool:
        """Whether the endings have scores; there is no answer to show all the same, one walks the other way."""
        return self.endings[0].score is not None

    def grade(self, answer: Answer) -> Verdict:
        """Answer: {"path": [choice ids from the first step to an ending]}. The score is the ending's, if it has one."""
        ending = self._ending_of(self._walk(answer))
        if ending is None:
            raise AnswerError("Go on until the story ends; then it is kept.")
        match ending.score:
            case None:
                words = "Other ways end elsewhere: go back to any moment and try one."
            case 1:
                words = "No way through this story ends better."
            case 0:
                words = "Go back to where it turned, and try the other way."
            case _:
                words = "Something was won here, and there is a way that wins more."
        return Verdict(ending.score, f"You came to “**{ending.title}**”. {words}")

    def face(self) -> dict[str, Any]:
        """How many endings there are; the steps come one by one, by `unfold`."""
        return {"endings": len(self.endings), "opening": self.unfold({"path": []})}

    def unfold(
        self, answer: Answer, kept: Sequence[Answer] = (), others: Sequence[Answer] | None = None
    ) -> dict[str, Any]:
        """The steps along a path, perhaps unfinished; at an ending the map of all ways, with those walked so far."""
        walked = self._walk(answer)
        ending = self._ending_of(walked)
        told: dict[str, Any] = {
            "path": [move.id for _, move in walked],
            "steps": [self._told(step, move) for step, move in walked],
        }
        if ending is None:
            step = self._step[walked[-1][1].to] if walked else self.steps[0]
            told["steps"].append(self._told(step, None))
            return told
        told["ending"] = {
            "title": ending.title,
            "prose": ending.text,
            "reflection": {"prose": ending.reflection},
            "score": ending.score,
        }
        told["map"] = self._map(walked, kept)
        return told

    @cached_property
    def _step(self) -> Mapping[str, Step]:
        return {step.id: step for step in self.steps}

    @cached_property
    def _ending(self) -> Mapping[str, Ending]:
        return {ending.id: ending for ending in self.endings}

    def _ending_of(self, walked: Sequence[tuple[Step, Move]]) -> Ending | None:
        return self._ending.get(walked[-1][1].to) if walked else None

    def _walk(self, answer: Answer) -> list[tuple[Step, Move]]:
        """Each step along the answer's path, with what was chosen there."""
        (path,) = parts(answer, EXAMPLE, "path")
        if not isinstance(path, list) or not all(isinstance(name, str) for name in path):
            raise AnswerError(f"This is not an answer to this exercise; one looks like {EXAMPLE}.")
        walked: list[tuple[Step, Move]] = []
        step: Step | None = self.steps[0]
        for name in path:
            move = next((move for move in step.choices if move.id == name), None) if step else None
            if step is None or move is None:
                where = f'at "{step.id}"' if step else "after the ending"
                told = f"{ascii(name)[:100]} is not a choice {where}; go back and choose again."
                raise UnknownPartError(told, name, [move.id for move in step.choices] if step else [])
            walked.append((step, move))
            step = self._step.get(move.to)
        return walked

    def _told(self, step: Step, chosen: Move | None) -> dict[str, Any]:
        return {
            "prose": step.text,
            "choices": [{"id": move.id, "text": move.text} for move in step.choices],
            "chosen": chosen.id if chosen else None,
            "consequence": {"prose": chosen.consequence} if chosen else None,
        }

    def _map(self, now: Sequence[tuple[Step, Move]], kept: Sequence[Answer]) -> dict[str, Any]:
        """Steps and endings by depth, and the ways between them; texts only of those that were come by."""
        walking = {(step.id, move.id) for step, move in now}
        walked = set(walking)
        for answer in kept:
            try:
                walked |= {(step.id, move.id) for step, move in self._walk(answer)}
            except AnswerError:  # kept of an earlier version
                continue
        seen = {self.steps[0].id}
        seen |= {move.to for step in self.steps for move in step.choices if (step.id, move.id) in walked}
        depth = self._depths()
        names = {name: number for number, name in enumerate([*self._step, *self._ending])}
        places = [
            {"at": names[step.id], "depth": depth[step.id], "ending": False, "seen": step.id in seen}
            for step in self.steps
        ] + [
            {
                "at": names[ending.id],
                "depth": max(depth.values()),
                "ending": True,
                "seen": ending.id in seen,
                "title": ending.title if ending.id in seen else None,
                "score": ending.score if ending.id in seen else None,
            }
            for ending in self.endings
        ]
        ways = [
            {
                "from": names[step.id],
                "to": names[move.to],
                "text": move.text if step.id in seen else None,
                "walked": (step.id, move.id) in walked,
                "now": (step.id, move.id) in walking,
            }
            for step in self.steps
            for move in step.choices
        ]
        return {"places": places, "ways": ways}

    def _depths(self) -> dict[str, int]:
        """How many choices the longest way to each step or ending has."""
        depth = {self.steps[0].id: 0}
        for _ in self.steps:
            for step in self.steps:
                for move in step.choices:
                    if step.id in depth:
                        depth[move.to] = max(depth.get(move.to, 0), depth[step.id] + 1)
        return depth

    def _doubles(self) -> Iterator[tuple[Place, str]]:
        taken: set[str] = set()
        for field, records in (("steps", self.steps), ("endings", self.endings)):
            for at, record in enumerate(records):
                if record.id in taken:
                    yield (field, at, "id"), f'"{record.id}" is there twice among steps and endings; rename one.'
                taken.add(record.id)
        for at, step in enumerate(self.steps):
            ids = [move.id for move in step.choices]
            for number, name in enumerate(ids):
                if name in ids[:number]:
                    yield ("steps", at, "choices", number, "id"), f'"{name}" is there twice in this step; rename one.'

    def _loose_ends(self) -> Iterator[tuple[Place, str]]:
        known = {*(step.id for step in self.steps), *(ending.id for ending in self.endings)}
        for at, step in enumerate(self.steps):
            for number, move in enumerate(step.choices):
                if move.to not in known:
                    fault = f'a dead end: "{move.to}" is no step or ending ({", ".join(sorted(known))}); correct it.'
                    yield ("steps", at, "choices", number, "to"), fault

    def _circles(self) -> Iterator[tuple[Place, str]]:
        for at, step in enumerate(self.steps):
            for number, move in enumerate(step.choices):
                if step.id in self._reached(move.to):
                    fault = f'leads in a circle, back to "{step.id}"; lead on, one can always go back.'
                    yield ("steps", at, "choices", number, "to"), fault

    def _unreached(self) -> Iterator[tuple[Place, str]]:
        reached = self._reached(self.steps[0].id)
        for field, what, records in (("steps", "step", self.steps), ("endings", "ending", self.endings)):
            for at, record in enumerate(records):
                if record.id not in reached:
                    yield (field, at), f'no way leads to the {what} "{record.id}"; lead one there, or remove it.'

    def _reached(self, start: str) -> set[str]:
        moves = {step.id: [move.to for move in step.choices] for step in self.steps}
        reached, waiting = set(), [start]
        while waiting:
            here = waiting.pop()
            if here not in reached:
                reached.add(here)
                waiting += moves.get(here, [])
        return reached

    def _scores(self) -> Iterator[tuple[Place, str]]:
        scores = [ending.score for ending in self.endings]
        for at, score in enumerate(scores):
            if score is None and any(other is not None for other in scores):
                yield ("endings", at), "has no score, and another ending has one; score all endings, or none."
        if None not in scores and 1 not in scores:
            yield ("endings",), "the best ending has no full score; give it score: 1."
