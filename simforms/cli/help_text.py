"""What a command says of itself in its docstring and options: paragraphs, examples, placeholders."""

from __future__ import annotations

import re

import click

from simforms.cli.voice import said
from simforms.messages import say

EXAMPLE = "Example: "


def paragraphs(help_text: str) -> list[str]:
    r"""Return what a command's help says, each paragraph as one line; an example is no text to translate.

    >>> paragraphs("Print a\npaper.\n\nExample: simforms render my.yaml")
    ['Print a paper.']
    """
    found = (" ".join(paragraph.split()) for paragraph in re.split(r"\n\s*\n", help_text))
    return [paragraph for paragraph in found if paragraph and not paragraph.startswith(EXAMPLE)]


def examples(command: click.Command) -> list[str]:
    """Return the command lines that a command's help shows."""
    lines = (command.help or "").splitlines()
    return [line.strip().removeprefix(EXAMPLE) for line in lines if line.strip().startswith(EXAMPLE)]


def words(metavar: str) -> list[str]:
    """Return the words of a placeholder that stand for something.

    >>> words("[CASE...]"), words("FILE.ics")
    (['CASE'], ['FILE'])
    """
    return re.findall(r"[A-Z]{3,}", metavar)


def placeholder(text: str) -> str:
    """Return a placeholder in the person's language."""
    return re.sub(r"[A-Z]{3,}", lambda word: said(say(word[0])), text)


_OWN = (say("ARGS"), say("COMMAND"), say("OPTIONS"))
"""The placeholders that click itself writes."""
