"""What people type, as it is meant: words that can be seen, letters, codes and numbers (views/shared/number.js reads alike)."""

from __future__ import annotations

import re
import unicodedata

from choreo.words import _

JOINERS = "\u200c\u200d"  # between letters they change what is seen; alone they are nothing
TAGS = frozenset(map(chr, range(0xE0020, 0xE0080)))  # the flags of Scotland and Wales end in them
SKINS = frozenset(map(chr, range(0x1F3FB, 0x1F400)))
FLAGS = frozenset(map(chr, range(0x1F1E6, 0x1F200)))  # two of them are one flag
VOWELS = frozenset(map(chr, range(0x1160, 0x1200)))  # and ends of Hangul syllables
BLANKS = {0x2800: " ", 0x3164: " ", 0xFFA0: " ", 0x115F: " ", 0x1160: " "}  # letters and signs that show nothing
MOST_PARTS = 16  # characters of one letter with all its marks; a family with all its skins has 11

SIGNS = (
    dict.fromkeys(map(ord, "“”„‟«»″‶〝〞〟＂"), '"')
    | dict.fromkeys(map(ord, "‘’‚‛‹›′‵ʹʻʼʽˈ´`＇"), "'")
    | dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2e3a\u2e3b\ufe58\ufe63\uff0d"), "-")
)
MARKS = {0x66B: ".", 0x66C: "'", 0xFF0C: ",", 0xFF0E: "."}  # the Arabic decimal mark and mark for thousands; wide ones
NUMBER = re.compile(r"(?<![\w.,'])[.,]?\d(?:(?:[.,']| (?=\d{3}(?!\d)))?\d)*")  # in a text that is bare otherwise


class NumberError(ValueError):
    """What was typed is no number; the message says so to who typed it."""


class AmbiguousError(NumberError):
    """What was typed may be either of two numbers; the message asks which."""


def visible(text: str) -> bool:
    r"""Whether there is anything to see: a letter, a figure or a sign that leaves a trace.

    >>> [visible(text) for text in ("Ann", "٣", "👨‍👩‍👧", " ", "\u2800\u3164", "\u200b\u200e\ufe0f")]
    [True, True, True, False, False, False]
    """
    return any(_kind(char)[0] not in "MZ" and not _unseen(char) for char in text.translate(BLANKS))


def line(text: object, most: int | None = None) -> str:
    """A text as one line that can be kept and shown, cut between letters; empty where nothing of it can be seen."""
    if not isinstance(text, str):
        return ""
    kept = "".join(
        char
        for char in text.translate(BLANKS)
        if char.isspace() or char in TAGS or char in JOINERS or not _unseen(char)
    )
    found = letters(" ".join(kept.split()).strip(JOINERS + " "))
    whole = "".join(letter[:MOST_PARTS] for letter in found[:most]).rstrip()
    return whole if visible(whole) else ""


def _kind(char: str) -> str:
    return unicodedata.category(char)


def _unseen(char: str) -> bool:
    """Controls, formats, halves of pairs, and what is no character; unknown ones may be newer than this Python."""
    return _kind(char) in ("Cc", "Cf", "Cs") or ord(char) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(char) <= 0xFDEF


def letters(text: str) -> list[str]:
    """The text's letters as people count them: accents, skins, flags and families are not cut (after UAX 29).

    >>> letters("né👨‍👩‍👧🇩🇪")
    ['n', 'é', '👨‍👩‍👧', '🇩🇪']
    """
    found: list[str] = []
    for char in text:
        if found and _goes_on(found[-1], char):
            found[-1] += char
        else:
            found.append(char)
    return found


def _goes_on(letter: str, char: str) -> bool:
    kind = _kind(char)
    if kind in ("Mn", "Me", "Mc") or char in JOINERS or char in SKINS or char in TAGS or char in VOWELS:
        return not letter.isspace()
    if letter[-1] == "\u200d":  # a family, or one who works
        return kind in ("So", "Cn") and _kind(letter[0]) in ("So", "Cn")
    if unicodedata.combining(letter[-1]) == 9:  # a virama: consonants written as one
        return kind == "Lo"
    return char in FLAGS and letter in FLAGS


