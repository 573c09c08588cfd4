"""The annual report: what it is made of, when it is frozen, and when it may be approved."""
