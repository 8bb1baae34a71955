"""An exercise on the page: question, answer, verdict, hints, and whether it is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import Any

import traitlets
from anywidget import AnyWidget

from choreo.grading.exercise import Answer, Exercise, split_variant
from choreo.grading.predict import is_declined
from choreo.grading.verdict import AnswerError, Verdict
from choreo.progress.completion import ASIDE
from choreo.progress.entry import Entry, in_order, place_in_time
from choreo.progress.store import StoreError
from choreo.progress.thread import Thread
from choreo.progress.work import Work
from choreo.views.markdown import html, line
from choreo.views.source import card_half
from choreo.words import _

TRIES_BEFORE_SHOWING = 2


class ExerciseCard(AnyWidget):
    """One exercise. What is right stays here until an answer has come."""

    _esm = traitlets.Unicode(help="the frame, and the kind's browser half").tag(sync=True)
    _css = traitlets.Unicode().tag(sync=True)
    lesson = traitlets.Unicode(help="the lesson's name; drafts are kept under it").tag(sync=True)
    item = traitlets.Unicode(help="the exercise's id").tag(sync=True)
    kind = traitlets.Unicode(help="which kind's browser half draws it").tag(sync=True)
    title = traitlets.Unicode().tag(sync=True)
    prompt = traitlets.Unicode(help="HTML").tag(sync=True)
    face = traitlets.Dict(help="what the kind shows before an answer; `text` and `help` in it are HTML").tag(sync=True)
    ordered = traitlets.Bool(False, help="whether the order of options means something").tag(sync=True)
    state = traitlets.Dict(help="what has happened; see `_fresh`").tag(sync=True)
    thread = traitlets.Dict(help="the learner's own collaboration that this asks about; see `_told`").tag(sync=True)
    opened = traitlets.Bool(False, help="whether earlier work has been brought back").tag(sync=True)

    def __init__(self, exercise: Exercise, work: Work, thread: Thread | None = None) -> None:
        """Show the exercise, whose answers are kept in `work`; `thread` is of the collaboration that it asks about."""
        module, sheet = card_half(exercise.kind)
        self._written = exercise
        self._exercise = exercise  # the variant on the page, and its number
        self._number = 0
        self._work = work
        self._heard: object = None  # the key of the last answer that was sent
        self._unsaved: list[tuple[Answer, float | None]] = []
        self._answers: list[Answer] = []
        self._before: list[Answer] = []
        self._kept: dict[str, Answer] = {}  # the newest answers of what it builds on, by address
        self._thread = thread
        self._spun: list[Entry] = []  # entries of the thread
        self._past: dict[str, tuple[str, Answer]] = {}  # the lesson's entries of this kind, by id: item and answer
        super().__init__(
            _esm=module,
            _css=sheet,
            _anywidget_id=f"choreo.card.{exercise.kind}",  # a page keeps one style sheet for each of these
            lesson=work.name,
            item=exercise.id,
            kind=exercise.kind,
            title=exercise.title,
            prompt=html(exercise.prompt),
            face=_rendered(exercise.face()),
            ordered=exercise.ordered,
            state=_fresh(exercise, len(exercise.variants)),
            thread=_place(thread) if thread else {},
        )
        self.on_msg(self._receive)

    def __repr__(self) -> str:
        """Short, and the same at every run."""
        return f"{self.kind} {self.item}: {self.title}"

    @property
    def item_names(self) -> tuple[str, ...]:
        """The items this component answers for."""
        return (self._exercise.id,)

    @property
    def earlier(self) -> tuple[str, ...]:
        """The exercises ("lesson/exercise") whose answers come before those of this one; see `precede`."""
        return tuple(dict.fromkeys((*self._written.earlier, *(self._thread.addresses if self._thread else ()))))

    def precede(self, entries: Iterable[Entry]) -> None:
        """Take in the entries of the exercises in `earlier`, among others perhaps; called before `restore`."""
        entries = list(entries)
        past = in_order(e for e in entries if e.address in self._written.earlier and e.kind not in ASIDE)
        self._before = [split_variant(e.answer)[1] for e in past if e.kind == self._written.entry_kind]
        self._kept = {e.address: split_variant(e.answer)[1] for e in past}
        self.state = {**self.state, "earlier": _rendered(self._written.recall(self._kept))}
        self._spin(entries)

    def restore(self, entries: Sequence[Entry]) -> None:
        """Bring back what was kept: the newest answer, or the first where it is locked."""
        exercise = self._exercise
        past = in_order(e for e in entries if e.kind == exercise.entry_kind)
        own = [e for e in past if e.item == exercise.id]
        self._past = {e.id: (e.item, e.answer) for e in past} | self._past
        declined = [e for e in own if is_declined(e.answer)]
        own = [e for e in own if not is_declined(e.answer)]
        if exercise.locked and own:
            self._unsaved = []
        if not self._unsaved:
            self._answers = [*self._before, *(split_variant(e.answer)[1] for e in own)]
        if declined and not own and not self._unsaved:
            self._set(declined=True, done=True, saved="yes", at=declined[-1].at)
        if own and not self._unsaved:
            entry = own[0] if exercise.locked else own[-1]
            tries = 1 if exercise.locked else len(own)
            until = [(e.item, e.answer) for e in past if place_in_time(e) <= place_in_time(entry)]
            self._set(tries=tries, done=True, saved="yes", at=entry.at, **self._judged(entry, tries, until))
        self.opened = True

    def follow(self, entry: Entry) -> None:
        """Take in what was done elsewhere in the lesson, for kinds that look back at it or build on it."""
        if entry.kind == self._exercise.entry_kind:
            self._past[entry.id] = (entry.item, entry.answer)
        if entry.address in self._written.earlier and entry.kind not in ASIDE:
            self._kept[entry.address] = split_variant(entry.answer)[1]
            self.state = {**self.state, "earlier": _rendered(self._written.recall(self._kept))}
        if self._thread and entry.address == self._thread.address:
            self._spin([entry])

    def answer(self, answer: Answer, today: date | None = None) -> None:
        """Grade an answer, show the verdict, and have it kept; one that is none is no attempt."""
        exercise = self._exercise
        if self._is_final:
            self._set(error=_("This is locked in already; the first one stays."))
            return
        try:
            verdict = exercise.grade(answer)
            exercise.accept(answer, today or datetime.now(UTC).date())
        except AnswerError as error:
            self._set(error=str(error))
            return
        kept = dict(exercise.kept(answer))
        number = {"variant": self._number} if self._written.variants else {}
        if exercise.graded and not exercise.social and self.state["hints"]:
            number["hints"] = len(self.state["hints"])
        if exercise.locked:  # one that was never kept makes way for a better one
            self._unsaved = []
        self._unsaved.append(({**kept, **number}, verdict.score))
        saved = self._saved()
        if self._is_final:  # keeping it brought an earlier one back
            return
        self._answers.append(kept)
        past = [*self._past.values(), *((exercise.id, answer) for answer, _score in self._unsaved)]
        tries = self.state["tries"] + 1
        self._set(**self._shown(kept, verdict, past), tries=tries, can_show=self._can_show(tries), **saved)

    def decline(self) -> None:
        """Go on without an answer to what is locked once it is given; one can still be given later."""
        if not self._exercise.locked or self.state["done"] or self._unsaved:
            self._set()
            return
        self._unsaved = [({"declined": True}, None)]
        self._set(declined=True, **self._saved())

    @property
    def _is_final(self) -> bool:
        """Whether the answer that is kept stays for good."""
        return self._exercise.locked and self.state["done"] and not self.state["declined"]

    def again(self) -> None:
        """Another variant for another try: the same one for the same learner after as many tries."""
        self._turn_to(self._written.variant_for(self._work.whose, self.state["tries"]))
        blank = _fresh(self._exercise, len(self._written.variants))
        stays = ("turn", "earlier", "tries", "can_show", "done", "saved", "unsaved", "at")
        self._set(**{name: value for name, value in blank.items() if name not in stays})

    def hint(self, count: int) -> None:
        """Show the first `count` hints; those shown stay."""
        hints = self._exercise.hints
        shown = min(max(count, len(self.state["hints"])), len(hints))
        self._set(hints=[html(hint) for hint in hints[:shown]], hints_left=len(hints) - shown)

    def show(self) -> None:
        """Show the answer, once it was tried often enough."""
        solution = self._exercise.solution()
        if solution is None or not self._can_show(self.state["tries"]):
            self._set(error=_("Try it twice first; then the answer can be shown."))
            return
        self._set(solution=dict(solution), solution_notes=_notes(self._exercise.grade(solution)))

    def unfold(self, answer: Answer) -> None:
        """Show what an unfinished answer opens; it is neither judged nor kept."""
        try:
            self._set(unfolded=self._unfolded(answer))
        except AnswerError as error:
            self._set(error=str(error))

    def refresh(self) -> None:
        """Show what was kept in another window meanwhile; while that cannot be asked for, all stays as it is."""
        try:
            entries = self._work.newest()
        except StoreError:
            return
        self.restore(entries)

    def save(self) -> None:
        """Try once more to have the last answer kept."""
        self._set(**self._saved())

    def _receive(self, __: object, content: object, ___: object) -> None:
        try:
            match content:
                case {"type": "answer", "key": str(key)} if key == self._heard:  # sent twice over a bad connection
                    self._set()
                case {"type": "answer", "answer": dict(answer), **rest}:
                    self._heard = rest.get("key")
                    self.opened = True
                    self._turn_to(rest.get("variant"))
                    self.answer(answer)
                case {"type": "decline"}:
                    self.opened = True
                    self.decline()
                case {"type": "again"} if self._written.variants:
                    self.again()
                case {"type": "unfold", "answer": dict(answer)} if self._exercise.stepwise:
                    self.unfold(answer)
                case {"type": "hint", **rest}:
                    count = rest.get("count", len(self.state["hints"]) + 1)
                    self.hint(count if type(count) is int else 0)
                case {"type": "show"}:
                    self.show()
                case {"type": "refresh"}:
                    self.refresh()
                case {"type": "save"}:
                    self.save()
                case _:
                    self._set(error=_("The page sent something this exercise does not know. Reload the page."))
        except Exception as error:  # the last stop: beyond it nobody would see what happened
            fault = _("Something went wrong in this exercise ({fault}). Reload the page.")
            self._set(error=fault.format(fault=type(error).__name__))
            raise

    def _spin(self, entries: Iterable[Entry]) -> None:
        """Take in entries of the thread, and show it as it is now."""
        if self._thread:
            self._spun += (entry for entry in entries if entry.address in self._thread.addresses)
            self.thread = _told(self._thread, self._spun, self.lesson)

    def _turn_to(self, number: object) -> None:
        """Show that variant; one that there is not changes nothing. The page draws it once the state names it."""
        if type(number) is not int or not 0 <= number <= len(self._written.variants) or number == self._number:
            return
        self._number = number
        self._exercise = exercise = self._written.variant(number)
        self.title = exercise.title
        self.prompt = html(exercise.prompt)
        self.face = _rendered(exercise.face())
        self.ordered = exercise.ordered

    def _judged(self, entry: Entry, tries: int, past: Sequence[tuple[str, Answer]]) -> dict[str, Any]:
        number, answer = split_variant(entry.answer)
        try:
            verdict = self._written.variant(number).grade(answer)
        except AnswerError:
            return {"stale": True}
        self._turn_to(number)
        return {**self._shown(answer, verdict, past), "can_show": self._can_show(tries)}

    def _shown(self, answer: Answer, verdict: Verdict, past: Sequence[tuple[str, Answer]]) -> dict[str, Any]:
        record = self._exercise.look_back(past)
        return {
            "answer": dict(answer),
            "score": verdict.score,
            "feedback": html(verdict.feedback),
            "notes": _notes(verdict),
            "reveal": {**_revealed(verdict.reveal), **({"record": html(record)} if record else {})},
            "unfolded": self._unfolded(answer),
            "locked": self._exercise.locked,
            "declined": False,
            "solution": None,
            "solution_notes": [],
            "stale": False,
        }

    def _unfolded(self, answer: Answer) -> Any:
        others = self._work.others(self._exercise) if self._exercise.social else None
        return _rendered(self._exercise.unfold(answer, self._answers, others))

    def _saved(self) -> dict[str, Any]:
        """Have what is not saved yet kept, oldest first, and say how that went."""
        saved: dict[str, Any] = {}
        while self._unsaved:
            try:
                entry = self._work.keep(self._exercise, *self._unsaved[0])
            except StoreError as error:
                return {**saved, "saved": "no", "unsaved": str(error)}
            if not self._unsaved:  # keeping it brought an earlier one back
                return {}
            self._unsaved.pop(0)
            self.follow(entry)
            saved = {"saved": "yes", "unsaved": "", "done": True, "at": entry.at}
        return saved

    def _can_show(self, tries: int) -> bool:
        return tries >= TRIES_BEFORE_SHOWING and self._exercise.solution() is not None

    def _set(self, **changes: Any) -> None:
        """Change the state; `turn` counts up so that the page knows its message was heard."""
        self.state = {**self.state, "error": "", **changes, "variant": self._number, "turn": self.state["turn"] + 1}


def _fresh(exercise: Exercise, variants: int) -> dict[str, Any]:
    return {
        "turn": 0,  # how many messages and restores have been dealt with
        "earlier": {},  # what was answered in earlier lessons; see Exercise.recall
        "answer": None,  # the answer that the verdict is about
        "tries": 0,
        "score": None,
        "feedback": "",  # HTML
        "notes": [],  # {part, right, text as HTML}
        "hints": [],  # HTML
        "hints_left": len(exercise.hints),
        "can_show": False,
        "solution": None,  # an answer; only after "Show me"
        "solution_notes": [],
        "reveal": {},  # what may be seen after an answer, as HTML
        "unfolded": {},  # what an answer opens, of a stepwise kind even an unfinished one; see Exercise.unfold
        "locked": False,
        "declined": False,  # somebody went on without an answer
        "stale": False,  # kept, but the exercise has changed since
        "variant": 0,  # which variant is on the page
        "variants": variants,  # how many there are beside the exercise as written
        "done": False,
        "saved": "",  # "yes", "no", or nothing to save
        "unsaved": "",  # why it is not saved
        "error": "",
        "at": "",  # when the answer was kept
    }


def _place(thread: Thread) -> dict[str, Any]:
    """Where the collaboration is named; all that is known before the learner's work has come back."""
    lesson, _slash, item = thread.address.partition("/")
    return {"lesson": lesson, "item": item, "title": thread.titles.get(lesson, lesson)}


def _told(thread: Thread, entries: Sequence[Entry], here: str) -> dict[str, Any]:
    """The collaboration as it is named now (or None), and what was said about it elsewhere; plain texts."""
    named = thread.named(entries)
    return {
        **_place(thread),
        "named": asdict(named) if named else None,
        "said": [asdict(said) for said in thread.said(entries, here)],
    }


def _notes(verdict: Verdict) -> list[dict[str, Any]]:
    return [{"part": note.part, "right": note.right, "text": html(note.text)} for note in verdict.notes]


def _rendered(value: Any, key: str = "") -> Any:
    if isinstance(value, Mapping):
        return {name: _rendered(part, name) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_rendered(part) for part in value]
    if not isinstance(value, str):
        return value
    return html(value) if key == "prose" else line(value) if key in ("text", "help") else value


def _revealed(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _revealed(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_revealed(part) for part in value]
    return html(value) if isinstance(value, str) else value
