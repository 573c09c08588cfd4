"""Exports that take long: made in the background, in pieces, and fetched once by whoever asked."""
