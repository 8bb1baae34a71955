"""Choreo: a course about collaboration that people play instead of read."""

__version__ = "0.1.0"
