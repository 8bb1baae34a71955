"""Lesson 09: a plaza full of people who tune in to each other, with a goal and then the freedom to play."""

from __future__ import annotations

import contextlib
import math
import secrets
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from choreo.bank.fault import BankError
from choreo.explorables.order_chart import order_figure, order_table
from choreo.explorables.outcomes import OUTCOMES
from choreo.explorables.plazas import COUPLINGS, DIVERSITY, ENOUGH, PEOPLE, crowds_together, late_orders
from choreo.grading.exercise import Answer, Exercise
from choreo.grading.goal import Goal, exceeds
from choreo.grading.verdict import AnswerError
from choreo.models.kuramoto import Kuramoto, plaza_columns, run, tempos, ties
from choreo.models.parameter import ParameterError
from choreo.models.run import Run
from choreo.progress.entry import Entry
from choreo.progress.store import StoreError
from choreo.views.chart import Chart
from choreo.views.comparison import Comparison
from choreo.views.controls import Control, Controls, Option, check_controls
from choreo.views.explorable import Explorable
from choreo.views.markdown import html
from choreo.views.plaza import Plaza

Keep = Callable[[Exercise, Answer, float | None], Entry]
KeepSettings = Callable[[Exercise, Answer], Entry]

FRAMES = 300  # of one run: 60 kB with 200 people, 90 kB with 300
BEAT = 0.4  # turns a second that all tempos have in common; the model's frame turns with them, the stage does not
SEED = 9  # until the lesson is opened, every run is the same
SEEDS = 100_000
PINS = 8
DEFAULT: dict[str, Any] = {"coupling": 2.0, "diversity": 0.5, "network": "neighbours", "far": 0, "people": 200}
WHO = {
    "conductor": "all hear one conductor",
    "everyone": "everyone hears everyone",
    "neighbours": "each hears the neighbours",
    "far listeners": "each hears the neighbours",
}
CONTROLS = (
    Control("coupling", "How strongly people listen", 0, 5, 0.1, ends=("not at all", "very strongly"), digits=1),
    Control("diversity", "How different their tempos are", 0, 1.5, 0.1, ends=("the same", "very different"), digits=1),
    Control(
        "network",
        "Who hears whom",
        options=(
            Option("conductor", "A conductor", "All follow one beat"),
            Option("everyone", "Everyone", "All hear all"),
            Option("neighbours", "Neighbours", "The four beside, before, behind"),
            Option("far listeners", "Neighbours, and some listen far", "A few also hear one person far away"),
        ),
    ),
    Control("far", "How many listen far", 0, 60, 1, unit="people", inside=("network", "far listeners")),
    Control("people", "How many people", 20, 300, 10, unit="people", ends=("a team", "a crowd")),
)
NAMES = {"far": "Far listeners used", "coupling": "Listening used", "diversity": "Diversity", "people": "People"}
CLOSED = ("conductor", "everyone")  # who hears whom that would give the goal away


