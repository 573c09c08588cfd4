"""Filters of the list of cases that somebody gave a name."""
