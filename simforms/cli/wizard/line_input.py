"""Answers read line by line: nothing moves on the screen, for screen readers, plain terminals and programs."""

from __future__ import annotations

import sys

import click

from simforms.cli.wizard.screen import Prompt


def read(prompt: Prompt) -> str:
    """Return what is typed. Raises EOFError at the end of the input."""
    if prompt.head:
        click.echo()
    for line in prompt.head:
        click.echo(line)
    for number, option in enumerate(prompt.options, 1):
        click.echo(f"  {number:2}  {option}")
    if prompt.keep:
        click.echo(f"  {prompt.keep}")
    click.echo("> ", nl=False)
    line = sys.stdin.buffer.readline().decode("utf-8", "replace")  # a sign that cannot be read is refused like any other
    if not line:
        click.echo()
        raise EOFError
    return line.rstrip("\n") or prompt.text
