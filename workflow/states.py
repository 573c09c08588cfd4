"""The states of a review."""
