"""A line of text, printed as typed (address, name of a bank or a carrier)."""

from __future__ import annotations

from simforms.errors import ValueProblem
from simforms.messages import say


def parse(text: str) -> str:
    """Return the text as typed.

    >>> parse("東京都新宿区高田馬場1-2-3")
    '東京都新宿区高田馬場1-2-3'
    """
    if "\n" in text or "\r" in text:
        raise ValueProblem(say("a line break stands in it"), say("write it on one line"))
    return text


def show(value: str, language: str) -> str | None:
    """Return the text; its reading is not known."""
    return None if language == "ja-Hira" else value
