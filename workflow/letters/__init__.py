"""Letters that staff copy or print: in the words of editors, filled on screen, sent by no machine."""