class Choreography(Explorable):
    """The plaza with its controls, chart and goal.

    `goal` is the exercise to reach (None: nothing to reach, all free); `keep` stores it and raises StoreError if it
    cannot. `state`: draft (settings and seed, for the browser to remember), meters, headline, message, reached, saved
    ("yes", "no", or "" when there is nothing to save), hints (HTML), hints_left.
    """

    def __init__(
        self, goal: Exercise | None = None, keep: Keep | None = None, keep_settings: KeepSettings | None = None
    ) -> None:
        """Build the parts and run once, with a fixed seed."""
        if goal is not None and not isinstance(goal, Goal):
            raise TypeError(f"{goal.id}: a {goal.kind}, not a goal; name an exercise of kind goal.")
        check_controls(CONTROLS, Kuramoto)
        self._goal = goal
        self._keep = keep
        self._keep_settings = keep_settings
        self._seed = SEED
        self._runs = 0
        self._end = 0.0
        self._tried = False
        self._reached: Answer | None = None
        self._unsaved: Answer | None = None
        self._predicted: dict[str, Answer] = {}
        self._hints = 0
        value = {**DEFAULT, **(goal.losing if goal else {}), **(goal.fixed if goal else {})}
        super().__init__(
            stage=Plaza(),
            controls=Controls(CONTROLS, value, title="Change the plaza"),
            chart=Chart(title="How together they are, second by second", height=280),
            item=goal.id if goal else "",
            goal=_face(goal) if goal else {},
        )
        self.controls.observe(self._moved, "asked")
        self.stage.on_msg(self._receive)
        self.on_msg(self._receive)
        self._lock()
        self.play()

    def __repr__(self) -> str:
        """What the present run came to; before the lesson is opened, the same for everybody."""
        return f"Choreography({self.item or 'sandbox'}): {self._end:.0%} together at the end"

    @property
    def item_names(self) -> tuple[str, ...]:
        """The items this component answers for."""
        return (self.item,) if self.item else ()

    def restore(self, entries: Sequence[Entry]) -> None:
        """Bring back the reached goal with its settings and crowd, and the predictions.

        Everybody's first crowd is the same, so that opening a lesson sends no run; new people are each learner's own.
        """
        mine = sorted((e for e in entries if self._goal and e.item == self.item), key=lambda e: (e.at, e.id))
        own = [entry for entry in mine if entry.kind == "goal"]
        if kept := [entry for entry in mine if entry.kind == "settings"]:
            self.pinned = _pins(kept[-1].answer.get("pinned"))
        if own and self._unsaved is None:
            self._reached = dict(own[-1].answer)
            self._put(self._reached.get("settings"))
        foreseen = [self._note(entry) for entry in sorted(entries, key=lambda e: (e.at, e.id), reverse=True)]
        self._lock()
        if self._reached or any(foreseen):
            self.play()
        self.opened = True

    def follow(self, entry: Entry) -> None:
        """Take note of a prediction that was made just now, to lay it over the result."""
        if self._note(entry):
            self.play()

    def play(self, settled: bool = True) -> None:
        """Run the plaza with the present settings and crowd, and show it everywhere."""
        params = Kuramoto(**self.controls.value)
        found = run(params, np.random.default_rng(self._seed), frames=FRAMES)
        self._runs += 1
        self._end = found.summary["order"]
        chart = self._charted(params, found)  # worked out before the stage is told: one frame shows both
        phase = found.frames["phase"][0 if settled else -2 :]  # a stage that shows the end needs no more
        self.stage.crowd = self._seed
        self.stage.run = {
            "serial": self._runs,  # the same people again is news to the stage all the same
            "phase": phase.tobytes(),
            "frames": len(phase),
            "people": params.people,
            "columns": plaza_columns(params.people),
            "seconds": params.seconds,
            "beat": BEAT,
            "far": far_pairs(params, self._seed),
            "conductor": params.network == "conductor",
            "settled": settled,
            "trace": list(found.trace),
            "news": _news(params, found),
        }
        with self.chart.hold_sync():
            for name, value in chart.items():
                self.chart.set_trait(name, value)
        self._judge(found, settled)

    def _moved(self, change: Mapping[str, Any]) -> None:
        controls = self.controls
        try:
            controls.value = self._allowed(controls.value)
            self._tried = True
            self.play(controls.settled)
        finally:
            controls.answered = change["new"]

    def _receive(self, _widget: object, content: object, _buffers: object) -> None:
        match content:
            case {"type": "again"}:
                self.play()
            case {"type": "new"}:
                self._seed = (self._seed + 1 + secrets.randbelow(SEEDS - 1)) % SEEDS
                self.play()
            case {"type": "save"}:
                self._save()
            case {"type": "hint"}:
                self._hints += 1
                self._state()
            case {"type": "pin"}:
                self._pin()
            case {"type": "unpin", "at": int(at)} if 0 <= at < len(self.pinned):
                self._keep_pins(self.pinned[:at] + self.pinned[at + 1 :])
            case {"type": "recall", "at": int(at)} if 0 <= at < len(self.pinned):
                self._put(self.pinned[at]["settings"])
                self.play()
            case {"type": "draft", **draft}:
                self._resume({str(name): part for name, part in draft.items()})

    # What is allowed

    @property
    def _free(self) -> bool:
        return self._goal is None or self._reached is not None

    def _allowed(self, value: Mapping[str, Any]) -> dict[str, Any]:
        sound: dict[str, Any] = self.controls.sound(value)
        if self._goal is not None and not self._free:
            if sound["network"] in CLOSED:
                sound["network"] = DEFAULT["network"]
            sound.update(self._goal.fixed)
        return sound

    def _put(self, settings: object) -> None:
        """Settings from outside (an entry, this browser's memory); the crowd is among them."""
        if not isinstance(settings, Mapping):
            return
        self.controls.value = self._allowed(settings)
        seed = settings.get("seed")
        if type(seed) is int and 0 <= seed < SEEDS:
            self._seed = seed

    def _lock(self) -> None:
        later = "Free once the goal is reached."
        locked = {} if self._free or self._goal is None else dict.fromkeys(self._goal.fixed, later)
        if not self._free and "network" not in locked:
            locked.update({f"network:{name}": later for name in CLOSED})
        self.controls.locked = locked

    def _resume(self, draft: Mapping[str, Any]) -> None:
        before = (dict(self.controls.value), self._seed)
        self._put(draft.get("settings"))
        if not self.pinned:
            self.pinned = _pins(draft.get("pinned"))
        if before != (self.controls.value, self._seed):
            self.play()

    @property
    def _settings(self) -> dict[str, Any]:
        return {**self.controls.value, "seed": self._seed}

    # The goal

    def _judge(self, found: Run, settled: bool) -> None:
        self._order = found.summary["order"]
        self._near = found.summary["neighbour_order"]
        self._settled = settled
        if self._goal is not None and not self._free and settled and self._order >= self._goal.target:
            answer = {"settings": self._settings, "reached": True, "order": round(self._order, 4)}
            try:
                self._goal.grade(answer)
            except AnswerError:
                pass  # more means than allowed: the meters say so
            else:
                self._reached = self._unsaved = answer
                self._lock()
                self._save()
                return
        self._state()

    def _save(self) -> None:
        error = ""
        if self._unsaved is not None and self._goal is not None and self._keep is not None:
            try:
                self._keep(self._goal, self._unsaved, 1.0)
            except StoreError as fault:
                error = str(fault)
            else:
                self._unsaved = None
        self._state(error)

    def _state(self, error: str = "") -> None:
        state: dict[str, Any] = {"draft": {"settings": self._settings}}
        if self._goal is not None:
            headline, message = self._words(self._goal)
            hints = self._goal.hints[: self._hints]
            state |= {
                "headline": headline,
                "message": message,
                "meters": self._meters(self._goal),
                "reached": self._reached is not None,
                "saved": "" if self._reached is None else ("yes" if self._unsaved is None else "no"),
                "error": error,
                "hints": [html(hint) for hint in hints],
                "hints_left": len(self._goal.hints) - len(hints),
            }
        self.state = state

    def _meters(self, goal: Goal) -> list[dict[str, Any]]:
        there = self._order >= goal.target
        meters = [
            {
                "label": "Together at the end",
                "words": f"{self._order:.0%}",
                "aim": f"goal {goal.target:.0%}",
                "share": self._order,
                "mark": goal.target,
                "tone": "goal" if there else "others",
            }
        ]
        for name, most in goal.most.items():
            used = self._used(name)
            span = next(control.high for control in CONTROLS if control.name == name)
            meters.append(
                {
                    "label": NAMES[name],
                    "words": f"{used:g} of {most:g}",
                    "aim": "",
                    "share": used / span,
                    "mark": most / span,
                    "tone": "apart" if exceeds(used, most) else "you",
                }
            )
        return meters

    def _used(self, name: str) -> float:
        value = self.controls.value
        return 0 if name == "far" and value["network"] != "far listeners" else float(value[name])

    def _words(self, goal: Goal) -> tuple[str, str]:
        if self._reached is not None:
            order = self._reached["order"]
            return (
                "You did it.",
                f"{order:.0%} together{self._luck(goal)} Now everything is free: every control is yours.",
            )
        if not self._tried:
            return "", "Move a control and watch. Nothing can break."
        over = [name for name, most in goal.most.items() if exceeds(self._used(name), most)]
        if over:
            extra = self._used(over[0]) - goal.most[over[0]]
            return "Too many means.", f"That is {extra:g} more than the goal allows. Can it be done with fewer?"
        if self._order >= goal.target:
            return "There!", "Let go of the control, and it counts."
        if self._near > 0.8 and self._order < 0.6:
            return (
                "Not yet.",
                f"Neighbours agree ({self._near:.0%}), the plaza does not ({self._order:.0%}): "
                "patches and waves that look like order, each with a beat of its own.",
            )
        if self._order >= goal.target - 0.12:
            return "Nearly.", f"{self._order:.0%} together at the end. A little more, or other people?"
        return "Not yet.", f"{self._order:.0%} together at the end."

    def _luck(self, goal: Goal) -> str:
        """Whether the setting that reached the goal does so with other people too."""
        settings = {} if self._reached is None else self._reached["settings"]
        try:
            plaza = Kuramoto(**{name: part for name, part in {**DEFAULT, **settings}.items() if name in DEFAULT})
        except (ParameterError, TypeError):
            return "."  # an entry of another version
        means = f" with {plaza.far} far listeners" if "far" in goal.most else ""
        others = crowds_together(plaza, goal.target)
        if others >= ENOUGH:
            return f"{means}, and not by luck: {others} of ten other crowds do it too."
        return (
            f"{means}. A lucky crowd: of ten others, {others} would do it. Can you find a setting that holds for nine?"
        )

    def _pin(self) -> None:
        value = self.controls.value
        pin = {
            "settings": self._settings,
            "result": f"{self._order:.0%} together",
            "words": settings_in_words(value),
        }
        others = [one for one in self.pinned if one["settings"] != pin["settings"]]
        self._keep_pins([pin, *others][:PINS])

    def _keep_pins(self, pins: list[Any]) -> None:
        self.pinned = pins
        if self._goal is not None and self._keep_settings is not None:
            with contextlib.suppress(StoreError):  # this browser remembers them all the same
                self._keep_settings(self._goal, {"pinned": pins})

    # Predictions and the chart

    def _note(self, entry: Entry) -> bool:
        if entry.kind != "prediction":
            return False
        self._predicted[entry.item] = entry.answer
        number = entry.answer.get("number")
        if entry.item == "far-listeners-needed" and isinstance(number, (int, float)):
            beyond = " →" if number > 60 else ""
            self.controls.marks = {"far": {"value": number, "label": f"you predicted {number:g}{beyond}"}}
        return entry.item == "tuning-in-curve"

    def _foreseen(self, params: Kuramoto) -> float | None:
        """What the learner's curve says (0 to 100) about these settings; None where it says nothing."""
        curve = self._predicted.get("tuning-in-curve", {}).get("curve")
        same = params.network == "everyone" and params.people == PEOPLE and math.isclose(params.diversity, DIVERSITY)
        if not same or params.coupling > COUPLINGS[-1] or not isinstance(curve, list) or len(curve) != len(COUPLINGS):
            return None
        return float(np.interp(params.coupling, COUPLINGS, curve))

    def _charted(self, params: Kuramoto, found: Run) -> dict[str, Any]:
        """What the chart shows of a run, by trait."""
        foreseen = self._foreseen(params)
        target = self._goal.target if self._goal else None
        end, near = found.summary["order"], found.summary["neighbour_order"]
        alt = f"Line chart. The plaza ends {end:.0%} together; neighbours agree {max(0.0, near):.0%}."
        if target is not None:
            alt += f" The goal is {target:.0%}."
        if foreseen is not None:
            alt += f" You predicted {foreseen:.0f}% for this."
        tied = params.network in ("neighbours", "far listeners")
        return {
            "alt": alt,
            "numbers": order_table(found, tied),
            "figure": order_figure(found, target, foreseen, tied),
        }


