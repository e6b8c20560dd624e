"""A few lines of free text (自由記入), printed as typed."""

from __future__ import annotations

from simforms.errors import ValueProblem, say

MOST_LINES = 12


def parse(text: str) -> str:
    r"""Return the text as typed.

    >>> parse("first\nsecond")
    'first\nsecond'
    """
    if text.count("\n") >= MOST_LINES:
        raise ValueProblem(say("it has more than %(most)s lines", most=MOST_LINES), say("make it shorter"))
    return text.rstrip("\n")


def show(value: str, language: str) -> str | None:
    """Return the text; its reading is not known."""
    return None if language == "ja-Hira" else value
