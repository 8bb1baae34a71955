"""Micro-cultures."""
