"""What is brought in: the history of another system, and lists to look things up in."""
