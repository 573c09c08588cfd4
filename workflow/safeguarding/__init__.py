"""Abuse or neglect suspected: who is told, when, and what they answer (process, §12)."""
