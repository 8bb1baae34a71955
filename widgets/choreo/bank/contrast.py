"""Whether colours can be read and told apart: WCAG 2.2 (contrast), and how people see who lack a kind of cone.

The simulation is that of Machado, Oliveira and Fernandes (2009), IEEE Transactions on Visualization and Computer Graphics 15,
1291-1298, for people without red or without green cones; distances are Euclidean in CIE L*a*b* (D65).
"""

from __future__ import annotations

from collections.abc import Iterable

AA = 4.5  # to one, for text

Rgb = tuple[float, float, float]

SIGHTS: dict[str, tuple[Rgb, Rgb, Rgb]] = {
    "everybody": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "people who see no red": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "people who see no green": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
}


def contrast(one: str, other: str) -> float:
    """The contrast of two colours ("#rrggbb"), 1 to 21.

    >>> contrast("#000000", "#ffffff"), round(contrast("#777777", "#ffffff"), 2)
    (21.0, 4.48)
    """
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def least(colour: str, grounds: Iterable[str]) -> tuple[float, str]:
    """The least contrast of a colour with these grounds, and with which."""
    return min((contrast(colour, ground), ground) for ground in grounds)


def readable(colour: str, grounds: Iterable[str], towards: str) -> str | None:
    """The nearest shade on the way `towards` black or white that can be read on all grounds; None if there is none.

    >>> readable("#888888", ["#ffffff"], "#000000")
    '#767676'
    """
    grounds = list(grounds)
    shades = (mixed(colour, towards, step / 100) for step in range(101))
    return next((shade for shade in shades if least(shade, grounds)[0] >= AA), None)


def mixed(one: str, other: str, share: float) -> str:
    """A colour with so much of another in it.

    >>> mixed("#000000", "#ffffff", 0.5)
    '#808080'
    """
    parts = (a + (b - a) * share for a, b in zip(_parts(one), _parts(other), strict=True))
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)


def apart(one: str, other: str) -> tuple[float, str]:
    """How far two colours are from each other for who tells them apart worst, and who that is; 0 is the same colour."""
    return min((_distance(one, other, sight), sight) for sight in SIGHTS)


def _parts(colour: str) -> Rgb:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _linear(colour: str) -> Rgb:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _parts(colour))
    return red, green, blue


def _luminance(colour: str) -> float:
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _distance(one: str, other: str, sight: str) -> float:
    return float(sum((a - b) ** 2 for a, b in zip(_lab(one, sight), _lab(other, sight), strict=True)) ** 0.5)


def _lab(colour: str, sight: str) -> Rgb:
    linear = _linear(colour)
    red, green, blue = (
        min(max(sum(share * part for share, part in zip(row, linear, strict=True)), 0.0), 1.0) for row in SIGHTS[sight]
    )
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
    fx, fy, fz = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)
