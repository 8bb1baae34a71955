"""Live sessions: a session is a log of events, and everything that is shown follows from it."""
