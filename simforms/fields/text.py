"""A line of text, printed as typed (address, name of a bank or a carrier)."""

from __future__ import annotations

from simforms.errors import ValueProblem
from simforms.messages import say

FREE_TEXT = True


def parse(text: str) -> str:
    """Return the text as typed.

    >>> parse("東京都新宿区高田馬場1-2-3")
    '東京都新宿区高田馬場1-2-3'
    """
    if "\n" in text or "\r" in text:
        raise ValueProblem(say("it contains a line break"), say("write it on one line"))
    return text


def show(value: str, language: str) -> str | None:
    """Return the text, or None for its reading, which only the person knows."""
    return None if language == "ja-Hira" else value
