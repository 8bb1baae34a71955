"""Places that keep a learner's entries: the hub, or a file of their own where there is no hub."""
