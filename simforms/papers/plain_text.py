"""A page becomes plain text, for a chat or an e-mail: one line per sentence, □ and ☑ for boxes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_BLOCKS = {"div", "h1", "h2", "li", "ol", "p", "section", "table", "ul"}
_LINES = {"ja", "kana", "romaji", "companion", "ticks"}
"""Classes of spans that get a line of their own."""
_SPACED = {"h1", "h2", "table", "section"}
"""Elements with an empty line before them."""


def plain_text(html: str) -> str:
    """Return the text of a page. A row of a form becomes `Japanese label / companion label: value`."""
    import tinyhtml5

    body = tinyhtml5.parse(html, namespace_html_elements=False).find("body")
    text = "\n".join(_lines_with_text(_element_text(body))).replace(_GAP, "")
    return re.sub(rf"\n *{_CONTINUED}", "", text).strip() + "\n"


_CONTINUED = "\v"
"""Marks a line that continues the paragraph of the line before."""
_PAPER_ONLY = "paper-only"
"""The class of what goes with the paper and is no part of its text: a sheet for the person who sends it."""
_GAP = "\f"
"""Marks an intended empty line until the accidental ones are removed."""


def _element_text(element: Element) -> str:
    """Return the text of an element, with the line breaks of the page and white space collapsed."""
    if _PAPER_ONLY in (element.get("class") or "").split():
        return ""
    if element.tag == "tr":
        return f"\n{_row_text(element)}\n"
    if "tick" in (element.get("class") or "").split():
        box, *words = element
        return f"\n{'☑' if 'ticked' in box.get('class', '') else '□'} {_with_slashes(*words)}\n"
    text = _folded(element.text) + "".join(_element_text(child) + _folded(child.tail) for child in element)
    if "goes-on" in (element.get("class") or "").split():
        return f"{_CONTINUED}{text}\n"
    if element.tag in _BLOCKS or set((element.get("class") or "").split()) & _LINES:
        return f"\n{_GAP * (element.tag in _SPACED)}\n{text}\n"
    return text


def _row_text(row: Element) -> str:
    lines: list[str] = []
    for cell in row:
        words = _lines_with_text(_element_text(cell))
        if cell.tag == "th":
            lines.append(f"{' / '.join(words)}:")
        elif len(words) == 1 and lines:
            lines[-1] += f" {words[0]}"
        else:
            lines += [f"  {word}" for word in words]
    return "\n".join(lines)


def _with_slashes(*elements: Element) -> str:
    return " / ".join(line for element in elements for line in _lines_with_text(_element_text(element)))


def _lines_with_text(text: str) -> list[str]:
    return [line.rstrip(" ") for line in text.split("\n") if line.strip(" ")]


def _folded(text: str | None) -> str:
    return re.sub(r"[ \t\r\n]+", " ", text or "")
