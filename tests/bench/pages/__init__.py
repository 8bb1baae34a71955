"""The bench of pages: see `__main__`."""
