"""Run the lesson server: python -m choreo.serve --lessons lessons --port 8001 --hub http://127.0.0.1:8000."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

# jsonschema builds 39 grammars, which takes two seconds, to check kinds of addresses that no notebook has.
sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]

from choreo.hub.lifeline import hold_lifeline  # noqa: E402
from choreo.serve.voila import LessonServer, server_config  # noqa: E402


def main() -> None:
    """Serve until a signal comes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lessons", type=Path, required=True)
    parser.add_argument("--exercises", type=Path, required=True)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--hub", default="")
    parser.add_argument("--lifeline", action="store_true", help="stop when standard input closes")
    args = parser.parse_args()
    os.environ["CHOREO_EXERCISES"] = str(args.exercises.resolve())
    if args.hub:
        os.environ["CHOREO_HUB"] = args.hub
    app = LessonServer(
        config=server_config(args.lessons.resolve(), args.exercises.resolve(), args.host, args.port, args.hub)
    )
    app.initialize([])
    if args.lifeline:
        hold_lifeline()
    app.start()


main()
