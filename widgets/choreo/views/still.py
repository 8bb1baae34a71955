"""A figure of matplotlib's as a picture with words for who cannot see it."""

from __future__ import annotations

import sys
from io import BytesIO
from typing import Any

from IPython.display import Image


def is_still(figure: Any) -> bool:
    """Whether it is such a figure; matplotlib need not be there."""
    return hasattr(figure, "savefig") and hasattr(figure, "canvas")


def still(figure: Any, alt: str) -> Image:
    """The picture, twice as fine as it is shown. The figure is closed, or `%matplotlib inline` would show it once more."""
    drawn = BytesIO()
    figure.savefig(drawn, format="png", dpi=2 * figure.dpi, bbox_inches="tight")
    if (pyplot := sys.modules.get("matplotlib.pyplot")) is not None:
        pyplot.close(figure)
    return Image(data=drawn.getvalue(), format="png", retina=True, alt=alt)
