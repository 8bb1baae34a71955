"""Kernels that are forked from a lesson which has already run. docs/forking.md has the drawing of who forks whom."""
