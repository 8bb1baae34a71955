"""Kernels that are forked from a lesson which has already run. docs/serving.md has the drawing of who forks whom."""
