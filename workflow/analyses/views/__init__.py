"""Screens about the analyses of a case."""
