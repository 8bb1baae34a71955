"""Like me?: one sealed ballot, two questions."""
