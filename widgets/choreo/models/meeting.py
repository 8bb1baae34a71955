"""One meeting about many yes-or-no questions: who has a voice, when they hear each other, who gives way, who errs alike.

Ours, around the rule of `cascade` (Bikhchandani, Hirshleifer & Welch 1992) and the independent votes of Condorcet. One of
two answers is right, and everybody has a signal that is right with probability p. People speak in turn, but hear how the
voices stand only after every `every`-th: those between two readings speak as if they wrote at the same time. Each counts
every voice they have heard as one, and their own signal as one; they say what has more, and toss a coin when it is even.
With `every` = 1 that is exactly the paper's rule; if nothing is read out before the end, they are independent votes. The
meeting decides as most voices do; a tie is tossed.

`steadfast` people say what their own signal says, whatever they have heard. People come from `schools`: with the chance
`alike` somebody's signal is not their own but that of their school, so that people of one school err alike.

Every question is new luck. Who is steadfast, whose signal is the school's, and every coin are drawn for each person and
question once, so the same seed is the same luck whatever moves.

Left out: reasons, experts, people who know how good the others are or who weigh the voices that only follow less, and
anything that depends on the decision.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from choreo.models.parameter import Parameters, number, whole
from choreo.models.run import Clock, Run, summaries
from choreo.words import _, n_

MOST = 100  # people whose luck is drawn, however many come
RIGHT, WRONG = 1, 2  # what somebody finds or says; 0: nothing yet


@dataclass(frozen=True)
class Meeting(Parameters):
    """Who is at the table, and how they hear each other."""

    people: int = whole(15, 1, MOST, "how many have a voice", "people")
    every: int = whole(1, 1, MOST, "how the voices stand is read out after so many", "voices")
    steadfast: float = number(0.0, 0, 1, "the share of people who say what they found, whatever they heard")
    schools: int = whole(MOST, 1, MOST, "from how many schools they come", "schools")
    alike: float = number(0.5, 0, 1, "the chance that a person's signal is that of their school")
    precision: float = number(0.6, 0.5, 1, "the chance that a signal is right")
    questions: int = whole(100, 1, 5000, "how many questions are decided", "questions")


def play(params: Meeting, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """What each finds, what each says, and what is decided: true where it is right.

    Bool, shapes (people, questions) twice, and (questions,).
    """
    people, shape = params.people, (MOST, params.questions)
    own, school = rng.random(shape)[:people], rng.random(shape)[np.arange(people) % params.schools]
    copies = rng.random(shape)[:people] < params.alike
    steadfast = rng.random(shape)[:people] < params.steadfast
    coin, last = rng.random(shape)[:people] < 0.5, rng.random(params.questions) < 0.5
    signal = np.where(copies, school, own) < params.precision
    said = np.empty_like(signal)
    heard = np.zeros(params.questions, dtype=np.int16)
    for first in range(0, people, params.every):
        some = slice(first, first + params.every)
        evidence = heard + np.where(signal[some], 1, -1)
        said[some] = np.where(steadfast[some], signal[some], np.where(evidence == 0, coin[some], evidence > 0))
        heard = heard + np.where(said[some], 1, -1).sum(axis=0, dtype=np.int16)
    return signal, said, np.where(heard == 0, last, heard > 0)


def telling(signal: np.ndarray) -> int:
    """A question worth watching: the first two err, and most of the others do not; the first one where there is none."""
    misled = ~signal[:2].any(axis=0) & (2 * signal.sum(axis=0) > len(signal))
    return int(np.argmax(misled))


def run(params: Meeting, rng: np.random.Generator) -> Run:
    """Decide all questions.

    Clock: `voice`, how many have been heard, at each reading. Frames: `said`, uint8, shape (time, people), of the question
    `shown`: RIGHT, WRONG, or 0 for who has not spoken. Still: `signal` and `right`, bool, shape (people, questions), what each
    finds and says, and `shown`, shape (1,). Summary: `wrong` (the share of questions decided wrongly), `last` (in which the
    last to speak errs), `paper` (decided wrongly if most signals decided), `best` (in which the person errs whose own
    signals were right most often), `in_step` (the share of voices that are for what is decided).
    """
    signal, right, decided = play(params, rng)
    votes = 2 * np.count_nonzero(signal, axis=0) - params.people
    shown = telling(signal)
    times = np.unique(np.append(np.arange(0, params.people, params.every), params.people))
    spoken = np.arange(params.people) < times[:, None]
    summary = {
        "wrong": float(1 - decided.mean()),
        "last": float(1 - right[-1].mean()),
        "paper": float(np.mean(votes < 0) + np.mean(votes == 0) / 2),
        "best": float(1 - signal.mean(axis=1).max()),
        "in_step": float(np.mean(right == decided)),
    }
    return Run(
        summary=summary,
        trace=_trace(params, right[:, shown], summary),
        clock=Clock("voice", "voices", times),
        frames={"said": np.where(spoken, np.where(right[:, shown], RIGHT, WRONG), 0).astype(np.uint8)},
        still={"signal": signal, "right": right, "shown": np.array([shown])},
    )


def run_many(params: Meeting, rng: np.random.Generator, runs: int) -> dict[str, np.ndarray]:
    """The summary of `run` for `runs` meetings about so many questions each, by measure, shape (runs,)."""
    return summaries(run, params, rng, runs)


def _trace(params: Meeting, shown: np.ndarray, summary: dict[str, float]) -> tuple[str, ...]:
    first = ", ".join(_("right") if one else _("wrong") for one in shown[:10].tolist())
    begin = _("One of the questions, in the order of voices: {first}.")
    if params.people > 10:
        begin = _("One of the questions, in the order of voices: {first}, and so on.")
    end = n_(
        "The question is decided wrongly by {wrong:.0%}. One voice is there; {step:.0%} are for what is decided.",
        "Of {questions} questions {wrong:.0%} are decided wrongly. On average {step:.0%} of the voices are for what is decided.",
        params.questions,
    )
    beside = _("Most own signals would have been wrong in {paper:.0%}; the best member alone in {best:.0%}.")
    return (
        begin.format(first=first),
        end.format(questions=params.questions, wrong=summary["wrong"], step=summary["in_step"]),
        beside.format(paper=summary["paper"], best=summary["best"]),
    )
