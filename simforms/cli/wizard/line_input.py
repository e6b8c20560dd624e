"""Reads answers line by line: nothing moves on the screen, for screen readers, plain terminals and programs."""

from __future__ import annotations

import sys

from simforms.cli.output import show, show_lines
from simforms.cli.wizard.screen import Prompt


def read(prompt: Prompt) -> str:
    """Return what is typed. Raises EOFError at the end of the input."""
    if prompt.head:
        show()
    show_lines(prompt.head)
    show_lines(f"  {number:2}  {option}" for number, option in enumerate(prompt.options, 1))
    if prompt.keep:
        show(f"  {prompt.keep}")
    show("> ", end="")
    line = sys.stdin.buffer.readline().decode("utf-8", "replace")  # a character that cannot be read is refused like any other
    if not line:
        show()
        raise EOFError
    return line.rstrip("\n") or prompt.text
