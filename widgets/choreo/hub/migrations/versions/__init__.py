"""One migration per file, oldest first by number."""
