"""The family's voice in a review, and what the review tells them (process, §10)."""
