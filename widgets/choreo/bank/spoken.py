"""Numbers and spans of time as people say them."""

from __future__ import annotations

from choreo.words import _

NUMBERS = (
    *(_("none"), _("one"), _("two"), _("three"), _("four"), _("five"), _("six"), _("seven"), _("eight"), _("nine")),
    *(_("ten"), _("eleven"), _("twelve")),
)


def spoken(number: int) -> str:
    """A small number in a word, a larger one in figures.

    >>> spoken(11), spoken(40)
    ('eleven', '40')
    """
    return NUMBERS[number] if 0 <= number < len(NUMBERS) else str(number)


def in_hours(minutes: int) -> str:
    """A number of minutes to the nearest half hour; less than three quarters of an hour as it is.

    >>> [in_hours(minutes) for minutes in (25, 60, 80, 225, 245, 271)]
    ['25 minutes', 'an hour', 'an hour and a half', 'four hours', 'four hours', 'four and a half hours']
    """
    halves = (minutes + 15) // 30
    if minutes < 45:
        return _("{minutes} minutes").format(minutes=minutes)
    if halves < 4:
        return _("an hour and a half") if halves == 3 else _("an hour")
    return (_("{hours} and a half hours") if halves % 2 else _("{hours} hours")).format(hours=spoken(halves // 2))
