"""The pages on which a person who was asked answers, without an account."""
