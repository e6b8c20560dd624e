"""Bilingual papers for ending a Japanese SIM, eSIM or data card."""

__version__ = "0.1.0"
