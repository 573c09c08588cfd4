"""The same done to several cases at once."""
