"""Asking agencies what they know: one request to one person, answered by link without an account."""
