"""The one door for words that people read: whole sentences with named places, so that each can be translated.

    _("After {rounds} rounds {people} people act.").format(rounds=8, people=100)

English is the source. A translation is a gettext catalogue `choreo.mo` in `locale/<language>/LC_MESSAGES`.
"""

from __future__ import annotations

from gettext import NullTranslations, translation
from pathlib import Path

CATALOGUES = Path(__file__).parent / "locale"

_words: NullTranslations = translation("choreo", CATALOGUES, fallback=True)


def _(text: str) -> str:
    """The sentence in the reader's language."""
    return _words.gettext(text)


def n_(one: str, many: str, count: float) -> str:
    """The sentence for one or for many, by `count`."""
    return _words.ngettext(one, many, 1 if count == 1 else 2)
