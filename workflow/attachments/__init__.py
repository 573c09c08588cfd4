"""Files that staff put into a case."""
