"""Exercises in the forms that others use, and back: question banks (GIFT, Moodle XML) and a table for reviewers. Pure."""