def isolated(text: str) -> str:
    """Somebody's words within a sentence: in a script from right to left they keep to themselves, marks at their ends too."""
    return f"\u2068{text}\u2069" if any(unicodedata.bidirectional(char) in ("R", "AL") for char in text) else text


def code(text: str) -> str:
    r"""A code without what does not matter in it: case, spaces, hyphens, signs, and what nobody sees.

    >>> code("\u200eab‑cd\u200b –ef٣")
    'ABCDEF3'
    """
    plain = figures(unicodedata.normalize("NFKC", text.translate(BLANKS)))
    return "".join(char for char in plain if _kind(char)[0] in "LN").upper()


def figures(text: str) -> str:
    """The text with the digits of every script as 0 to 9."""
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)


def bare(text: str) -> str:
    """The text as it is compared: no matter the case, the spaces, and which quotation marks, dashes and digits.

    Numbers are the same however they are marked, as long as they can be read in one way only.

    >>> bare("  Far – „Listeners“ ") == bare('far - "listeners"'), bare("٠٫٥"), bare("1 000,50"), bare("1.000")
    (True, '0.5', '1000.5', '1.000')
    """
    plain = unicodedata.normalize("NFKC", _seen(text).translate(SIGNS)).casefold()
    plain = unicodedata.normalize("NFKC", _seen(plain)).translate(SIGNS | MARKS)
    return NUMBER.sub(_one_number, " ".join(figures(plain).split()))


def _seen(text: str) -> str:
    kept = (char for char in text.translate(BLANKS) if char.isspace() or not _unseen(char))
    return re.sub("[\ufe00-\ufe0f]", "", "".join(kept))


def _one_number(found: re.Match[str]) -> str:
    read = readings(found[0].replace(" ", "'"))
    return read[0] if len(read) == 1 else found[0]


def _pattern(mark: str) -> re.Pattern[str]:
    """Numbers with this mark for thousands (or for lakhs and crores), and the other one for decimals."""
    other = ".,".replace(mark, "")
    mark = re.escape(mark)
    groups = rf"[1-9]\d{{0,2}}(?:{mark}\d{{3}})+|[1-9]\d?(?:{mark}\d\d)+{mark}\d{{3}}"
    return re.compile(rf"({groups}|\d*)(?:[{other}](\d*))?", re.ASCII)


PATTERNS = [_pattern(mark) for mark in ".,'"]


def readings(text: str) -> list[str]:
    """All numbers that figures with marks (".", "," and "'") can stand for, the smallest first.

    >>> readings("1.000"), readings("0,50"), readings("1.000,5"), readings("1'0")
    (['1', '1000'], ['0.5'], ['1000.5'], [])
    """
    found = set()
    for pattern in PATTERNS:
        if match := pattern.fullmatch(text):
            whole, part = re.sub(r"\D", "", match[1]), (match[2] or "").rstrip("0")
            if match[1] or match[2]:
                found.add((whole or "0") + (f".{part}" if part else ""))
    return sorted(found, key=float)


def number(text: str) -> float:
    """The number that somebody typed; raise NumberError where it is none, AmbiguousError where it may be either of two.

    >>> number("−1 000,5"), number("٣")
    (-1000.5, 3.0)
    """
    plain = figures(_seen(text).strip().translate(SIGNS | MARKS))
    plain = re.sub(r"(?<=\d)[\s_](?=\d)", "'", plain)
    sign, body = ("-" if plain[:1] == "-" else "", plain[1:]) if plain[:1] in ("-", "+") else ("", plain)
    read = readings(body)
    if len(read) == 2:
        asked = _("Is that {whole} or {part}? Please type it without a mark for thousands.")
        raise AmbiguousError(asked.format(whole=sign + read[1], part=sign + read[0]))
    if not read:
        raise NumberError(_("Please type a number, in digits."))
    return float(sign + read[0])
