"""A page becomes plain text, for a chat window or an e-mail: one line a block, □ and ☑ for boxes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_BLOCKS = {"address", "caption", "dd", "div", "dl", "dt", "footer", "h1", "h2", "h3", "header", "li", "ol", "p", "section", "table", "tbody", "thead", "tr", "ul"}
_LINES = {"ja", "kana", "romaji", "companion"}
"""Classes of spans that stand on a line of their own."""
_END = "\n"


def plain_text(html: str) -> str:
    """Return the text of a page; cells of a row stand side by side, apart by a bar."""
    import tinyhtml5  # noqa: PLC0415 - only this format pays for it

    body = tinyhtml5.parse(html, namespace_html_elements=False).find("body")
    text = "".join(_pieces(body))
    lines = [re.sub(r"[ \t\n]+", " ", line).strip() for line in text.split(_END)]
    kept = [line.strip("| ") for line in lines]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip() + "\n"


def _pieces(element: Any) -> Iterator[str]:
    classes = set(element.get("class", "").split())
    block = element.tag in _BLOCKS or classes & _LINES
    if "box" in classes:
        yield "☑ " if "ticked" in classes else "□ "
        yield _flat(element.tail)
        return
    if block:
        yield _END
    if element.tag in {"h1", "h2", "table"}:
        yield _END
    yield _flat(element.text)
    for child in element:
        yield from _pieces(child)
    if block:
        yield _END
    yield _flat(element.tail)


def _flat(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")
