"""Text in columns as a terminal shows it: a Chinese, Japanese or Korean letter takes two."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

GAP = 2
"""Columns between two columns of a table."""
_OPENS = "（「『【〈《〔“‘"
_CLOSES = "、。，．・：；？！）」』】〉》〕”’ー々…％ぁぃぅぇぉっゃゅょァィゥェォッャュョ"
_WIDE = r"\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uff00-\uffef"
_PIECE = rf"\s+|[{_OPENS}]*(?:[{_WIDE}]|[^\s{_WIDE}{_OPENS}{_CLOSES}]+)[{_CLOSES}]*|."
"""Where a line may end: at a space, and between Chinese or Japanese letters, but neither before a closing mark nor behind
an opening one."""


def display_width(text: str) -> int:
    """Return how many columns a text takes.

    >>> display_width("SIM"), display_width("解約"), display_width("ế")
    (3, 4, 1)
    """
    if text.isascii():
        return len(text)
    from wcwidth import wcwidth  # noqa: PLC0415 - English does not pay for it

    return sum(max(wcwidth(sign), 0) for sign in text)


def pad(text: str, columns: int) -> str:
    """Return a text with spaces behind it, up to so many columns."""
    return text + " " * (columns - display_width(text))


def wrap(text: str, columns: int) -> list[str]:
    """Return a text in lines of at most so many columns; only a word without a place to break is longer.

    >>> wrap("窓口で、解約する。", 8)
    ['窓口で、', '解約す', 'る。']
    """
    lines = [""]
    text = text if text.isascii() else re.sub(rf"(?<=[{_CLOSES}]) ", "", text)  # such a mark brings its own space
    for piece in re.findall(r"\s+|\S+" if text.isascii() else _PIECE, text):  # English does not pay for the longer pattern
        if lines[-1] and display_width((lines[-1] + piece).rstrip()) > columns:
            lines[-1] = lines[-1].rstrip()
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return [line.rstrip() for line in lines]


def table_lines(rows: Iterable[Sequence[str]], columns: int = 0, widest: int = 0) -> Iterator[str]:
    """Yield rows with their cells under one another; with `columns`, the last cell is wrapped to them.

    A first cell wider than `widest` stands on a line of its own.
    """
    found = [list(row) for row in rows]
    sizes = [max(map(display_width, column)) for column in zip(*(row[:-1] for row in found), strict=True)]
    if widest:
        sizes = [min(size, widest) for size in sizes]
    indent = sum(sizes) + GAP * len(sizes)
    for *cells, last in found:
        lines = wrap(last, columns - indent) if columns else [last]
        head = "".join(pad(cell, size + GAP) for cell, size in zip(cells, sizes, strict=True))
        if display_width(head) > indent:
            yield head.rstrip()
            head = " " * indent
        yield (head + lines[0]).rstrip()
        yield from (" " * indent + line for line in lines[1:])
