"""The room's own alliance map."""
