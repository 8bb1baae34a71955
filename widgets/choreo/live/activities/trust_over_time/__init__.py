"""Trust over time."""
