"""Loads the engine when it is imported, in the process from which workers are forked."""

from simforms.pdf import engine

engine.import_engine()
