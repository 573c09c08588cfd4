"""Our figures beside those of our peers: `python -m tests.bench [row…]`. Every module here with a `row()` is a row."""
