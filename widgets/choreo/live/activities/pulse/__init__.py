"""Pulse."""
