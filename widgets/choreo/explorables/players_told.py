"""What a map of players comes to in words: for news, silence and voices, what was found, which tie would help, and the limits."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from choreo.explorables.players import LIMITS, Players, helped, listed, tie_words
from choreo.explorables.reading import Part, Reading
from choreo.models.alliance import (
    Help,
    Tie,
    all_round,
    carried,
    cut_off,
    drawn,
    first_voices,
    followed,
    helps,
    holds_with_other_needs,
    minds,
    moves,
    nearness,
    reached,
    steps,
    weights,
    worst_day,
)
from choreo.typed import isolated
from choreo.words import _, n_

SETS = 3  # of first voices that are told by name
EVEN = 1e-9


@lru_cache(maxsize=64)
def nearer(people: int, ties: tuple[Tie, ...]) -> Help:
    """The ties that bring people nearest."""
    return helps(drawn(people, ties), nearness)


@lru_cache(maxsize=64)
def carries(people: int, ties: tuple[Tie, ...], needs: tuple[int, ...]) -> Help:
    """The ties that carry one voice furthest."""
    return helps(drawn(people, ties), carried(needs))


@lru_cache(maxsize=64)
def wiser(people: int, ties: tuple[Tie, ...]) -> Help:
    """The ties that leave most minds."""
    return helps(drawn(people, ties), minds)


def news_read(params: Players) -> Reading:
    """Path lengths and the broker, with the ties that would help either most."""
    near, holds = nearer(len(params.names), params.ties), helps(params.contacts, worst_day)
    gain = _(
        "Nearness grows from {now:.2f} to {best:.2f}. It is 1 where all talk to all; a pair two steps apart counts half."
    )
    kept = _(
        "If the one leaves who is missed most, {best:.0f} pairs of the others still reach each other, not {now:.0f}."
    )
    return Reading(
        parts=(
            Part(_("How far news has to go"), _ways(params)),
            Part(_("Whose leaving tears it"), _leaving(params)),
            helped(params, _("To bring people nearer"), near, gain.format(now=near.now, best=near.best)),
            helped(params, _("To hold when somebody leaves"), holds, kept.format(now=holds.now, best=holds.best)),
        ),
        limits=(
            *LIMITS,
            _("News here always gets through. With people it is forgotten, kept back and changed on its way."),
        ),
    )


def silence_read(params: Players) -> Reading:
    """Who is carried along by whom, the fewest who must begin, and the ties that would carry it further."""
    found = carries(len(params.names), params.ties, params.needs)
    holds, of = holds_with_other_needs(params.contacts, params.needs, found.ties)
    gain = _("Whoever begins, {now:.1f} of {people} move on average; with it, {best:.1f}.")
    sure = ""
    if found.ties:
        best = max(range(len(found.ties)), key=lambda at: found.holds[at])
        sure = _(
            "What they need is your guess. If one of them needs one more or one less, "
            "{tie} stays among the best in {holds} of {of} cases."
        )
        sure = sure.format(tie=tie_words(params, found.ties[best]), holds=holds[best], of=of)
    return Reading(
        parts=(
            Part(_("Who moves, and who does not"), _silent(params)),
            Part(_("Who must begin"), _begin(params)),
            helped(
                params,
                _("To carry it further"),
                found,
                gain.format(now=found.now, best=found.best, people=len(params.names)),
                sure,
            ),
        ),
        limits=(
            *LIMITS,
            _("This is the least certain of all: it hangs on what you think others need."),
            _("People have reasons of their own, and can go back. Here they only count whom they talk to, and stay."),
        ),
    )


def voices_read(params: Players) -> Reading:
    """Shares of the outcome, and the ties that would leave most minds in it."""
    found = wiser(len(params.names), params.ties)
    gain = _("In what somebody ends up with there would be {best:.1f} minds, not {now:.1f}.")
    return Reading(
        parts=(
            Part(_("Whose voice outweighs the others"), _weights(params)),
            helped(params, _("To hear more minds"), found, gain.format(now=found.now, best=found.best)),
        ),
        limits=(
            *LIMITS,
            _(
                "Here everybody listens to all their contacts alike. People do not: a chief, or whoever pays, weighs more."
            ),
            _("It counts minds, not what they know. If one of them knows best, it may be well that they weigh more."),
        ),
    )


def all_round_read(params: Players) -> Reading:
    """The ties that make most of the four better and none worse."""
    found = all_round(params.contacts, params.needs)
    many = int(found.best)
    gain = _("It makes all four better: news, leavings, voices and silence.")
    if many < 4:
        gain = _("It makes {many} of the four better, and none worse: news, leavings, voices, silence.").format(
            many=many
        )
    return Reading(
        parts=(helped(params, _("One tie, all round"), found, gain),),
        limits=(
            *LIMITS,
            _("It counts how many of the four grow, not how much. Which of them you need most, you decide."),
            _("What others need before they move is a guess, and counts here as one of the four."),
        ),
    )


def _ways(params: Players) -> tuple[str, ...]:
    """How far apart people are, and who cannot be reached."""
    far, names = steps(params.contacts), params.names
    off = far[np.triu_indices(len(names), 1)]
    reach = off[off > 0]
    if not len(reach):
        return (_("Nobody talks to anybody."),)
    lines = [_("Two who can reach each other are {mean:.1f} steps apart on average.").format(mean=reach.mean())]
    one, other = np.argwhere(far == far.max())[0].tolist()
    line = n_(
        "The longest way is {steps} step.",
        "The longest way is {steps} steps, as from {one} to {other}.",
        int(far.max()),
    )
    lines.append(line.format(steps=int(far.max()), one=isolated(names[one]), other=isolated(names[other])))
    if lost := int((off < 0).sum()):
        line = n_("{lost} pair cannot reach each other at all.", "{lost} pairs cannot reach each other at all.", lost)
        lines.append(line.format(lost=lost))
    return tuple(lines)


def _leaving(params: Players) -> tuple[str, ...]:
    """Without whom most pairs would be cut off."""
    cut = cut_off(params.contacts)[0]
    if not cut.any():
        return (_("Nobody's. Whoever leaves, the others can still reach whom they reach now."),)
    who = listed([params.names[at] for at in np.flatnonzero(cut == cut.max())])
    line = n_(
        "{who}: without them {cut} pair of the others would be cut off.",
        "{who}: without them {cut} pairs of the others would be cut off.",
        int(cut.max()),
    )
    return (line.format(who=who, cut=int(cut.max())),)


def _silent(params: Players) -> tuple[str, ...]:
    """How far one voice gets, and whom none moves."""
    people, names = len(params.names), params.names
    count = followed(params.contacts, params.needs)[0]
    best = np.flatnonzero(count == count.max())
    who = listed([names[at] for at in best])
    first = _("Let one alone begin. It gets furthest with {who}: in the end {most} of {people} have moved.")
    lines = [first.format(who=who, most=int(count.max()), people=people)]
    ends = np.array(
        [
            m[0, 0]
            for m in (
                moves(params.contacts, params.needs, np.array([[1 << at]], dtype=np.uint16))[-1] for at in range(people)
            )
        ]
    )
    never = [
        names[at] for at in range(people) if not any(int(end) >> at & 1 for who_, end in enumerate(ends) if who_ != at)
    ]
    if never:
        line = n_(
            "No single voice of the others moves {who}.",
            "No single voice of the others moves any of these: {who}.",
            len(never),
        )
        lines.append(line.format(who=listed(never)))
    few = [
        n
        for n, need, known in zip(names, params.needs, params.contacts[0].tolist(), strict=True)
        if need > int(known).bit_count()
    ]
    if few:
        line = n_(
            "Talks to fewer than they need to hear: {who}. No news along these ties can move them.",
            "Talk to fewer than they need to hear: {who}. No news along these ties can move them.",
            len(few),
        )
        lines.append(line.format(who=listed(few)))
    return tuple(lines)


def _begin(params: Players) -> tuple[str, ...]:
    """The fewest who must begin so that all follow."""
    sets = first_voices(params.contacts, params.needs)
    many = len(sets[0])
    if not many:
        return (_("Nobody: some move by themselves, and all others follow."),)
    some = "; ".join(isolated(listed([params.names[at] for at in one])) for one in sets[:SETS])
    line = n_(
        "One is enough, if it is the right one: {some}{rest}.",
        "At least {many} must begin so that all follow. All sets of people were tried; these do it: {some}{rest}.",
        many,
    )
    return (line.format(many=many, some=some, rest=_("; and others") if len(sets) > SETS else ""),)


def _weights(params: Players) -> tuple[str, ...]:
    """What the weightiest first opinion counts for, beside an even share; and whether they all hear each other."""
    share, people = weights(params.contacts), len(params.names)
    heaviest, lightest = (np.flatnonzero(np.abs(share - end) < EVEN) for end in (share.max(), share.min()))
    if len(heaviest) == people:
        lines = [_("Nobody's: all count the same, for {even:.0%} each.").format(even=1 / people)]
    else:
        line = n_(
            "{most}: what they think at first counts for {share:.0%} of where it ends. An even share would be {even:.0%}.",
            "{most}: what each thinks at first counts for {share:.0%} of where it ends. An even share would be {even:.0%}.",
            len(heaviest),
        )
        most = listed([params.names[at] for at in heaviest])
        lines = [line.format(most=most, share=share.max(), even=1 / people)]
        least = _("Least of all counts what these think: {least}, {share:.0%}.")
        lines.append(least.format(least=listed([params.names[at] for at in lightest]), share=share.min()))
    groups = len(set(reached(params.contacts)[0].tolist()))
    if groups > 1:
        lines.append(
            _("There are {groups} groups that do not hear each other. Each comes to an end of its own.").format(
                groups=groups
            )
        )
    return tuple(lines)
