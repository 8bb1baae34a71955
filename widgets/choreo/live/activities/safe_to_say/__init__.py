"""Safe to say: one sealed ballot, two questions."""
