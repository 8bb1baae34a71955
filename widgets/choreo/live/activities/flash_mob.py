"""Flash mob: everybody taps a beat and hears a conductor, nobody, everyone or a few; the room falls into step, or not.

Phones stamp their taps in the hub's time. In the first step people tap along with a known pulse, which tells how late
each phone and its person are; that delay is taken off all their taps. What a phone lets its owner hear goes out every
two seconds as voices: the time of one beat (ms), the time between beats (ms), and how strong it is (0 to 1). The phone
goes on from there by itself.
"""

from __future__ import annotations

import math
import random
from bisect import bisect_left
from collections.abc import Mapping
from itertools import groupby, pairwise
from typing import Annotated, Any

import numpy as np
from pydantic import Field

from choreo.live.activity import Activity, Move, Settings, Step
from choreo.live.event import Event
from choreo.live.oscillators import heard_by, listening, ring_ties, settled
from choreo.live.rhythm import common_period, median, medians, periods, phases, together
from choreo.live.scene import Figure, Scene
from choreo.models.kuramoto import Kuramoto, tempos

KEPT = 24  # taps of a person
MOST_AT_ONCE = 64  # taps in one message
SHORTEST = 0.12  # seconds between two taps that count: some eight in a second
OLD, EARLY = 10.0, 1.0  # seconds by which a tap may be before and after the time at which it comes in
LATE = 2.0  # seconds that the room looks back, as taps travel in batches
UPDATE = 2  # seconds between two messages about what a phone hears
ON_RING = 10.0  # seconds after the last tap for which one keeps one's place among neighbours
CATCH_UP = 10  # seconds; a longer silence of the hub is left out
SHOWN = 120  # seconds on the room's chart
MOST_POINTS = 300
AROUND = np.linspace(0, 2 * math.pi, 61)
FEWEST_TAPS, STEADY = 5, 0.08  # taps, and seconds of scatter, that tell a delay
PLAYED, TAIL = 5, 20  # seconds before a step counts in the debrief, and of its end that say how it went
PULSED = ("calibrate", "conductor")
TASKS = {
    "calibrate": "Tap along with the pulse. This tells how late each phone is.",
    "conductor": "Everybody follows one conductor.",
    "alone": "No pulse: everybody keeps a tempo of their own.",
    "everyone": "Everybody hears the whole room, and the more it is together, the louder.",
    "neighbours": "Everybody hears a few neighbours in a ring, and nobody else.",
    "far": "Everybody hears a few neighbours, and some also hear one person far away.",
}
NAMES = {
    "calibrate": "tap along",
    "conductor": "conductor",
    "alone": "alone",
    "everyone": "everyone",
    "neighbours": "neighbours",
    "far": "some far",
}
DEBRIEFED = ("alone", "conductor", "everyone", "neighbours", "far")
TOGETHER = {"title": {"text": "together"}, "tickformat": ".0%", "tickvals": [0, 0.2, 0.4, 0.6, 0.8, 1]}
LESSON_COUPLING, MOST_COUPLING = 2.0, 20.0  # rad/s
FAR_SHARES = (0, 5, 10, 25, 50, 100)
SHORT_RUN, LONG_RUN = 10, 60  # seconds of the model
NOBODY = (np.empty(0, dtype=np.intp), np.empty(0, dtype=np.intp))
BOT_PULL, BOT_JITTER, BOT_SPREAD = 0.7, 12, 0.06  # share of a gap, ms, and share of the tempo
WRONG = "Where the model is wrong: people can ignore what they hear, tire, or agree on something. Oscillators cannot."


class FlashMobSettings(Settings):
    """The conductor's tempo, and who hears whom."""

    tempo: Annotated[int, Field(ge=40, le=120, description="beats a minute of the pulse and the conductor")] = 100
    neighbours: Annotated[int, Field(ge=1, le=8, description="how many neighbours each person hears")] = 4
    far: Annotated[int, Field(ge=0, le=100, description="percent of people who also hear one person far away")] = 25


