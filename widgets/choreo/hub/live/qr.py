"""Text as a picture that a camera reads."""

from __future__ import annotations

import io

import segno

LONGEST_TEXT = 600  # characters; more of them no phone reads from a screen


def qr_code(text: str) -> str:
    """The text as a QR code, an SVG."""
    picture = io.BytesIO()
    code = segno.make(text, error="m", micro=False)
    code.save(picture, kind="svg", border=2, xmldecl=False, dark="#000", light="#fff")
    return picture.getvalue().decode()
