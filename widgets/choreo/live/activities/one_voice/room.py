"""What the room sees: how many have judged, what the voice says, and how far we went to it."""

from __future__ import annotations

from choreo.live.activities.one_voice.game import Voices
from choreo.live.activities.one_voice.judgements import Judgements, mean
from choreo.live.activity import FEWEST
from choreo.live.scene import Scene
from choreo.words import _, n_

HARDLY = 0.05  # of the way: less is not worth a number


def scene(game: Voices) -> Scene:
    """Counts while people judge; no judgement before all are shown, but that of the voice."""
    question = game.settings.question
    if game.step.name == "moved":
        return moved(game)
    if game.step.name == "alone":
        alone = _("Judge alone, in silence. Nobody sees your number.")
        return Scene(question, (alone,), ((_("judgements"), str(len(game.alone))),))
    if game.voice is None:
        drawn = (
            _("One of us is drawn by lot and speaks first: a number, and one reason. Who is drawn may pass."),
            _("Everybody else: listen."),
        )
        return Scene(question, drawn, ((_("judgements"), str(len(game.alone))),))
    said = Judgements((), (), game.voice, game.settings.unit).amount(game.voice)
    who = _("one of us says") if game.speaker else _("a virtual voice says")
    nobody = () if game.speaker else (_("Nobody here said this."),)
    again = _("Now judge again, alone: change your number, or keep it.")
    return Scene(question, (*nobody, again), ((who, said), (_("judged again"), str(len(game.again)))))


def moved(game: Voices) -> Scene:
    """How far the room went to the voice."""
    found = game.judgements()
    if found is None:
        return nothing(game)
    facts = (
        (_("alone"), found.amount(mean(found.alone))),
        (_("the voice"), found.amount(found.voice)),
        (_("after it"), found.amount(mean(found.again))),
    )
    return Scene(game.settings.question, way(found), facts, (found.spread(),))


def way(found: Judgements) -> tuple[str, ...]:
    """How far we went, and how many of us."""
    if found.weight is None:
        return (_("The voice said what all of us had judged. There was nowhere to go."),)
    far = _("We went {weight:.0%} of the way to one voice.").format(weight=found.weight)
    if found.weight < HARDLY:
        far = _("The voice hardly moved us.")
    towards, stayed, away = found.ways
    told = n_(
        "{towards} of {people} moved towards it, {stayed} stayed, {away} moved away.",
        "{towards} of {people} moved towards it, {stayed} stayed, {away} moved away.",
        towards,
    )
    return far, told.format(towards=towards, people=len(found.alone), stayed=stayed, away=away)


def nothing(game: Voices) -> Scene:
    """Why there is nothing to show."""
    line = game.unshown() if game.shifts.held else _("No voice was heard.")
    if game.voice is not None and not game.shifts.held:
        line = _("Fewer than {fewest} people judged twice, so nothing is shown.").format(fewest=FEWEST)
    return Scene(game.settings.question, (line,))
