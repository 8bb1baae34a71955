"""Run the command line: python -m choreo.authoring."""

from choreo.authoring.main import main

main()
