"""Meetings on deaths: who meets, on which cases, and what came of it."""
