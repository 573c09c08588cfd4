"""Analyses of a death: the draft of the CDRM, the final one of the panel, and the signature of its chair."""
