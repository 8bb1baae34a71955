"""In turn or at once."""
