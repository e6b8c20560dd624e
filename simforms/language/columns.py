"""Wraps and aligns text in a terminal, where a Chinese, Japanese or Korean character takes two columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

GAP = 2
"""Columns between two columns of a table."""
_OPENS = "（「『【〈《〔“‘"
_CLOSES = "、。，．・：；？！）」』】〉》〕”’ー々…％ぁぃぅぇぉっゃゅょァィゥェォッャュョ"
_WIDE = r"\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uff00-\uffef"
_PIECE = rf"\s+|[{_OPENS}]*(?:[{_WIDE}]|[^\s{_WIDE}{_OPENS}{_CLOSES}]+)[{_CLOSES}]*|."
"""Pieces between which a line may break: at a space and between Chinese or Japanese characters, but not before a closing mark
or after an opening one."""


def display_width(text: str) -> int:
    """Return how many columns a text takes in a terminal.

    >>> display_width("SIM"), display_width("解約"), display_width("ế")
    (3, 4, 1)
    """
    if text.isascii():
        return len(text)
    from wcwidth import width

    return width(text, control_codes="ignore")


def pad(text: str, columns: int) -> str:
    """Return a text with spaces after it, so that it takes this many columns."""
    return text + " " * (columns - display_width(text))


def wrap(text: str, columns: int) -> list[str]:
    """Return a text in lines of at most this many columns. Only a word that cannot be broken is longer.

    >>> wrap("窓口で、解約する。", 8)
    ['窓口で、', '解約す', 'る。']
    """
    lines = [""]
    text = text if text.isascii() else re.sub(rf"(?<=[{_CLOSES}]) ", "", text)  # such a mark contains its own space
    for piece in re.findall(r"\s+|\S+" if text.isascii() else _PIECE, text):  # English does not pay for the longer pattern
        if lines[-1] and display_width((lines[-1] + piece).rstrip()) > columns:
            lines[-1] = lines[-1].rstrip()
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return [line.rstrip() for line in lines]


def table_lines(rows: Iterable[Sequence[str]], columns: int = 0, widest: int = 0) -> Iterator[str]:
    """Yield rows with aligned cells. With `columns`, the last cell is wrapped to that width.

    A first cell wider than `widest` gets a line of its own.
    """
    table = [list(row) for row in rows]
    sizes = [max(map(display_width, column)) for column in zip(*(row[:-1] for row in table), strict=True)]
    if widest:
        sizes = [min(size, widest) for size in sizes]
    indent = sum(sizes) + GAP * len(sizes)
    for *cells, last in table:
        lines = wrap(last, columns - indent) if columns else [last]
        head = "".join(pad(cell, size + GAP) for cell, size in zip(cells, sizes, strict=True))
        if display_width(head) > indent:
            yield head.rstrip()
            head = " " * indent
        yield (head + lines[0]).rstrip()
        yield from (" " * indent + line for line in lines[1:])
