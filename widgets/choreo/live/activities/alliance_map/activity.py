"""The room's own alliance map: who belongs where, and whom they really talked with. Sealed ballots; only ties that many named."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import Field, field_validator

from choreo.live.activities.alliance_map import debrief, room, what_if
from choreo.live.activities.alliance_map.drawn_map import DrawnMap, named_by
from choreo.live.activity import FEWEST, Activity, Move, Settings, Step
from choreo.live.scene import Scene
from choreo.live.shift import Round
from choreo.models.alliance import FEWEST as FEWEST_PARTIES
from choreo.models.alliance import MOST as MOST_PARTIES
from choreo.typed import visible
from choreo.words import _

PartyName = Annotated[str, Field(min_length=1, max_length=30)]


class AllianceMapSettings(Settings):
    """Which parties there are, and how many people must name a tie."""

    parties: Annotated[
        tuple[PartyName, ...],
        Field(min_length=FEWEST_PARTIES, max_length=MOST_PARTIES, description="the parties, four to twelve"),
    ] = ("Sales", "Production", "Finance", "People", "IT", "Suppliers")
    named: Annotated[
        int, Field(ge=FEWEST, le=100, description="people who must have named a tie before it is drawn")
    ] = FEWEST

    @field_validator("parties")
    @classmethod
    def _differ(cls, parties: tuple[str, ...]) -> tuple[str, ...]:
        tidy = tuple(" ".join(party.split()) for party in parties)
        if not all(map(visible, tidy)) or len({party.casefold() for party in tidy}) < len(tidy):
            raise ValueError("each party needs a name of its own")
        return tidy


class AllianceMap(Activity):
    """One sealed ballot each: where I belong, and whom I really talked with. Then the map, and the tie that is missing most."""

    name = "alliance-map"
    title = "Our alliance map"
    lesson = "10"
    fills_up = False
    minutes = 15
    steps = (
        Step("ask", _("Ask"), ballots=True),
        Step("map", _("Show our map"), shows=True),
        Step("tie", _("Show the missing tie"), shows=True),
    )
    Settings = AllianceMapSettings

    def began(self, at: float) -> None:
        """No answers yet."""
        self.found: DrawnMap | None = None

    def refusal(self, who: str, say: Mapping[str, Any]) -> str:
        """Both answers at once and nothing else; none once the answers were counted, so that nobody can compare maps."""
        if self.step.name != "ask" or self.found is not None:
            return _("The question is closed.")
        if not say.keys() <= {"party", "talked", "virtual"}:
            return _("Please answer the two questions, nothing else.")
        own, talked, many = say.get("party"), say.get("talked"), len(self.settings.parties)
        if type(own) is not int or not 0 <= own < many:
            return _("Please choose where you belong.")
        if not isinstance(talked, list) or len(talked) >= many:
            return _("Please choose whom you talked with.")
        good = all(type(one) is int and 0 <= one < many and one != own for one in talked)
        return "" if good and len(set(talked)) == len(talked) else _("Please choose each of the others once, or not.")

    def pooled(self, ballots: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """How many people named a tie, and only of ties that enough did: who alone is from a party could be known by a ballot.

        One list of ties for each ballot, of which the first holds all, the second all that two or more named, and so on.
        """
        found: list[dict[str, Any]] = []
        for mark in ({}, {"virtual": True}):
            group = [one for one in ballots if (one.get("virtual") is True) is bool(mark) and not self.refusal("", one)]
            named = {tie: count for tie, count in named_by(group).items() if count >= self.settings.named}
            found += [
                {"ties": [list(tie) for tie, count in sorted(named.items()) if count > at]} | mark
                for at in range(len(group))
            ]
        return found

    def holds(self, ballot: Mapping[str, Any]) -> bool:
        """Whether these are ties that there can be, each once."""
        ties, many = ballot.get("ties"), len(self.settings.parties)
        if self.found is not None or not isinstance(ties, list) or not ballot.keys() <= {"ties", "virtual"}:
            return False
        for tie in ties:
            match tie:
                case [int(one), int(other)] if type(one) is type(other) is int and 0 <= one < other < many:
                    continue
            return False
        return len({tuple(tie) for tie in ties}) == len(ties)

    def counted(self, ballots: Sequence[Mapping[str, Any]]) -> None:
        """Draw the ties that enough people named; the question stays closed from now on."""
        count = _count(ballots)
        named = {tie: people for tie, people in count.items() if people >= self.settings.named}
        self.found = DrawnMap(self.settings.parties, named)

    def to_show(self, ballots: Sequence[Mapping[str, Any]]) -> tuple[Round, ...]:
        """How many named each tie, a question of its own: one person may name several."""
        return tuple(
            Round(self.asked(self.settings.parties, *tie), {True: people}) for tie, people in _count(ballots).items()
        )

    def phone(self, who: str) -> dict[str, Any]:
        """The parties to choose from; the same for all."""
        open_ = self.step.name == "ask" and self.found is None
        view: dict[str, Any] = {"step": "ask" if open_ else "closed", "too_few": self.too_few}
        return view | {"parties": list(self.settings.parties), "named": self.settings.named}

    def room(self) -> Scene:
        """A count while the question is open; then the map; then the tie that is missing most."""
        if self.found is None:
            if self.step.name != "ask":
                return self._nothing()
            ask = (
                _("Where do you belong? And with whom of the others did you really talk in the last month?"),
                _("Nobody is shown who says what. A line is drawn where at least {named} people named it.").format(
                    named=self.settings.named
                ),
            )
            more, facts = self.so_far()
            return Scene(_("Who really talks to whom?"), (*ask, *more), facts)
        if self.step.name == "tie":
            return room.missing(self.found, self.settings.named)
        return room.mapped(self.found, self.settings.named)

    def debrief(self) -> Scene:
        """What one tie more would do, and what the model cannot know."""
        return self._nothing() if self.found is None else debrief.scene(self.found, self.settings.named)

    def what_ifs(self) -> tuple[Scene, ...]:
        """The same map without one of the parties, and if more people had to name a tie."""
        return () if self.found is None else what_if.scenes(self.found, self.settings.named)

    def _nothing(self) -> Scene:
        return Scene(_("Who really talks to whom?"), (self.unshown(),))

    @staticmethod
    def bot(view: Mapping[str, Any], chance: random.Random) -> Move | None:
        """Belong somewhere, and talk with those next to it on the list, and now and then with somebody far."""
        if view.get("step") != "ask" or "ballot" in view:
            return None
        many = len(view["parties"])
        own = chance.randrange(many)
        near = [(own + step) % many for step in (-1, 1)]
        talked = [one for one in range(many) if one != own and chance.random() < (0.8 if one in near else 0.15)]
        return Move(chance.uniform(4, 30), {"party": own, "talked": talked})


def _count(ballots: Sequence[Mapping[str, Any]]) -> Counter[tuple[int, int]]:
    """How many people named each tie, of ballots as they are pooled."""
    return Counter((one, other) for ballot in ballots for one, other in ballot["ties"])
