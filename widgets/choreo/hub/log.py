"""What is written to the log stays within bounds, whatever strangers do, and is read by people or by programs."""

from __future__ import annotations

import json
import logging
import os
import sys
import time
from datetime import UTC, datetime

from choreo.hub.limits import Bucket, Rate

LINES = Rate(60, 0.5)  # records: an hour of the worst is half a megabyte
LONGEST = 300  # characters of a message
LONGEST_TRACE = 3000  # characters of what led to an error, its end
SWITCH = "CHOREO_LOG"  # "json" for programs; else for people
FORM = "%(levelname)s: %(message)s"


class Bounded(logging.Filter):
    """Lets so many records through, shortened; the next one says how many were left out."""

    def __init__(self, rate: Rate = LINES) -> None:
        """Begin with none."""
        super().__init__()
        self._bucket, self._left_out = Bucket(rate, time.monotonic()), 0

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the record is written."""
        now = time.monotonic()
        if self._bucket.empty(now):
            self._left_out += 1
            return False
        self._bucket.take(now)
        text = record.getMessage()
        if len(text) > LONGEST:
            text = f"{text[:LONGEST]}... ({len(text)} characters)"
        if self._left_out:
            text += f" ({self._left_out} more lines were left out before this one.)"
            self._left_out = 0
        record.msg, record.args = text, ()
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)[-LONGEST_TRACE:]
        return True


class JsonLines(logging.Formatter):
    """A record as one line of JSON: time (UTC), level, logger, message, and of an error what led to it."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        said = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info or record.exc_text:
            said["trace"] = record.exc_text or self.formatException(record.exc_info)  # type: ignore[arg-type]
        return json.dumps(said, ensure_ascii=False)


def begin_log(form: str = FORM) -> None:
    """Write warnings and worse to standard error, within bounds: as lines of `form`, or of JSON; then Python's warnings, too."""
    logging.basicConfig(level=logging.WARNING, format=form)
    bound_log()
    if is_json():
        logging.captureWarnings(True)


def bound_log(logger: logging.Logger = logging.root) -> None:
    """Bound all that the handlers of a logger write, of the root logger if none is named; as JSON, if that is wanted."""
    for handler in logger.handlers:
        handler.addFilter(Bounded())
        if is_json():
            handler.setFormatter(JsonLines())


def is_json() -> bool:
    """Whether programs read the log."""
    return os.environ.get(SWITCH) == "json"


def complain(text: str, level: int = logging.CRITICAL) -> None:
    """Say to whoever starts a server why it does not, or what they should know."""
    if is_json():
        logging.getLogger("choreo").log(level, "%s", text)
    else:
        print(f"choreo: {text}", file=sys.stderr)
