"""Values on their way to the browser: numpy arrays as bytes with their dtype and shape, and numbers that JSON knows."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

DTYPES = (
    "uint8",
    "int8",
    "bool",
    "uint16",
    "int16",
    "uint32",
    "int32",
    "float32",
    "float64",
)  # as player/scene.js reads


def packed(value: Any) -> Any:
    """The value with every array as {"data": bytes, "dtype": name, "shape": list}; see `sendable` for the rest.

    Rows of bytes travel as what changes from one to the next (modulo 256, "steps": True): a crowd's phases shrink to a third.
    Raise TypeError for an array of a dtype that the browser's half cannot read.
    """
    if isinstance(value, np.ndarray):
        if value.dtype == np.int64:
            value = value.astype(np.int32)
        if value.dtype.name not in DTYPES:
            raise TypeError(f"an array of {value.dtype.name} cannot be sent; make it one of {', '.join(DTYPES)}")
        steps = value.dtype == np.uint8 and value.ndim > 1
        sent = np.diff(value, axis=0, prepend=np.zeros_like(value[:1])) if steps else value
        return {"data": sent.tobytes(), "dtype": value.dtype.name, "shape": list(value.shape), "steps": steps}
    if isinstance(value, Mapping):
        return {str(name): packed(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [packed(part) for part in value]
    return sendable(value)


def sendable(value: Any) -> Any:
    """Plain JSON: numpy's numbers as Python's, and None for what is no finite number."""
    if type(value) is float:  # first, since a chart is hundreds of them
        return value if math.isfinite(value) else None
    if isinstance(value, str | int):
        return value
    if isinstance(value, Mapping):
        return {str(name): sendable(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [sendable(part) for part in value]
    if isinstance(value, np.ndarray):
        return sendable(value.tolist())
    if isinstance(value, np.generic):
        value = value.item()
    return None if isinstance(value, float) and not math.isfinite(value) else value
