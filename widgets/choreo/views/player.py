"""The one player of every explorable: stage, controls, one task at a time, goal, and settings worth keeping.

What its two halves say to each other stands in stage.py.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from typing import Any

from choreo.explorables.explorable import Explorable
from choreo.grading.goal import Goal
from choreo.grading.play import Play
from choreo.models.run import Run
from choreo.progress.entry import Entry, in_order
from choreo.progress.store import StoreError
from choreo.progress.work import Work
from choreo.views.bounds import Bounds
from choreo.views.crowds import Crowds
from choreo.views.foreseen import Foreseen
from choreo.views.given import Given
from choreo.views.guide import DEEDS, Guide
from choreo.views.kept_settings import KeptSettings
from choreo.views.loan import Loan
from choreo.views.packed import sendable
from choreo.views.pursuit import WITHOUT_GOAL, Pursuit
from choreo.views.stage import Stage
from choreo.views.task import gate_of, said, task_of, wait_of
from choreo.words import _


class Player(Stage):
    """Plays an explorable, as a play or a goal says. Nothing that answers a prediction is here before its gate is open."""

    def __init__(self, play: Play, explorable: Explorable, work: Work) -> None:
        """Begin as the play says: closed while one of its predictions (`after`) is missing, else with everybody's crowd."""
        self._work = work
        self._pursuit = Pursuit(play, explorable) if isinstance(play, Goal) else None
        self._foreseen = Foreseen(play, explorable, work.exercises)
        self._guide = Guide(play.guide)
        bounds = Bounds(play, explorable)
        self._given = Given(play, explorable, work.exercises)
        self._kept = KeptSettings(explorable, bounds.begin)
        self._loan = Loan(explorable, bounds)
        self._fault = ""  # why something is not kept yet
        self._crowds = Crowds(explorable, play.first_crowd if isinstance(play, Goal) else 0)
        self._deeds: set[str] = set()
        self._acted = self._known = False  # whether the learner did something; whether it is kept that this was played
        self._heard: object = None  # the newest change that was acted on
        self._reads = False  # whether the learner asked for what can be read off a run
        super().__init__(play, explorable, bounds, self._crowds.seeds[0])
        self._lift()
        self.observe(self._moved, ["settings", "settled"])
        self.on_msg(self._receive)

    def __repr__(self) -> str:
        """Short, and the same at every run."""
        return f"{self._play.kind} {self.item}: {self._play.title}"

    @property
    def item_names(self) -> tuple[str, ...]:
        """The items this component answers for."""
        return (self.item,)

    def restore(self, entries: Sequence[Entry]) -> None:
        """Bring back predictions, the reached goal with its settings, and what was kept."""
        self._crowds.belong_to(self._work.whose)
        self._kept.crowd = self._crowds.seeds[0]
        before = (self._now, self.seed, self._foreseen.answered)
        news = False
        for entry in in_order(entries):
            self._foreseen.note(entry)
            news = self._take_given(entry) or news
            if entry.item == self.item:
                self._bring_back(entry)
        self._kept.all_in()
        self.pinned = self._kept.pins
        if self._pursuit is not None and (reached := self._pursuit.reached) is not None:
            self._put(reached.get("settings"), reached.get("seed"))
        self._lift(news=news or before != (self._now, self.seed, self._foreseen.answered))
        self.opened = True

    def _bring_back(self, entry: Entry) -> None:
        if entry.kind == "settings":
            self._kept.bring_back(entry.answer.get("pinned"))
        if entry.kind in ("played", "goal"):
            self._known = True
        if entry.kind == "goal" and self._pursuit is not None:
            self._pursuit.bring_back(entry.answer)

    def follow(self, entry: Entry) -> None:
        """Take note of what was answered just now: it may open the stage, is laid over what is shown, or is played."""
        given = self._take_given(entry)
        if self._foreseen.note(entry) or given:
            self._lift()

    def _take_given(self, entry: Entry) -> bool:
        """Whether an entry sets what is played with, and is news; the newest counts."""
        if not self._given.note(entry):
            return False
        self._bounds.hold(self._given.settings)
        self._now = self._bounds.allowed(self._now, self._now, self._free)
        return True

    # The gate

    def _lift(self, news: bool = True) -> None:
        """Show what may be seen: the prediction that is missing, or all there is; without `news` what is shown stays."""
        if missing := self._foreseen.missing:
            self.task = {"item": self.item, "kind": self._play.kind}
            self.state = {"gate": gate_of(missing)}
            return
        if source := self._given.missing:
            self.task = {"item": self.item, "kind": self._play.kind}
            self.state = {"gate": wait_of(source)}
            return
        if self._found is not None and not news:
            self._show()
            return
        with self.hold_sync():
            self.task = task_of(self._play, self._explorable)
            self.marks = self._foreseen.marks()
            self._unlock()
            self.play()

    @property
    def _open(self) -> bool:
        return self._foreseen.missing is None and self._given.missing is None

    @property
    def _free(self) -> bool:
        return self._pursuit is not None and self._pursuit.reached is not None

    def _unlock(self) -> None:
        self.specs = [control.spec() for control in self._bounds.controls(self._free)]
        self.locked = self._bounds.locked(self._free)

    def _ran(self, params: Any, found: Run) -> None:
        if self._reads:
            self._read()

    def _read(self) -> None:
        """Show what can be read off the present settings; that may take a while, so only who asked for it waits."""
        reading = self._explorable.reading(self._explorable.params(self._now))
        self.reading = {} if reading is None else reading.told()

    def _figure(self, params: Any, found: Run) -> dict[str, Any]:
        figure = None if self._play.small else self._explorable.figure(params, found)
        return {} if figure is None else self._foreseen.laid_over(figure, self._now, found)

    def _put(self, settings: object, seed: object) -> None:
        """Settings and crowd from outside: an entry, a kept setting, this browser's memory."""
        self._now = self._bounds.allowed(settings, self._now, self._free)
        old = settings.get("seed") if isinstance(settings, Mapping) else None  # older entries had it there
        for one in (seed, old):
            if type(one) is int and 0 <= one < 10**6 and self._explorable.crowd:
                self.seed = one

    # What is done on the stage

    def _moved(self, _change: object) -> None:
        """The browser moved a control; what is not allowed is put right."""
        if self._writing:
            return
        if not self._open:
            self._write({})
            return
        now = self._bounds.allowed(self.settings, self._now, self._free)
        if self._heard == (now, self.settled) or (now == self._now and self.settled and self._settled_here):
            self._write(now)
            return
        self._heard = (now, self.settled)
        self._now = now
        self._act(self.settled)

    def _act(self, settled: bool = True, deed: str = "") -> None:
        """Something was done on the stage: run it, tick the guide, and try the setting with ten crowds once it rests."""
        self._acted = True
        self._crowds.stop()
        self._loan.move(self._now)
        if self._pursuit is not None:
            self._pursuit.move(self._now)
        self.play(settled)
        if settled and self._found is not None:
            self._heard = None
            self._seen()
            self._do({deed} - {""})
            self._try()

    def _do(self, deeds: set[str]) -> None:
        self._deeds |= deeds
        self._acted = True
        if self._found is not None:
            made = ({}, {}) if self._lent else (self._now, self._found.summary)  # a lent setting does no task
            self._guide.act(*made, deeds)
        self._show()

    def _seen(self) -> None:
        """Keep once that this was played, so that it is known what was predicted before."""
        if self._known or not self._play.after:
            return
        with contextlib.suppress(StoreError):  # the next thing that is done tries again
            self._work.keep(self._play, {"settings": dict(self._now)}, None, "played")
            self._known = True

    # The goal

    def _try(self) -> None:
        """Try the setting with all crowds, if it may reach the goal."""
        if self._pursuit is not None and self._pursuit.wants(self._now) and not self._lent:
            self._crowds.start(self._pursuit.goal, self._now, self._told)

    def _told(self) -> None:
        """One more crowd is known."""
        if self._pursuit is not None and self._pursuit.win(self._now, self._crowds):
            self._unlock()
            self._save()
        else:
            self._show()

    def _save(self) -> None:
        error = self._pursuit.save(self._work) if self._pursuit is not None else ""
        self._known = self._known or (self._free and not error)
        self._fault = error or self._kept.save(self._play, self._work)
        self.pinned = self._kept.pins
        self._show()

    # What is shown

    def _show(self, settled: bool = True) -> None:
        if self._found is None:
            return
        state: dict[str, Any] = {
            "gate": None,
            "waits": not self._acted and not self._play.small,
            "guide": self._guide.shown(),
            "said": self._said(settled),
            "reached": self._free,
            "error": self._fault,
            "unsent": self._kept.unsent,
            "draft": {**self._loan.waiting(self._now, self.seed), **self._guide.draft()},
            "lent": self._loan.shown(),
            "link": self._loan.link(self._now, self.seed),
        }
        if self._pursuit is None:
            state |= WITHOUT_GOAL
        else:
            state |= self._pursuit.shown(
                self._now, self._found.summary, self._crowds, self._acted and not self._lent, settled
            )
            state["unsent"] |= self._pursuit.unsent
        self.state = sendable(state)

    def _said(self, settled: bool) -> str:
        if self._found is not None and self._acted and settled:
            return said(self._play, self._now, self._found.summary, self._deeds)
        person = self._play.person
        return "" if person is None else str(self.state.get("said", "")) if self._acted else person.first

    # Messages

    def _receive(self, _widget: object, content: object, _buffers: object) -> None:
        if not self._open or not isinstance(content, dict):
            return
        match content:
            case {"type": "deed", "deed": str(deed)} if deed in DEEDS:
                self._seen()
                self._do({deed})
            case {"type": "skip", "at": at}:
                self._guide.skip(at)
                self._show()
            case {"type": "again"}:
                self._act()
            case {"type": "new"}:
                self.seed = self._crowds.after(self.seed)
                self._act(deed="new-crowd")
            case {"type": "crowd", "seed": int(seed)} if seed in self._crowds.seeds:
                self._show_crowd(seed)
            case {"type": "save"}:
                self._save()
            case {"type": "read"}:
                self._reads = True
                self._read()
            case {"type": "hint"} if self._pursuit is not None:
                self._pursuit.hints += 1
                self._show()
            case {"type": "draft", **draft}:
                self._resume(draft)
            case {"type": "unsent", **given}:
                self._take_unsent(given)
            case {"type": "link", **given}:
                self._lend(given)
            case {"type": "own"}:
                self._give_back()
            case _:
                self._keep_settings(content)

    def _show_crowd(self, seed: int) -> None:
        """One of the ten on the stage; what is known of the ten stays."""
        self._acted, self.seed = True, seed
        self.play()

    def _resume(self, draft: Mapping[Any, Any]) -> None:
        before = (self._now, self.seed)
        self._loan.end()
        self._put(draft.get("settings"), draft.get("seed"))
        self._guide.resume(draft.get("done"), draft.get("skipped"))
        if before != (self._now, self.seed):
            self.play()
        else:
            self._show()

    # A run that came with a link

    @property
    def _lent(self) -> bool:
        return self._loan.covers(self._now)

    def _lend(self, given: Mapping[Any, Any]) -> None:
        """Show what somebody else set: it is tried with no crowds, so it reaches no goal."""
        if self._pursuit is not None and self._pursuit.unsent:
            self._loan.refuse(_("Your own work here is still being saved. Open the link again in a moment."))
        elif (lent := self._loan.take(given, (self._now, self.seed), self._free)) is not None:
            self._crowds.stop()
            self._acted, self._now, self.seed = False, lent.settings, lent.seed
            self.play()
        self._show()

    def _give_back(self) -> None:
        if (own := self._loan.end()) is not None:
            self._acted = False
            self._now, self.seed = own
            self.play()
        self._show()

    # Settings worth keeping

    def _keep_settings(self, message: Mapping[Any, Any]) -> None:
        match message:
            case {"type": "pin"} if self._found is not None:
                self._kept.add(self._now, self.seed, self._found)
                self._save()
            case {"type": "unpin", "at": int(at)} if 0 <= at < len(self.pinned):
                self._kept.drop(at)
                self._save()
            case {"type": "recall", "at": int(at)} if 0 <= at < len(self.pinned):
                self._put(self.pinned[at]["settings"], self.pinned[at]["seed"])
                self._act()

    def _take_unsent(self, given: Mapping[Any, Any]) -> None:
        """What an earlier page could not have kept: a goal is tried anew, settings worth keeping are kept."""
        if isinstance(given.get("pinned"), list):
            self._kept.take(given["pinned"], given.get("whole") is True)
        if self._pursuit is not None and not self._free and isinstance(given.get("settings"), Mapping):
            self._put(given["settings"], None)
            self._pursuit.claim(self._now)
            self._act()
        self._save()
