"""Several things in one exercise that do not fit together, found at once."""

from __future__ import annotations

from collections.abc import Sequence

Place = tuple[str | int, ...]


class FaultsError(ValueError):
    """Each fault with its place in the record; for validators that can find more than one."""

    def __init__(self, found: Sequence[tuple[Place, str]]) -> None:
        """Keep place and fault of each; the message has them all."""
        super().__init__("; ".join(f"{'.'.join(map(str, place))}: {fault}" for place, fault in found))
        self.found = tuple(found)
