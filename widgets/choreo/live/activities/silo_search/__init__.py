"""Silo search."""
