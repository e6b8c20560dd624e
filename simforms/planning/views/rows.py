"""The rows of the first screen: a label with lines beside it, broken and cut by the columns that their characters take."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from simforms.language.columns import display_width, wrap
from simforms.messages import Message

MORE = "…"


@dataclass
class Row:
    """A label and the lines beside it."""

    label: Message
    lines: list[str]


def broken(text: str, columns: int) -> Iterator[str]:
    """Yield a text in lines; a word that is longer than one, as an address may be, is broken anywhere."""
    for line in wrap(text, columns):
        rest = line
        while display_width(rest) > columns:
            count = max(count for count in range(1, len(rest)) if display_width(rest[:count]) <= columns)
            yield rest[:count]
            rest = rest[count:]
        yield rest


def marked(line: str, columns: int) -> str:
    """Return a line that shows that more was cut."""
    line = line.removesuffix(MORE)
    while display_width(line) + display_width(MORE) > columns:
        line = line[:-1]
    return line + MORE
