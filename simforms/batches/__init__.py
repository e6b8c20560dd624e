"""A table in, papers out, one outcome for each record."""
