"""Files that people attach to their answers: told by content, sealed, scanned, and never on a public path."""
