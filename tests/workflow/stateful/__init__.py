"""Random moves by random people, and what holds after each of them."""
