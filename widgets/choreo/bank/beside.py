"""Files that lie beside the notebooks and that texts, outputs and readers ask for: pictures, films, data."""

from __future__ import annotations

import stat
from pathlib import Path

SHOWN = {
    **{f".{ending}": f"image/{ending}" for ending in ("png", "jpeg", "gif", "webp", "avif", "bmp")},
    **{".jpg": "image/jpeg", ".svg": "image/svg+xml", ".ico": "image/x-icon"},
    **{
        ".mp4": "video/mp4",
        ".m4v": "video/mp4",
        ".webm": "video/webm",
        ".ogv": "video/ogg",
        ".vtt": "text/vtt; charset=utf-8",
    },
    **{".mp3": "audio/mpeg", ".m4a": "audio/mp4", ".ogg": "audio/ogg", ".wav": "audio/wav", ".flac": "audio/flac"},
}
TAKEN = (
    *(".csv", ".tsv", ".txt", ".json", ".geojson", ".jsonl", ".parquet", ".feather", ".npy", ".npz", ".xlsx", ".ods"),
    *(".zip", ".pdf"),
)
# Nothing in a picture runs, also where it is opened as a page of its own.
ALONE = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; media-src 'self'; sandbox; frame-ancestors 'none'"
)


def beside(folder: Path, name: str) -> Path:
    """The file of that name in the lessons' folder; raise FileNotFoundError for one that is not handed out.

    That is no notebook, no code, nothing hidden, and nothing elsewhere, also where links lead.
    """
    parts = name.split("/")
    ending = Path(name).suffix.lower()
    if ending not in SHOWN and ending not in TAKEN:
        raise FileNotFoundError(name)
    if any(part in ("", "..") or part.startswith((".", "__")) or "\\" in part or "\0" in part for part in parts):
        raise FileNotFoundError(name)
    try:
        real = Path(folder, *parts).resolve(strict=True)
        inside = real.is_relative_to(folder.resolve()) and real.suffix.lower() == ending
        if not inside or not stat.S_ISREG(real.stat().st_mode):
            raise FileNotFoundError(name)
    except (OSError, ValueError, RuntimeError) as error:
        raise FileNotFoundError(name) from error
    return real
