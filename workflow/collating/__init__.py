"""One record for each case over all that was received: who said what, where they differ, and what was agreed."""
