"""The author's preview: a lesson as learners see it, with its faults beside it, new at every saving."""