def comparison(prediction: Exercise) -> Comparison:
    """A prediction beside what plazas do; raise BankError if it is none that this explorable can answer."""
    if prediction.id not in OUTCOMES:
        known = ", ".join(OUTCOMES)
        raise BankError([f"{prediction.id}: this explorable cannot say what happens; it knows {known}."])
    return Comparison(prediction, OUTCOMES[prediction.id])


def far_pairs(params: Kuramoto, seed: int) -> list[list[int]]:
    """Who listens to whom across the plaza, [listener, heard], in the run of that seed."""
    if params.network != "far listeners" or params.far == 0:
        return []
    rng = np.random.default_rng(seed)
    tempos(params, rng)  # drawn first, as in the run
    hearer, heard = ties(params, rng)
    last = slice(-min(params.far, params.people), None)
    return [[int(one), int(other)] for one, other in zip(hearer[last], heard[last], strict=True)]


def ends(settings: Mapping[str, Any], seeds: Sequence[int]) -> list[float]:
    """How together (0 to 1) the crowd of each seed ends with these settings; what they leave out is as at the start."""
    return [float(order) for order in late_orders([Kuramoto(**{**DEFAULT, **settings})], tuple(seeds))[0]]


def settings_in_words(value: Mapping[str, Any]) -> str:
    """The settings in one line."""
    far = f" and {value['far']} listen far" if value["network"] == "far listeners" else ""
    return (
        f"{value['people']} people, {WHO[value['network']]}{far}; "
        f"listening {value['coupling']:.1f}, difference {value['diversity']:.1f}"
    )


def _news(params: Kuramoto, found: Run) -> str:
    return f"{settings_in_words(vars(params))}. At the end {found.summary['order']:.0%} together. {found.trace[-1]}"


def _face(goal: Goal) -> dict[str, Any]:
    return {"title": goal.title, "text": html(goal.prompt)}


def _pins(found: object) -> list[Any]:
    return [pin for pin in found[:PINS] if _is_pin(pin)] if isinstance(found, list) else []


def _is_pin(pin: object) -> bool:
    return (
        isinstance(pin, dict)
        and set(pin) == {"settings", "result", "words"}
        and isinstance(pin["settings"], dict)
        and all(isinstance(pin[name], str) and len(pin[name]) < 300 for name in ("result", "words"))
    )
