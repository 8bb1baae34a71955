"""The same question asked again: what moved between two rounds, and whether that can be shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from choreo.live.scene import Figure
from choreo.words import _


@dataclass(frozen=True)
class Round:
    """What came of a question, as far as the room is shown it."""

    asked: str  # the question and its possible answers, in one text: only rounds that asked the same are compared
    given: Mapping[Hashable, int]  # how often each answer was

    @classmethod
    def of(cls, asked: str, answers: Iterable[Hashable]) -> Round:
        """The round in which these answers were given."""
        return cls(asked, Counter(answers))

    def counts(self, possible: int) -> list[int]:
        """Of answers that are places in a list of so many: how often each was given."""
        return [self.given.get(place, 0) for place in range(possible)]

    def shares(self, possible: int) -> list[float]:
        """The same in percent."""
        return [round(100 * count / self.answers, 1) for count in self.counts(possible)]

    @property
    def answers(self) -> int:
        """How many answered."""
        return sum(self.given.values())


class Shifts:
    """What a room is shown of an activity's questions, beside what it was shown of them earlier in the session."""

    def __init__(self, fewest: int) -> None:
        """Nothing yet; fewer than `fewest` answers that differ are never shown."""
        self.before: tuple[Round, ...] = ()  # in what was begun earlier; told by the session
        self.now: tuple[Round, ...] = ()
        self.held = 0  # how many answered where that may not be shown
        self._fewest = fewest

    def earlier(self, asked: str) -> list[Round]:
        """The rounds of this question in what was begun earlier, the first one first."""
        return [one for one in self.before if one.asked == asked]

    def take(self, rounds: Sequence[Round], answers: int) -> bool:
        """Whether these rounds, of so many people, can be shown; from then on others are looked at beside them."""
        known = (*self.before, *self.now)
        good = all(
            can_be_shown(one, (past for past in known if past.asked == one.asked), self._fewest) for one in rounds
        )
        self.now += tuple(rounds) if good else ()
        self.held = 0 if good else answers
        return good


def held_words(fewest: int) -> str:
    """Why a round is not shown beside those before it."""
    return _(
        "Fewer than {fewest} answers are other than before. That is as good as no change, and might be read as one"
        " person’s: so what was shown before still holds."
    ).format(fewest=fewest)


def can_be_shown(now: Round, shown: Iterable[Round], fewest: int) -> bool:
    """Whether nobody can be read from this round beside those that were shown.

    Where fewer than `fewest` answers differ, the difference may be what one person said who came, left or moved.
    """
    return all(_moved(one, now) == 0 or _moved(one, now) >= fewest for one in shown)


def _moved(one: Round, other: Round) -> int:
    answers = one.given.keys() | other.given.keys()
    return sum(abs(one.given.get(answer, 0) - other.given.get(answer, 0)) for answer in answers)


def told(before: Round, now: Round, points: int) -> str:
    """The shift on a scale of so many points, in a sentence."""
    then, today = (
        round(sum(point * count for point, count in enumerate(one.counts(points), 1)) / one.answers, 1)
        for one in (before, now)
    )
    if then == today:
        return _("On average as before: {mean:.1f} of {most}.").format(mean=then, most=points)
    words = (
        _("Up from {then:.1f} to {now:.1f} on average.")
        if today > then
        else _("Down from {then:.1f} to {now:.1f} on average.")
    )
    return words.format(then=then, now=today)


def figure(before: Round, now: Round, labels: Sequence[str]) -> Figure:
    """Both rounds in one picture, as shares: the rooms may differ in size."""
    earlier, later = (one.shares(len(labels)) for one in (before, now))
    bars = tuple(
        {
            "type": "bar",
            "x": list(labels),
            "y": shares,
            "text": [f"{share:.0f}%" for share in shares],
            "name": name,
            "meta": {"role": role},
        }
        for shares, name, role in ((earlier, _("before"), "quiet"), (later, _("now"), "you"))
    )
    says = "; ".join(
        _("{label}: {before:.0f}% before, {now:.0f}% now").format(label=label, before=then, now=today)
        for label, then, today in zip(labels, earlier, later, strict=True)
    )
    layout = {
        "barmode": "group",
        "xaxis": {"type": "category"},
        "yaxis": {
            "title": {"text": _("% of answers")},
            "range": [0, round(1.15 * max(*earlier, *later))],
        },
    }
    return Figure(bars, layout, says)
