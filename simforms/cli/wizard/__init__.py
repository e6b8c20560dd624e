"""The dialogue of `simforms new` in a terminal: one face of the interview."""
