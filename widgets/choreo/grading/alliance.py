"""Draw an alliance of one's own: who is in it, who really talks to whom, what each needs to hear. There is no score.

What was drawn belongs to the learner alone; it is never shown to others. Plays that name this exercise under `given` run
on it.
"""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import Field, model_validator

from choreo.grading.answer import parts, words
from choreo.grading.exercise import Answer, Exercise, Record, Text
from choreo.grading.faults import FaultsError
from choreo.grading.verdict import AnswerError, Verdict
from choreo.typed import isolated
from choreo.words import _, n_

FEWEST, MOST = 4, 12  # players
LONGEST = 60  # characters of a name
MOST_NEEDED = 4
EXAMPLE = '{"players": [{"name": "Mara", "needs": 1}, ...], "ties": [[0, 1], ...]}'


class Level(Record):
    """How many of those whom somebody talks to must have moved before they do."""

    needs: int = Field(ge=0, le=MOST_NEEDED)
    text: Text


LEVELS = (
    Level(needs=0, text=_("nobody (moves first)")),
    Level(needs=1, text=_("one contact")),
    Level(needs=2, text=_("two contacts")),
    Level(needs=3, text=_("three contacts")),
    Level(needs=4, text=_("four contacts")),
)


class Alliance(Exercise):
    """Name players, draw who talks to whom, and say what each needs to hear; it can be changed later."""

    entry_kind: ClassVar[str] = "reflection"

    kind: Literal["alliance"]
    levels: tuple[Level, ...] = Field(default=LEVELS, min_length=3, max_length=5)

    @model_validator(mode="after")
    def _levels_differ(self) -> Alliance:
        needs = [level.needs for level in self.levels]
        twice = [at for at, need in enumerate(needs) if need in needs[:at]]
        if twice:
            raise FaultsError([(("levels", at, "needs"), f"{needs[at]} is there twice; change one.") for at in twice])
        return self

    def grade(self, answer: Answer) -> Verdict:
        """Answer: {"players": [{"name": "Mara", "needs": 1}, ...], "ties": [[0, 1], ...]}; a tie goes both ways."""
        names, ties = self._read(answer)
        alone = [name for at, name in enumerate(names) if not any(at in tie for tie in ties)]
        kept = n_("Kept: {names} players and one tie.", "Kept: {names} players and {ties} ties.", len(ties))
        told = kept.format(names=len(names), ties=len(ties))
        if alone:
            line = n_("Nobody talks to {who}.", "Nobody talks to any of these: {who}.", len(alone))
            told += " " + line.format(who=", ".join(map(_plain, alone)))
        return Verdict(None, told + " " + _("You can change it here at any time."))

    def face(self) -> dict[str, Any]:
        """The bounds, and the levels; never what somebody drew."""
        return {
            "fewest": FEWEST,
            "most": MOST,
            "longest": LONGEST,
            "levels": [{"needs": level.needs, "label": level.text} for level in self.levels],
        }

    def texts(self, answer: Answer) -> tuple[tuple[str, str], ...]:
        """What was drawn, in words: for each player whom they talk to, and what they need first."""
        names, ties = self._read(answer)
        needs = {level.needs: level.text for level in self.levels}
        found = []
        for at, (name, player) in enumerate(zip(names, answer["players"], strict=True)):
            heard = [isolated(names[other]) for tie in ties if at in tie for other in tie if other != at]
            talks = _("talks to {who}").format(who=", ".join(heard)) if heard else _("talks to nobody here")
            line = _("{talks}. Needs first: {needs}.").format(talks=talks, needs=needs[player["needs"]])
            found.append((name, line[0].upper() + line[1:]))
        return tuple(found)

    def _read(self, answer: Answer) -> tuple[list[str], list[tuple[int, int]]]:
        players, ties = parts(answer, EXAMPLE, "players", "ties")
        if not isinstance(players, list) or not isinstance(ties, list):
            raise AnswerError(f"This is not an answer to this exercise; one looks like {EXAMPLE}.")
        if not FEWEST <= len(players) <= MOST:
            fault = _("An alliance here has {fewest} to {most} players; name as many.")
            raise AnswerError(fault.format(fewest=FEWEST, most=MOST))
        names = [self._player(player, at) for at, player in enumerate(players)]
        known = [name.casefold() for name in names]
        for at, name in enumerate(known):
            if name in known[:at]:
                fault = _("“{name}” is there twice; add something that tells them apart.")
                raise AnswerError(fault.format(name=isolated(names[at])))
        found: list[tuple[int, int]] = []
        for tie in ties:
            match tie:
                case [int(one), int(other)] if (
                    bool not in (type(one), type(other)) and one != other and {one, other} <= set(range(len(names)))
                ):
                    if (pair := (min(one, other), max(one, other))) not in found:
                        found.append(pair)
                case _:
                    raise AnswerError(f"This is not an answer to this exercise; one looks like {EXAMPLE}.")
        if not found:
            raise AnswerError(_("Nobody talks to anybody yet. Tie at least two players."))
        return names, sorted(found)

    def _player(self, player: object, at: int) -> str:
        name, needs = parts(player, EXAMPLE, "name", "needs")
        which = _("Player {number}").format(number=at + 1)
        said = words(name, which, LONGEST)
        if not said:
            raise AnswerError(_("{player} has no name yet.").format(player=which))
        if type(needs) is not int or needs not in [level.needs for level in self.levels]:
            raise AnswerError(_("Choose how much {name} needs to hear.").format(name=isolated(said)))
        return " ".join(said.split())


def _plain(text: str) -> str:
    """Words of a learner within Markdown: shown as they were typed."""
    return "".join(f"\\{char}" if char in r"\`*_{}[]()<>#+-.!|&~" else char for char in isolated(text))
