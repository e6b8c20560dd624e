"""The questions of `simforms new` in a terminal."""