class FlashMob(Activity):
    """Everybody taps; phases and their order follow from the taps."""

    name = "flash-mob"
    title = "Flash mob"
    lesson = "09"
    minutes = 15
    steps = (
        Step("calibrate", "Tap along"),
        Step("conductor", "Follow a conductor"),
        Step("alone", "Everybody alone"),
        Step("everyone", "Hear everyone"),
        Step("neighbours", "Hear neighbours"),
        Step("far", "Let some hear far"),
    )
    Settings = FlashMobSettings

    def began(self, at: float) -> None:
        """Everybody has a place, and nobody has tapped."""
        self.row: dict[str, int] = {}
        self.taps = np.full((64, KEPT), np.nan)  # seconds, a row per person, as they came
        self.delay = np.full(64, np.nan)  # seconds
        self.lots: list[tuple[float, float, float]] = []  # by row: who hears far, whom, and a bot's tempo
        for who in self.people:
            self._place(who)
        self.own = np.empty(0)  # what people's tempos were alone, in beats a second
        self.samples: list[tuple[str, float | None, int]] = []  # each second: step, order, how many tap
        self.sampled = at
        self.voices: dict[int, list[float]] = {}  # by row
        self.ring: list[int] = []
        self.all: list[float] = []  # the voice of the room
        self.now = self.since = self.told = at
        self.doing = self.previous = self.step.name
        self.frame = (at, 0.0, 60 / self.settings.tempo)  # the room's beat: a time, its turns by then, its period
        self._shown: tuple[int, Scene] | None = None
        self.wake = at + 1

    def _place(self, who: str) -> None:
        row = self.row[who] = len(self.row)
        if row == len(self.taps):
            self.taps = np.concatenate([self.taps, np.full_like(self.taps, np.nan)])
            self.delay = np.concatenate([self.delay, np.full_like(self.delay, np.nan)])
        lot, whom, tempo = self.rng.random(), self.rng.random(), self.rng.standard_normal()
        self.lots.append((lot, whom, math.exp(BOT_SPREAD * tempo)))

    def take(self, event: Event) -> None:
        """As in every activity; but taps are many, and change nothing on the phone that they come from."""
        self.now = max(self.now, event.at)
        if event.kind != "say":
            super().take(event)
        elif event.who in self.row and not self.refusal(event.who, event.data):
            self.said(event.who, event.data, event.at)

    def joined(self, who: str, at: float) -> None:
        """They hear what is to be heard at once; until they tap along, the room's usual delay is taken for theirs."""
        self._place(who)

    def left(self, who: str, at: float) -> None:
        """Nobody hears them any more."""
        self.taps[self.row[who]] = np.nan

    def refusal(self, who: str, say: Mapping[str, Any]) -> str:
        """Taps are a short list of numbers; which of them count, their times decide."""
        if self.paused:
            return "The session is paused."
        taps = say.get("taps")
        if not isinstance(taps, list) or not all(type(tap) in (int, float) for tap in taps):
            return "Only taps count here."
        return "" if 0 < len(taps) <= MOST_AT_ONCE else "That were too many taps at once."

    def said(self, who: str, say: Mapping[str, Any], at: float) -> None:
        """Keep the taps that are of about now and not faster than a hand."""
        first, last = (at - OLD) * 1000, (at + EARLY) * 1000
        new = sorted(tap / 1000 for tap in say["taps"] if first <= tap <= last)
        row = self.taps[self.row[who]]
        latest = row.item(-1)
        if new and new[0] <= latest:  # some came late, or twice
            new = sorted([*row[~np.isnan(row)].tolist(), *new])
            row[:] = np.nan
            latest = math.nan
        good: list[float] = []
        for tap in new:
            if not tap - latest < SHORTEST:  # the first tap comes after nan
                latest = tap
                good.append(tap)
        if good := good[-KEPT:]:
            row[: -len(good)] = row[len(good) :]
            row[-len(good) :] = good
        if self.wake is None:  # the coach came back from the debrief
            self.wake = at + 1

    def stepped(self, at: float) -> None:
        """What could be measured in the step before is kept."""
        self.previous, self.doing = self.doing, self.step.name
        count = len(self.row)
        if self.previous == "calibrate":
            found = self._delays()
            self.delay[:count] = np.where(np.isnan(found), self.delay[:count], found)
        elif self.previous == "alone":
            taps = self._corrected()
            beats = periods(taps)[~np.isnan(phases(taps, at - LATE))]
            if len(beats) > 1:
                middle = np.median(beats)
                self.own = 1 / np.clip(beats, middle / 2, middle * 2)
        if self.doing in PULSED:
            self.frame = (at, 0.0, 60 / self.settings.tempo)
        self.since = at
        self._listen(at)
        self.wake = at + 1

    def _delays(self) -> np.ndarray:
        """By how much (s) each taps after the pulse of this step; nan where there is no telling."""
        start, _, period = self.frame
        taps = self.taps[: len(self.row)]
        late = (taps - start + period / 2) % period - period / 2
        late[~(taps >= self.since + period)] = np.nan
        middle = medians(late)
        steady = medians(np.abs(late - middle[:, None])) <= STEADY
        return np.where(steady & ((~np.isnan(late)).sum(axis=1) >= FEWEST_TAPS), middle, np.nan)

    def _corrected(self) -> np.ndarray:
        taps, delay = self.taps[: len(self.row)], self.delay[: len(self.row)]
        usual = median(delay)
        if self.doing == "calibrate" or math.isnan(usual):
            return taps
        return taps - np.where(np.isnan(delay), usual, delay)[:, None]

    def ticked(self, at: float) -> None:
        """Once a second: how far the room is together, and now and then what phones let their owners hear."""
        taps = self._corrected()
        if at - LATE - self.sampled > CATCH_UP:
            self.sampled = at - LATE - 1
        while self.sampled + 1 <= at - LATE:
            self.sampled += 1
            angles = phases(taps, self.sampled)
            doing = self.doing if self.sampled >= self.since else self.previous
            self.samples.append((doing, together(angles), int((~np.isnan(angles)).sum())))
            if self.doing not in PULSED:
                since, turns, period = self.frame
                turns += (self.sampled - since) / period
                self.frame = (self.sampled, turns % 1, common_period(taps, angles) or period)
        if at - self.told > UPDATE - 0.5:
            self._listen(at)
            self.touch()
        self.wake = at + 1

    def _listen(self, at: float) -> None:
        """Note everybody's voice as it can be heard now."""
        self.told = at
        taps = self._corrected()
        angles, beat = phases(taps, at), periods(taps)
        here = np.flatnonzero((taps[:, -1] > at - ON_RING) & ~np.isnan(beat))
        self.ring = here.tolist()
        last, period = np.rint(taps[here, -1] * 1000), np.rint(beat[here] * 1000)
        strength = (~np.isnan(angles[here])).astype(float)
        self.voices = dict(zip(self.ring, np.column_stack([last, period, strength]).tolist(), strict=True))
        self.all = []
        if (common := common_period(taps, angles)) is not None:
            mean = np.mean(np.exp(1j * angles[~np.isnan(angles)]))
            beat_at = at - float(np.angle(mean)) / (2 * math.pi) * common
            self.all = [round(beat_at * 1000), round(common * 1000), round(float(np.abs(mean)), 2)]

    def _hears(self, row: int) -> list[list[float]]:
        if self.doing in PULSED:
            return [[round(self.frame[0] * 1000), round(self.frame[2] * 1000), 1]]
        if self.doing == "everyone":
            return [self.all] if self.all else []
        if self.doing == "alone" or not self.ring:
            return []
        lot, whom, _ = self.lots[row]
        far = whom if self.doing == "far" and lot * 100 < self.settings.far else None
        heard = heard_by(row, self.ring, bisect_left(self.ring, row), self.settings.neighbours, far)
        return [self.voices[other] for other in heard]

    def phone(self, who: str) -> dict[str, Any]:
        """What is to be heard; and for bots, which have neither clock nor memory, the time and their own last tap."""
        row = self.row[who]
        last = self.taps.item(row, -1)
        return {
            "step": self.doing,
            "task": TASKS[self.doing],
            "voices": self._hears(row),
            "now": round(self.told * 1000),
            "last": None if math.isnan(last) else round(last * 1000),
            "own": round(self.lots[row][2] * 60000 / self.settings.tempo),
        }

    # -- what the room sees --------------------------------------------------------------------------------------------

    def room(self) -> Scene:
        """Phases on a circle that turns with the room's beat, and the order over the last two minutes."""
        taps = self._corrected()
        at = self.now - LATE
        angles = phases(taps, at)
        known = ~np.isnan(angles)
        tapping, reached = int(known.sum()), together(angles)
        lines = [TASKS[self.doing]]
        facts = [("tapping", str(tapping))]
        if reached is None:
            lines.append("Tap a steady beat on your phone: two people make a rhythm.")
        else:
            beat = 60 / (common_period(taps, angles) or 1)
            facts = [("together", f"{reached:.0%}"), *facts, ("beats a minute", f"{beat:.0f}")]
            if self.doing == "alone":
                lines.append(f"By chance alone, {tapping} people are about {chance_order(tapping):.0%} together.")
        if self.doing == "calibrate":
            delays = self._delays()
            if not math.isnan(usual := median(delays)):
                measured = int((~np.isnan(delays)).sum())
                facts += [("phones measured", str(measured)), ("usual delay", f"{usual * 1000:.0f} ms")]
        since, turns, period = self.frame
        angles -= 2 * math.pi * (turns + (at - since) / period)
        return Scene(self.step.title, tuple(lines), tuple(facts), (self._circle(angles, known), self._course(SHOWN)))

    def _circle(self, angles: np.ndarray, known: np.ndarray) -> Figure:
        rows = np.flatnonzero(known)
        mean = np.mean(np.exp(1j * angles[rows])) if len(rows) else 0j
        rows = rows[:: max(1, math.ceil(len(rows) / MOST_POINTS))]
        virtual = np.array([person.virtual for who, person in self.people.items() if who in self.row], dtype=bool)
        traces: list[dict[str, Any]] = [
            _line("the beat", np.cos(AROUND), np.sin(AROUND), "quiet") | {"line": {"width": 1}, "showlegend": False}
        ]
        for name, role, some in (("people", "you", rows[~virtual[rows]]), ("virtual", "others", rows[virtual[rows]])):
            if len(some):
                dots = _line(name, np.cos(angles[some]), np.sin(angles[some]), role)
                traces.append(dots | {"mode": "markers", "marker": {"size": 14, "opacity": 0.6}})
        together_ = _line("together", np.array([0, mean.real]), np.array([0, mean.imag]), "goal")
        traces.append(together_ | {"line": {"width": 6}})
        axis = {"range": [-1.15, 1.15], "visible": False, "fixedrange": True}
        layout = {"xaxis": axis, "yaxis": {**axis, "scaleanchor": "x"}}
        says = f"{known.sum()} people on a circle, by where they are in the beat; {abs(mean):.0%} together."
        return Figure(tuple(traces), layout, says)

    def _course(self, most: int) -> Figure:
        first = max(0, len(self.samples) - most)
        seen = self.samples[first:]
        seconds = list(range(first + 1, len(self.samples) + 1))
        reached = [None if value is None else round(value, 3) for _, value, _ in seen]
        line = {
            "type": "scatter",
            "mode": "lines",
            "x": seconds,
            "y": reached,
            "name": "together",
            "line": {"width": 3},
        }
        starts = [k for k in range(len(seen)) if k == 0 or seen[k][0] != seen[k - 1][0]]
        middles = [(start + end - 1) // 2 for start, end in pairwise([*starts, len(seen)])]
        names = {
            "type": "scatter",
            "mode": "text",
            "x": [seconds[k] for k in middles],
            "y": [1.07 + 0.1 * (number % 2) for number in range(len(middles))],  # so that names of short steps fit
            "text": [NAMES[seen[k][0]] for k in middles],
            "name": "step",
            "meta": {"role": "quiet"},
        }
        layout = {
            "xaxis": {"title": {"text": "seconds"}, "range": [first, max(first + 30, len(self.samples))]},
            "yaxis": TOGETHER | {"range": [0, 1.25]},
            "showlegend": False,
        }
        last = next((value for value in reversed(reached) if value is not None), None)
        says = "Nobody has tapped together yet." if last is None else f"Over time; just now {last:.0%} together."
        return Figure((line | {"meta": {"role": "you"}}, names), layout, says)

    # -- beside the model ----------------------------------------------------------------------------------------------

    def debrief(self) -> Scene:
        """How far the room got with each way of listening, beside as many of Kuramoto's oscillators who listen alike."""
        if self._shown is None or self._shown[0] != len(self.samples):
            self._shown = (len(self.samples), self._beside_the_model())
        return self._shown[1]

    def _played(self) -> dict[str, tuple[float, float, int]]:
        """Per step that was played long enough: the order at its beginning, at its end, and its seconds, last time."""
        played = {}
        for doing, some in groupby(self.samples, key=lambda sample: sample[0]):
            values = [reached for _, reached, _ in some if reached is not None]
            if doing in DEBRIEFED and len(values) >= PLAYED:
                played[doing] = (values[0], float(np.mean(values[-TAIL:])), len(values))
        return {doing: played[doing] for doing in DEBRIEFED if doing in played}

    def _oscillators(self, played: Mapping[str, tuple[float, float, int]]) -> tuple[np.ndarray, float]:
        """Tempos (rad/s, about the conductor's) as people had them alone, and how strongly the model listens."""
        conductor = 2 * math.pi * self.settings.tempo / 60
        if len(self.own):
            own = 2 * math.pi * self.own - conductor
        else:
            counts = [count for _, _, count in self.samples if count > 1] or [2]
            own = tempos(Kuramoto(people=int(np.median(counts))), np.random.default_rng(self.seed))
        coupling = LESSON_COUPLING
        if "everyone" in played:
            coupling = min(MOST_COUPLING, listening(own - own.mean(), min(played["everyone"][1], 0.995)))
        return own, coupling

    def _model(self, doing: str, own: np.ndarray, coupling: float, seconds: int, begun: float) -> float:
        people, rng = len(own), np.random.default_rng(self.seed)
        about = own if doing == "conductor" else own - own.mean()
        network = doing if doing in ("conductor", "everyone") else "far listeners"
        ties = NOBODY
        if doing in ("neighbours", "far"):
            ties = self._ties(people, self.settings.far if doing == "far" else 0)
        return settled(network, about, coupling, ties, rng, min(max(seconds, SHORT_RUN), LONG_RUN), begun)

    def _ties(self, people: int, share: float) -> tuple[np.ndarray, np.ndarray]:
        lots = [self.lots[row % len(self.lots)] for row in range(people)]
        far = [whom if lot * 100 < share else None for lot, whom, _ in lots]
        return ring_ties(people, self.settings.neighbours, far)

    def _beside_the_model(self) -> Scene:
        played = self._played()
        title = "A flash mob, not a ballet"
        if not played:
            return Scene(title, ("Too little was tapped to say how far the room got together.",))
        own, coupling = self._oscillators(played)
        reached = {doing: end for doing, (_, end, _) in played.items()}
        model = {
            doing: self._model(doing, own, coupling, seconds, begun) for doing, (begun, _, seconds) in played.items()
        }
        names = [NAMES[doing] for doing in reached]
        bars = tuple(
            {
                "type": "bar",
                "name": name,
                "x": names,
                "y": [round(values[doing], 3) for doing in reached],
                "text": [f"{values[doing]:.0%}" for doing in reached],
                "meta": {"role": role},
            }
            for name, role, values in (("this room", "you", reached), (f"{len(own)} oscillators", "others", model))
        )
        layout = {
            "barmode": "group",
            "xaxis": {"type": "category", "title": {"text": "who was heard"}},
            "yaxis": TOGETHER | {"range": [0, 1.1]},
        }
        says = "; ".join(f"{NAMES[doing]}: room {reached[doing]:.0%}, model {model[doing]:.0%}" for doing in reached)
        lines = [
            f"The model begins each time as scattered as you did, and listens with strength {coupling:.1f}, "
            + ("chosen to match how far you got with everyone." if "everyone" in reached else "as in lesson 09."),
            "What did you listen to when it worked? Who adjusted, and who was adjusted to?",
            WRONG,
        ]
        facts = [("people", str(len(own)))]
        if len(self.own):
            spread = float(np.std(self.own) / np.mean(self.own))
            facts.append(("your tempos differed by", f"{spread:.0%}"))
        return Scene(title, tuple(lines), tuple(facts), (Figure(bars, layout, says), self._course(len(self.samples))))

    def what_ifs(self) -> tuple[Scene, ...]:
        """As many oscillators, with your tempos, and more or fewer who hear far."""
        played = self._played()
        if not played:
            return ()
        own, coupling = self._oscillators(played)
        values = []
        for share in FAR_SHARES:
            ties, rng = self._ties(len(own), share), np.random.default_rng(self.seed)
            values.append(round(settled("far listeners", own - own.mean(), coupling, ties, rng, LONG_RUN), 3))
        line = {
            "type": "scatter",
            "mode": "lines+markers",
            "x": list(FAR_SHARES),
            "y": values,
            "name": "oscillators",
            "meta": {"role": "others"},
        }
        layout = {
            "xaxis": {"title": {"text": "percent who also hear one person far away"}},
            "yaxis": TOGETHER | {"range": [0, 1.1]},
        }
        says = "; ".join(f"{share}%: {value:.0%}" for share, value in zip(FAR_SHARES, values, strict=True))
        told = f"{len(own)} oscillators in a ring, scattered at first, for {LONG_RUN} seconds with strength {coupling:.1f}."
        return (
            Scene("What if more of you had heard somebody far away?", (told,), (), (Figure((line,), layout, says),)),
        )

    @staticmethod
    def bot(view: Mapping[str, Any], chance: random.Random) -> Move | None:
        """Tap on for two seconds, leaning towards the beats that are heard."""
        now, own = view.get("now"), view.get("own")
        if now is None or own is None:
            return None
        last = view.get("last")
        tap = last if last is not None and now - 4000 < last else now - chance.random() * own
        taps: list[int] = []
        while len(taps) < 8:
            gaps = [(strength, (tap - at) % every, every) for at, every, strength in view["voices"] if strength > 0]
            weight = sum(strength for strength, _, _ in gaps) or 1
            late = sum(s * (gap if gap < every / 2 else gap - every) for s, gap, every in gaps) / weight
            loud = min(1, weight) if gaps else 0
            period = own + (sum(s * every for s, _, every in gaps) / weight - own) * BOT_PULL * loud if gaps else own
            tap += max(250, period - BOT_PULL * loud * late + chance.gauss(0, BOT_JITTER))
            if tap > now + 1000 * UPDATE:
                break
            taps.append(round(tap))
        return Move(UPDATE * 0.75, {"taps": taps}) if taps else None


def chance_order(people: int) -> float:
    """The mean order of so many phases at random, nearly: the mean length of a random walk in the plane, per step."""
    return math.sqrt(math.pi / people) / 2


def _line(name: str, x: np.ndarray, y: np.ndarray, role: str) -> dict[str, Any]:
    places = {"x": np.round(x, 2).tolist(), "y": np.round(y, 2).tolist()}
    return {"type": "scatter", "mode": "lines", "name": name, **places, "meta": {"role": role}}
