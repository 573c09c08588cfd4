"""What a review recommends, to whom, and what came of it."""
