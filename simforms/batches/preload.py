"""Loads the engine when it is imported: what the process does from which workers are made."""

from simforms.pdf import engine

engine.import_engine()
