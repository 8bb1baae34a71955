"""Wisdom of the room."""
