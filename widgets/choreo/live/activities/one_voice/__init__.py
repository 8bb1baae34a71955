"""One voice with weight."""
