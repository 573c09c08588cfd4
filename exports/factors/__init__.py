"""The factors that panels found, kept apart so that they can be counted and taken out without opening an analysis."""
