"""The course's path and its exercises, read from data files."""
