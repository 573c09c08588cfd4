"""Answering researchers: a request that two people approve, and extracts that name nobody."""
