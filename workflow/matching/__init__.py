"""Is this the same child? What is compared, what it counts, and what people decided about it.

`child`, `keys` and `scoring` are plain Python and never meet the database; `selectors` and `services` do.
"""
