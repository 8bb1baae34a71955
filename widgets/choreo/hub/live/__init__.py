"""Live sessions over the wire: sockets, the log in the database, timers, bots, and what is shown to whom."""
